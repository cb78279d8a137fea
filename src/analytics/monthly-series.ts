import { type Day, monthOf } from '../domain/day.ts';
import type { MetricName, MetricSeries } from '../domain/metric-series.ts';
import { matchesSeries, type SeriesFilter } from './weekly-series.ts';

/** One number of a month, named by its first. `value` undefined: nobody told us, which is not 0. */
export interface MonthValue {
  readonly month: Day;
  readonly value: number | undefined;
}

/** The months for which any series of the metric, whichever app or name, has a number. */
export function knownMonths(series: readonly MetricSeries[], metric: MetricName): ReadonlySet<Day> {
  const months = new Set<Day>();
  for (const one of series) {
    if (one.metric !== metric) continue;
    for (const { period, value } of one.points) if (value !== null) months.add(monthOf(period));
  }
  return months;
}

/**
 * The sum of all matching series for each of the given months, in their order. As with weeks a known month without a
 * point counts 0, and any other month is undefined. For counts: a share or a growth that is left out is not 0.
 */
export function monthlyValues(
  series: readonly MetricSeries[],
  filter: SeriesFilter,
  months: readonly Day[],
): MonthValue[] {
  const known = knownMonths(series, filter.metric);
  const sums = new Map<Day, number>();
  for (const one of series) {
    if (!matchesSeries(one, filter)) continue;
    for (const { period, value } of one.points) {
      const month = monthOf(period);
      if (value !== null) sums.set(month, (sums.get(month) ?? 0) + value);
    }
  }
  return months.map((month) => ({ month, value: known.has(month) ? (sums.get(month) ?? 0) : undefined }));
}
