import { LATE_AFTER_DAYS } from '../domain/booking.ts';
import { daysBetween } from '../domain/day.ts';
import type { RecordedLine } from '../domain/recorded.ts';

/**
 * True for a line that was first seen more than 14 days after its sale date: it counts for the week in which it
 * appeared. Rows of a first import are never late, because they count for their sale date.
 */
export function isLateLine({ bookedOn, saleDate }: RecordedLine): boolean {
  return daysBetween(saleDate, bookedOn) > LATE_AFTER_DAYS;
}
