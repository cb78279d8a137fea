import type { Instant } from '../domain/day.ts';
import type { Database } from './database.ts';

/** The sets of rows that a sync pulls, each on its own: one that fails leaves the others fresh. */
export const DATASETS = [
  'licenses',
  'transactions',
  'churn',
  'conversion',
  'renewal',
  'evaluations',
  'churn-events',
  'conversion-events',
  'renewal-events',
  'feedback',
  'churn-benchmark',
  'evaluation-benchmark',
  'sales-benchmark',
  'installs',
  'search-keywords',
  'market-keywords',
  'app-requests',
  'conversion-by-month',
  'customers',
] as const;
export type DatasetName = (typeof DATASETS)[number];

export type SyncMode = 'full' | 'incremental';

/** `short`: recorded, but so much smaller than the store that nothing was taken for vanished. */
export type RunState = 'running' | 'ok' | 'short' | 'refused' | 'failed';

/** Counts of one pull that reached the store. */
export interface RunCounts {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly vanished: number;
  readonly quarantined: number;
}

/** The last pulls of one data set, for `status` and for the age printed in every message. */
export interface Freshness {
  readonly developerId: string;
  readonly dataset: DatasetName;
  /** When the last pull that was recorded finished; undefined when there was none yet. */
  readonly goodAt?: Instant;
  readonly mode?: SyncMode;
  readonly counts?: RunCounts;
  /** The code of the newest pull when it failed after the last good one. */
  readonly failedCode?: string;
  readonly failedAt?: Instant;
}

interface RunRow {
  readonly mode: SyncMode;
  readonly state: RunState;
  readonly finished_at: Instant;
  readonly rows_seen: number;
  readonly rows_new: number;
  readonly rows_changed: number;
  readonly rows_vanished: number;
  readonly rows_quarantined: number;
  readonly error_code: string | null;
}

const RECORDED = `state IN ('ok', 'short')`;

/** The log of pulls. */
export function createSyncRuns(db: Database) {
  const start = db.prepare(
    "INSERT INTO sync_runs (developer_id, dataset, mode, state, started_at) VALUES (?, ?, ?, 'running', ?)",
  );
  const finish = db.prepare(
    `UPDATE sync_runs SET state = ?, finished_at = ?, rows_seen = ?, rows_new = ?, rows_changed = ?, rows_vanished = ?,
     rows_quarantined = ?, error_code = ?, is_silent = ? WHERE id = ?`,
  );
  const addQuarantine = db.prepare(
    'INSERT OR REPLACE INTO quarantine (run_id, path, expected, rows) VALUES (?, ?, ?, ?)',
  );
  const addUnmapped = db.prepare(
    'INSERT OR REPLACE INTO unmapped_fields (run_id, field, rows) VALUES (?, ?, ?)',
  );
  const lastGood = db.prepare<[string, string], RunRow>(
    `SELECT * FROM sync_runs WHERE developer_id = ? AND dataset = ? AND ${RECORDED} ORDER BY finished_at DESC, id DESC LIMIT 1`,
  );
  const lastGoodFull = db.prepare<[string, string], { started_at: Instant }>(
    `SELECT started_at FROM sync_runs WHERE developer_id = ? AND dataset = ? AND ${RECORDED} AND mode = 'full'
     ORDER BY started_at DESC LIMIT 1`,
  );
  const lastEnded = db.prepare<[string, string], RunRow>(
    `SELECT * FROM sync_runs WHERE developer_id = ? AND dataset = ? AND state <> 'running' ORDER BY finished_at DESC, id DESC LIMIT 1`,
  );
  const abandon = db.prepare(
    "UPDATE sync_runs SET state = 'failed', error_code = 'ABANDONED', finished_at = ? WHERE state = 'running'",
  );

  return {
    async start(developerId: string, dataset: DatasetName, mode: SyncMode, at: Instant): Promise<number> {
      return Number(start.run(developerId, dataset, mode, at).lastInsertRowid);
    },
    /** Marks pulls that a dead process left running. */
    async recordAbandoned(at: Instant): Promise<void> {
      abandon.run(at);
    },
    async recordFailure(
      runId: number,
      state: 'failed' | 'refused',
      code: string,
      at: Instant,
    ): Promise<void> {
      finish.run(state, at, 0, 0, 0, 0, 0, code, 0, runId);
    },
    /** Closes a pull; runs inside the transaction that records its rows. `silent`: what was new in it is history. */
    recordWithin(
      runId: number,
      { counts, silent, state }: { state: 'ok' | 'short'; counts: RunCounts; silent: boolean },
      at: Instant,
    ): void {
      finish.run(
        state,
        at,
        counts.rows,
        counts.added,
        counts.changed,
        counts.vanished,
        counts.quarantined,
        null,
        silent ? 1 : 0,
        runId,
      );
    },
    /** Keeps what did not fit and what nothing reads, by field and count. */
    noteWithin(
      runId: number,
      quarantined: readonly { path: string; expected: string; count: number }[],
      unmapped: ReadonlyMap<string, number>,
    ): void {
      for (const { path, expected, count } of quarantined) addQuarantine.run(runId, path, expected, count);
      for (const [field, rows] of unmapped) addUnmapped.run(runId, field, rows);
    },
    /** When the last full pull that was recorded began; undefined before the first. */
    async readLastFull(developerId: string, dataset: DatasetName): Promise<Instant | undefined> {
      return lastGoodFull.get(developerId, dataset)?.started_at;
    },
    async readFreshness(developerId: string): Promise<Freshness[]> {
      return DATASETS.map((dataset) => {
        const good = lastGood.get(developerId, dataset);
        const ended = lastEnded.get(developerId, dataset);
        return {
          developerId,
          dataset,
          ...(good && { goodAt: good.finished_at, mode: good.mode, counts: countsOf(good) }),
          ...(ended?.error_code && { failedCode: ended.error_code, failedAt: ended.finished_at }),
        };
      });
    },
  };
}

function countsOf(run: RunRow): RunCounts {
  return {
    rows: run.rows_seen,
    added: run.rows_new,
    changed: run.rows_changed,
    vanished: run.rows_vanished,
    quarantined: run.rows_quarantined,
  };
}

/** The log of pulls. */
export type SyncRuns = ReturnType<typeof createSyncRuns>;
