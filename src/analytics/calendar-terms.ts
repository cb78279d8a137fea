import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';

/** The part of a transaction line that says how long it pays for. */
interface Window {
  readonly maintenanceStart?: Day;
  readonly maintenanceEnd?: Day;
  readonly vendorAmount: Cents;
}

function isLastOfMonth(day: Day): boolean {
  return addDays(day, 1).endsWith('-01');
}

/**
 * The whole months from one date to another: 1 from 18 Feb to 18 Mar, from 31 Jan to 28 Feb and from 28 Feb to 31 Mar
 * (a term that began on a 31st), 12 for a year. Undefined where the window is no whole number of months. Source: the
 * sample licence events run from 2025-02-18 to 2025-03-18 with `monthsValid` 1.
 */
export function wholeMonths(from: Day, to: Day): number | undefined {
  const [fromDate, toDate] = [Number(from.slice(8)), Number(to.slice(8))];
  const months =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
    Number(to.slice(5, 7)) -
    Number(from.slice(5, 7));
  const meets =
    fromDate === toDate ||
    (isLastOfMonth(to) && fromDate > toDate) ||
    (isLastOfMonth(from) && toDate > fromDate);
  return meets && months > 0 ? months : undefined;
}

/**
 * What the daily rate of each line of one entitlement is to be multiplied with, so that a month is a month whether it
 * has 28 or 31 days: otherwise a monthly plan would grow by 3 % every other month without any change. A term of n
 * whole months has the factor days x 12 / (365 x n). Lines that end on the same day (refunds, users added during the
 * term) share the factor of the longest bill of that term, so that a refund still takes back what it refunds.
 */
export function monthFactors(lines: readonly Window[]): (line: Window) => number {
  const longest = new Map<Day, { readonly days: number; readonly factor: number }>();
  for (const { maintenanceEnd: end, maintenanceStart: start, vendorAmount } of lines) {
    if (start === undefined || end === undefined || vendorAmount < 0) continue;
    const months = wholeMonths(start, end);
    const days = daysBetween(start, end);
    if (months === undefined || days <= (longest.get(end)?.days ?? 0)) continue;
    longest.set(end, { days, factor: (days * 12) / (365 * months) });
  }
  return ({ maintenanceEnd: end }) => (end === undefined ? 1 : (longest.get(end)?.factor ?? 1));
}
