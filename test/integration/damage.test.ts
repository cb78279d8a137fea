import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import SQLite from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { keepDailyBackup } from '../../src/store/kept-backups.ts';
import { openOrRecover } from '../../src/store/recover.ts';
import { createStore } from '../../src/store/store.ts';
import { aLicense, aLine } from '../support/rows.ts';
import { databasePath, recordRows } from '../support/store-on-disk.ts';
import { createRandom } from '../unit/analytics/rows.ts';

const PAGE = 4096;
const AT = Date.parse('2026-03-16T06:00:00Z');
const ROWS = 400;
const REFUSALS = ['STORE_CORRUPT', 'STORE_FOREIGN'];

let path: string;
let sound: Buffer | undefined;
const bytesOf = (): Buffer => Buffer.from(sound ?? '');

/** A store of some hundred pages, none of them free, in one file; made once. */
async function makeStore(file: string): Promise<void> {
  const store = await createStore(file);
  const names = Array.from({ length: ROWS }, (_, index) => ({ appEntitlementNumber: `E-${index}` }));
  const licenses = names.map((aliases, index) =>
    aLicense({ aliases, customer: { company: `Customer ${index}` } }),
  );
  const lines = names.map((aliases, index) => aLine({ aliases, transactionId: `IN-${index}` }));
  await recordRows(store, { kind: 'licenses', rows: licenses }, { at: AT });
  await recordRows(store, { kind: 'lines', rows: lines }, { at: AT });
  await store.close();
  const db = new SQLite(file);
  db.exec('VACUUM');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

beforeEach(async () => {
  path = await databasePath();
  if (sound) writeFileSync(path, sound);
  else {
    await makeStore(path);
    sound = readFileSync(path);
  }
});

/** What SQLite itself finds in a file; also when it cannot be opened at all. */
function quickCheck(file: string): string {
  const db = new SQLite(file);
  try {
    return String(db.pragma('quick_check(1)', { simple: true }));
  } catch (error) {
    return String(error);
  } finally {
    db.close();
  }
}

/** What becomes of a store with these bytes: it is opened, or it is refused by this code. */
function opened(bytes: Buffer): string {
  writeFileSync(path, bytes);
  try {
    openDatabase(path).close();
    return 'opened';
  } catch (error) {
    return String((error as { code?: string }).code);
  }
}

describe('a store', () => {
  it('with any of a hundred pages zeroed is never opened', () => {
    const pages = bytesOf().length / PAGE;
    expect(pages).toBeGreaterThan(110);
    for (let trial = 0; trial < 100; trial += 1) {
      const page = 1 + Math.floor((trial * (pages - 1)) / 100);
      const bytes = bytesOf();
      bytes.fill(0, page * PAGE, (page + 1) * PAGE);
      expect([page, opened(bytes)]).toEqual([page, 'STORE_CORRUPT']);
    }
  });

  it('with any of two hundred bytes flipped is opened only where SQLite finds it sound', () => {
    const random = createRandom(3);
    let refused = 0;
    for (let trial = 0; trial < 200; trial += 1) {
      const bytes = bytesOf();
      const at = random.whole(0, bytes.length - 1);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.whole(0, 7));
      const outcome = opened(bytes);
      if (outcome !== 'opened') refused += 1;
      const isRight = outcome === 'opened' ? quickCheck(path) === 'ok' : REFUSALS.includes(outcome);
      expect([at, outcome, isRight]).toEqual([at, outcome, true]);
    }
    expect(refused).toBeGreaterThan(20);
  });

  it.each([
    ['without its header', (): void => writeFileSync(path, bytesOf().fill(7, 0, 100))],
    ['cut to half', (): void => truncateSync(path, Math.floor(bytesOf().length / 2))],
    ['cut to nine tenths', (): void => truncateSync(path, Math.floor(bytesOf().length * 0.9))],
    ['that is a text', (): void => writeFileSync(path, 'hello, this is no database'.repeat(99))],
  ])('%s gives way to the newest backup, with all of its rows', async (_how, damage) => {
    await keepDailyBackup(path, '2026-03-16');
    damage();
    const { recovery, store } = await openOrRecover(path, {}, AT + 1000);
    expect(recovery).toMatchObject({ day: '2026-03-16' });
    expect(await store.read.readLicenses({ developerId: 'dev-1', appKey: null })).toHaveLength(ROWS);
    await store.close();
    expect(quickCheck(path)).toBe('ok');
  });

  it.each([
    ['empty', (): void => writeFileSync(path, '')],
    ['another one, beside the log of the old', (): void => copyFileSync(emptyStore(), path)],
  ])(
    'that is %s is a new one: nothing in it is old, and the first import is silent',
    async (_how, damage) => {
      writeFileSync(`${path}-wal`, 'what a process left that died');
      damage();
      const store = await createStore(path);
      expect(await store.read.readDeveloperIds()).toEqual([]);
      const freshness = await store.read.readFreshness('dev-1');
      expect(freshness.filter(({ goodAt }) => goodAt !== undefined)).toEqual([]);
      await store.close();
      expect(quickCheck(path)).toBe('ok');
    },
  );
});

function emptyStore(): string {
  const file = join(dirname(path), 'empty');
  openDatabase(file).close();
  return file;
}
