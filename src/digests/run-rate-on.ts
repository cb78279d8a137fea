import { paidLines } from '../analytics/counted.ts';
import { buildCoverage } from '../analytics/coverage.ts';
import { effectiveDays } from '../analytics/effective-days.ts';
import { withRefundEndings } from '../analytics/refund-endings.ts';
import { buildEndings, GRACE_DAYS, runRateAt } from '../analytics/run-rate.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { ReadModel } from '../store/read-model.ts';
import { entitlementsOf } from './booked-lines.ts';
import type { DigestRequest } from './digest.ts';

/** Churn events this long before a coverage's end can mean that end. */
const EVENT_DAYS = 60;

/** Recurring revenue a month on a day, by the same rule as the new-sales digest; 0 where nothing is paid for. */
export async function readRunRateOn(
  read: ReadModel,
  { app, developerId }: DigestRequest,
  day: Day,
): Promise<Cents> {
  const scope = { developerId, appKey: app?.appKey ?? null };
  const [lines, events] = await Promise.all([
    read.readLinesCovering({ ...scope, from: addDays(day, -GRACE_DAYS), to: day }),
    read.readEvents({ ...scope, from: addDays(day, -EVENT_DAYS), to: day }, 'churn'),
  ]);
  const licenses = await read.readLicensesOf(developerId, entitlementsOf(lines));
  const paid = paidLines(lines, licenses);
  const coverage = buildCoverage(paid, { effectiveFrom: effectiveDays(paid) });
  return runRateAt(coverage, day, withRefundEndings(buildEndings(events, licenses), coverage, paid)).total;
}
