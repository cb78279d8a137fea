import type { Statement } from 'better-sqlite3';
import type { Instant } from '../domain/day.ts';
import type { EntitlementAliases } from '../domain/entitlement.ts';
import { createRowPreference } from './better-row.ts';
import type { Cell } from './columns.ts';
import type { Database } from './database.ts';
import type { Dataset } from './datasets.ts';
import type { Entitlements } from './entitlements.ts';

/** What recording one pull changed. `unchanged` rows wrote nothing. */
export interface SnapshotChange {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly vanished: number;
}

/** A row to record. */
export interface IncomingRow {
  /** In the order of the data set's columns. */
  readonly cells: readonly Cell[];
  /** In the order of the data set's fixed columns. */
  readonly fixed: readonly Cell[];
  /** The SHA-1 of the bytes it was read from, in tables that are filled from an export. */
  readonly fingerprint?: string;
}

/** Which rows of a table a full pull could have brought: SQL and its values. */
export interface Scope {
  readonly where: string;
  readonly parameters: readonly (string | number)[];
}

/** Parameters of one recording. */
export interface RecordOptions {
  readonly developerId: string;
  readonly at: Instant;
  /** True for stored rows that the same pull brought unchanged: only a better row replaces such a one. */
  readonly isSeen?: (id: number) => boolean;
  /** Hears of every new or changed row by its id. */
  readonly onRow?: (id: number, change: 'added' | 'changed') => void;
}

/** A row gone from this many full pulls in a row is marked as vanished; it is never deleted. */
const MISSES_BEFORE_VANISHED = 2;

/** The cells that name a subscription, as identifiers. */
export function aliasReader(dataset: Dataset): (cells: readonly Cell[]) => EntitlementAliases {
  const at = (name: string) => dataset.columns.findIndex((column) => column.name === name);
  const places = [
    ['appEntitlementId', at('app_entitlement_id')],
    ['appEntitlementNumber', at('app_entitlement_number')],
    ['licenseId', at('license_id')],
    ['addonLicenseId', at('addon_license_id')],
  ] as const;
  return (cells) => {
    const aliases: { -readonly [Kind in keyof EntitlementAliases]: EntitlementAliases[Kind] } = {};
    for (const [kind, place] of places) {
      const value = cells[place];
      if (typeof value === 'string') aliases[kind] = value;
    }
    return aliases;
  };
}

/**
 * The versioned snapshot of one table. Everything here must run inside a transaction of the caller: new rows are
 * inserted, the old values of changed ones kept in `versions`, equal ones left alone.
 */
