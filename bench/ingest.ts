import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { dayOf } from '../src/domain/day.ts';
import { backupFolder } from '../src/store/kept-backups.ts';
import { createStore } from '../src/store/store.ts';
import { csvFile, type ExportName, jsonFile, type Revision } from './large-partner/exports.ts';
import { makeFiles } from './large-partner/make-files.ts';
import { licenseRow } from './large-partner/rows.ts';
import { FOLDER, logOf, pullAll, startLargePartner, startSyncThread } from './large-partner/start.ts';
import { type Times, timesOf, timesText } from './times.ts';

const NAMES: readonly ExportName[] = ['licenses', 'transactions'];
/** Above about 330,000 licences the whole body is longer than V8's longest string. */
const NAIVE_ROWS = 200_000;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const perSecond = (rows: number, ms: number): string => `${Math.round(rows / ms).toString()}k`;

function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '.lock', '.sync.lock'])
    rmSync(`${path}${suffix}`, { force: true });
  rmSync(`${path}.backups`, { recursive: true, force: true });
}

/** The daily backup follows the first sync of a day; it is no part of an import. */
function pretendBackup(path: string): void {
  mkdirSync(backupFolder(path), { recursive: true });
  writeFileSync(join(backupFolder(path), `${dayOf(Date.now())}.db`), '');
}

/** `sqlite3 .import` of the same rows as CSV into a bare table with a key: nothing parsed, checked or indexed. */
function measureFloor(name: ExportName, rows: number): number {
  const { columns, key, path } = csvFile(FOLDER, name, rows);
  const database = join(FOLDER, 'floor.db');
  removeDatabase(database);
  const definitions = Array.from(
    { length: columns },
    (_, at) => `c${at} TEXT${at === key ? ' PRIMARY KEY' : ''}`,
  );
  const startedAt = performance.now();
  execFileSync('sqlite3', [
    database,
    `CREATE TABLE bare (${definitions.join(', ')})`,
    '.mode csv',
    `.import ${path} bare`,
  ]);
  const ms = performance.now() - startedAt;
  const count = Number(execFileSync('sqlite3', [database, 'SELECT count(*) FROM bare']).toString());
  if (count !== rows) throw new Error(`the floor imported ${count} of ${rows} rows`);
  removeDatabase(database);
  return ms;
}

/** The way an import is usually written, in a process of its own. */
async function measureNaive(): Promise<{ rows: number; seconds: number; rssMb: number }> {
  jsonFile(FOLDER, 'licenses', NAIVE_ROWS, 0);
  const partner = await startLargePartner(NAIVE_ROWS);
  const database = join(FOLDER, 'naive.db');
  removeDatabase(database);
  const url = `${partner.url}/rest/3/x/licenses/async/export/all-0`;
  const printed = execFileSync(process.execPath, [
    join(import.meta.dirname, 'ingest/naive.ts'),
    url,
    database,
  ]);
  partner.stop();
  removeDatabase(database);
  return JSON.parse(printed.toString()) as { rows: number; seconds: number; rssMb: number };
}

/** One import, with what it did to the thread that answers. */
interface Measured {
  readonly ms: number;
  readonly byName: Readonly<Record<string, number>>;
  readonly peakMb: number;
  readonly delay: Times;
  readonly lookups: Times;
}

/** `npm run bench -- ingest [rows]` */
export async function ingest(rows = 1_000_000): Promise<void> {
  makeFiles(FOLDER, rows);
  const partner = await startLargePartner(rows);
  const path = join(FOLDER, 'pulse.db');
  removeDatabase(path);
  pretendBackup(path);
  const store = await createStore(path, { waits: false });
  const byName: Record<string, number> = {};
  const log = logOf((dataset, ms) => (byName[dataset] = ms));
  const thread = startSyncThread(partner, path, log);

  async function measure(revision: Revision): Promise<Measured> {
    await partner.tell(revision);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const lookups = createHistogram();
    let peak = 0;
    let asked = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 50);
    const ask = setInterval(() => {
      asked = (asked + 7_919) % rows;
      const number = String((licenseRow(asked) as Record<string, unknown>)['appEntitlementNumber']);
      const startedAt = performance.now();
      const done = (): void => lookups.record(Math.max(1, Math.round((performance.now() - startedAt) * 1e6)));
      void store.search.findByIdentifier(number).finally(done);
    }, 20);
    delay.enable();
    const startedAt = performance.now();
    const report = await pullAll(thread);
    const ms = performance.now() - startedAt;
    delay.disable();
    clearInterval(watch);
    clearInterval(ask);
    console.error(JSON.stringify(report.changes.filter(({ rows: count }) => count > 0)));
    return {
      ms,
      byName: { ...byName },
      peakMb: peak / 2 ** 20,
      delay: timesOf(delay),
      lookups: timesOf(lookups),
    };
  }

  const first = await measure(0);
  const unchanged = await measure(0);
  const restated = await measure(1);
  await thread.stop();
  await store.close();

  const floor = NAMES.map((name) => measureFloor(name, rows));
  const floorMs = floor.reduce((sum, ms) => sum + ms, 0);
  const naive = await measureNaive();
  partner.stop();

  const line = (what: string, { byName: by, delay, lookups, ms, peakMb }: Measured) =>
    `| ${what} | ${seconds(by['licenses'] ?? 0)} | ${seconds(by['transactions'] ?? 0)} | ${seconds(ms)} | ${perSecond(2 * rows, ms)} | ${(ms / floorMs).toFixed(2)} | ${peakMb.toFixed(0)} MB | ${timesText(delay)} | ${timesText(lookups)} |`;
  console.log(`${rows.toLocaleString('en-US')} licences and as many transaction lines, from the socket to the indexed store:

| import | licences | lines | whole sync | rows/s | x floor | peak memory | main thread delay p50 / p99 / max | lookup p50 / p99 / max |
|---|---|---|---|---|---|---|---|---|
${line('first', first)}
${line('again, nothing changed', unchanged)}
${line('again, 5 % changed', restated)}
| floor: \`sqlite3 .import\` | ${seconds(floor[0] ?? 0)} | ${seconds(floor[1] ?? 0)} | ${seconds(floorMs)} | ${perSecond(2 * rows, floorMs)} | 1.00 | | | |
| naive, ${naive.rows.toLocaleString('en-US')} licences | ${naive.seconds.toFixed(1)} s | | | ${(naive.rows / naive.seconds / 1000).toFixed(0)}k | | ${naive.rssMb.toFixed(0)} MB | | |`);
}
