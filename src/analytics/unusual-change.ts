import type { Day } from '../domain/day.ts';
import { assessMoney } from './unusual-money.ts';
import type { Assessment, AssessmentOptions } from './usual.ts';
import { addDays } from '../domain/day.ts';
import type { WeekValue } from './weekly-series.ts';

/** By how much each number differs from the one a week before; undefined where either is not known. */
export function weeklyChanges(values: readonly WeekValue[]): WeekValue[] {
  const byWeek = new Map(values.map(({ value, week }) => [week, value]));
  return values.map(({ value, week }) => {
    const before = byWeek.get(addDays(week, -7));
    return { week, value: value === undefined || before === undefined ? undefined : value - before };
  });
}

/**
 * Is it unusual by how much a stock, such as installations in use, grew or shrank in a week? The stock itself always
 * looks like the week before, and the change of it is no count of events: it can be negative, and those who came and
 * those who went are not told apart. So no exact test applies, and the rule is that of money: further from the usual
 * change than 2.66 x the mean moving range of the 26 weeks before.
 */
export function assessChange(
  values: readonly WeekValue[],
  week: Day,
  options: AssessmentOptions,
): Assessment {
  return assessMoney(weeklyChanges(values), week, options);
}
