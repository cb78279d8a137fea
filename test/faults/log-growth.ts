import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createReportingApi } from '../../demo/reporting-api.ts';
import { CHANNELS, MARKETPLACE } from '../../demo/stage.ts';
import { type Day, dayOf, startOf } from '../../src/domain/day.ts';
import type { Log } from '../../src/domain/log.ts';
import { createReportingClient } from '../../src/reporting/client.ts';
import { runSync } from '../../src/schedule/run-sync.ts';
import { createStore } from '../../src/store/store.ts';
import { createDirectReader } from './scenario.ts';
import { createSmallWorld } from './small-world.ts';

const FIRST: Day = '2026-11-24';
const HOUR_MS = 3_600_000;
/** A day of hourly syncs, and a full one. */
const FULL_EVERY = 24;
const SALE_EVERY = 5;
const LOOK_EVERY_MS = 5;
/** What the first of the sales is of. */
const ASKED = 'E-SAL-001-AAA-1AA';

/** What became of the write-ahead log, in bytes. */
export interface LogGrowth {
  readonly syncs: number;
  /** What the log grew by in the sync that wrote most. */
  readonly largestSync: number;
  /** The largest it ever was. */
  readonly peak: number;
  /** The largest it was when a sync had ended. */
  readonly left: number;
  /** Lookups that were answered meanwhile, and those whose answer was not the one row there is. */
  readonly lookups: number;
  readonly wrong: number;
}

const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** One sync an hour, as the thread that syncs does it, while another connection looks customers up, as the bot does. */
export async function watchLog(syncs: number): Promise<LogGrowth> {
  const folder = mkdtempSync(join(tmpdir(), 'pulse-log-growth-'));
  const path = join(folder, 'pulse.db');
  const small = createSmallWorld({ seed: 7, today: FIRST });
  let now = startOf(FIRST);
  const api = await createReportingApi({
    world: small.world,
    ...MARKETPLACE,
    today: () => dayOf(now),
    exportPolls: 0,
  });
  const client = createReportingClient({
    baseUrl: api.url,
    ...MARKETPLACE,
    token: { reveal: () => MARKETPLACE.token },
    now: () => now,
  });
  const store = await createStore(path, { bulk: true, checks: false });
  const bot = await createStore(path, { waits: false });
  const sizeOfLog = (): number => (existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0);
  const growth = { syncs: 0, largestSync: 0, peak: 0, left: 0, lookups: 0, wrong: 0 };

  let sizeBefore = 0;
  const watched = {
    ...store,
    async lockSync() {
      const release = await store.lockSync();
      return (): void => {
        const size = sizeOfLog();
        growth.peak = Math.max(growth.peak, size);
        growth.largestSync = Math.max(growth.largestSync, size - sizeBefore);
        release();
      };
    },
  };
  const deps = {
    client,
    reader: createDirectReader(client, path),
    store: watched,
    contacts: 'masked',
    channels: CHANNELS,
    zone: 'UTC',
    slash: '/pulse',
    clock: () => now,
    log: quiet,
  } as const;

  async function look(): Promise<void> {
    const found = await bot.search.findLinesByIdentifier(ASKED);
    growth.lookups += 1;
    if (found.length !== (growth.syncs > 0 ? 1 : 0)) growth.wrong += 1;
  }

  async function lookUntil(syncing: Promise<unknown>): Promise<void> {
    const isOver = new AbortController();
    const over = syncing.finally(() => isOver.abort());
    for (; !isOver.signal.aborted; await pause(LOOK_EVERY_MS)) await look();
    await over;
  }

  try {
    small.addSale('Kept', 90_000, FIRST);
    for (; growth.syncs < syncs; growth.syncs += 1) {
      now = startOf(FIRST) + growth.syncs * HOUR_MS;
      if (growth.syncs % SALE_EVERY === 1) small.addSale(`Sale ${growth.syncs}`, 60_000, dayOf(now));
      sizeBefore = sizeOfLog();
      const full = growth.syncs % FULL_EVERY === 0;
      const syncing = runSync(deps, [MARKETPLACE.developerId], { full, signal: AbortSignal.timeout(60_000) });
      await (growth.syncs === 0 ? syncing : lookUntil(syncing));
      const failed = (await syncing).flatMap(({ failures }) => failures);
      if (failed.length > 0) throw new Error(`sync ${growth.syncs} failed: ${JSON.stringify(failed)}`);
      growth.left = Math.max(growth.left, sizeOfLog());
    }
    return growth;
  } finally {
    await bot.close();
    await store.close();
    await client.close();
    await api.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
