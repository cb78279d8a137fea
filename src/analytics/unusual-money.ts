import { addDays, type Day } from '../domain/day.ts';
import {
  type Assessment,
  type AssessmentOptions,
  historyBefore,
  isHolidayWeek,
  ONE_WEEK,
  usualOf,
  verdictOf,
} from './usual.ts';
import type { WeekValue } from './weekly-series.ts';

/** 3 / 1.128: turns the mean moving range of two into three standard deviations (Wheeler, XmR chart). */
const XMR = 2.66;

/** Mean of |week - week before| over the neighbouring known weeks; undefined with fewer than 3 such pairs. */
function meanMovingRange(history: readonly WeekValue[]): number | undefined {
  let sum = 0;
  let count = 0;
  const byWeek = new Map(history.map(({ week, value }) => [week, value]));
  for (const { week, value } of history) {
    const before = byWeek.get(addDays(week, -7));
    if (value === undefined || before === undefined) continue;
    sum += Math.abs(value - before);
    count += 1;
  }
  return count < 3 ? undefined : sum / count;
}

/**
 * Is the money of `week` (integer cents) unusual? Amounts are neither Poisson nor binomial, so no exact test: the week
 * is flagged when |net - usual| exceeds 2.66 x the mean moving range of the 26 weeks before it; usual is the median of
 * the 12 weeks before. `chance` stays undefined: the rule promises none. `options.tested` and `comparison` are unused.
 */
export function assessMoney(values: readonly WeekValue[], week: Day, options: AssessmentOptions): Assessment {
  const value = values.find((one) => one.week === week)?.value;
  const known = historyBefore(values, week, ONE_WEEK).filter((one) => one.value !== undefined);
  const usual = usualOf(known, 1);
  const range = meanMovingRange(historyBefore(values, week, { recent: 1, before: 26, fewest: 4 }));
  const blank = { value, low: undefined, high: undefined, chance: undefined, holiday: isHolidayWeek(week) };
  if (usual === undefined || range === undefined || known.length < ONE_WEEK.fewest) {
    return { ...blank, usual: undefined, verdict: 'no history' };
  }
  const low = Math.ceil(usual - XMR * range);
  const high = Math.floor(usual + XMR * range);
  if (value === undefined) return { ...blank, usual, low, high, verdict: 'unknown' };
  return { ...blank, usual, low, high, verdict: verdictOf({ value, low, high }, options) };
}
