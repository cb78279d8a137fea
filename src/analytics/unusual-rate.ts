import { type Day, weeksEndingWith } from '../domain/day.ts';
import { firstWhere, fisherTest } from './exact-tests.ts';
import { median } from './order-statistics.ts';
import { rateDispersionOf, shrink, widen } from './over-dispersion.ts';
import {
  type Assessment,
  type AssessmentOptions,
  historyBefore,
  isHolidayWeek,
  newestOf,
  ONE_WEEK,
  significance,
  verdictOf,
} from './usual.ts';
import { sumOfWeeks, type WeekRate } from './weekly-series.ts';

/** A rate's assessment. `value`, `low` and `high` are counts out of `whole`; `usual` is a fraction from 0 to 1. */
export interface RateAssessment extends Assessment {
  /** Customers due, evaluations started, ...: 0 is "none due", with a range of 0 to 0. */
  readonly whole: number | undefined;
  /** The history taken together: `part` of `whole` in all its weeks. */
  readonly history: { readonly part: number; readonly whole: number };
}

/**
 * The smallest and largest X for which "X of `whole`" against "`part` of `whole`" of the history has an exact chance of
 * at least `alpha` (Fisher). With a history of 0 everything from 0 to `whole` is usual.
 */
export function rateRange(
  whole: number,
  history: { readonly part: number; readonly whole: number },
  alpha: number,
): { readonly low: number; readonly high: number } {
  const usual = (part: number) => fisherTest(part, whole, history.part, history.whole) >= alpha;
  const share = history.whole === 0 ? 0.5 : history.part / history.whole;
  const centre = Math.min(whole, Math.round(whole * share));
  return {
    low: firstWhere(0, centre, usual),
    high: firstWhere(centre, whole, (part) => !usual(part)) - 1,
  };
}

/** Median of the weekly fractions of a history; weeks with nobody due left out. */
function usualFraction(history: readonly { part: number; whole: number }[]): number | undefined {
  const due = history.filter(({ whole }) => whole > 0);
  return median(due.map(({ part, whole }) => part / whole));
}

/** The range of a rate whose weeks scatter more than chance makes them, never beyond nobody and everybody. */
function widenRate(exact: { low: number; high: number }, whole: number, expected: number, factor: number) {
  const { high, low } = widen(exact, expected, factor);
  return { low, high: Math.min(whole, high) };
}

/**
 * Is the rate of `week` unusual? Fisher's exact test of its part and whole against those of the 12 weeks before (or,
 * with `FOUR_WEEKS`, of the last 4 against the 24 before). Several weeks added up count a customer once per week in
 * which it was due: good for this test, not for a published rate, which takes the API's `uniqueTotal`.
 */
export function assessRate(
  rates: readonly WeekRate[],
  week: Day,
  options: AssessmentOptions,
): RateAssessment {
  const comparison = options.comparison ?? ONE_WEEK;
  const known = historyBefore(rates, week, comparison).flatMap(({ part, whole }) =>
    part === undefined || whole === undefined ? [] : [{ part, whole }],
  );
  const history = { part: 0, whole: 0 };
  for (const { part, whole } of known) {
    history.part += part;
    history.whole += whole;
  }
  const parts = rates.map(({ week, part }) => ({ week, value: part }));
  const value = sumOfWeeks(parts, week, comparison.recent);
  const whole = sumOfWeeks(
    rates.map(({ week, whole }) => ({ week, value: whole })),
    week,
    comparison.recent,
  );
  const holiday = weeksEndingWith(week, comparison.recent).some(isHolidayWeek);
  const blank = { value, whole, history, low: undefined, high: undefined, chance: undefined, holiday };
  if (known.length < comparison.fewest) return { ...blank, usual: undefined, verdict: 'no history' };

  const usual = usualFraction(known);
  if (value === undefined || whole === undefined) return { ...blank, usual, verdict: 'unknown' };
  const exact = rateRange(whole, history, significance(options.tested));
  const expected = history.whole === 0 ? 0 : (whole * history.part) / history.whole;
  const widening = rateDispersionOf(rates, week, comparison.recent);
  const range = widening === 1 ? exact : widenRate(exact, whole, expected, widening);
  const tested = widening === 1 ? value : shrink(value, expected, widening);
  return {
    ...blank,
    ...range,
    usual,
    verdict: verdictOf({ value, ...range, ...newestOf(parts, week) }, options),
    chance: fisherTest(tested, whole, history.part, history.whole),
  };
}
