import type { Instant } from '../domain/day.ts';
import type { LoadWriter, Written } from './load-writer.ts';
import type { SnapshotChange } from './snapshots.ts';

/** What publishing a load did. */
export interface LoadSummary extends SnapshotChange {
  /** The pull brought so little that nothing was taken for vanished. */
  readonly isShort: boolean;
  /** The ids of new rows, for whoever announces them. */
  readonly newIds: () => readonly number[];
}

/** What a reader saw of rows that were left out because their bytes are known. */
export interface SeenRows {
  /** How many rows were known. */
  readonly count: number;
  /** One bit per row id. */
  readonly bits: Uint8Array;
  /** Ids of rows that earlier pulls had missed. */
  readonly returned: readonly number[];
}

/** Nothing was left out. */
export const NOTHING_SEEN: SeenRows = { count: 0, bits: new Uint8Array(0), returned: [] };

/** True when the bit of an id is set. */
export function isSeen(bits: Uint8Array, id: number): boolean {
  return ((bits[id >> 3] ?? 0) & (1 << (id & 7))) !== 0;
}

/**
 * The rows of one export on their way into the store. Nothing of them can be read before `publish`, which runs inside
 * the transaction that records the whole sync.
 */
export interface Load {
  /** Writes rows through the store's own connection; `openLoadWriter` does so from another thread. */
  readonly writer: LoadWriter;
  /**
   * All rows are written, except those that were left out because their bytes are known: everything that can be done
   * before the transaction is done now.
   */
  complete(seen: SeenRows, written: Written): void;
  /** Makes its rows readable. `at`: the instant from which on they are known. */
  publish(at: Instant): LoadSummary;
  /** Forgets what was written. */
  discard(): void;
}
