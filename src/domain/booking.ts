import { type Day, daysBetween } from './day.ts';
import type { TransactionLine } from './transaction-line.ts';

/** Sales reach the API within "as much as 24 hours"; two days cover the day's end and one late sync. */
const USUAL_LAG_DAYS = 2;

/** A line older than this when it is first seen is late: told in the digest, never an alert. */
export const LATE_AFTER_DAYS = 14;

/**
 * The day a line counts for in digests, decided once, when it is first seen. See `RecordedLine.bookedOn`.
 * `silent`: the row belongs to a first import or a back-fill, so the day we saw it says nothing.
 */
export function bookingDay(line: TransactionLine, seenOn: Day, silent: boolean): Day {
  const { saleDate, lastUpdated } = line;
  if (silent) return saleDate <= lastUpdated ? saleDate : lastUpdated;
  const lag = daysBetween(saleDate, seenOn);
  return lag >= 0 && lag <= USUAL_LAG_DAYS ? saleDate : seenOn;
}
