import { paidLines } from '../analytics/counted.ts';
import { buildCoverage } from '../analytics/coverage.ts';
import { effectiveDays } from '../analytics/effective-days.ts';
import { withRefundEndings } from '../analytics/refund-endings.ts';
import { buildEndings, GRACE_DAYS, type RunRate, runRateAt } from '../analytics/run-rate.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { ReadModel } from '../store/read-model.ts';
import { entitlementsOf } from './booked-lines.ts';
import type { DigestRequest } from './digest.ts';

/** Churn events this long before a coverage's end can mean that end. */
export const EVENT_DAYS = 60;

/** Recurring revenue of one day, by the same rule as the new-sales digest. */
export async function readRunRateOn(
  read: ReadModel,
  { app, developerId }: DigestRequest,
  day: Day,
  /** A day long before today: that a licence is inactive by now says nothing of it. */
  options: { readonly isLongAgo?: boolean } = {},
): Promise<RunRate> {
  const scope = { developerId, appKey: app?.appKey ?? null };
  const [lines, events] = await Promise.all([
    read.readLinesCovering({ ...scope, from: addDays(day, -GRACE_DAYS), to: day }),
    read.readEvents({ ...scope, from: addDays(day, -EVENT_DAYS), to: day }, 'churn'),
  ]);
  const licenses = await read.readLicensesOf(developerId, entitlementsOf(lines));
  const paid = paidLines(lines, licenses);
  const coverage = buildCoverage(paid, { effectiveFrom: effectiveDays(paid) });
  const endings = buildEndings(events, options.isLongAgo ? [] : licenses);
  return runRateAt(coverage, day, withRefundEndings(endings, coverage, paid));
}
