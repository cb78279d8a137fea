import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { Log } from '../src/domain/log.ts';
import { createStore } from '../src/store/store.ts';
import { createSyncThread } from '../src/sync-thread.ts';
import { csvFile, type ExportName, jsonFile, type Revision } from './ingest/exports.ts';
import { licenseRow } from './ingest/rows.ts';

const FOLDER = join(import.meta.dirname, '.data');
const NAMES: readonly ExportName[] = ['licenses', 'transactions'];
/** Above about 330,000 licences the whole body is longer than V8's longest string. */
const NAIVE_ROWS = 200_000;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const perSecond = (rows: number, ms: number): string => `${Math.round(rows / ms).toString()}k`;

function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '.lock', '.sync.lock'])
    rmSync(`${path}${suffix}`, { force: true });
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

/** One import, with what it did to the thread that answers. */
interface Measured {
  readonly ms: number;
  readonly byName: Readonly<Record<string, number>>;
  readonly peakMb: number;
  readonly delayMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly lookupMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

const inMs = (histogram: { percentile(p: number): number; max: number }) => ({
  p50: histogram.percentile(50) / 1e6,
  p99: histogram.percentile(99) / 1e6,
  max: histogram.max / 1e6,
});

/** `npm run bench -- ingest [rows]` */
export async function ingest(rows = 1_000_000): Promise<void> {
  for (const name of NAMES) for (const revision of [0, 1] as const) jsonFile(FOLDER, name, rows, revision);
  const server = fork(join(import.meta.dirname, 'ingest/server.ts'), [FOLDER, String(rows)]);
  const [port] = (await once(server, 'message')) as [number];
  const baseUrl = `http://127.0.0.1:${port}`;
  const path = join(FOLDER, 'pulse.db');
  removeDatabase(path);
  const store = await createStore(path, { waits: false });
  const byName: Record<string, number> = {};
  const log: Log = {
    debug: (fields) => {
      if (typeof fields['dataset'] === 'string') byName[fields['dataset']] = Number(fields['ms']);
    },
    info: () => undefined,
    warn: (fields, message) => console.error(message, fields),
    error: (fields, message) => console.error(message, fields),
  };
  const thread = createSyncThread(
    {
      baseUrl,
      email: 'bench@example.com',
      token: 'bench',
      databasePath: path,
      contacts: 'masked',
      channels: undefined,
      slash: '/pulse',
      zone: 'UTC',
    },
    log,
  );

  async function measure(revision: Revision): Promise<Measured> {
    server.send(revision);
    await once(server, 'message');
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
    const [report] = await thread.sync(['bench'], {
      full: true,
      signal: AbortSignal.timeout(1_800_000),
      clockOffsetMs: 0,
    });
    const ms = performance.now() - startedAt;
    delay.disable();
    clearInterval(watch);
    clearInterval(ask);
    if (!report || report.failures.length > 0) throw new Error(JSON.stringify(report?.failures));
    console.error(JSON.stringify(report.changes.filter(({ rows: count }) => count > 0)));
    return {
      ms,
      byName: { ...byName },
      peakMb: peak / 2 ** 20,
      delayMs: inMs(delay),
      lookupMs: inMs(lookups),
    };
  }

  const first = await measure(0);
  const unchanged = await measure(0);
  const restated = await measure(1);
  await thread.stop();
  await store.close();

  const floor = NAMES.map((name) => measureFloor(name, rows));
  const floorMs = floor.reduce((sum, ms) => sum + ms, 0);
  let naive: { rows: number; seconds: number; rssMb: number } | undefined;
  if (existsSync(FOLDER)) {
    const small = fork(join(import.meta.dirname, 'ingest/server.ts'), [FOLDER, String(NAIVE_ROWS)]);
    jsonFile(FOLDER, 'licenses', NAIVE_ROWS, 0);
    const [smallPort] = (await once(small, 'message')) as [number];
    removeDatabase(join(FOLDER, 'naive.db'));
    const printed = execFileSync(process.execPath, [
      join(import.meta.dirname, 'ingest/naive.ts'),
      `http://127.0.0.1:${smallPort}/rest/3/x/licenses/async/export/all-0`,
      join(FOLDER, 'naive.db'),
    ]);
    naive = JSON.parse(printed.toString()) as typeof naive;
    small.kill();
  }
  server.kill();

  const line = (what: string, { byName: by, delayMs, lookupMs, ms, peakMb }: Measured) =>
    `| ${what} | ${seconds(by['licenses'] ?? 0)} | ${seconds(by['transactions'] ?? 0)} | ${seconds(ms)} | ${perSecond(2 * rows, ms)} | ${(ms / floorMs).toFixed(2)} | ${peakMb.toFixed(0)} MB | ${delayMs.p50.toFixed(1)} / ${delayMs.p99.toFixed(1)} / ${delayMs.max.toFixed(0)} ms | ${lookupMs.p50.toFixed(2)} / ${lookupMs.p99.toFixed(2)} / ${lookupMs.max.toFixed(0)} ms |`;
  console.log(`${rows.toLocaleString('en-US')} licences and as many transaction lines, from the socket to the indexed store:

| import | licences | lines | whole sync | rows/s | x floor | peak memory | main thread delay p50 / p99 / max | lookup p50 / p99 / max |
|---|---|---|---|---|---|---|---|---|
${line('first', first)}
${line('again, nothing changed', unchanged)}
${line('again, 5 % changed', restated)}
| floor: \`sqlite3 .import\` | ${seconds(floor[0] ?? 0)} | ${seconds(floor[1] ?? 0)} | ${seconds(floorMs)} | ${perSecond(2 * rows, floorMs)} | 1.00 | | | |
${naive ? `| naive, ${naive.rows.toLocaleString('en-US')} licences | ${naive.seconds.toFixed(1)} s | | | ${(naive.rows / naive.seconds / 1000).toFixed(0)}k | | ${naive.rssMb.toFixed(0)} MB | | |` : ''}`);
}
