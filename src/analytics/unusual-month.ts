import { addMonths, type Day, daysBetween, monthsEndingWith } from '../domain/day.ts';
import { binomialTest, fisherTest } from './exact-tests.ts';
import type { MonthValue } from './monthly-series.ts';
import { median } from './order-statistics.ts';
import { scatterOf, shrink, widen } from './over-dispersion.ts';
import { type CountAssessment, countRange } from './unusual-count.ts';
import { type RateAssessment, rateRange } from './unusual-rate.ts';
import { significance, verdictOf } from './usual.ts';

/** A month is compared with the 12 before it, which hold every season once. */
const BEFORE = 12;

/** Fewer known months say neither what is usual nor how much months scatter. */
const FEWEST = 8;

/** How a month is to be judged. */
export interface MonthOptions {
  /** How many series the same digest tests; more than 5 make each test stricter. Default 1. */
  readonly tested?: number;
}

function daysOf(month: Day): number {
  return daysBetween(month, addMonths(month, 1));
}

function lookUp(values: readonly MonthValue[]): (month: Day) => number | undefined {
  const byMonth = new Map(values.map(({ month, value }) => [month, value]));
  return (month) => byMonth.get(month);
}

function monthsBefore(month: Day): Day[] {
  return monthsEndingWith(addMonths(month, -1), BEFORE);
}

/**
 * Is the count of a month unusual? The exact binomial test of the weeks, with days for weights: given the sum S of the
 * 12 months before, X of X + S falls on this month with the share of its days if nothing changed. Months scatter more
 * than chance does (seasons, growth), so the range is widened by what they scatter among themselves. Unknown months
 * shorten the history.
 */
export function assessMonth(
  values: readonly MonthValue[],
  month: Day,
  { tested }: MonthOptions = {},
): CountAssessment {
  const read = lookUp(values);
  const value = read(month);
  const known = monthsBefore(month).flatMap((one) => {
    const count = read(one);
    return count === undefined ? [] : [{ days: daysOf(one), count }];
  });
  const blank = { value, low: undefined, high: undefined, chance: undefined, holiday: false, widening: 1 };
  if (known.length < FEWEST) return { ...blank, usual: undefined, verdict: 'no history' };

  const counts = known.map(({ count }) => count);
  const usual = median(counts);
  const sum = counts.reduce((total, count) => total + count, 0);
  const lengths = { recent: daysOf(month), before: known.reduce((total, { days }) => total + days, 0) };
  const exact = countRange(sum, lengths, significance(tested));
  const expected = (sum * lengths.recent) / lengths.before;
  const widening = scatterOf(counts);
  const range = widening === 1 ? exact : widen(exact, expected, widening);
  if (value === undefined) return { ...blank, ...range, usual, widening, verdict: 'unknown' };
  const judged = widening === 1 ? value : shrink(value, expected, widening);
  const share = lengths.recent / (lengths.recent + lengths.before);
  return {
    ...range,
    value,
    usual,
    verdict: verdictOf({ value, ...range }, { provisional: false }),
    chance: binomialTest(judged, judged + sum, share),
    holiday: false,
    widening,
  };
}

/** Is the rate of a month unusual? Fisher's exact test of its part and whole against those of the 12 months before. */
export function assessMonthRate(
  parts: readonly MonthValue[],
  wholes: readonly MonthValue[],
  month: Day,
  { tested }: MonthOptions = {},
): RateAssessment {
  const [readPart, readWhole] = [lookUp(parts), lookUp(wholes)];
  const known = monthsBefore(month).flatMap((one) => {
    const [part, whole] = [readPart(one), readWhole(one)];
    return part === undefined || whole === undefined ? [] : [{ part, whole }];
  });
  const history = { part: 0, whole: 0 };
  for (const { part, whole } of known) {
    history.part += part;
    history.whole += whole;
  }
  const [value, whole] = [readPart(month), readWhole(month)];
  const blank = { value, whole, history, low: undefined, high: undefined, chance: undefined, holiday: false };
  if (known.length < FEWEST) return { ...blank, usual: undefined, verdict: 'no history' };
  const usual = median(known.filter((one) => one.whole > 0).map((one) => one.part / one.whole));
  if (value === undefined || whole === undefined) return { ...blank, usual, verdict: 'unknown' };
  // More than the whole are no part of it (conversions of one month may exceed its evaluations): nothing to test.
  if (value > whole || history.part > history.whole)
    return { ...blank, usual: undefined, verdict: 'unknown' };
  const range = rateRange(whole, history, significance(tested));
  return {
    ...blank,
    ...range,
    usual,
    verdict: verdictOf({ value, ...range }, { provisional: false }),
    chance: fisherTest(value, whole, history.part, history.whole),
  };
}
