import type { Day } from '../../../domain/day.ts';
import type { MetricSeries, SeriesKey } from '../../../domain/metric-series.ts';
import type { Intake } from '../../intake.ts';

/** Gathers points into series. */
export interface SeriesCollector {
  /** A second, different value for one period of one series is refused: nobody could say which is right. */
  readonly add: (key: SeriesKey, period: Day, value: number | null, path: string) => void;
  /** The series in the order of their first point, each with its points oldest first. */
  readonly series: () => MetricSeries[];
}

/** Creates an empty collector. */
export function createSeriesCollector(intake: Intake): SeriesCollector {
  const collected = new Map<string, { key: SeriesKey; points: Map<Day, number | null> }>();

  return {
    add(key, period, value, path) {
      const name = JSON.stringify([key.metric, key.appKey, key.dataset, key.name, key.type]);
      const entry = collected.get(name) ?? { key, points: new Map<Day, number | null>() };
      collected.set(name, entry);
      const known = entry.points.get(period);
      if (known === undefined) entry.points.set(period, value);
      else if (known !== value) intake.refuse([{ path, expected: 'one value per period' }]);
    },
    series: () =>
      [...collected.values()].map(({ key, points }) => ({
        ...key,
        points: [...points]
          .map(([period, value]) => ({ period, value }))
          .sort((a, b) => (a.period < b.period ? -1 : 1)),
      })),
  };
}
