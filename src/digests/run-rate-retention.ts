import { paidLines } from '../analytics/counted.ts';
import { buildCoverage } from '../analytics/coverage.ts';
import { effectiveDays } from '../analytics/effective-days.ts';
import { withRefundEndings } from '../analytics/refund-endings.ts';
import { type Retention, retentionBetween } from '../analytics/retention.ts';
import { buildEndings, GRACE_DAYS } from '../analytics/run-rate.ts';
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

/** Twelve months: the lines that cover either day are all that the two days need. */
async function readYear(read: ReadModel, { app, developerId }: DigestRequest, to: Day) {
  const from = addDays(to, -YEAR_DAYS);
  const scope = { developerId, appKey: app?.appKey ?? null };
  const [then, now, events] = await Promise.all([
    read.readLinesCovering({ ...scope, from: addDays(from, -GRACE_DAYS), to: from }),
    read.readLinesCovering({ ...scope, from: addDays(to, -GRACE_DAYS), to }),
    read.readEvents({ ...scope, from: addDays(from, -EVENT_DAYS), to }, 'churn'),
  ]);
  // A line that covers both days is read twice: it counts once.
  const lines = new Map([...then, ...now].map((line) => [`${line.transactionId} ${line.lineId}`, line]));
  const licenses = await read.readLicensesOf(developerId, entitlementsOf([...lines.values()]));
  const paid = paidLines(lines.values(), licenses);
  const coverage = buildCoverage(paid, { effectiveFrom: effectiveDays(paid) });
  const endings = withRefundEndings(buildEndings(events, licenses), coverage, paid);
  return retentionBetween(coverage, from, to, endings);
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
  return {
    fourWeeks: retentionBetween(coverage, addDays(to, -FOUR_WEEKS_DAYS), to, endings),
    twelveMonths: await readYear(read, request, to),
  };
}
