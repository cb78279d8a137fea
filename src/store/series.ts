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

/** What it says that an answer speaks of a period without a number for a series that had one. */
interface LeftOut {
  /** 0: the API leaves zero points out. `null`: the answer lists only the largest, so there is no number any more. */
  readonly means: 0 | null;
  /** Each app is asked for by itself: an answer speaks of a period for the apps alone whose series name it. */
  readonly isPerApp?: true;
}

/**
 * Of the metrics that are not named a number that is left out stays as it was: months of benchmarks come and go. Of all,
 * a period that no series of the answer has says nothing.
 */
const LEFT_OUT: Readonly<Partial<Record<MetricName, LeftOut>>> = {
  churn: { means: 0 },
  conversion: { means: 0 },
  'conversion-by-month': { means: 0 },
  renewal: { means: 0 },
  evaluations: { means: 0 },
  installs: { means: 0 },
  'search-keywords': { means: 0 },
  'app-search-keywords': { means: 0, isPerApp: true },
  'search-keywords-by-source': { means: null },
  'zero-result-keywords': { means: null },
  // Rates and shares are among their numbers, and these are not 0 where a count is.
  'app-requests': { means: null },
  'customers-by-activity': { means: null },
  'customers-by-edition': { means: null },
  'customers-by-region': { means: null },
  'customers-by-tier': { means: null },
};

/** The series of an answer that have a number in a period, by what it speaks of: the period, and the app where that matters. */
type Brought = Map<string, Set<number>>;

function spokenOf(metric: MetricName, appKey: string | null, period: Day): string {
  return LEFT_OUT[metric]?.isPerApp ? `${period} ${appKey ?? ''}` : period;
}

/** The first and the last of some periods; undefined when there are none. */
function rangeOf(periods: Iterable<Day>): readonly [Day, Day] | undefined {
  const sorted = [...periods].toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first === undefined || last === undefined ? undefined : [first, last];
}

/** Metric series with every value they ever had, appended only on change. */
export function createSeries(db: Database) {
  const findSeries = db.prepare<[string, string, string, string, string, string], { id: number }>(
    `SELECT id FROM series WHERE developer_id = ? AND metric = ? AND coalesce(app_key, '') = ?
     AND dataset = ? AND name = ? AND type = ?`,
  );
  const addSeries = db.prepare(
    'INSERT INTO series (developer_id, metric, app_key, dataset, name, type) VALUES (?, ?, ?, ?, ?, ?)',
  );
  /** Every value of a series over some periods, the newest of a period last. */
  const history = db
    .prepare<[number, Day, Day], [Day, number | null]>(
      `SELECT period, value FROM series_values WHERE series_id = ? AND period BETWEEN ? AND ?
       ORDER BY period, observed_at`,
    )
    .raw();
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
  /** Every value of the series of a metric over some periods, the newest of a period last. */
  const histories = db
    .prepare<[string, string, Day, Day], [number, string | null, Day, number | null]>(
      `SELECT s.id, s.app_key, v.period, v.value FROM series s JOIN series_values v ON v.series_id = s.id
       WHERE s.developer_id = ? AND s.metric = ? AND v.period BETWEEN ? AND ? ORDER BY s.id, v.period, v.observed_at`,
    )
    .raw();
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

  function idOf(developerId: string, key: SeriesKey): number {
    const { metric, appKey, dataset, name, type } = key;
    const found = findSeries.get(developerId, metric, appKey ?? '', dataset, name, type);
    return (
      found?.id ?? Number(addSeries.run(developerId, metric, appKey, dataset, name, type).lastInsertRowid)
    );
  }

  /** What is known of a series in the periods of these points. */
  function latestOf(id: number, points: readonly SeriesPoint[]): Map<Day, number | null> {
    const range = rangeOf(points.map(({ period }) => period));
    return new Map(range ? history.all(id, ...range) : []);
  }

  /** Writes down what the answer left out of what it speaks of; the number of values that changed. */
  function recordLeftOut(
    developerId: string,
    metric: MetricName,
    answer: readonly MetricSeries[],
    brought: Brought,
    at: Instant,
  ): number {
    const leftOut = LEFT_OUT[metric];
    const range = leftOut && rangeOf(answer.flatMap(({ points }) => points.map(({ period }) => period)));
    if (!range) return 0;
    const { means } = leftOut;
    const latest = new Map<string, { id: number; period: Day; value: number | null }>();
    for (const [id, appKey, period, value] of histories.all(developerId, metric, ...range)) {
      const ids = brought.get(spokenOf(metric, appKey, period));
      if (ids && !ids.has(id)) latest.set(`${id} ${period}`, { id, period, value });
    }
    let changed = 0;
    for (const { id, period, value } of latest.values()) {
      if (value === null || value === means) continue;
      append.run(id, period, at, means);
      changed += 1;
    }
    return changed;
  }

  function recordMetric(
    developerId: string,
    metric: MetricName,
    answer: readonly MetricSeries[],
    at: Instant,
  ): SeriesChange {
    let rows = 0;
    let added = 0;
    let changed = 0;
    const brought: Brought = new Map();
    for (const series of answer) {
      const id = idOf(developerId, series);
      const latest = latestOf(id, series.points);
      for (const { period, value } of series.points) {
        rows += 1;
        const spoken = spokenOf(metric, series.appKey, period);
        const ids = brought.get(spoken) ?? new Set();
        brought.set(spoken, ids.add(id));
        const known = latest.get(period);
        if (known === value) continue;
        append.run(id, period, at, value);
        if (known === undefined) added += 1;
        else changed += 1;
      }
    }
    changed += recordLeftOut(developerId, metric, answer, brought, at);
    return { rows, added, changed };
  }

  return {
    /**
     * Records one answer of one metric, or of several; must run inside a transaction of the caller. Throws a RangeError
     * for a series of a metric that was not named.
     */
    record(
      developerId: string,
      metrics: MetricName | readonly MetricName[],
      answer: readonly MetricSeries[],
      at: Instant,
    ): SeriesChange {
      const named = [metrics].flat();
      const total = { rows: 0, added: 0, changed: 0 };
      for (const [metric, series] of Map.groupBy(answer, ({ metric }) => metric)) {
        if (!named.includes(metric))
          throw new RangeError(`series of ${metric} among those of ${named.join()}`);
        const change = recordMetric(developerId, metric, series, at);
        total.rows += change.rows;
        total.added += change.added;
        total.changed += change.changed;
      }
      return total;
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
