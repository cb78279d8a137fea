import type { Instant } from '../domain/day.ts';
import type {
  Recorded,
  RecordedEvent,
  RecordedFeedback,
  RecordedLicense,
  RecordedLine,
} from '../domain/recorded.ts';
import type { ObservedPoint } from '../domain/metric-series.ts';
import type { Cell } from './columns.ts';
import type { Database } from './database.ts';
import { type Dataset, FEEDBACK, LICENSE_EVENTS, LICENSES, TRANSACTION_LINES } from './datasets.ts';
import { recordedRows } from './rows.ts';
import type { DatasetName } from './sync-runs.ts';

/** What a row said from an instant on. */
export interface RowState<Row> {
  readonly from: Instant;
  readonly row: Row;
}

/** Everything the store knows of one row: what it said and when, oldest first, and when it vanished. */
export interface RowLife<Row> {
  readonly states: readonly [RowState<Row>, ...RowState<Row>[]];
  readonly vanishedAt?: Instant;
}

/** When a data set was imported or filled again: what was first seen then is older than that. */
export interface Silence {
  readonly dataset: DatasetName;
  readonly from: Instant;
  readonly to: Instant;
}

/** Everything that was ever recorded of a developer space, with the instants: what replays are made of. */
export interface StoreHistory {
  readLines(developerId: string): Promise<RowLife<RecordedLine>[]>;
  readLicenses(developerId: string): Promise<RowLife<RecordedLicense>[]>;
  /** Churn events. */
  readEvents(developerId: string): Promise<RowLife<RecordedEvent>[]>;
  readFeedback(developerId: string): Promise<RowLife<RecordedFeedback>[]>;
  /** Every value that a series of the metrics had. */
  readPoints(developerId: string, metrics: readonly string[]): Promise<ObservedPoint[]>;
  /** The first imports and back-fills. */
  readSilences(developerId: string): Promise<Silence[]>;
}

/** The history of a store. Contacts are today's: their past values are not kept. */
export function createHistory(db: Database): StoreHistory {
  function readLives<Row extends Recorded>(dataset: Dataset, developerId: string, where = '1 = 1') {
    const { make, names } = recordedRows<Row>(dataset);
    const versions = new Map<number, { at: Instant; before: Record<string, Cell> }[]>();
    const replaced = db.prepare<[string, string], { row: number; at: Instant; before: string }>(
      `SELECT v.row_id AS row, v.replaced_at AS at, v.before FROM versions v
       JOIN ${dataset.table} t ON t.id = v.row_id AND t.developer_id = ?
       WHERE v.dataset = ? ORDER BY v.replaced_at DESC, v.id DESC`,
    );
    for (const { at, before, row } of replaced.iterate(developerId, dataset.table)) {
      const known = versions.get(row) ?? [];
      known.push({ at, before: JSON.parse(before) as Record<string, Cell> });
      versions.set(row, known);
    }
    const rows = db
      .prepare<[string], Cell[]>(
        `SELECT ${names.map((name) => `t.${name}`).join(', ')}, t.vanished_at, t.id
         FROM ${dataset.table} t WHERE t.developer_id = ? AND ${where} ORDER BY t.id`,
      )
      .raw();
    const firstSeen = names.indexOf('first_seen_at');
    const lives: RowLife<Row>[] = [];
    for (const cells of rows.iterate(developerId)) {
      let now = cells;
      let states: [RowState<Row>, ...RowState<Row>[]] | undefined;
      const put = (from: Instant, then: readonly Cell[]) => {
        const state = { from, row: make(then) };
        states = states ? [state, ...states] : [state];
      };
      for (const { at, before } of versions.get(Number(cells.at(-1))) ?? []) {
        put(at, now);
        now = names.map((name, index) => (name in before ? (before[name] ?? null) : (now[index] ?? null)));
      }
      put(Number(cells[firstSeen]), now);
      const vanishedAt = cells.at(-2);
      if (states) lives.push({ states, ...(typeof vanishedAt === 'number' && { vanishedAt }) });
    }
    return lives;
  }

  return {
    readLines: async (developerId) => readLives<RecordedLine>(TRANSACTION_LINES, developerId),
    readLicenses: async (developerId) => readLives<RecordedLicense>(LICENSES, developerId),
    readEvents: async (developerId) =>
      readLives<RecordedEvent>(LICENSE_EVENTS, developerId, "t.kind = 'churn'"),
    readFeedback: async (developerId) => readLives<RecordedFeedback>(FEEDBACK, developerId),
    readPoints: async (developerId, metrics) =>
      db
        .prepare<[string, string], ObservedPoint>(
          `SELECT metric, app_key AS appKey, dataset, name, type, period, value, observed_at AS observedAt
           FROM series s JOIN series_values v ON v.series_id = s.id
           WHERE s.developer_id = ? AND s.metric IN (SELECT value FROM json_each(?)) ORDER BY observed_at`,
        )
        .all(developerId, JSON.stringify(metrics)),
    readSilences: async (developerId) =>
      db
        .prepare<[string], Silence>(
          `SELECT dataset, started_at AS "from", finished_at AS "to" FROM sync_runs
           WHERE developer_id = ? AND is_silent = 1 AND finished_at IS NOT NULL ORDER BY id`,
        )
        .all(developerId),
  };
}
