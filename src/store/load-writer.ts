import type { Instant } from '../domain/day.ts';
import type { Cell } from './columns.ts';
import { BULK_CHECKPOINT_PAGES, type Database, openDatabase } from './database.ts';
import type { ExportedDataset } from './datasets.ts';
import { spokenName } from './entitlements.ts';
import { loadTable, writeLoosely } from './load-table.ts';
import { aliasReader, type IncomingRow } from './snapshots.ts';

/** An app as the rows of a load name it. */
export interface SeenApp {
  readonly appKey: Cell;
  readonly name: Cell;
  readonly productId: Cell;
}

/** What is known of the rows of a load when all are written. */
export interface Written {
  readonly rows: number;
  /** Identifiers in them, without numbers that are names. */
  readonly identifiers: number;
  readonly apps: readonly SeenApp[];
}

/** Writes the rows of an export to where they wait. */
export interface LoadWriter {
  /** Takes rows as they come, in a transaction of their own. */
  add(rows: readonly IncomingRow[]): void;
  written(): Written;
}

/** Whose rows are written, and when they came. */
export interface LoadOptions {
  readonly developerId: string;
  readonly at: Instant;
}

/** Creates the writer of a load that was begun. */
export function createLoadWriter(
  db: Database,
  dataset: ExportedDataset,
  { at, developerId }: LoadOptions,
): LoadWriter {
  const { columns, fixed, table } = dataset;
  const names = columns.map(({ name }) => name);
  const [key, name, product] = ['app_key', 'app_name', 'product_id'].map((one) => names.indexOf(one));
  const readAliases = aliasReader(dataset);
  const inserted = [
    'developer_id',
    'entitlement',
    ...fixed,
    'fingerprint',
    ...names,
    'first_seen_at',
    'changed_at',
  ];
  const insert = db.prepare(
    `INSERT INTO ${loadTable(table)} (${inserted.join(', ')}) VALUES (${inserted.map(() => '?').join(', ')})`,
  );
  const apps = new Map<Cell, SeenApp>();
  let rows = 0;
  let identifiers = 0;

  function see(cells: readonly Cell[]): void {
    const cellAt = (place = -1): Cell => cells[place] ?? null;
    const appKey = cellAt(key);
    if (!apps.has(appKey)) apps.set(appKey, { appKey, name: cellAt(name), productId: cellAt(product) });
  }

  const addAll = db.transaction((batch: readonly IncomingRow[]) => {
    for (const { cells, fingerprint, fixed: first } of batch) {
      see(cells);
      const aliases = readAliases(cells);
      const entitlement = spokenName(aliases);
      for (const kind in aliases) {
        if (kind !== 'appEntitlementNumber' || aliases[kind] !== entitlement) identifiers += 1;
      }
      insert.run(developerId, entitlement, ...first, fingerprint ?? null, ...(cells as Cell[]), at, at);
    }
  });

  return {
    add(batch) {
      addAll.immediate(batch);
      rows += batch.length;
    },
    written: () => ({ rows, identifiers, apps: [...apps.values()] }),
  };
}

/** Opens a connection of its own for a writer in another thread than the store's. */
export function openLoadWriter(
  path: string,
  dataset: ExportedDataset,
  options: LoadOptions,
): LoadWriter & { close(): void } {
  const db = openDatabase(path, { checks: false });
  writeLoosely(db);
  db.pragma(`wal_autocheckpoint = ${BULK_CHECKPOINT_PAGES}`);
  // Rows are only added: a few pages at the end of the table.
  db.pragma('cache_size = -2048');
  return { ...createLoadWriter(db, dataset, options), close: () => db.close() };
}
