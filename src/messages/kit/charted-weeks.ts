import type { WeekState } from '../../analytics/freshness.ts';
import type { Day } from '../../domain/day.ts';
import type { WeekValue } from '../../analytics/weekly-series.ts';
import type { Block } from '../../domain/message.ts';
import { chart } from './chart.ts';
import { shortDate } from './words.ts';

/** The week a message tells, and how far its numbers can be trusted. */
export interface ToldWeek {
  readonly week: Day;
  readonly state: WeekState;
}

/** The weeks of a chart without one that is not over: drawn, it would look like a fall. */
export function withoutOpen<T extends { readonly week: Day }>(rows: readonly T[], told: ToldWeek): T[] {
  return rows.filter(({ week }) => told.state !== 'open' || week < told.week);
}

/** The name of a weekly chart's axis; it says so where the last week drawn is still filling. */
export function weekAxis(told?: ToldWeek, firstDay: 'Sunday' | 'Monday' = 'Sunday'): string {
  const axis = `Week starting ${firstDay}`;
  return told?.state === 'provisional' ? `${axis}, the last one still filling` : axis;
}

/** A number by week as bars, oldest first; nothing where too few weeks are known to draw. */
export function weeklyBars(
  values: readonly WeekValue[],
  told: ToldWeek,
  words: { readonly title: string; readonly name: string; readonly yLabel: string },
): Block | undefined {
  const shown = withoutOpen(values, told);
  return chart({
    kind: 'bar',
    title: words.title,
    categories: shown.map(({ week }) => shortDate(week)),
    series: [{ name: words.name, values: shown.map(({ value }) => value) }],
    xLabel: weekAxis(told),
    yLabel: words.yLabel,
  });
}
