import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { createReportingApi } from '../../demo/reporting-api.ts';
import { MARKETPLACE } from '../../demo/stage.ts';
import { createWorld } from '../../demo/world/world.ts';
import { addDays, type Day } from '../../src/domain/day.ts';
import { verifyFile } from '../../src/store/verify-file.ts';
import { startChild } from './child.ts';
import { createChance } from './random.ts';

/** What killing loads came to. */
export interface LoadKillReport {
  readonly kills: number;
  /** Snapshots that were neither the one before nor the one after. */
  readonly mixed: number;
  readonly corrupt: number;
  /** Kills after which the next sync did not bring everything. */
  readonly unrecovered: number;
  /** How many kills came too late: the load was there already. */
  readonly late: number;
}

const DAY: Day = '2026-11-23';
/** Columns that say when something was seen, not what it was. */
const SEEN = /_at$|^id$|^missed_runs$|^fingerprint$/;

/** What readers see of licences and transaction lines, as one number. */
function snapshotOf(path: string): string {
  const db = new SQLite(path, { readonly: true, timeout: 5000 });
  try {
    const hash = createHash('sha1');
    for (const table of ['licenses', 'transaction_lines', 'license_events', 'companies']) {
      const columns = db
        .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
        .pluck()
        .all(table);
      const kept = columns.filter((name) => !SEEN.test(name)).join(', ');
      const rows = db.prepare(`SELECT ${kept} FROM ${table} ORDER BY ${kept}`).raw().all();
      hash.update(JSON.stringify(rows));
    }
    return hash.digest('hex');
  } finally {
    db.close();
  }
}

/**
 * Kills the built `pulse sync` at so many moments of a load: of a first import, and of a later one that changes rows. Whoever
 * reads afterwards must see the snapshot before or the one after, and the next sync must bring the one after.
 */
export async function killLoads(options: {
  readonly seed: number;
  readonly kills: number;
  readonly phase: 'first' | 'staged';
}): Promise<LoadKillReport> {
  const chance = createChance(options.seed);
  const folder = mkdtempSync(join(tmpdir(), 'pulse-load-kills-'));
  const world = createWorld({ seed: 5, today: DAY });
  let today = DAY;
  const api = await createReportingApi({ world, ...MARKETPLACE, today: () => today, exportPolls: 0 });
  const database = join(folder, 'pulse.db');
  const env = {
    MARKETPLACE_EMAIL: MARKETPLACE.email,
    MARKETPLACE_API_TOKEN: MARKETPLACE.token,
    MARKETPLACE_DEVELOPER_ID: MARKETPLACE.developerId,
    MARKETPLACE_API_URL: api.url,
    DATABASE_PATH: database,
    LOG_LEVEL: 'debug',
  };
  const sync = () => startChild('dist/cli.js', ['sync', '--full'], env, folder);

  async function syncWhole(): Promise<number> {
    const startedAt = Date.now();
    const child = sync();
    const code = await child.ended;
    if (code !== 0) throw new Error(`a sync ended with ${code}: ${child.output().slice(-500)}`);
    return Date.now() - startedAt;
  }

  /** A store without a row, or one after the import of the day before. */
  const template = join(folder, 'template.db');
  await startChild('dist/cli.js', ['status'], env, folder).ended;
  if (options.phase === 'staged') {
    await syncWhole();
    today = addDays(DAY, 9);
  }
  const reset = (): void => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
    copyFileSync(template, database);
  };
  copyFileSync(database, template);
  const before = snapshotOf(database);
  const lasts = await syncWhole();
  const after = snapshotOf(database);
  if (before === after) throw new Error('the load changes nothing');

  const report = { kills: 0, mixed: 0, corrupt: 0, unrecovered: 0, late: 0 };
  for (; report.kills < options.kills; report.kills += 1) {
    reset();
    const child = sync();
    await pause(chance.next() * lasts);
    await child.kill();
    try {
      verifyFile(database);
    } catch {
      report.corrupt += 1;
      continue;
    }
    const seen = snapshotOf(database);
    if (seen === after) report.late += 1;
    else if (seen !== before) report.mixed += 1;
    await syncWhole();
    if (snapshotOf(database) !== after) report.unrecovered += 1;
  }
  await api.close();
  rmSync(folder, { recursive: true, force: true });
  return report;
}
