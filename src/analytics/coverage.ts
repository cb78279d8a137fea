import { type Day, daysBetween } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { subscriptionOf } from './by-entitlement.ts';
import { monthFactors } from './calendar-terms.ts';

/** A stretch of days, `[start, end)`, that an entitlement has paid for, at one net rate. */
export interface Stretch {
  readonly start: Day;
  readonly end: Day;
  /** Cents a day (partner share), a fraction; always above 0. */
  readonly dailyRate: number;
}

/** What each entitlement has paid for, when, and at what rate. */
export interface Coverage {
  /** By entitlement: stretches in time order, without overlap. */
  readonly stretches: ReadonlyMap<string, readonly Stretch[]>;
  /** Lines that name no usable window (`maintenanceStart` before `maintenanceEnd`): not part of any run-rate. */
  readonly withoutWindow: { readonly lines: number; readonly amount: Cents };
  /** Entitlements refunded by more than the store knows them to have paid, for some days: counted as 0 then. */
  readonly belowZero: number;
}

/** How lines become coverage, beyond their windows. */
export interface CoverageOptions {
  /** A line counts from this day on where it is later than its window's start, at the rate of its whole window: see `effectiveDays`. */
  readonly effectiveFrom?: (line: RecordedLine) => Day | undefined;
}

/** A line's stretch. Its amount is rounded to cents, so its rate is off by up to `slack` cents a day. */
interface Term extends Stretch {
  readonly slack: number;
}

/** Cents a month of a daily rate: x 365 / 12, rounded to whole cents per entitlement so that totals add up. */
export function monthlyRate(dailyRate: number): Cents {
  return Math.round((dailyRate * 365) / 12);
}

/** Cents a year of a daily rate: x 365. */
export function yearlyRate(dailyRate: number): Cents {
  return Math.round(dailyRate * 365);
}

/**
 * `vendorAmount` per day of the line's window, in cents: the amount / max(1, days from `maintenanceStart` to
 * `maintenanceEnd`). Undefined without both dates.
 */
export function dailyRateOf(line: RecordedLine): number | undefined {
  const { maintenanceStart, maintenanceEnd, vendorAmount } = line;
  if (maintenanceStart === undefined || maintenanceEnd === undefined) return undefined;
  return vendorAmount / Math.max(1, daysBetween(maintenanceStart, maintenanceEnd));
}

/** True when the refund gives back that line: it names its transaction, or else has the same start or end of window. */
function refunds(refund: RecordedLine, line: RecordedLine): boolean {
  if (refund.originalTransactionId !== undefined) return refund.originalTransactionId === line.transactionId;
  return refund.maintenanceStart === line.maintenanceStart || refund.maintenanceEnd === line.maintenanceEnd;
}

/**
 * The lines of one entitlement that stand: without those marked Uncollectible or Refunded. One whose refund is a line
 * of its own stays, because that line takes it back already.
 */
function standing(lines: readonly RecordedLine[]): readonly RecordedLine[] {
  if (!lines.some((line) => line.paymentStatus === 'Uncollectible' || line.paymentStatus === 'Refunded'))
    return lines;
  const negative = lines.filter((line) => line.vendorAmount < 0);
  return lines.filter(
    (line) =>
      line.vendorAmount < 0 ||
      (line.paymentStatus !== 'Uncollectible' && line.paymentStatus !== 'Refunded') ||
      negative.some((refund) => refunds(refund, line)),
  );
}

