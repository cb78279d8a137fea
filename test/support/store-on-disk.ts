import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Instant } from '../../src/domain/day.ts';
import type { License } from '../../src/domain/license.ts';
import type { TransactionLine } from '../../src/domain/transaction-line.ts';
import { NOTHING_TO_SAY } from '../../src/store/alert-book.ts';
import { NOTHING_SEEN } from '../../src/store/load.ts';
import { licenseRow, lineRow } from '../../src/store/load-rows.ts';
import type { Announce, DatasetChange, Pull, PulledRows } from '../../src/store/record-sync.ts';
import { createStore, type Store } from '../../src/store/store.ts';
import type { DatasetName, SyncMode } from '../../src/store/sync-runs.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** The path of a database in a folder of its own, removed after the test. */
export async function databasePath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pulse-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'pulse.db');
}

/** A real store in a real file, closed and removed after the test. */
export async function openStore(path?: string): Promise<Store> {
  const store = await createStore(path ?? (await databasePath()));
  cleanups.push(() => store.close());
  return store;
}

/** Rows as tests write them; those of exports go into a load, as a sync would put them. */
export type GivenRows =
  | Exclude<PulledRows, { readonly load: unknown }>
  | { readonly kind: 'licenses'; readonly rows: readonly License[] }
  | { readonly kind: 'lines'; readonly rows: readonly TransactionLine[] };

/** What a sync would record of them. */
export function toPulled(
  store: Store,
  given: GivenRows,
  options: { at: Instant; mode: SyncMode; silent: boolean; developerId: string },
): PulledRows {
  if (given.kind !== 'licenses' && given.kind !== 'lines') return given;
  const { at, developerId, mode, silent } = options;
  const rules = { at, silent, contacts: 'full' } as const;
  const load = store.recorder.beginLoad(given.kind, { developerId, at, isFull: mode === 'full' });
  load.writer.add(
    given.kind === 'licenses'
      ? given.rows.map((row) => licenseRow(row, rules))
      : given.rows.map((row) => lineRow(row, rules)),
  );
  load.complete(NOTHING_SEEN, load.writer.written());
  return { kind: given.kind, load };
}

const DATASET_OF: Record<PulledRows['kind'], DatasetName> = {
  licenses: 'licenses',
  lines: 'transactions',
  events: 'churn-events',
  feedback: 'feedback',
  series: 'churn',
};

/** Records rows as one sync would. */
export async function recordRows(
  store: Store,
  given: GivenRows,
  options: { at: Instant; mode?: SyncMode; silent?: boolean; announce?: Announce; developerId?: string },
): Promise<DatasetChange> {
  const {
    at,
    mode = 'full',
    silent = false,
    announce = () => NOTHING_TO_SAY,
    developerId = 'dev-1',
  } = options;
  const dataset = DATASET_OF[given.kind];
  const pulled = toPulled(store, given, { at, mode, silent, developerId });
  const runId = await store.syncRuns.start(developerId, dataset, mode, at);
  const pull: Pull = {
    runId,
    dataset,
    mode,
    pulled,
    silent,
    quarantinedRows: 0,
    quarantined: [],
    unmappedFields: new Map(),
  };
  const [change] = await store.recorder.recordSync({ developerId, at, pulls: [pull], announce });
  if (!change) throw new Error('nothing recorded');
  return change;
}
