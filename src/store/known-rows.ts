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

/** 8 MB: the upper levels of an index of a million fingerprints, and some of its leaves. */
const CACHE_KB = 8_192;

/** Opens the store for reading beside whoever writes it. `isFresh`: every row is to be read, as if none were stored. */
export function openKnownRows(path: string, dataset: ExportedDataset, isFresh: boolean): KnownRows {
  const db = new SQLite(path, { readonly: true });
  db.pragma(`cache_size = -${CACHE_KB}`);
  const find = db.prepare<[string], number>(`SELECT id FROM ${dataset.table} WHERE fingerprint = ?`).pluck();
  const missed = new Set(
    db.prepare<[], number>(`SELECT id FROM ${dataset.table} WHERE missed_runs > 0`).pluck().all(),
  );
  const largest = Number(db.prepare(`SELECT coalesce(max(id), 0) FROM ${dataset.table}`).pluck().get());
  const bits = new Uint8Array(isFresh ? 0 : (largest >> 3) + 1);
  const returned: number[] = [];
  let count = 0;
  return {
    isKnown(fingerprint) {
      const id = isFresh || largest === 0 ? undefined : find.get(fingerprint);
      if (id === undefined || id > largest) return false;
      if (!isSeen(bits, id)) {
        count += 1;
        bits[id >> 3] = (bits[id >> 3] ?? 0) | (1 << (id & 7));
        if (missed.has(id)) returned.push(id);
      }
      return true;
    },
    seen: () => ({ count, bits, returned }),
    close: () => db.close(),
  };
}
