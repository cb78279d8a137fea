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
  /** Names the row within its table. */
  readonly id: number;
  readonly states: readonly [RowState<Row>, ...RowState<Row>[]];
  readonly vanishedAt?: Instant;
}

/** One table with everything it ever said. A large one does not fit into memory: rows are read as they are needed. */
export interface PastTable<Row> {
  /** Every row, one at a time, in the order of the ids. */
  each(): Iterable<RowLife<Row>>;
  read(id: number): RowLife<Row> | undefined;
  of(entitlement: string): readonly RowLife<Row>[];
}

/** When a data set was imported or filled again: what was first seen then is older than that. */
export interface Silence {
  readonly dataset: DatasetName;
  readonly from: Instant;
  readonly to: Instant;
}

/** Everything that was recorded of a developer space, with the instants: what replays are made of. */
export interface PastRows {
  readonly developerId: string;
  readonly lines: PastTable<RecordedLine>;
  readonly licenses: PastTable<RecordedLicense>;
  /** Licences that are on a site now, by `cloudId`. */
  licensesOnSite(cloudId: string): readonly RowLife<RecordedLicense>[];
  /** Churn events. */
  readonly events: PastTable<RecordedEvent>;
  readonly feedback: PastTable<RecordedFeedback>;
  /** Every value that a series of some metrics had. */
  readonly points: readonly ObservedPoint[];
  /** The first imports and back-fills. */
  readonly silences: readonly Silence[];
}

/** The history of a store. */
export interface StoreHistory {
  /** Runs something over the past of a developer space and the series of these metrics. It reads; nothing is written. */
  replay<Result>(
    developerId: string,
    metrics: readonly string[],
    run: (past: PastRows) => Result,
  ): Promise<Result>;
}

interface Version {
  readonly at: Instant;
  readonly before: string;
}

/** The history of a store. Contacts are today's: their past values are not kept. */
export function createHistory(db: Database): StoreHistory {
  const replaced = db.prepare<[string, number], Version>(
    'SELECT replaced_at AS at, before FROM versions WHERE dataset = ? AND row_id = ? ORDER BY replaced_at DESC, id DESC',
  );

  function createPast<Row extends Recorded>({ dataset, kind }: { dataset: Dataset; kind?: string }) {
    const { make, names } = recordedRows<Row>(dataset);
    const firstSeen = names.indexOf('first_seen_at');
    const kindly = kind === undefined ? '' : ` AND t.kind = '${kind}'`;

    function toLife(cells: readonly Cell[]): RowLife<Row> {
      const id = Number(cells.at(-1));
      const vanishedAt = cells.at(-2);
      const newestFirst: RowState<Row>[] = [];
      let now = cells;
      for (const { at, before } of replaced.all(dataset.table, id)) {
        newestFirst.push({ from: at, row: make(now) });
        const was = JSON.parse(before) as Record<string, Cell>;
        now = names.map((name, index) => (name in was ? (was[name] ?? null) : (now[index] ?? null)));
      }
      const first = { from: Number(cells[firstSeen]), row: make(now) };
      return {
        id,
        states: [first, ...newestFirst.toReversed()],
        ...(typeof vanishedAt === 'number' && { vanishedAt }),
      };
    }

    const select = (where: string) =>
      db
        .prepare<(string | number)[], Cell[]>(
          `SELECT ${names.map((name) => `t.${name}`).join(', ')}, t.vanished_at, t.id
           FROM ${dataset.table} t WHERE t.developer_id = ? AND ${where}${kindly} ORDER BY t.id`,
        )
        .raw();
    return { select, toLife };
  }

  function toTable<Row extends Recorded>(
    { select, toLife }: ReturnType<typeof createPast<Row>>,
    developerId: string,
  ): PastTable<Row> {
    const [all, one, own] = [select('1 = 1'), select('t.id = ?'), select('t.entitlement = ?')];
    return {
      *each() {
        for (const cells of all.iterate(developerId)) yield toLife(cells);
      },
      read(id) {
        const cells = one.get(developerId, id);
        return cells && toLife(cells);
      },
      of: (entitlement) => own.all(developerId, entitlement).map(toLife),
    };
  }

  return {
    async replay(developerId, metrics, run) {
      const licenses = createPast<RecordedLicense>({ dataset: LICENSES });
      const onSite = licenses.select('t.cloud_id = ?');
      return run({
        developerId,
        lines: toTable(createPast<RecordedLine>({ dataset: TRANSACTION_LINES }), developerId),
        licenses: toTable(licenses, developerId),
        licensesOnSite: (cloudId) => onSite.all(developerId, cloudId).map(licenses.toLife),
        events: toTable(createPast<RecordedEvent>({ dataset: LICENSE_EVENTS, kind: 'churn' }), developerId),
        feedback: toTable(createPast<RecordedFeedback>({ dataset: FEEDBACK }), developerId),
        points: db
          .prepare<[string, string], ObservedPoint>(
            `SELECT metric, app_key AS appKey, dataset, name, type, period, value, observed_at AS observedAt
             FROM series s JOIN series_values v ON v.series_id = s.id
             WHERE s.developer_id = ? AND s.metric IN (SELECT value FROM json_each(?)) ORDER BY observed_at`,
          )
          .all(developerId, JSON.stringify(metrics)),
        silences: db
          .prepare<[string], Silence>(
            `SELECT dataset, started_at AS "from", finished_at AS "to" FROM sync_runs
             WHERE developer_id = ? AND is_silent = 1 AND finished_at IS NOT NULL ORDER BY id`,
          )
          .all(developerId),
      });
    },
  };
}
