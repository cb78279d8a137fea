import type { Apps } from './apps.ts';
import { createRowPreference } from './better-row.ts';
import type { Cell } from './columns.ts';
import type { Companies } from './companies.ts';
import type { Database } from './database.ts';
import { type ExportedDataset, LICENSES, TRANSACTION_LINES } from './datasets.ts';
import type { Entitlements } from './entitlements.ts';
import { joinNames } from './join-names.ts';
import type { Load, LoadSummary } from './load.ts';
import { dropLoadTable, loadTable, makeLoadTable, writeDurably, writeLoosely } from './load-table.ts';
import { createLoadWriter, type LoadOptions, type SeenApp } from './load-writer.ts';

/** Restores a table as it was before its first load. */
function clearLoad(db: Database, table: string): void {
  const statements = db
    .prepare<[string], string>('SELECT statement FROM first_loads WHERE table_name = ?')
    .pluck()
    .all(table);
  db.transaction(() => {
    dropLoadTable(db, table);
    for (const statement of statements) db.exec(statement);
    db.prepare('DELETE FROM first_loads WHERE table_name = ?').run(table);
  }).immediate();
}

/** Forgets the loads that were interrupted. Call while no load can be under way. */
export function clearInterruptedLoads(db: Database): void {
  const isThere = db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?');
  for (const { table } of [LICENSES, TRANSACTION_LINES]) {
    if (isThere.get(loadTable(table))) clearLoad(db, table);
  }
}

/**
 * Loads the first rows of an empty table: beside it, without indexes, which are made when all rows are there, and put in
 * its place in the transaction that publishes them. Readers see the empty table until then. Index entries in random
 * order, one by one, would take three times as long as everything else.
 */
export function createFirstLoad(
  db: Database,
  parts: { readonly apps: Apps; readonly companies: Companies; readonly entitlements: Entitlements },
  dataset: ExportedDataset,
  options: LoadOptions,
): Load {
  const { columns, table } = dataset;
  const { developerId } = options;
  const { companies, entitlements } = parts;
  const load = loadTable(table);
  const names = columns.map(({ name }) => name);
  const indexes = db
    .prepare<[string], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY rowid",
    )
    .all(table);

  const isOfMissed = ({ name }: { name: string }): boolean => name === `${table}_by_absence`;
  const makeIndex = ({ sql }: { sql: string }): void => {
    db.exec(sql.replace(/ ON ("?)\w+\1/, ` ON ${load}`));
  };

  db.transaction(() => {
    const keep = db.prepare('INSERT INTO first_loads (table_name, statement) VALUES (?, ?)');
    for (const { name, sql } of indexes) {
      keep.run(table, sql);
      db.exec(`DROP INDEX ${name}`);
    }
    makeLoadTable(db, table);
    // Rows that just came are not missed: an index of those that are costs nothing now and a scan later.
    indexes.filter(isOfMissed).forEach(makeIndex);
  }).immediate();

  const writer = createLoadWriter(db, dataset, options);
  writeLoosely(db);
  let rows = 0;
  let apps: readonly SeenApp[] = [];
  let renames: ReadonlyMap<string, string> = new Map();

  /** Keeps the best of the rows that stand for one thing. */
  function dropRepeated(key: string): void {
    const repeated = db
      .prepare<[], string>(
        `SELECT ${key} FROM ${load} WHERE ${key} <> '' GROUP BY ${key} HAVING count(*) > 1`,
      )
      .pluck()
      .all();
    if (repeated.length === 0) return;
    const isBetter = createRowPreference(columns);
    const { match } = dataset;
    const read = db
      .prepare<[string], Cell[]>(
        `SELECT id, entitlement, ${names.join(', ')} FROM ${load} WHERE ${key} = ? ORDER BY id`,
      )
      .raw();
    const find = db
      .prepare<Cell[], number>(`SELECT id FROM ${load} WHERE ${match.where} ORDER BY ${match.order}`)
      .pluck();
    const remove = db.prepare(`DELETE FROM ${load} WHERE id = ?`);
    db.transaction(() => {
      for (const value of repeated) {
        const kept = new Map<number, Cell[]>();
        for (const [id, entitlement = null, ...cells] of read.all(value)) {
          const values = match.values.map((name) =>
            name === 'entitlement' ? entitlement : (cells[names.indexOf(name)] ?? null),
          );
          const twin = find.all(...values).find((other) => kept.has(other));
          const other = twin === undefined ? undefined : kept.get(twin);
          if (twin !== undefined && other) {
            const loser = isBetter(cells, other) ? twin : Number(id);
            remove.run(loser);
            rows -= 1;
            if (loser !== twin) continue;
            kept.delete(twin);
          }
          kept.set(Number(id), cells);
        }
      }
    }).immediate();
  }

  return {
    writer,

    complete(_seen, written) {
      rows = written.rows;
      apps = written.apps;
      // Names first: which rows stand for one thing is known only when every entitlement has one name.
      const isFirst = ({ name }: { name: string }): boolean =>
        name === `${table}_by_entitlement` || name === `${table}_by_line`;
      indexes.filter(isFirst).forEach(makeIndex);
      renames = joinNames(db, load, developerId, written.identifiers, entitlements);
      dropRepeated(table === 'licenses' ? 'entitlement' : 'line_id');
      for (const index of indexes) if (!isFirst(index) && !isOfMissed(index)) makeIndex(index);
      writeDurably(db);
    },

    publish(): LoadSummary {
      db.exec(`DROP TABLE ${table}; ALTER TABLE ${load} RENAME TO ${table}`);
      db.prepare('DELETE FROM first_loads WHERE table_name = ?').run(table);
      for (const [name, to] of renames) entitlements.rename(developerId, name, to);
      companies.addFrom(table, developerId);
      companies.rank(developerId);
      parts.apps.record(developerId, apps);
      const newIds = () => db.prepare<[], number>(`SELECT id FROM ${table}`).pluck().all();
      return { rows, added: rows, changed: 0, vanished: 0, isShort: false, newIds };
    },

    discard() {
      writeDurably(db);
      clearLoad(db, table);
    },
  };
}
