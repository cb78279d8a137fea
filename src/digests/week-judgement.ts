import { completenessAt, toObservations, type WeekState, weekState } from '../analytics/freshness.ts';
import type { AssessmentOptions } from '../analytics/usual.ts';
import type { SeriesFilter } from '../analytics/weekly-series.ts';
import { addDays, startOf } from '../domain/day.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { DigestRequest } from './digest.ts';

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

/** The judgement of the week that is told, by how the series of the filter filled in the weeks before. */
export async function readWeekJudgement(
  read: ReadModel,
  { app, developerId, now, today, week }: DigestRequest,
  filter: SeriesFilter,
): Promise<WeekJudgement> {
  const state = weekState(week, today);
  if (state === 'open' || state === 'final') return judgementOf(state);
  const { metric } = filter;
  const span = { from: addDays(week, -HISTORY_DAYS), to: addDays(week, -7) };
  const observed = await read.readObserved({ developerId, appKey: app?.appKey ?? null, metric, ...span });
  const ageDays = (now - startOf(addDays(week, 7))) / DAY_MS;
  return judgementOf(state, completenessAt(toObservations(observed, filter), ageDays, now)?.share);
}