/** Adds up overlapping terms into stretches. Rates are added in sorted order, so that the order of arrival is no matter. */
function toStretches(terms: readonly Term[]): { readonly stretches: Stretch[]; readonly belowZero: boolean } {
  const starts = terms.toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  const days = [...new Set(terms.flatMap(({ start, end }) => [start, end]))].toSorted();
  const stretches: Stretch[] = [];
  let belowZero = false;
  let active: Term[] = [];
  let next = 0;
  for (const [index, start] of days.entries()) {
    active = active.filter(({ end }) => end > start);
    for (let term = starts[next]; term !== undefined && term.start <= start; term = starts[++next])
      active.push(term);
    const end = days[index + 1];
    if (end === undefined || active.length === 0) continue;
    const rates = active.map((term) => term.dailyRate).toSorted((a, b) => a - b);
    const dailyRate = rates.reduce((sum, rate) => sum + rate, 0);
    // What a refund leaves of a rate by rounding alone is no rate: the customer left, it does not pay a cent a month.
    const isRest =
      (rates[0] ?? 0) < 0 && Math.abs(dailyRate) <= active.reduce((sum, { slack }) => sum + slack, 0);
    if (isRest) continue;
    if (monthlyRate(dailyRate) > 0) stretches.push({ start, end, dailyRate });
    else if (monthlyRate(dailyRate) < 0) belowZero = true;
  }
  return { stretches, belowZero };
}

/**
 * Coverage from paid lines (`paidLines`): each line pays its daily rate over its own window, refunds theirs with a
 * negative sign, so refund and re-bill, proration and a change from monthly to annual net out by construction. A term
 * of whole months brings a twelfth of a year for each, however many days it has (`monthFactors`).
 * Uncollectible and Refunded lines are left out; Open ones count. $0 lines change nothing.
 */
export function buildCoverage(lines: Iterable<RecordedLine>, options: CoverageOptions = {}): Coverage {
  const { effectiveFrom } = options;
  const groups = new Map<string, RecordedLine[]>();
  const withoutWindow = { lines: 0, amount: 0 };
  for (const line of lines) {
    const { maintenanceStart, maintenanceEnd, vendorAmount } = line;
    if (vendorAmount === 0) continue;
    if (
      maintenanceStart === undefined ||
      maintenanceEnd === undefined ||
      maintenanceStart >= maintenanceEnd
    ) {
      withoutWindow.lines += 1;
      withoutWindow.amount += vendorAmount;
      continue;
    }
    const key = subscriptionOf(line);
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  const stretches = new Map<string, readonly Stretch[]>();
  let belowZero = 0;
  for (const [entitlement, group] of groups) {
    const factor = monthFactors(group);
    const terms = standing(group).flatMap((line): Term[] => {
      const dailyRate = dailyRateOf(line);
      const { maintenanceStart, maintenanceEnd: end } = line;
      if (dailyRate === undefined || maintenanceStart === undefined || end === undefined) return [];
      const effective = effectiveFrom?.(line) ?? maintenanceStart;
      const start = effective > maintenanceStart ? effective : maintenanceStart;
      if (start >= end) return [];
      const slack = 0.5 / daysBetween(maintenanceStart, end);
      return [{ start, end, dailyRate: dailyRate * factor(line), slack }];
    });
    const paid = toStretches(terms);
    if (paid.stretches.length > 0) stretches.set(entitlement, paid.stretches);
    if (paid.belowZero) belowZero += 1;
  }
  return { stretches, withoutWindow, belowZero };
}

/** The last stretch that began on or before the day, covering it or over by then. */
export function lastStretch(stretches: readonly Stretch[], at: Day): Stretch | undefined {
  return stretches.findLast(({ start }) => start <= at);
}

/**
 * What one entitlement was worth a year (cents) at its last coverage on or before `at`: the last daily rate x 365.
 * For leavers `at` is the day they left; 0 for those who never paid, or whose every payment was refunded.
 */
export function annualisedValue(
  lines: Iterable<RecordedLine>,
  at: Day,
  options: CoverageOptions = {},
): Cents {
  let last: Stretch | undefined;
  for (const stretches of buildCoverage(lines, options).stretches.values()) {
    const stretch = lastStretch(stretches, at);
    if (stretch && (!last || stretch.end > last.end)) last = stretch;
  }
  return last ? yearlyRate(last.dailyRate) : 0;
}
