import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { Evaluation } from './evaluations.ts';

/** An evaluation that is running and was not bought yet. */
export interface OpenEvaluation extends Evaluation {
  /** The day it runs out: `maintenanceEnd` of its licence, which an extension moves. */
  readonly endsOn: Day;
  /** Days by which it was extended beyond `evaluationEnd`, or beyond the first end ever seen; 0 if not, or not known. */
  readonly extendedDays: number;
}

/**
 * The evaluations running on a day: not bought, licence active, not run out. Biggest site first (unlimited, then number
 * of users, unknown last), then by the day they run out. `firstEnds`: the first end we saw of an entitlement's licence.
 */
export function openEvaluations(
  evaluations: Iterable<Evaluation>,
  today: Day,
  firstEnds: ReadonlyMap<string, Day> = new Map(),
): OpenEvaluation[] {
  const open: OpenEvaluation[] = [];
  for (const evaluation of evaluations) {
    const { license, sale } = evaluation;
    const endsOn = license.maintenanceEnd ?? license.evaluationEnd;
    if (sale !== undefined || license.status !== 'active' || license.licenseType !== 'EVALUATION') continue;
    if (endsOn === undefined || endsOn < today) continue;
    const ends = [license.evaluationEnd, firstEnds.get(license.entitlement), endsOn];
    const firstEnd = ends.filter((day) => day !== undefined).toSorted()[0] ?? endsOn;
    open.push({ ...evaluation, endsOn, extendedDays: daysBetween(firstEnd, endsOn) });
  }
  const size = ({ users }: OpenEvaluation) => users ?? -1;
  return open.toSorted((a, b) => {
    if (size(a) !== size(b)) return size(b) > size(a) ? 1 : -1;
    if (a.endsOn !== b.endsOn) return a.endsOn < b.endsOn ? -1 : 1;
    return a.entitlement < b.entitlement ? -1 : 1;
  });
}

/** Those of the running evaluations that run out within the next `days` days, today and the last day included. */
export function runningOut(open: readonly OpenEvaluation[], today: Day, days: number): OpenEvaluation[] {
  const last = addDays(today, days);
  return open.filter(({ endsOn }) => endsOn >= today && endsOn <= last);
}
