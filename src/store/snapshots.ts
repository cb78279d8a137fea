import { createHash } from 'node:crypto';
import type { Instant } from '../domain/day.ts';
import type { EntitlementAliases } from '../domain/entitlement.ts';
import { type Cells, type Column, toCells } from './columns.ts';
import type { Database } from './database.ts';
import type { Dataset } from './datasets.ts';
import type { Entitlements } from './entitlements.ts';

/** What recording one pull changed. `unchanged` rows wrote nothing but the mark that they were seen. */
export interface SnapshotChange {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly vanished: number;
}

/** A row to record, with what finds its stored self. */
export interface IncomingRow {
  readonly row: { readonly appKey: string; readonly aliases: EntitlementAliases };
  /** Columns of the table beyond those of the dataset: its key, and what is fixed when it is first seen. */
  readonly extra: Cells;
}

/** How a table finds the stored row of an incoming one: a prepared query over the incoming cells. */
export interface SnapshotTable {
  readonly dataset: Dataset;
  /** Extra columns, in the order in which they are inserted. */
  readonly extraColumns: readonly string[];
  /** SQL condition on `:name` parameters, which are the incoming cells, `:developer_id` and `:entitlement_id`. */
  readonly match: string;
  /** Which of several matches is the row: an SQL order; the oldest when absent. */
  readonly prefer?: string;
}

/** Parameters of one recording. */
export interface RecordOptions {
  readonly developerId: string;
  readonly runId: number;
  readonly at: Instant;
  /** A full pull counts rows it did not bring; `scope` limits that to what the pull could have brought. */
  readonly sweep?: { readonly where: string; readonly parameters: readonly (string | number)[] };
}

function hashOf(columns: readonly Column[], cells: Cells): string {
  const hash = createHash('md5');
  for (const column of columns) {
    if (column.change !== 'noise') hash.update(`${String(cells[column.name] ?? '')}\u001F`);
  }
  return hash.digest('base64');
}

/** The old values of the columns that differ, without those about people. */
function differences(columns: readonly Column[], before: Cells, after: Cells): Cells {
  const changes: Cells = {};
  for (const { name, change } of columns) {
    if (change === 'content' && (before[name] ?? null) !== after[name]) changes[name] = before[name] ?? null;
  }
  return changes;
}

/** A row gone from this many full pulls in a row is marked as vanished; it is never deleted. */
const MISSES_BEFORE_VANISHED = 2;

/**
 * The versioned snapshot of one table. `record` must run inside a transaction of the caller: it inserts new rows,
 * keeps the old values of changed ones in `versions`, and skips unchanged ones by content hash.
 */
export function createSnapshot(db: Database, entitlements: Entitlements, table: SnapshotTable) {
  const { columns, table: name } = table.dataset;
  const names = columns.map((column) => column.name);
  const inserted = ['developer_id', 'entitlement_id', ...table.extraColumns, ...names];
  const find = db.prepare<[Cells], Cells>(
    `SELECT * FROM ${name} WHERE developer_id = :developer_id AND (${table.match})
     ORDER BY ${table.prefer ?? 'id'} LIMIT 1`,
  );
  const insert = db.prepare(
    `INSERT INTO ${name} (${inserted.join(', ')}, content_hash, first_seen_at, changed_at, seen_run)
     VALUES (${inserted.map((column) => `:${column}`).join(', ')}, :content_hash, :at, :at, :run)`,
  );
  const update = db.prepare(
    `UPDATE ${name} SET entitlement_id = :entitlement_id, ${names.map((column) => `${column} = :${column}`).join(', ')},
     content_hash = :content_hash, changed_at = :at, seen_run = :run, missed_runs = 0, vanished_at = NULL WHERE id = :id`,
  );
  const touch = db.prepare(
    `UPDATE ${name} SET seen_run = :run, missed_runs = 0, vanished_at = NULL WHERE id = :id`,
  );
  const keepVersion = db.prepare(
    'INSERT INTO versions (dataset, row_id, replaced_at, before) VALUES (?, ?, ?, ?)',
  );

  function recordOne(
    incoming: IncomingRow,
    options: RecordOptions,
  ): { id: number; change: 'added' | 'changed' | 'same' } {
    const { developerId, runId: run, at } = options;
    const entitlementId = entitlements.resolve(developerId, incoming.row.appKey, incoming.row.aliases);
    const cells: Cells = {
      ...toCells(columns, incoming.row),
      ...incoming.extra,
      developer_id: developerId,
      entitlement_id: entitlementId,
    };
    const hash = hashOf(columns, cells);
    const stored = find.get(cells);
    if (!stored) {
      const { lastInsertRowid } = insert.run({ ...cells, content_hash: hash, at, run });
      return { id: Number(lastInsertRowid), change: 'added' };
    }
    const id = Number(stored['id']);
    if (stored['content_hash'] === hash && stored['entitlement_id'] === entitlementId) {
      touch.run({ id, run });
      return { id, change: 'same' };
    }
    const before = differences(columns, stored, cells);
    if (Object.keys(before).length > 0) keepVersion.run(name, id, at, JSON.stringify(before));
    update.run({ ...cells, content_hash: hash, at, run, id });
    return { id, change: 'changed' };
  }

  function sweep({ developerId, runId, at, sweep: scope }: RecordOptions): number {
    if (!scope) return 0;
    const where = `developer_id = ? AND seen_run <> ? AND vanished_at IS NULL AND (${scope.where})`;
    const parameters = [developerId, runId, ...scope.parameters];
    db.prepare(`UPDATE ${name} SET missed_runs = missed_runs + 1 WHERE ${where}`).run(...parameters);
    return db
      .prepare(
        `UPDATE ${name} SET vanished_at = ? WHERE ${where} AND missed_runs >= ${MISSES_BEFORE_VANISHED}`,
      )
      .run(at, ...parameters).changes;
  }

  return {
    /** How many rows of the scope a full pull should bring: those not yet missed. */
    countKnown(
      developerId: string,
      scope: { where: string; parameters: readonly (string | number)[] },
    ): number {
      const sql = `SELECT count(*) FROM ${name} WHERE developer_id = ? AND vanished_at IS NULL AND (${scope.where})`;
      return Number(
        db
          .prepare(sql)
          .pluck()
          .get(developerId, ...scope.parameters),
      );
    },

    /** Records one pull. `onRow` hears of every new or changed row by its id. */
    record(
      rows: Iterable<IncomingRow>,
      options: RecordOptions,
      onRow?: (id: number, change: 'added' | 'changed') => void,
    ): SnapshotChange {
      let count = 0;
      let added = 0;
      let changed = 0;
      for (const row of rows) {
        const { id, change } = recordOne(row, options);
        count += 1;
        if (change === 'added') added += 1;
        if (change === 'changed') changed += 1;
        if (change !== 'same') onRow?.(id, change);
      }
      return { rows: count, added, changed, vanished: sweep(options) };
    },
  };
}

/** The versioned snapshot of one table. */
export type Snapshot = ReturnType<typeof createSnapshot>;
