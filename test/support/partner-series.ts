import { addDays, type Day, monthsEndingWith, weeksEndingWith } from '../../src/domain/day.ts';
import type { InstallCount } from '../../src/domain/install-count.ts';
import type { MetricName, MetricSeries } from '../../src/domain/metric-series.ts';
import type { DatasetName } from '../../src/store/sync-runs.ts';
import { toInstallSeries } from '../../src/sync/data-sets/installs.ts';
import { toShareSeries, toZeroResultSeries } from '../../src/sync/data-sets/market-keywords.ts';
import { toSearchSeries } from '../../src/sync/data-sets/search-keywords.ts';
import type { createRandom } from '../unit/analytics/rows.ts';

type Random = ReturnType<typeof createRandom>;

const APPS = ['app-1', 'app-2'] as const;

/** The number of one app, or of all together (null), in a period. */
type Numbers = (appKey: string | null, period: Day) => number;

/** Random numbers of two apps, and of all together their sum. */
function additive(random: Random, highest: number): Numbers {
  const known = new Map<string, number>();
  const numbers: Numbers = (appKey, period) => {
    if (appKey === null) return APPS.reduce((sum, app) => sum + numbers(app, period), 0);
    const key = `${appKey} ${period}`;
    const value = known.get(key) ?? random.whole(0, highest);
    known.set(key, value);
    return value;
  };
  return numbers;
}

function seriesOf(
  metric: MetricName,
  name: string,
  periods: readonly Day[],
  numbers: Numbers,
): MetricSeries[] {
  return [null, ...APPS].map((appKey) => ({
    metric,
    appKey,
    dataset: '',
    name,
    type: '',
    points: periods.map((period) => ({ period, value: numbers(appKey, period) })),
  }));
}

function customersBy(
  random: Random,
  months: readonly Day[],
  metric: MetricName,
  groups: readonly string[],
  dataset = '',
): MetricSeries[] {
  return groups.flatMap((name) =>
    (['count', 'percent', 'index'] as const).map((type) => ({
      metric,
      appKey: null,
      dataset,
      name,
      type,
      points: months.map((period) => ({
        period,
        value: type === 'count' ? random.whole(0, 90) : random.whole(1, 400) / 100,
      })),
    })),
  );
}

/**
 * What the Marketplace tells of a random partner with two apps, beside its licences and sales, by data set: searches,
 * installations, requests, customers and the sales benchmark, up to a week and the last month before it. Numbers of all
 * apps together are the sums of the apps, as the API's are.
 */
export function partnerSeries(
  random: Random,
  week: Day,
  month: Day,
): Partial<Record<DatasetName, MetricSeries[]>> {
  const weeks = weeksEndingWith(week, 57);
  const months = monthsEndingWith(month, 20);
  const monthly = (metric: MetricName, name: string, highest: number) =>
    seriesOf(metric, name, months, additive(random, highest));
  const installs: InstallCount[] = APPS.flatMap((appKey) =>
    weeks.map((one) => ({ appKey, period: addDays(one, 1), installs: random.whole(900, 950) })),
  );
  const words = ['gantt', 'forms', 'plan', 'okr'];
  const searches = toSearchSeries(
    APPS.map((appKey) => {
      const points = weeks.map((period) => ({ period, value: random.whole(0, 60) }));
      return { appKey, name: appKey, appearances: 0, points };
    }),
  );
  const keywords = words.flatMap((word) =>
    seriesOf('app-search-keywords', word, weeks.slice(-17), additive(random, 20)).slice(1),
  );
  const market = months.slice(-2).flatMap((one) => [
    ...toShareSeries(
      one,
      'marketplace',
      words.map((keyword) => ({ keyword, percent: random.whole(1, 9) })),
    ),
    ...toZeroResultSeries(
      one,
      ['sap sync', 'gantz'].map((keyword) => ({ keyword, count: random.whole(1, 99) })),
    ),
  ]);
  return {
    installs: toInstallSeries(installs),
    'search-keywords': [...searches, ...keywords],
    'market-keywords': market,
    'app-requests': [...monthly('app-requests', 'requests', 40), ...monthly('app-requests', 'approved', 20)],
    'conversion-by-month': [
      ...monthly('conversion-by-month', 'Evaluations', 90),
      ...monthly('conversion-by-month', 'Conversions', 30),
    ],
    customers: [
      ...customersBy(random, months, 'customers-by-region', ['emea', 'apac', 'americas']),
      ...customersBy(random, months, 'customers-by-edition', ['standard', 'premium']),
      ...customersBy(random, months, 'customers-by-tier', ['1-10', '1000+'], 'Jira'),
    ],
    'sales-benchmark': [
      ...monthly('sales-benchmark', 'sales', 900_000),
      ...monthly('sales-benchmark', 'previousMonth', 900_000),
      ...monthly('sales-benchmark', 'ytd', 9_000_000),
      ...monthly('sales-benchmark', 'ytdLastYear', 9_000_000),
      ...['growthMoM', 'gapMoM', 'growthYoY', 'gapYoY', 'percentile', 'percentileYtd'].flatMap((name) =>
        monthly('sales-benchmark', name, 40),
      ),
    ],
  };
}