export function createSnapshot(db: Database, entitlements: Entitlements, dataset: Dataset) {
  const { columns, fixed, match, table } = dataset;
  const isExported = 'reading' in dataset;
  const names = columns.map(({ name }) => name);
  const ownColumns = isExported ? ['fingerprint', ...names] : names;
  const readAliases = aliasReader(dataset);
  const isBetter = createRowPreference(columns);

  // SQLite with STAT4 plans a statement anew for each value that could change its order, which costs three times as much as
  // finding the row; values from a subselect are not looked at.
  const [where, order] = [match.where, match.order].map((sql) => sql.replaceAll('?', '(SELECT ?)'));
  const find = db
    .prepare<Cell[], Cell[]>(
      `SELECT id, entitlement, ${names.join(', ')} FROM ${table} WHERE developer_id = (SELECT ?) AND ${where} ORDER BY ${order} LIMIT 1`,
    )
    .raw();
  const inserted = ['developer_id', 'entitlement', ...fixed, ...ownColumns, 'first_seen_at', 'changed_at'];
  const insert = db.prepare(
    `INSERT INTO ${table} (${inserted.join(', ')}) VALUES (${inserted.map(() => '?').join(', ')})`,
  );
  const updates = new Map<string, Statement<unknown[]>>();

  /** Sets these columns alone: SQLite renews the index entries of every column that a statement sets. */
  function update(id: number, values: Readonly<Record<string, Cell>>): void {
    const set = Object.keys(values).join(' = ?, ');
    const statement = updates.get(set) ?? db.prepare(`UPDATE ${table} SET ${set} = ? WHERE id = ?`);
    updates.set(set, statement);
    statement.run(...Object.values(values), id);
  }

  const keepVersion = db.prepare(
    'INSERT INTO versions (dataset, row_id, replaced_at, before) VALUES (?, ?, ?, ?)',
  );
  const keepAbsence = db.prepare(
    `INSERT INTO absences (dataset, row_id, vanished_at, returned_at)
     SELECT '${table}', id, vanished_at, ? FROM ${table}
     WHERE vanished_at IS NOT NULL AND id IN (SELECT value FROM json_each(?))`,
  );
  const comeBack = db.prepare(
    `UPDATE ${table} SET missed_runs = 0, vanished_at = NULL
     WHERE missed_runs > 0 AND id IN (SELECT value FROM json_each(?))`,
  );
  const miss = db.prepare(
    `UPDATE ${table} SET missed_runs = missed_runs + 1 WHERE id IN (SELECT value FROM json_each(?))`,
  );
  const vanish = db.prepare(
    `UPDATE ${table} SET vanished_at = ? WHERE missed_runs >= ${MISSES_BEFORE_VANISHED} AND vanished_at IS NULL
     AND id IN (SELECT value FROM json_each(?))`,
  );

  /** Rows that are there again, and when they were not. */
  function takeBack(ids: Iterable<number>, at: Instant): void {
    const list = JSON.stringify([...ids]);
    keepAbsence.run(at, list);
    comeBack.run(list);
  }

  /** By name: where each value of the match comes from. */
  const matchPlaces = match.values.map((name) => ({
    isEntitlement: name === 'entitlement',
    column: names.indexOf(name),
    fixed: fixed.indexOf(name),
  }));

  function matchValues(entitlement: string, row: IncomingRow): Cell[] {
    return matchPlaces.map((place) => {
      if (place.isEntitlement) return entitlement;
      return (place.column >= 0 ? row.cells[place.column] : row.fixed[place.fixed]) ?? null;
    });
  }

  /** The columns that differ: their new values, the old ones to keep, and whether any other than noise differs. */
  function compare(stored: readonly Cell[], cells: readonly Cell[]) {
    const after: Record<string, Cell> = {};
    const before: Record<string, Cell> = {};
    let isChanged = false;
    for (const [index, { change, name }] of columns.entries()) {
      const [old = null, now = null] = [stored[index + 2], cells[index]];
      if (old === now) continue;
      after[name] = now;
      if (change === 'noise') continue;
      isChanged = true;
      if (change === 'content') before[name] = old;
    }
    return { after, before, isChanged };
  }

  const fingerprintOf = ({ fingerprint }: IncomingRow): Record<string, Cell> =>
    isExported ? { fingerprint: fingerprint ?? null } : {};

  function recordOne(row: IncomingRow, { at, developerId, isSeen }: RecordOptions, touched: Set<number>) {
    const entitlement = entitlements.nameOf(developerId, readAliases(row.cells));
    const stored = find.get(developerId, ...matchValues(entitlement, row));
    if (!stored) {
      const { lastInsertRowid } = insert.run(
        developerId,
        entitlement,
        ...row.fixed,
        ...Object.values(fingerprintOf(row)),
        ...row.cells,
        at,
        at,
      );
      return { id: Number(lastInsertRowid), change: 'added' } as const;
    }
    const id = Number(stored[0]);
    const isAlreadyHere = touched.has(id) || isSeen?.(id) === true;
    if (isAlreadyHere && !isBetter(row.cells, stored.slice(2))) return { id, change: 'same' } as const;
    const { after, before, isChanged } = compare(stored, row.cells);
    if (!isChanged && stored[1] === entitlement) {
      const noise = { ...fingerprintOf(row), ...after };
      if (Object.keys(noise).length > 0) update(id, noise);
      return { id, change: 'same' } as const;
    }
    if (Object.keys(before).length > 0) keepVersion.run(table, id, at, JSON.stringify(before));
    const name = stored[1] === entitlement ? {} : { entitlement };
    update(id, { ...fingerprintOf(row), ...after, ...name, changed_at: at });
    return { id, change: 'changed' } as const;
  }

  return {
    /** The ids of the rows of a scope that are there: those a full pull should bring, one by one. */
    presentIds(developerId: string, { parameters, where }: Scope): IterableIterator<number> {
      return db
        .prepare<(string | number)[], number>(
          `SELECT id FROM ${table} WHERE developer_id = ? AND vanished_at IS NULL AND (${where})`,
        )
        .pluck()
        .iterate(developerId, ...parameters);
    },

    /** Records rows; the ids of all of them, and how many were new or changed. */
    record(rows: Iterable<IncomingRow>, options: RecordOptions) {
      const touched = new Set<number>();
      let count = 0;
      let added = 0;
      let changed = 0;
      for (const row of rows) {
        const { change, id } = recordOne(row, options, touched);
        touched.add(id);
        count += 1;
        if (change === 'added') added += 1;
        if (change === 'changed') changed += 1;
        if (change !== 'same') options.onRow?.(id, change);
      }
      takeBack(touched, options.at);
      return { rows: count, added, changed, touched };
    },

    /** Takes back rows that a pull brought unchanged after it had missed them. */
    recordReturned(ids: readonly number[], at: Instant): void {
      takeBack(ids, at);
    },

    /** Counts rows that a full pull did not bring; those missed twice in a row vanish. Returns how many did. */
    recordMissed(ids: readonly number[], at: Instant): number {
      const list = JSON.stringify(ids);
      miss.run(list);
      return vanish.run(at, list).changes;
    },
  };
}

/** The versioned snapshot of one table. */
export type Snapshot = ReturnType<typeof createSnapshot>;
