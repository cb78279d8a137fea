import SQLite from 'better-sqlite3';
import type { ExportedDataset } from './datasets.ts';
import { isSeen, type SeenRows } from './load.ts';

/** Tells by their fingerprints which rows of an export are stored already, byte for byte. */
export interface KnownRows {
  /** True for a known row, which counts as seen from now on. */
  isKnown(fingerprint: string): boolean;
  /** What was seen so far. */
  seen(): SeenRows;
  close(): void;
}

/** Opens the store for reading beside whoever writes it. `isFresh`: every row is to be read, as if none were stored. */
export function openKnownRows(path: string, dataset: ExportedDataset, isFresh: boolean): KnownRows {
  const db = new SQLite(path, { readonly: true });
  const find = db.prepare<[string], { id: number; missed: number }>(
    `SELECT id, missed_runs AS missed FROM ${dataset.table} WHERE fingerprint = ?`,
  );
  const largest = Number(db.prepare(`SELECT coalesce(max(id), 0) FROM ${dataset.table}`).pluck().get());
  const bits = new Uint8Array(isFresh ? 0 : (largest >> 3) + 1);
  const returned: number[] = [];
  let count = 0;
  return {
    isKnown(fingerprint) {
      const row = isFresh || largest === 0 ? undefined : find.get(fingerprint);
      if (!row || row.id > largest) return false;
      if (!isSeen(bits, row.id)) {
        count += 1;
        bits[row.id >> 3] = (bits[row.id >> 3] ?? 0) | (1 << (row.id & 7));
        if (row.missed > 0) returned.push(row.id);
      }
      return true;
    },
    seen: () => ({ count, bits, returned }),
    close: () => db.close(),
  };
}
