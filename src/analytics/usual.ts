import { addDays, type Day, weeksEndingWith } from '../domain/day.ts';
import { median } from './order-statistics.ts';
import type { WeekValue } from './weekly-series.ts';

/** How many recent weeks are compared with how many before them, and the fewest known ones that will do. */
export interface Comparison {
  readonly recent: number;
  readonly before: number;
  readonly fewest: number;
}

/** A week against the 12 before it. Finds jumps; below about 8 a week it finds little else than big ones. */
export const ONE_WEEK: Comparison = { recent: 1, before: 12, fewest: 4 };

/** Four weeks against the 24 before them: finds a doubling of small counts that no single week shows. */
export const FOUR_WEEKS: Comparison = { recent: 4, before: 24, fewest: 12 };

/**
 * `within` the range, `higher`, `lower`; `too early`: below the range, but the week is provisional and still filling;
 * `no history`: too few known weeks before it; `unknown`: the week itself (or one of the four) is not known.
 */
export type Verdict = 'within' | 'higher' | 'lower' | 'too early' | 'no history' | 'unknown';

/** How a number is to be judged. */
export interface AssessmentOptions {
  /** The week ended less than 3 days ago: too low means nothing yet. */
  readonly provisional: boolean;
  /** The week is not over: only a number that is too high already means something. */
  readonly open?: boolean;
  /**
   * The share of such a week that is usually known at its age (`completenessAt`), below 1. A number is called low only
   * where it would still be low with the rest that usually comes.
   */
  readonly completeness?: number;
  /** How many series the same digest tests; more than 5 make each test stricter. Default 1. */
  readonly tested?: number;
  /** Default `ONE_WEEK`. */
  readonly comparison?: Comparison;
}

/** A number beside what is usual for it. All but `verdict` and `holiday` may be undefined. */
export interface Assessment {
  /** The number judged: of the week, or of its four weeks. */
  readonly value: number | undefined;
  /** Median of the weeks before. Those with 25 December or 1 January are no history at all: see `historyBefore`. */
  readonly usual: number | undefined;
  /** The smallest and largest number that would not be called unusual. */
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly verdict: Verdict;
  /** Exact chance of a number at most as likely, if nothing changed; undefined where no exact test applies. */
  readonly chance: number | undefined;
  /** The week contains 25 December or 1 January. */
  readonly holiday: boolean;
}

/** True for the weeks that contain 25 December or 1 January: they are marked and left out of medians. */
export function isHolidayWeek(week: Day): boolean {
  return Array.from({ length: 7 }, (_, offset) => addDays(week, offset).slice(5)).some(
    (date) => date === '12-25' || date === '01-01',
  );
}

/**
 * Below which chance a number is called unusual when `tested` series are tested together: .01 up to 5 series, then
 * .05 / tested (Bonferroni), never below .001.
 */
export function significance(tested = 1): number {
  return Math.max(0.001, 0.05 / Math.max(5, tested));
}

/**
 * The known weeks of the comparison's history before `week`, oldest first, without those of 25 December and 1 January:
 * two weeks at half the usual number would call every fifth partner's January high.
 */
export function historyBefore<T extends { readonly week: Day }>(
  rows: readonly T[],
  week: Day,
  { recent, before }: Comparison,
): T[] {
  const byWeek = new Map(rows.map((row) => [row.week, row]));
  return weeksEndingWith(addDays(week, -7 * recent), before)
    .filter((one) => !isHolidayWeek(one))
    .map((one) => byWeek.get(one))
    .filter((row) => row !== undefined);
}

/**
 * Median of the sums of `size` consecutive weeks within a history (of the weeks themselves for size 1). Windows with a
 * week that is not in it are left out; if none is left, all known weeks count, at their mean times `size`.
 */
export function usualOf(history: readonly WeekValue[], size: number): number | undefined {
  const known = new Map<Day, number>();
  for (const { week, value } of history) if (value !== undefined) known.set(week, value);
  const sums: number[] = [];
  for (const week of known.keys()) {
    const window = weeksEndingWith(week, size);
    const values = window.map((one) => known.get(one));
    if (values.every((value) => value !== undefined))
      sums.push(values.reduce((sum, value) => sum + value, 0));
  }
  if (sums.length > 0) return median(sums);
  if (known.size === 0) return undefined;
  return (size * known.values().reduce((sum, value) => sum + value, 0)) / known.size;
}

/** A number and the range that is usual for it. */
interface Placed {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** The part of `value` that the newest week brought; all of it when absent. */
  readonly newest?: number;
}

/** Where a number lies in its range. What is still filling is `too early` rather than `lower`, and so is an open week. */
export function verdictOf(
  { high, low, newest, value }: Placed,
  { completeness = 1, open, provisional }: AssessmentOptions,
): Verdict {
  if (value > high) return 'higher';
  if (open) return 'too early';
  if (value >= low) return 'within';
  const share = Math.min(1, completeness);
  const coming = share > 0 ? (newest ?? value) * (1 / share - 1) : Number.POSITIVE_INFINITY;
  return provisional || value + coming >= low ? 'too early' : 'lower';
}

/** The number of the week itself among values, for `verdictOf`. */
export function newestOf(values: readonly WeekValue[], week: Day): { readonly newest?: number } {
  const newest = values.find((one) => one.week === week)?.value;
  return newest === undefined ? {} : { newest };
}
