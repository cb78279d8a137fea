import { addDays, type Day, type Instant, startOf } from '../domain/day.ts';
import type { ObservedMetric } from '../domain/metric-series.ts';
import { completenessAt, toObservations, type WeekState, weekState } from './freshness.ts';
import type { AssessmentOptions } from './usual.ts';
import type { SeriesFilter } from './weekly-series.ts';

/** How far back weeks tell how fast they fill: a year of them, each 28 days old. */
const HISTORY_DAYS = 7 * 56;

const DAY_MS = 86_400_000;

/** How far a week's numbers can be trusted, and therefore compared. */
export interface WeekJudgement {
  readonly state: WeekState;
  /** The share of such a week that is usually known at its age, from our own observations; undefined: not known, or final. */
  readonly completeness: number | undefined;
  /** What `assessCount` and `assessRate` are to know of it. */
  readonly options: Pick<AssessmentOptions, 'completeness' | 'open' | 'provisional'>;
}

/** What a week's state and completeness mean for what may be said of it. */
export function judgementOf(state: WeekState, completeness?: number): WeekJudgement {
  const options = { open: state === 'open', provisional: state === 'open' || state === 'provisional' };
  return {
    state,
    completeness,
    options: { ...options, ...(completeness !== undefined && { completeness }) },
  };
}

/** The weeks whose observations tell how fast such a week fills. */
export function observedSpan(week: Day): { readonly from: Day; readonly to: Day } {
  return { from: addDays(week, -HISTORY_DAYS), to: addDays(week, -7) };
}

/** The judgement of a week by how the series of the filter filled in the weeks of `observedSpan`. */
export function judgeWeek(
  { now, today, week }: { readonly week: Day; readonly today: Day; readonly now: Instant },
  observed: ObservedMetric,
  filter: SeriesFilter,
): WeekJudgement {
  const ageDays = (now - startOf(addDays(week, 7))) / DAY_MS;
  const completeness = completenessAt(toObservations(observed, filter), ageDays, now)?.share;
  return judgementOf(weekState(week, today), completeness);
}
