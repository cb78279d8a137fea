import type { AppSearches } from '../../domain/app-searches.ts';
import type { AppSearchKeyword } from '../../domain/app-search-keyword.ts';
import { addDays, type Day, weekOf } from '../../domain/day.ts';
import { PulseError } from '../../domain/errors.ts';
import type { MetricSeries, SeriesPoint } from '../../domain/metric-series.ts';
import type { PullReport } from '../../reporting/client.ts';
import { appSearchKeywords as keywordsEndpoint } from '../../reporting/endpoints/app-search-keywords.ts';
import { apps as appsEndpoint } from '../../reporting/endpoints/apps.ts';
import { searchKeywords as endpoint } from '../../reporting/endpoints/search-keywords.ts';
import { type PullContext, type PulledDataSet, pullAll } from '../data-set.ts';

/** A year ago, and the weeks of the longest chart with its comparison. */
const WEEKS = 56;

/** Of single keywords the week told and the 12 before it, also when it is told a month late. */
const KEYWORD_WEEKS = 17;

function parametersOf(today: Day, weeks: number) {
  return { aggregation: 'week', startDate: addDays(weekOf(today), -7 * weeks), endDate: today };
}

/** Appearances in searches by week, of each app and of all together (`appKey` null), which is their sum. */
export function toSearchSeries(rows: readonly AppSearches[]): MetricSeries[] {
  const series = (appKey: string | null, points: readonly SeriesPoint[]): MetricSeries => ({
    metric: 'search-keywords',
    appKey,
    dataset: '',
    name: 'Appearances',
    type: '',
    points,
  });
  const total = new Map<Day, number>();
  for (const { period, value } of rows.flatMap(({ points }) => points)) {
    total.set(period, (total.get(period) ?? 0) + (value ?? 0));
  }
  const all = [...total].map(([period, value]) => ({ period, value }));
  return [
    ...(all.length > 0 ? [series(null, all)] : []),
    ...rows.map(({ appKey, points }) => series(appKey, points)),
  ];
}

function toKeywordSeries(appKey: string, rows: readonly AppSearchKeyword[]): MetricSeries[] {
  return rows.map(({ keyword, points }) => ({
    metric: 'app-search-keywords',
    appKey,
    dataset: '',
    name: keyword,
    type: '',
    points,
  }));
}

/** The product ids of apps, from the list of apps for those whose own row names none. */
async function readProductIds(context: PullContext, rows: readonly AppSearches[]) {
  const ids = new Map(rows.map(({ appKey, productId }) => [appKey, productId]));
  if ([...ids.values()].every((id) => id !== undefined)) return { ids, reports: [] };
  const listed = await pullAll(context, appsEndpoint, {});
  for (const { appKey, productId } of listed.rows) {
    if (ids.has(appKey)) ids.set(appKey, ids.get(appKey) ?? productId);
  }
  return { ids, reports: [listed.report] };
}

/** The keywords of each app. An app that is not there any more has none, and its old numbers stay. */
async function pullKeywords(context: PullContext, ids: ReadonlyMap<string, string | undefined>) {
  const rows: MetricSeries[] = [];
  const reports: PullReport[] = [];
  const periods = parametersOf(context.today, KEYWORD_WEEKS);
  for (const [appKey, productId] of ids) {
    if (productId === undefined) continue;
    try {
      const pulled = await pullAll(context, keywordsEndpoint, { ...periods, productId });
      rows.push(...toKeywordSeries(appKey, pulled.rows));
      reports.push(pulled.report);
    } catch (error) {
      if (!(error instanceof PulseError) || error.code !== 'API_NOT_FOUND') throw error;
    }
  }
  return { rows, reports };
}

/** How often searches showed the apps, and which keywords did, by week. */
export const searchKeywords: PulledDataSet = {
  name: 'search-keywords',
  endpoints: [endpoint.id, keywordsEndpoint.id, appsEndpoint.id],
  rhythm: { fullHours: 24, asks: `${WEEKS} weeks, of keywords ${KEYWORD_WEEKS}` },
  async pull(context) {
    const apps = await pullAll(context, endpoint, parametersOf(context.today, WEEKS));
    const { ids, reports } = await readProductIds(context, apps.rows);
    const keywords = await pullKeywords(context, ids);
    return {
      pulled: {
        kind: 'series',
        metric: ['search-keywords', 'app-search-keywords'],
        rows: [...toSearchSeries(apps.rows), ...keywords.rows],
      },
      reports: [apps.report, ...reports, ...keywords.reports],
    };
  },
};
