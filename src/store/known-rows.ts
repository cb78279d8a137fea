import SQLite from 'better-sqlite3';
import type { ExportedDataset } from './datasets.ts';
import { createFingerprints } from './fingerprints.ts';
import { isSeen, type SeenRows } from './load.ts';

/** Tells by their fingerprints which rows of an export are stored already, byte for byte. */
export interface KnownRows {
  /** True for a known row, which counts as seen from now on. */
  isKnown(fingerprint: string): boolean;
  /** What was seen so far. */
  seen(): SeenRows;
}

/** Reads which rows are stored. `isFresh`: every row is to be read, as if none were. */
export function readKnownRows(path: string, dataset: ExportedDataset, isFresh: boolean): KnownRows {
  const { table } = dataset;
  const db = new SQLite(path, { readonly: true });
  // Every row is read once: pages kept would only take memory.
  db.pragma('cache_size = -512');
  try {
    // One snapshot for all of it: room is made for the rows that are counted.
    db.exec('BEGIN');
    const [stored = 0, largest = 0] = db
      .prepare<[], number[]>(`SELECT count(*), coalesce(max(id), 0) FROM ${table}`)
      .raw()
      .get() ?? [0, 0];
    const missed = new Set(
      db.prepare<[], number>(`SELECT id FROM ${table} WHERE missed_runs > 0`).pluck().all(),
    );
    const known = createFingerprints(isFresh ? 0 : stored);
    const rows = db
      .prepare<[], [number, string]>(`SELECT id, fingerprint FROM ${table} WHERE fingerprint IS NOT NULL`)
      .raw();
    if (!isFresh) for (const [id, fingerprint] of rows.iterate()) known.add(fingerprint, id);
    const bits = new Uint8Array((largest >> 3) + 1);
    const returned: number[] = [];
    let count = 0;
    return {
      isKnown(fingerprint) {
        const id = known.find(fingerprint);
        if (id === undefined) return false;
        if (!isSeen(bits, id)) {
          count += 1;
          bits[id >> 3] = (bits[id >> 3] ?? 0) | (1 << (id & 7));
          if (missed.has(id)) returned.push(id);
        }
        return true;
      },
      seen: () => ({ count, bits, returned }),
    };
  } finally {
    db.close();
  }
}
