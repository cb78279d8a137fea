import type { Day } from '../domain/day.ts';
import { historyBefore } from './usual.ts';
import type { WeekRate, WeekValue } from './weekly-series.ts';

/** Weeks that tell how much a series scatters, and the fewest that will do. */
const SCATTER = { before: 26, fewest: 12 };

/** Variance over what chance alone makes it; up to this a series is taken to scatter by chance. */
const BY_CHANCE = 2;

/** A series without its highest and lowest value: one odd week is an event, and would blind the test for half a year. */
function trimmed(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b).slice(1, -1);
}

/**
 * How much more the 26 weeks before scatter than chance alone makes them: variance / mean where that exceeds 2 (bulk
 * orders, promotions), otherwise 1. Needs 12 known weeks. Holiday weeks and the highest and the lowest week are left out.
 */
export function dispersionOf(values: readonly WeekValue[], week: Day, recent = 1): number {
  const known = historyBefore(values, week, { recent, ...SCATTER }).flatMap(({ value }) => value ?? []);
  return known.length < SCATTER.fewest ? 1 : scatterOf(known);
}

/** Variance / mean of counts, their highest and lowest left out, where that exceeds 2; otherwise 1. Four counts at least. */
export function scatterOf(known: readonly number[]): number {
  const inner = trimmed(known);
  const mean = inner.reduce((sum, value) => sum + value, 0) / inner.length;
  const variance = inner.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (inner.length - 1);
  return mean > 0 && variance / mean > BY_CHANCE ? variance / mean : 1;
}

/**
 * The same of a rate: Pearson's chi-square of the weeks over its degrees of freedom where that exceeds 2, otherwise 1.
 * One reseller that gives up twenty customers at once is one decision, not twenty.
 */
export function rateDispersionOf(rates: readonly WeekRate[], week: Day, recent = 1): number {
  const known = historyBefore(rates, week, { recent, ...SCATTER }).flatMap(({ part, whole }) =>
    part === undefined || !whole ? [] : [{ part, whole }],
  );
  if (known.length < SCATTER.fewest) return 1;
  const sum = (pick: (one: { part: number; whole: number }) => number) =>
    known.reduce((total, one) => total + pick(one), 0);
  const share = sum(({ part }) => part) / sum(({ whole }) => whole);
  if (share === 0 || share === 1) return 1;
  const residuals = trimmed(
    known.map(({ part, whole }) => (part - whole * share) / Math.sqrt(whole * share * (1 - share))),
  );
  const factor = residuals.reduce((total, one) => total + one ** 2, 0) / (residuals.length - 1);
  return factor > BY_CHANCE ? factor : 1;
}

/** The count that, without over-dispersion, is as surprising: its distance from the expected one / sqrt(factor). */
export function shrink(count: number, expected: number, factor: number): number {
  const shrunk = expected + (count - expected) / Math.sqrt(factor);
  return count > expected ? Math.floor(shrunk) : Math.ceil(shrunk);
}

/** The counts that, shrunk towards the expected one, lie within the exact range. */
export function widen(
  { low, high }: { readonly low: number; readonly high: number },
  expected: number,
  factor: number,
) {
  const root = Math.sqrt(factor);
  return {
    low: Math.max(0, Math.floor(expected - root * (expected - low + 1)) + 1),
    high: Math.ceil(expected + root * (high + 1 - expected)) - 1,
  };
}
