import { weekState } from '../analytics/freshness.ts';
import { judgementOf, judgeWeek, observedSpan, type WeekJudgement } from '../analytics/week-judgement.ts';
import type { SeriesFilter } from '../analytics/weekly-series.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { DigestRequest } from './digest.ts';

/** The judgement of the week that is told, by how the series of the filter filled in the weeks before. */
export async function readWeekJudgement(
  read: ReadModel,
  request: DigestRequest,
  filter: SeriesFilter,
): Promise<WeekJudgement> {
  const { app, developerId, today, week } = request;
  const state = weekState(week, today);
  if (state === 'open' || state === 'final') return judgementOf(state);
  const { metric } = filter;
  const scope = { developerId, appKey: app?.appKey ?? null, metric };
  return judgeWeek(request, await read.readObserved({ ...scope, ...observedSpan(week) }), filter);
}
