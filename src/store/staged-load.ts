import type { Instant } from '../domain/day.ts';
import type { Apps } from './apps.ts';
import { createRowPreference } from './better-row.ts';
import type { Cell } from './columns.ts';
import type { Companies } from './companies.ts';
import type { Database } from './database.ts';
import type { ExportedDataset } from './datasets.ts';
import { isSeen, type Load, NOTHING_SEEN, type SeenRows } from './load.ts';
import type { IncomingRow, Scope, Snapshot } from './snapshots.ts';

const EVERYTHING: Scope = { where: '1 = 1', parameters: [] };

/** A full pull with less than this share of the known rows is not believed when it says that rows are gone. */
export const SHORT_BELOW = 0.9;

/**
 * Takes the changed rows of an export into a table that had rows before. They wait in a temporary table, which is no part
 * of the database file, until the transaction that records the sync compares them with the stored ones.
 */
export function createStagedLoad(
  db: Database,
  parts: { readonly apps: Apps; readonly companies: Companies; readonly snapshot: Snapshot },
  dataset: ExportedDataset,
  options: { readonly developerId: string; readonly at: Instant; readonly isFull: boolean },
): Load {
  const { columns, fixed, table } = dataset;
  const { developerId, isFull } = options;
  const { companies, snapshot } = parts;
  const apps = parts.apps.collect(dataset);
  const staged = `temp.${table}_staged`;
  const names = [...fixed, 'fingerprint', ...columns.map(({ name }) => name)];
  db.exec(
    `DROP TABLE IF EXISTS ${staged}; CREATE TABLE ${staged} (id INTEGER PRIMARY KEY, thing TEXT, ${names.join(', ')})`,
  );
  const insert = db.prepare(`INSERT INTO ${staged} VALUES (NULL, ?, ${names.map(() => '?').join(', ')})`);
  const place = (name: string): number => columns.findIndex((column) => column.name === name);
  const isBetter = createRowPreference(columns);
  let seen = NOTHING_SEEN;
  const missing: number[] = [];
  let present = 0;

  const thingOf = table === 'licenses' ? licenseThing : lineThing;

  function licenseThing(cells: readonly Cell[]): string {
    const at = (name: string): Cell => cells[place(name)] ?? null;
    const addon = at('hosting') === 'Cloud' ? null : at('addon_license_id');
    const own = addon ?? at('app_entitlement_id') ?? at('app_entitlement_number') ?? at('addon_license_id');
    return `${at('app_key')}|${own ?? at('license_id')}`;
  }

  function lineThing(cells: readonly Cell[]): string {
    return `${cells[place('transaction_id')]}|${cells[place('line_id')]}`;
  }

  const addAll = db.transaction((batch: readonly IncomingRow[]) => {
    for (const { cells, fingerprint, fixed: first } of batch) {
      apps.see(cells);
      insert.run(thingOf(cells), ...first, fingerprint ?? null, ...(cells as Cell[]));
    }
  });

  const toRow = (stored: readonly Cell[]): IncomingRow => ({
    fixed: stored.slice(0, fixed.length),
    fingerprint: String(stored[fixed.length] ?? ''),
    cells: stored.slice(fixed.length + 1),
  });

  /** Keeps the best of the rows that stand for one thing. */
  function dropRepeated(): void {
    const repeated = db
      .prepare<[], string>(`SELECT thing FROM ${staged} GROUP BY thing HAVING count(*) > 1`)
      .pluck()
      .all();
    const read = db
      .prepare<[string], Cell[]>(`SELECT id, ${names.join(', ')} FROM ${staged} WHERE thing = ? ORDER BY id`)
      .raw();
    const remove = db.prepare(`DELETE FROM ${staged} WHERE thing = ? AND id <> ?`);
    db.exec(`CREATE INDEX temp.${table}_staged_by_thing ON ${table}_staged (thing)`);
    db.transaction(() => {
      for (const thing of repeated) {
        const best = read
          .all(thing)
          .reduce((kept, row) =>
            isBetter(toRow(row.slice(1)).cells, toRow(kept.slice(1)).cells) ? row : kept,
          );
        remove.run(thing, Number(best[0]));
      }
    })();
  }

  /** All staged rows, a page at a time: a cursor left open would forbid writing. */
  function* stagedRows(): Generator<IncomingRow> {
    const page = db
      .prepare<[number], Cell[]>(
        `SELECT id, ${names.join(', ')} FROM ${staged} WHERE id > ? ORDER BY id LIMIT 2000`,
      )
      .raw();
    for (let last = 0; ; ) {
      const rows = page.all(last);
      if (rows.length === 0) return;
      for (const [id, ...stored] of rows) {
        last = Number(id);
        yield toRow(stored);
      }
    }
  }

  return {
    add: (batch) => addAll(batch),

    complete(brought: SeenRows) {
      seen = brought;
      dropRepeated();
      if (!isFull) return;
      for (const id of snapshot.presentIds(developerId, EVERYTHING)) {
        present += 1;
        if (!isSeen(seen.bits, id)) missing.push(id);
      }
    },

    publish(at) {
      const addedIds: number[] = [];
      const { added, changed, rows, touched } = snapshot.record(stagedRows(), {
        developerId,
        at,
        isSeen: (id) => isSeen(seen.bits, id),
        onRow: (id, change) => {
          if (change === 'added') addedIds.push(id);
        },
      });
      snapshot.recordReturned(seen.returned, at);
      const count = rows + seen.count;
      const isShort = isFull && count < SHORT_BELOW * present;
      const gone = isFull && !isShort ? missing.filter((id) => !touched.has(id)) : [];
      const vanished = gone.length > 0 ? snapshot.recordMissed(gone, at) : 0;
      companies.addFrom(staged, developerId);
      apps.record(developerId);
      if (added + changed + vanished > 0) companies.rank(developerId);
      db.exec(`DROP TABLE ${staged}`);
      return { rows: count, added, changed, vanished, isShort, newIds: () => addedIds };
    },

    discard() {
      db.exec(`DROP TABLE IF EXISTS ${staged}`);
    },
  };
}
