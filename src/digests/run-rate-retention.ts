import { paidLines } from '../analytics/counted.ts';
import { buildCoverage } from '../analytics/coverage.ts';
import { effectiveDays } from '../analytics/effective-days.ts';
import { withRefundEndings } from '../analytics/refund-endings.ts';
import { type Retention, retentionOf } from '../analytics/retention.ts';
import { buildEndings, GRACE_DAYS, type RunRate as RunRateOfDay, runRateAt } from '../analytics/run-rate.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { ReadModel } from '../store/read-model.ts';
import { entitlementsOf } from './booked-lines.ts';
import type { DigestRequest } from './digest.ts';
import type { RunRate } from './run-rate-moves.ts';

const YEAR_DAYS = 365;
const FOUR_WEEKS_DAYS = 28;

/** Churn events this long before a coverage's end can mean that end. */
const EVENT_DAYS = 60;

/** Retention over the four weeks of a digest and over twelve months, the board's number; undefined: nothing to keep. */
export interface Retentions {
  readonly fourWeeks: Retention | undefined;
  readonly twelveMonths: Retention | undefined;
}

/** The run-rate of a day long before the weeks of a digest: the lines that cover it are all it needs. */
async function readRunRateThen(
  read: ReadModel,
  { app, developerId }: DigestRequest,
  day: Day,
): Promise<RunRateOfDay> {
  const scope = { developerId, appKey: app?.appKey ?? null };
  const [lines, events] = await Promise.all([
    read.readLinesCovering({ ...scope, from: addDays(day, -GRACE_DAYS), to: day }),
    read.readEvents({ ...scope, from: addDays(day, -EVENT_DAYS), to: day }, 'churn'),
  ]);
  const licenses = await read.readLicensesOf(developerId, entitlementsOf(lines));
  const paid = paidLines(lines, licenses);
  const coverage = buildCoverage(paid, { effectiveFrom: effectiveDays(paid) });
  // That a licence is inactive today says nothing of a day long ago.
  return runRateAt(coverage, day, withRefundEndings(buildEndings(events, []), coverage, paid));
}

/** Retention until the end of the week told, or until the last day known. */
export async function readRetentions(
  read: ReadModel,
  request: DigestRequest,
  { coverage, endings }: RunRate,
  until: Day,
): Promise<Retentions> {
  const saturday = addDays(request.week, 6);
  const to = saturday < until ? saturday : until;
  const end = runRateAt(coverage, to, endings);
  return {
    fourWeeks: retentionOf(runRateAt(coverage, addDays(to, -FOUR_WEEKS_DAYS), endings), end),
    twelveMonths: retentionOf(await readRunRateThen(read, request, addDays(to, -YEAR_DAYS)), end),
  };
}
