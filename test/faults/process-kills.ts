import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { openDatabase } from '../../src/store/database.ts';
import { newestSchema } from '../../src/store/migrate.ts';
import { removeDatabase } from '../../src/store/safe-files.ts';
import { createStore } from '../../src/store/store.ts';
import { verifyFile } from '../../src/store/verify-file.ts';
import { ROOT, startChild } from './child.ts';
import { inFolder, inLanes } from './lanes.ts';
import { createChance } from './random.ts';

/** What killing something many times came to; everything from `bad` on should be 0. */
export interface KillReport {
  readonly kills: number;
  /** Files that are not what they should be. */
  readonly bad: number;
  /** What was acknowledged and is not there. */
  readonly lost: number;
}

/** Each waits for half of its time. */
const WRITERS_AT_ONCE = 5;
const LONGEST_WRITING_MS = 60;
const MIGRATIONS_AT_ONCE = 2;
const META_ROWS = 8000;

interface KillOptions {
  readonly seed: number;
  readonly kills: number;
}

const isSound = (path: string): boolean => {
  try {
    verifyFile(path);
    return true;
  } catch {
    return false;
  }
};

function sumOf(reports: readonly KillReport[]): KillReport {
  const sum = { kills: 0, bad: 0, lost: 0 };
  for (const report of reports)
    for (const name of ['kills', 'bad', 'lost'] as const) sum[name] += report[name];
  return sum;
}

/** Kills processes that record rows; those they acknowledged must be there, in a sound file. */
export async function killWriters({ kills, seed }: KillOptions): Promise<KillReport> {
  const reports = await inLanes(WRITERS_AT_ONCE, { count: kills, seed }, async (lane) => {
    const { folder } = lane;
    const chance = createChance(lane.seed);
    const path = join(folder, 'pulse.db');
    await (await createStore(path)).close();
    const write = (...args: readonly string[]) =>
      startChild('test/faults/acking-writer.ts', [path, ...args], {}, folder);
    await write('0', '1').ended;
    const report = { kills: 0, bad: 0, lost: 0 };
    let acked = 1;
    for (; report.kills < lane.count; report.kills += 1) {
      const child = write(String(acked));
      await child.wrote(`row-${acked}`);
      await pause(chance.below(LONGEST_WRITING_MS));
      await child.kill();
      if (!isSound(path)) report.bad += 1;
      // A line that was cut off was not acknowledged.
      const rows = child.output().split('\n').slice(0, -1);
      const db = new SQLite(path, { readonly: true });
      const find = db.prepare('SELECT 1 FROM outbox WHERE key = ?');
      report.lost += rows.filter((key) => find.get(key) === undefined).length;
      acked = Number(db.prepare('SELECT count(*) FROM outbox').pluck().get());
      db.close();
    }
    return report;
  });
  return sumOf(reports);
}

