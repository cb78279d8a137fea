import type { Apps } from './apps.ts';
import { createRowPreference } from './better-row.ts';
import type { Cell } from './columns.ts';
import type { Companies } from './companies.ts';
import type { Database } from './database.ts';
import type { ExportedDataset } from './datasets.ts';
import { isSeen, type Load, NOTHING_SEEN, type SeenRows } from './load.ts';
import { dropLoadTable, loadTable, makeLoadTable, writeDurably, writeLoosely } from './load-table.ts';
import { createLoadWriter, type LoadOptions, type SeenApp } from './load-writer.ts';
import type { IncomingRow, Scope, Snapshot } from './snapshots.ts';

const EVERYTHING: Scope = { where: '1 = 1', parameters: [] };

/** A full pull with less than this share of the known rows is not believed when it says that rows are gone. */
export const SHORT_BELOW = 0.9;

/** What tells two rows of an export apart, as SQL: rows of one licence, or of one line, are equal in it. */
const THING: Readonly<Record<ExportedDataset['table'], string>> = {
  licenses: `app_key || '|' || coalesce(iif(hosting = 'Cloud', NULL, addon_license_id), app_entitlement_id,
    app_entitlement_number, addon_license_id, license_id, '')`,
  transaction_lines: "transaction_id || '|' || line_id",
};

/**
 * Takes the changed rows of an export into a table that had rows before. They wait beside it until the transaction that
 * records the sync compares them with the stored ones.
 */
export function createStagedLoad(
  db: Database,
  parts: { readonly apps: Apps; readonly companies: Companies; readonly snapshot: Snapshot },
  dataset: ExportedDataset,
  options: LoadOptions & { readonly isFull: boolean },
): Load {
  const { columns, fixed, table } = dataset;
  const { developerId, isFull } = options;
  const { companies, snapshot } = parts;
  const staged = loadTable(table);
  const names = [...fixed, 'fingerprint', ...columns.map(({ name }) => name)];
  db.transaction(() => makeLoadTable(db, table)).immediate();
  const writer = createLoadWriter(db, dataset, options);
  writeLoosely(db);
  const isBetter = createRowPreference(columns);
  let seen = NOTHING_SEEN;
  let apps: readonly SeenApp[] = [];
  const missing: number[] = [];
  let present = 0;

  const toRow = (stored: readonly Cell[]): IncomingRow => ({
    fixed: stored.slice(0, fixed.length),
    fingerprint: String(stored[fixed.length] ?? ''),
    cells: stored.slice(fixed.length + 1),
  });

  /** Keeps the best of the rows that stand for one thing. */
  function dropRepeated(): void {
    db.exec(`CREATE INDEX ${staged}_by_thing ON ${staged} (${THING[table]})`);
    const repeated = db
      .prepare<[], string>(
        `SELECT ${THING[table]} AS thing FROM ${staged} GROUP BY thing HAVING count(*) > 1`,
      )
      .pluck()
      .all();
    const read = db
      .prepare<[string], Cell[]>(
        `SELECT id, ${names.join(', ')} FROM ${staged} WHERE ${THING[table]} = ? ORDER BY id`,
      )
      .raw();
    const remove = db.prepare(`DELETE FROM ${staged} WHERE ${THING[table]} = ? AND id <> ?`);
    db.transaction(() => {
      for (const thing of repeated) {
        const best = read
          .all(thing)
          .reduce((kept, row) =>
            isBetter(toRow(row.slice(1)).cells, toRow(kept.slice(1)).cells) ? row : kept,
          );
        remove.run(thing, Number(best[0]));
      }
    }).immediate();
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
    writer,

    complete(brought: SeenRows, written) {
      seen = brought;
      apps = written.apps;
      dropRepeated();
      writeDurably(db);
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
      parts.apps.record(developerId, apps);
      if (added + changed + vanished > 0) companies.rank(developerId);
      dropLoadTable(db, table);
      return { rows: count, added, changed, vanished, isShort, newIds: () => addedIds };
    },

    discard() {
      writeDurably(db);
      dropLoadTable(db, table);
    },
  };
}
