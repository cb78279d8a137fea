import { type Day, monthOf } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import { type BenchmarkMetric, benchmarkMonths } from './benchmarks.ts';

/** What a benchmark says now that it did not say at an earlier instant. */
export interface BenchmarkNews {
  /** The newest month with any number; undefined without one. */
  readonly newest: Day | undefined;
  /** The newest month was not there then. */
  readonly isNew: boolean;
  /** Months that were there then and have any other number now, newest first. */
  readonly restated: readonly Day[];
}

function valuesByMonth(
  series: readonly MetricSeries[],
  metric: BenchmarkMetric,
  appKeys: ReadonlySet<string | null>,
) {
  const months = new Map<Day, Map<string, number>>();
  for (const one of series) {
    if (one.metric !== metric || !appKeys.has(one.appKey)) continue;
    for (const { period, value } of one.points) {
      if (value === null) continue;
      const month = monthOf(period);
      const values = months.get(month) ?? new Map<string, number>();
      months.set(month, values.set(`${one.appKey ?? ''} ${one.name}`, value));
    }
  }
  return months;
}

function isEqual(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value);
}

/**
 * Compares a benchmark with what was known of it at an earlier instant (`told`), for some apps (null: all together).
 * With `told` undefined everything is new. A month that lost all its numbers is no news.
 */
export function benchmarkNews(
  series: readonly MetricSeries[],
  told: readonly MetricSeries[] | undefined,
  metric: BenchmarkMetric,
  appKeys: Iterable<string | null>,
): BenchmarkNews {
  const keys = new Set(appKeys);
  const now = valuesByMonth(series, metric, keys);
  const then = valuesByMonth(told ?? [], metric, keys);
  const [newest] = benchmarkMonths(
    series.filter(({ appKey }) => keys.has(appKey)),
    metric,
  );
  const restated = [...now].filter(([month, values]) => {
    const before = then.get(month);
    return before !== undefined && !isEqual(values, before);
  });
  return {
    newest,
    isNew: newest !== undefined && !then.has(newest),
    restated: restated
      .map(([month]) => month)
      .toSorted()
      .toReversed(),
  };
}
