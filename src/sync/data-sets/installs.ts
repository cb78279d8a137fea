import { addDays, type Day, weekOf } from '../../domain/day.ts';
import type { InstallCount } from '../../domain/install-count.ts';
import type { MetricSeries } from '../../domain/metric-series.ts';
import { installs as endpoint } from '../../reporting/endpoints/installs.ts';
import { type PulledDataSet, pullAll } from '../data-set.ts';

/** A year ago, and the weeks of the longest chart with its comparison. */
const WEEKS = 56;

/**
 * Counts of a period and app by product id; of two for the same one the later counts, because a number can move while
 * pages are read.
 */
type Counts = Map<Day, Map<string | null, Map<string, number>>>;

function countsOf(rows: readonly InstallCount[]): Counts {
  const counts: Counts = new Map();
  for (const { appKey = null, installs, period, productId = '' } of rows) {
    const apps = counts.get(period) ?? new Map<string | null, Map<string, number>>();
    const products = apps.get(appKey) ?? new Map<string, number>();
    counts.set(period, apps.set(appKey, products.set(productId, installs)));
  }
  return counts;
}

/**
 * Installations by week, of each app and of all together (`appKey` null). The API gives no total, so it is the sum of
 * all records, those that name no app included.
 */
export function toInstallSeries(rows: readonly InstallCount[]): MetricSeries[] {
  const points = new Map<string | null, { period: Day; value: number }[]>();
  const add = (appKey: string | null, period: Day, value: number) =>
    points.set(appKey, [...(points.get(appKey) ?? []), { period, value }]);
  for (const [period, apps] of countsOf(rows)) {
    let total = 0;
    for (const [appKey, products] of apps) {
      const value = products.values().reduce((sum, count) => sum + count, 0);
      total += value;
      if (appKey !== null) add(appKey, period, value);
    }
    add(null, period, total);
  }
  return [...points].map(([appKey, list]) => ({
    metric: 'installs',
    appKey,
    dataset: '',
    name: 'Installs',
    type: '',
    points: list.toSorted((a, b) => (a.period < b.period ? -1 : 1)),
  }));
}

/** Active installations by week and app. Weeks begin on a Monday here, on a Sunday everywhere else. */
export const installs: PulledDataSet = {
  name: 'installs',
  endpoints: [endpoint.id],
  rhythm: { fullHours: 24, asks: `${WEEKS} weeks` },
  async pull(context) {
    const monday = addDays(weekOf(addDays(context.today, -1)), 1);
    const { report, rows } = await pullAll(context, endpoint, {
      granularity: 'WEEK',
      startDate: addDays(monday, -7 * WEEKS),
      endDate: context.today,
    });
    return { pulled: { kind: 'series', metric: 'installs', rows: toInstallSeries(rows) }, reports: [report] };
  },
};
