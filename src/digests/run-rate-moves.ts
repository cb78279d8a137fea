import { paidLines } from '../analytics/counted.ts';
import { buildCoverage, type Coverage } from '../analytics/coverage.ts';
import { effectiveDays } from '../analytics/effective-days.ts';
import { type NamedMovement, nameMovements } from '../analytics/named-movements.ts';
import { withRefundEndings } from '../analytics/refund-endings.ts';
import { buildEndings, type Endings, GRACE_DAYS } from '../analytics/run-rate.ts';
import { movementsByWeek, type WeekMovements } from '../analytics/run-rate-weeks.ts';
import { addDays, type Day, type Instant, weeksEndingWith } from '../domain/day.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import type { ReadModel } from '../store/read-model.ts';
import { entitlementsOf, readPaidLinesOf } from './booked-lines.ts';
import type { DigestRequest } from './digest.ts';
import { EVENT_DAYS } from './run-rate-on.ts';

/** How many gains and how many losses are joined to names: a table holds no more. */
const NAMED = 100;

/** Recurring revenue over some weeks, and what ended it. */
export interface RunRate {
  /** Oldest first. Weeks before the first paid day are left out: nothing was known. */
  readonly weeks: readonly WeekMovements[];
  readonly coverage: Coverage;
  readonly endings: Endings;
  readonly paid: readonly RecordedLine[];
}

/** Which weeks to read, until which day anything is known, and, for a past state, as known when. */
export interface RunRateSpan {
  /** The last week, and how many of them. */
  readonly week: Day;
  readonly count: number;
  readonly until: Day;
  readonly knownAt?: Instant;
}

/** Coverage in which a change counts from the day it was made, and a month is a month. */
function toCoverage(paid: readonly RecordedLine[]): Coverage {
  return buildCoverage(paid, { effectiveFrom: effectiveDays(paid) });
}

/** Coverage with the whole past of those that begin to pay in it: whether they are new or back is told by that. */
async function addPast(
  read: ReadModel,
  developerId: string,
  coverage: Coverage,
  { since, knownAt }: { readonly since: Day; readonly knownAt: Instant | undefined },
): Promise<Coverage> {
  const beginning = [...coverage.stretches]
    .filter(([, stretches]) => (stretches[0]?.start ?? '') >= since)
    .map(([entitlement]) => entitlement);
  const { paid } = await readPaidLinesOf(read, developerId, beginning, knownAt);
  const past = toCoverage(paid);
  return { ...coverage, stretches: new Map([...coverage.stretches, ...past.stretches]) };
}

/** The first day anything was paid for, among lines. */
function firstPaidDay(paid: readonly RecordedLine[]): Day | undefined {
  return paid.reduce<Day | undefined>((first, { maintenanceStart: start }) => {
    return start !== undefined && (first === undefined || start < first) ? start : first;
  }, undefined);
}

/** Reads how recurring revenue moved, week by week. */
export async function readRunRate(
  read: ReadModel,
  { app, developerId }: DigestRequest,
  { count, knownAt, until, week }: RunRateSpan,
): Promise<RunRate> {
  const weeks = weeksEndingWith(week, count);
  const start = addDays(weeks[0] ?? week, -1);
  const end = addDays(week, 6 + GRACE_DAYS);
  const span = {
    developerId,
    appKey: app?.appKey ?? null,
    from: addDays(start, -GRACE_DAYS),
    to: end < until ? end : until,
  };
  const [lines, events] = await Promise.all([
    read.readLinesCovering(span, knownAt),
    read.readEvents({ ...span, from: addDays(start, -EVENT_DAYS) }, 'churn', knownAt),
  ]);
  const licenses = await read.readLicensesOf(developerId, entitlementsOf(lines), knownAt);
  const paid = paidLines(lines, licenses);
  const coverage = await addPast(read, developerId, toCoverage(paid), { since: start, knownAt });
  const since = firstPaidDay(paid);
  const known = since === undefined ? [] : weeks.filter((one) => addDays(one, 6) >= since);
  const endings = withRefundEndings(buildEndings(events, licenses), coverage, paid);
  return { weeks: movementsByWeek(coverage, known, until, endings), coverage, endings, paid };
}

/** Who gained and who lost recurring revenue in the last of the weeks; largest first, the first hundred of each. */
export async function nameMoves(
  read: ReadModel,
  { developerId, week }: DigestRequest,
  { paid, weeks }: RunRate,
): Promise<{ readonly gains: readonly NamedMovement[]; readonly losses: readonly NamedMovement[] }> {
  const told = weeks.at(-1);
  const gains = told?.list.filter(({ delta }) => delta > 0) ?? [];
  const losses = told?.list.filter(({ delta }) => delta < 0) ?? [];
  const named = entitlementsOf([...gains.slice(0, NAMED), ...losses.slice(0, NAMED)]);
  const rows = await readPaidLinesOf(read, developerId, named);
  const nameless = paid.filter(({ entitlement }) => entitlement === '');
  const name = (list: typeof gains) =>
    nameMovements(
      list,
      { licenses: rows.licenses, lines: [...rows.paid, ...nameless] },
      told?.from ?? week,
      told?.to ?? week,
    );
  return { gains: name(gains), losses: name(losses) };
}
