import { addDays, addMonths, type Day, monthsEndingWith } from '../../domain/day.ts';
import type { MetricSeries } from '../../domain/metric-series.ts';
import type { SearchKeyword } from '../../domain/search-keyword.ts';
import type { ZeroResultKeyword } from '../../domain/zero-result-keyword.ts';
import { searchKeywordsBySource } from '../../reporting/endpoints/search-keywords-by-source.ts';
import { zeroResultKeywords } from '../../reporting/endpoints/zero-result-keywords.ts';
import { type PulledDataSet, pullAll } from '../data-set.ts';

/** Who searched: visitors of the Marketplace's own site, and people within Jira and Confluence. */
const SOURCES = ['marketplace', 'embedded-marketplace'] as const;

/** The same month a year before, for who looks that far back. */
const MONTHS = 13;

/** The month before may still fill: its lag is not documented. */
const RECENT_MONTHS = 2;

/** What a month's list says, as points of series: each keyword with its share of all searches in percent. */
export function toShareSeries(month: Day, source: string, rows: readonly SearchKeyword[]): MetricSeries[] {
  return rows.map(({ keyword, percent }) => ({
    metric: 'search-keywords-by-source',
    appKey: null,
    dataset: source,
    name: keyword,
    type: '',
    points: [{ period: month, value: percent }],
  }));
}

/** The filters of a search as they are shown: "jira, Cloud, Utilities". */
function filtersOf({ category, hosting, other, product }: ZeroResultKeyword): string {
  return [product, hosting, category, other].filter((filter) => filter !== undefined).join(', ');
}

/** What nobody found anything for in a month: searches by keyword and filters, those that read the same added up. */
export function toZeroResultSeries(month: Day, rows: readonly ZeroResultKeyword[]): MetricSeries[] {
  const series = new Map<string, MetricSeries & { points: { period: Day; value: number }[] }>();
  for (const row of rows) {
    const dataset = filtersOf(row);
    const key = JSON.stringify([row.keyword, dataset]);
    const known = series.get(key)?.points[0];
    if (known) known.value += row.count;
    else {
      series.set(key, {
        metric: 'zero-result-keywords',
        appKey: null,
        dataset,
        name: row.keyword,
        type: '',
        points: [{ period: month, value: row.count }],
      });
    }
  }
  return [...series.values()];
}

/**
 * What everybody searches the Marketplace for, and what nobody finds, by calendar month: the API has no periods, so each
 * complete month is a question of its own.
 */
export const marketKeywords: PulledDataSet = {
  name: 'market-keywords',
  endpoints: [searchKeywordsBySource.id, zeroResultKeywords.id],
  rhythm: { fullHours: 7 * 24, recentHours: 24, asks: `${MONTHS} months; between: ${RECENT_MONTHS} months` },
  async pull(context) {
    const count = context.mode === 'full' ? MONTHS : RECENT_MONTHS;
    const rows: MetricSeries[] = [];
    const reports = [];
    for (const month of monthsEndingWith(addMonths(context.today, -1), count)) {
      const range = { startDate: month, endDate: addDays(addMonths(month, 1), -1) };
      for (const source of SOURCES) {
        const top = await pullAll(context, searchKeywordsBySource, { ...range, source });
        rows.push(...toShareSeries(month, source, top.rows));
        reports.push(top.report);
      }
      const missing = await pullAll(context, zeroResultKeywords, range);
      rows.push(...toZeroResultSeries(month, missing.rows));
      reports.push(missing.report);
    }
    const metric = ['search-keywords-by-source', 'zero-result-keywords'] as const;
    return { pulled: { kind: 'series', metric, rows }, reports };
  },
};
