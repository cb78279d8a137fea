import { type Day, weeksEndingWith } from '../domain/day.ts';
import { binomialTest, firstWhere } from './exact-tests.ts';
import { dispersionOf, shrink, widen } from './over-dispersion.ts';
import {
  type Assessment,
  type AssessmentOptions,
  historyBefore,
  isHolidayWeek,
  newestOf,
  ONE_WEEK,
  significance,
  usualOf,
  verdictOf,
} from './usual.ts';
import { sumOfWeeks, type WeekValue } from './weekly-series.ts';

/** A count's assessment, and by how much its range was widened because the weeks scatter more than chance does. */
export interface CountAssessment extends Assessment {
  /** Quasi-Poisson factor, 1 if the range is the exact one. Above 1 `chance` is that of the deviation / sqrt(factor). */
  readonly widening: number;
}

/**
 * The smallest and largest count X whose exact chance is at least `alpha`, when `history` is the sum of `before` weeks
 * and X that of `recent` weeks: X of X + history is binomial with share recent / (recent + before) if nothing changed.
 */
export function countRange(
  history: number,
  { recent, before }: { readonly recent: number; readonly before: number },
  alpha: number,
): { readonly low: number; readonly high: number } {
  const share = recent / (recent + before);
  const usual = (count: number) => binomialTest(count, count + history, share) >= alpha;
  const centre = Math.round((history * recent) / before);
  let reach = 1;
  while (usual(centre + reach)) reach *= 2;
  return {
    low: firstWhere(0, centre, usual),
    high: firstWhere(centre, centre + reach, (count) => !usual(count)) - 1,
  };
}

/**
 * Is the count of `week` unusual? Exact binomial test against the 12 weeks before (X of X + S is binomial with share
 * 1/13 if nothing changed), or with `FOUR_WEEKS` the last 4 against the 24 before (share 4/28); unknown weeks shorten
 * the history and the share follows. Source: conditional test of two Poisson rates (Przyborowski and Wilenski, 1940).
 * Order and gaps of `values` do not matter. Counts are whole numbers of customers or licences, not of money.
 */
export function assessCount(
  values: readonly WeekValue[],
  week: Day,
  options: AssessmentOptions,
): CountAssessment {
  const comparison = options.comparison ?? ONE_WEEK;
  const value = sumOfWeeks(values, week, comparison.recent);
  const history = historyBefore(values, week, comparison).filter((one) => one.value !== undefined);
  const holiday = weeksEndingWith(week, comparison.recent).some(isHolidayWeek);
  const blank = { value, low: undefined, high: undefined, chance: undefined, holiday, widening: 1 };
  if (history.length < comparison.fewest) return { ...blank, usual: undefined, verdict: 'no history' };

  const usual = usualOf(history, comparison.recent);
  const sum = history.reduce((total, one) => total + (one.value ?? 0), 0);
  const lengths = { recent: comparison.recent, before: history.length };
  const exact = countRange(sum, lengths, significance(options.tested));
  const expected = (sum * lengths.recent) / lengths.before;
  const widening = dispersionOf(values, week, comparison.recent);
  const range = widening === 1 ? exact : widen(exact, expected, widening);
  if (value === undefined) return { ...blank, ...range, usual, widening, verdict: 'unknown' };

  const tested = widening === 1 ? value : shrink(value, expected, widening);
  const share = lengths.recent / (lengths.recent + lengths.before);
  return {
    ...range,
    value,
    usual,
    verdict: verdictOf({ value, ...range, ...newestOf(values, week) }, options),
    chance: binomialTest(tested, tested + sum, share),
    holiday,
    widening,
  };
}
