import type { WeekState } from '../../analytics/freshness.ts';
import type { Day } from '../../domain/day.ts';
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

/** The names of a chart's weeks; one that is still filling says so: `8 Mar (filling)`. */
export function weekLabels(weeks: readonly Day[], told?: ToldWeek): string[] {
  return weeks.map((week) =>
    week === told?.week && told.state === 'provisional' ? `${shortDate(week)} (filling)` : shortDate(week),
  );
}
