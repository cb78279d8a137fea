import type { Day, Instant } from '../domain/day.ts';
import type {
  MetricName,
  MetricSeries,
  ObservedMetric,
  ObservedPoint,
  SeriesKey,
  SeriesPoint,
} from '../domain/metric-series.ts';
import type { Database } from './database.ts';

/** Which part of a metric to read. `knownAt`: as it was known at that past instant. */
export interface SeriesQuery {
  readonly developerId: string;
  readonly metric: MetricName;
  readonly from: Day;
  readonly to: Day;
  readonly knownAt?: Instant;
}

/** Which observations of a metric to read. */
export interface ObservedQuery extends Omit<SeriesQuery, 'knownAt'> {
  readonly appKey: string | null;
}

/** What recording series changed: `added` numbers seen for the first time, `changed` restated ones. */
export interface SeriesChange {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
}

interface StoredPoint extends SeriesKey {
  readonly period: Day;
  readonly value: number | null;
}

const WEEKLY: readonly MetricName[] = ['churn', 'conversion', 'renewal', 'evaluations'];

/** Metric series with every value they ever had, appended only on change. */
export function createSeries(db: Database) {
  const findSeries = db.prepare<[string, string, string, string, string, string], { id: number }>(
    `SELECT id FROM series WHERE developer_id = ? AND metric = ? AND coalesce(app_key, '') = ?
     AND dataset = ? AND name = ? AND type = ?`,
  );
  const addSeries = db.prepare(
    'INSERT INTO series (developer_id, metric, app_key, dataset, name, type) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const latest = db.prepare<[number, Day], { value: number | null }>(
    'SELECT value FROM series_values WHERE series_id = ? AND period = ? ORDER BY observed_at DESC LIMIT 1',
  );
  const append = db.prepare(
    'INSERT OR REPLACE INTO series_values (series_id, period, observed_at, value) VALUES (?, ?, ?, ?)',
  );
  const read = db.prepare<[string, string, Day, Day, Instant], StoredPoint>(
    `SELECT metric, app_key AS appKey, dataset, name, type, period, value FROM (
       SELECT s.*, v.period, v.value,
         row_number() OVER (PARTITION BY s.id, v.period ORDER BY v.observed_at DESC) AS age
       FROM series s JOIN series_values v ON v.series_id = s.id
       WHERE s.developer_id = ? AND s.metric = ? AND v.period BETWEEN ? AND ? AND v.observed_at <= ?
     ) WHERE age = 1 ORDER BY id, period`,
  );
  const readAll = db.prepare<[string, string, Day, Day, string], ObservedPoint>(
    `SELECT metric, app_key AS appKey, dataset, name, type, period, value, observed_at AS observedAt
     FROM series s JOIN series_values v ON v.series_id = s.id
     WHERE s.developer_id = ? AND s.metric = ? AND v.period BETWEEN ? AND ? AND coalesce(s.app_key, '') = ?`,
  );
  const readFirstSeen = db
    .prepare<[string, string, Day, Day], [Day, Instant]>(
      `SELECT v.period, min(v.observed_at) FROM series s JOIN series_values v ON v.series_id = s.id
       WHERE s.developer_id = ? AND s.metric = ? AND v.period BETWEEN ? AND ? GROUP BY v.period`,
    )
    .raw();
  const nonZero = db.prepare<[string, string, Day], { id: number }>(
    `SELECT s.id FROM series s WHERE s.developer_id = ? AND s.metric = ? AND coalesce((
       SELECT value FROM series_values v WHERE v.series_id = s.id AND v.period = ? ORDER BY v.observed_at DESC LIMIT 1
     ), 0) <> 0`,
  );

  function idOf(developerId: string, key: SeriesKey): number {
    const { metric, appKey, dataset, name, type } = key;
    const found = findSeries.get(developerId, metric, appKey ?? '', dataset, name, type);
    return (
      found?.id ?? Number(addSeries.run(developerId, metric, appKey, dataset, name, type).lastInsertRowid)
    );
  }

  /**
   * A week the answer speaks of, without a number for a series that had one, is a zero: the API leaves zero points
   * out. A week the answer does not mention at all says nothing.
   */
  function recordDisappeared(
    developerId: string,
    metric: MetricName,
    brought: Map<Day, Set<number>>,
    at: Instant,
  ): number {
    let changed = 0;
    for (const [period, ids] of brought) {
      for (const { id } of nonZero.all(developerId, metric, period)) {
        if (ids.has(id)) continue;
        append.run(id, period, at, 0);
        changed += 1;
      }
    }
    return changed;
  }

  return {
    /** Records one answer of one metric; must run inside a transaction of the caller. */
    record(
      developerId: string,
      metric: MetricName,
      answer: readonly MetricSeries[],
      at: Instant,
    ): SeriesChange {
      let rows = 0;
      let added = 0;
      let changed = 0;
      const brought = new Map<Day, Set<number>>();
      for (const series of answer) {
        const id = idOf(developerId, series);
        for (const { period, value } of series.points) {
          rows += 1;
          const ids = brought.get(period) ?? new Set();
          brought.set(period, ids.add(id));
          const known = latest.get(id, period);
          if (known && known.value === value) continue;
          append.run(id, period, at, value);
          if (known) changed += 1;
          else added += 1;
        }
      }
      if (WEEKLY.includes(metric)) changed += recordDisappeared(developerId, metric, brought, at);
      return { rows, added, changed };
    },

    /** The series of a metric over a range of periods, each value as known now or at `knownAt`. */
    read({ developerId, metric, from, to, knownAt }: SeriesQuery): MetricSeries[] {
      const series = new Map<string, SeriesKey & { points: SeriesPoint[] }>();
      const points = read.all(developerId, metric, from, to, knownAt ?? Number.MAX_SAFE_INTEGER);
      for (const { period, value, ...key } of points) {
        const name = JSON.stringify(key);
        const entry = series.get(name) ?? { ...key, points: [] };
        entry.points.push({ period, value });
        series.set(name, entry);
      }
      return [...series.values()];
    },

    /** Every value that one app (null: all of them) ever had in a metric, and when it was first seen. */
    readObserved({ appKey, developerId, from, metric, to }: ObservedQuery): ObservedMetric {
      return {
        points: readAll.all(developerId, metric, from, to, appKey ?? ''),
        firstSeenAt: new Map(readFirstSeen.all(developerId, metric, from, to)),
      };
    },
  };
}

/** Metric series with every value they ever had. */
export type Series = ReturnType<typeof createSeries>;