/** Fills a store, so that copying or rewriting it takes a while. */
function fill(path: string, table: string, rows: number): void {
  const db = new SQLite(path);
  db.exec(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
     INSERT INTO ${table} (name, value) SELECT 'n' || i, hex(randomblob(150)) FROM n`,
  );
  db.close();
}

/** Kills `pulse backup`: a file of the final name must be a whole backup, whenever the process died. */
export function killBackups({ kills, seed }: KillOptions): Promise<KillReport> {
  return inFolder(async (folder) => {
    const chance = createChance(seed);
    const path = join(folder, 'pulse.db');
    await (await createStore(path)).close();
    fill(path, 'meta', 60_000);
    const env = { DATABASE_PATH: path };
    const backup = () => startChild('dist/cli.js', ['backup', join(folder, 'copy.db')], env, folder);
    const startedAt = Date.now();
    if ((await backup().ended) !== 0) throw new Error('the backup failed');
    const lasts = Date.now() - startedAt;
    const report = { kills: 0, bad: 0, lost: 0 };
    for (; report.kills < kills; report.kills += 1) {
      rmSync(join(folder, 'copy.db'), { force: true });
      const child = backup();
      await pause(lasts * (0.3 + 0.7 * chance.next()));
      await child.kill();
      const copy = join(folder, 'copy.db');
      if (existsSync(copy) && !isSound(copy)) report.bad += 1;
      for (const name of readdirSync(folder)) if (name.includes('unfinished')) rmSync(join(folder, name));
    }
    return report;
  });
}

/** Makes stores as earlier versions left them, with rows in them; one for each schema, to be copied. */
function createOldStores(folder: string): (schema: number) => string {
  const migrations = join(ROOT, 'src/store/migrations');
  const made = new Map<number, string>();
  return (schema) => {
    const path = made.get(schema) ?? join(folder, `old-${schema}.db`);
    if (made.has(schema)) return path;
    const db = openDatabase(path);
    for (const file of readdirSync(migrations).sort()) {
      if (Number(file.slice(0, 4)) <= schema) db.exec(readFileSync(join(migrations, file), 'utf8'));
    }
    db.pragma(`user_version = ${schema}`);
    db.close();
    fill(path, 'meta', META_ROWS);
    made.set(schema, path);
    return path;
  };
}

/** Kills the first start of a new version: the store must have the old schema or the newest, and all of its rows. */
export async function killMigrations({ kills, seed }: KillOptions): Promise<KillReport> {
  const reports = await inFolder((shared) => {
    const oldStore = createOldStores(shared);
    return inLanes(MIGRATIONS_AT_ONCE, { count: kills, seed }, async (lane) => {
      const { folder } = lane;
      const chance = createChance(lane.seed);
      const path = join(folder, 'pulse.db');
      const env = { DATABASE_PATH: path };
      const status = () => startChild('dist/cli.js', ['status'], env, folder);
      const putOld = (schema: number): void => {
        removeDatabase(path);
        copyFileSync(oldStore(schema), path);
      };
      putOld(2);
      const startedAt = Date.now();
      if ((await status().ended) !== 0) throw new Error('the migration failed');
      const lasts = Date.now() - startedAt;
      const report = { kills: 0, bad: 0, lost: 0 };
      for (; report.kills < lane.count; report.kills += 1) {
        // The first one has the longest way; the others begin at any version there was.
        const old = report.kills === 0 ? 2 : 2 + chance.below(newestSchema() - 2);
        putOld(old);
        // Two at once: one of them migrates, the other waits or is refused.
        const [first, second] = [status(), status()];
        await pause(lasts * (0.4 + 0.6 * chance.next()));
        await Promise.all([first.kill(), second.kill()]);
        try {
          const { rows, schema } = verifyFile(path);
          if (schema < old || rows['meta'] !== META_ROWS) report.bad += 1;
        } catch {
          report.bad += 1;
        }
        // What the next start does, without the start.
        const next = await createStore(path).catch(() => undefined);
        await next?.close();
        if (!next || verifyFile(path).schema !== newestSchema()) report.lost += 1;
      }
      return report;
    });
  });
  return sumOf(reports);
}

/**
 * Lets eight processes want to be the bot of a new store, again and again, then kills them and lets another one take over. Gives
 * the races that had not exactly one, or another refusal than that one is running, and the slowest takeover.
 */
export function raceForLock(
  races: number,
): Promise<{ readonly races: number; readonly bad: number; readonly slowestMs: number }> {
  return inFolder(async (folder) => {
    const paths = Array.from({ length: races }, (_, race) => join(folder, `race-${race}.db`));
    const start = (args: readonly string[]) => startChild('test/faults/lock-taker.ts', args, {}, folder);
    const beginAt = String(Date.now() + 1500);
    const children = Array.from({ length: 8 }, () => start([beginAt, ...paths]));
    await Promise.all(children.map((child) => child.wrote('done')));
    const verdicts = children.flatMap((child) => child.output().split('\n'));
    const count = (verdict: string): number => verdicts.filter((one) => one === verdict).length;
    const isRight = (_: string, race: number): boolean =>
      count(`${race} active`) === 1 && count(`${race} INSTANCE_RUNNING`) === 7;
    let bad = races - paths.filter(isRight).length;
    await Promise.all(children.map((child) => child.kill()));
    let slowestMs = 0;
    for (const path of paths.slice(0, 5)) {
      const startedAt = Date.now();
      const next = start(['0', path]);
      await next.wrote('done');
      slowestMs = Math.max(slowestMs, Date.now() - startedAt);
      if (!next.output().includes('active')) bad += 1;
      await next.kill();
    }
    return { races, bad, slowestMs };
  });
}
