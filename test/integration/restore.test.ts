import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import SQLite from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { readAwaySince } from '../../src/schedule/absence.ts';
import { backUp } from '../../src/store/backup.ts';
import { CARRIED, REPLACED } from '../../src/store/carry-over.ts';
import { backupFolder, keepDailyBackup } from '../../src/store/kept-backups.ts';
import { takeLock } from '../../src/store/lock.ts';
import type { OutboxEntry } from '../../src/store/outbox.ts';
import { openOrRecover } from '../../src/store/recover.ts';
import { restoreBackup } from '../../src/store/restore.ts';
import { createStore, type Store } from '../../src/store/store.ts';
import { entryOf } from '../support/delivery-store.ts';
import { aLicense, aLine } from '../support/rows.ts';
import { databasePath, recordRows } from '../support/store-on-disk.ts';

const HOUR = 3_600_000;
const AT = Date.parse('2026-03-16T06:00:00Z');
const SPACE = 'dev-1';
const digest = (period: string): OutboxEntry => entryOf({ key: `digest/${period}`, kind: 'digest' });

let path: string;
let backup: string;

/** What a bot does in the hours after a backup: it posts, parks, keeps something open, and runs a period. */
async function goOn(store: Store): Promise<void> {
  await store.outbox.enqueue([entryOf({ key: 'later' }), entryOf({ key: 'open' })], AT + HOUR);
  for (const key of ['before', 'later']) {
    const claim = await store.outbox.claim('C1', AT + HOUR, HOUR);
    expect(claim?.key).toBe(key);
    if (claim) await store.outbox.settle(claim, { to: 'sent', ts: `${key}.1` }, AT + HOUR);
  }
  await store.slots.claim('weekly', '2026-03-16T09:00', AT + 3 * HOUR, [digest('new')], AT + 3 * HOUR);
}

beforeEach(async () => {
  path = await databasePath();
  backup = join(dirname(path), 'backup');
  const store = await createStore(path);
  await recordRows(store, { kind: 'licenses', rows: [aLicense()] }, { at: AT });
  await recordRows(store, { kind: 'lines', rows: [aLine()] }, { at: AT });
  await store.slots.know('weekly', 'spec', AT - 100 * HOUR);
  await store.outbox.enqueue([entryOf({ key: 'before' })], AT);
  await backUp(path, backup);
  await goOn(store);
  await store.close();
});

async function open<Result>(read: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await createStore(path);
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

function sayAlert(file: string, state: string): void {
  const db = new SQLite(file);
  db.prepare(
    `INSERT INTO alert_messages (id, key, thread_key, channel, rule, title, revision, handled_by, snoozed_until, said_at)
     VALUES (7, 'alert/1', 'alert/1', 'C1', 'refund', 'A refund', 1, 'U1', ?, ?)`,
  ).run(AT + 30 * HOUR, AT);
  db.prepare(
    `INSERT INTO alert_facts (key, developer_id, channel, rule, fact, entitlement, app_key, state, marks, title, amount, details,
       message_id, first_at, changed_at)
     VALUES ('alert/1', 'dev-1', 'C1', 'refund', 'f', 'E-1', 'app-1', ?, '[]', 'A refund', 100, '', 7, ?, ?)`,
  ).run(state, AT, AT);
  db.close();
}

function readAlert(file: string): unknown {
  const db = new SQLite(file, { readonly: true });
  const row = db
    .prepare(
      `SELECT f.state, m.handled_by AS handled, m.snoozed_until AS snoozed
       FROM alert_facts f JOIN alert_messages m ON m.id = f.message_id`,
    )
    .get();
  db.close();
  return row;
}

describe('a restored backup', () => {
  it('says nothing again that was said since, and posts what was still to be posted', async () => {
    const { knowsWhatWasSaid, replaced = '' } = restoreBackup(path, backup, AT + 9 * HOUR);
    expect(knowsWhatWasSaid).toBe(true);
    expect(existsSync(replaced)).toBe(true);
    await open(async (store) => {
      for (const key of ['before', 'later'])
        expect(await store.outbox.readRow(key)).toMatchObject({ state: 'sent', ts: `${key}.1` });
      for (const key of ['open', 'digest/new'])
        expect(await store.outbox.readRow(key)).toMatchObject({ state: 'pending' });
      expect(await store.slots.read('weekly', '2026-03-16T09:00')).toMatchObject({ state: 'done' });
      expect(await store.read.readLicenses({ developerId: SPACE, appKey: null })).toHaveLength(1);
      // In their order: a channel's messages are posted by it.
      expect((await store.outbox.claim('C1', AT + 9 * HOUR, HOUR))?.key).toBe('open');
    });
  });

  it('in the place of a damaged database says nothing old', async () => {
    const bytes = readFileSync(path);
    bytes.fill(7, 0, 4096);
    writeFileSync(path, bytes);
    const { knowsWhatWasSaid, replaced = '' } = restoreBackup(path, backup, AT + 9 * HOUR);
    expect(knowsWhatWasSaid).toBe(false);
    expect(readFileSync(replaced).equals(bytes)).toBe(true);
    await open(async (store) => {
      expect(await store.outbox.readRow('before')).toMatchObject({ state: 'expired' });
      expect(await store.slots.know('weekly', 'spec', AT + 99 * HOUR)).toBe(AT + 9 * HOUR);
    });
  });

  it('knows the alerts that were said since, and what people did about them', async () => {
    sayAlert(path, 'told');
    restoreBackup(path, backup, AT + 9 * HOUR);
    expect(readAlert(path)).toEqual({ state: 'told', handled: 'U1', snoozed: AT + 30 * HOUR });
  });

  it('says no alert that waited when the backup was made, where it is not known what was said since', async () => {
    sayAlert(backup, 'held');
    writeFileSync(path, 'no database');
    restoreBackup(path, backup, AT + 9 * HOUR);
    expect(readAlert(path)).toEqual({ state: 'dropped', handled: 'U1', snoozed: null });
  });

  it('where there was no database is that backup', async () => {
    const other = join(dirname(path), 'new/pulse.db');
    expect(restoreBackup(other, backup, AT).replaced).toBeUndefined();
    path = other;
    await open(async (store) => {
      expect(await store.read.readLicenses({ developerId: SPACE, appKey: null })).toHaveLength(1);
    });
  });

  it('counts as an absence until the next sync, however new it is', async () => {
    expect(await open((store) => readAwaySince(store, SPACE, AT + 9 * HOUR))).toBeUndefined();
    restoreBackup(path, backup, AT + 9 * HOUR);
    expect(await open((store) => readAwaySince(store, SPACE, AT + 9 * HOUR))).toBe(AT);
    await open(async (store) => {
      await recordRows(store, { kind: 'licenses', rows: [aLicense()] }, { at: AT + 10 * HOUR });
      await recordRows(store, { kind: 'lines', rows: [aLine()] }, { at: AT + 10 * HOUR });
    });
    expect(await open((store) => readAwaySince(store, SPACE, AT + 11 * HOUR))).toBeUndefined();
  });

  it('leaves no file but the replaced one', async () => {
    const { replaced = '' } = restoreBackup(path, backup, AT + 9 * HOUR);
    const { readdirSync } = await import('node:fs');
    const names = readdirSync(dirname(path)).filter((name) => !name.endsWith('lock'));
    expect(names.map((name) => join(dirname(path), name)).sort()).toEqual([backup, path, replaced].sort());
  });
});

describe('a damaged database', () => {
  const damage = (file: string): void => {
    const bytes = readFileSync(file);
    bytes.fill(0, 4096, Math.min(bytes.length, 4096 * 40));
    writeFileSync(file, bytes);
  };

  it('is never served: the bot goes on with the newest sound backup, and says nothing old', async () => {
    const store = await createStore(path);
    await keepDailyBackup(path, '2026-03-15');
    await keepDailyBackup(path, '2026-03-16');
    await store.close();
    damage(path);
    damage(join(backupFolder(path), '2026-03-16.db'));
    const { recovery, store: recovered } = await openOrRecover(path, {}, AT + 9 * HOUR);
    expect(recovery).toMatchObject({ day: '2026-03-15' });
    expect(existsSync(recovery?.damaged ?? '')).toBe(true);
    expect(await recovered.read.readDeveloperIds()).toEqual([SPACE]);
    expect(await recovered.outbox.readCounts()).toMatchObject({ pending: 0, sending: 0 });
    expect(await readAwaySince(recovered, SPACE, AT + 9 * HOUR)).toBe(AT);
    await recovered.close();
  });

  it('without a sound backup is left as it is, and the start says what to do', async () => {
    damage(path);
    const before = readFileSync(path);
    await expect(openOrRecover(path, {}, AT)).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
      message: expect.stringContaining('damaged'),
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('a restore that cannot be', () => {
  const untouched = () => readFileSync(path);

  it.each(['bot', 'sync'] as const)('because a %s holds the store leaves it as it is', async (what) => {
    const before = untouched();
    const release = takeLock(path, what);
    const code = what === 'bot' ? 'INSTANCE_RUNNING' : 'SYNC_RUNNING';
    expect(() => restoreBackup(path, backup, AT)).toThrow(expect.objectContaining({ code }) as Error);
    release();
    expect(untouched().equals(before)).toBe(true);
  });

  it.each([
    ['is missing', () => join(dirname(path), 'nothing'), 'BACKUP_UNUSABLE'],
    ['is no database', () => rewritten(() => Buffer.from('hello')), 'BACKUP_UNUSABLE'],
    ['is empty', () => rewritten(() => Buffer.alloc(0)), 'BACKUP_UNUSABLE'],
    ['is half', () => rewritten((bytes) => bytes.subarray(0, bytes.length / 2)), 'BACKUP_UNUSABLE'],
    ['has a zeroed page', () => rewritten((bytes) => bytes.fill(0, 4096 * 9, 4096 * 10)), 'BACKUP_UNUSABLE'],
    ['belongs to another program', foreign, 'BACKUP_UNUSABLE'],
    ['is of a newer version', newer, 'STORE_NEWER'],
  ])('because the file %s leaves the store as it is', (_why, file, code) => {
    const before = untouched();
    expect(() => restoreBackup(path, file(), AT)).toThrow(expect.objectContaining({ code }) as Error);
    expect(untouched().equals(before)).toBe(true);
  });
});

function rewritten(change: (bytes: Buffer) => Buffer): string {
  writeFileSync(backup, change(readFileSync(backup)));
  return backup;
}

function foreign(): string {
  const file = join(dirname(path), 'foreign');
  const db = new SQLite(file);
  db.exec('CREATE TABLE notes (text TEXT)');
  db.close();
  return file;
}

function newer(): string {
  const db = new SQLite(backup);
  db.pragma('user_version = 999');
  db.close();
  return backup;
}

it('of every table it is decided whether a restore takes it from the backup or from what it replaces', () => {
  const db = new SQLite(path, { readonly: true });
  const tables = db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'company_search%'`,
    )
    .pluck()
    .all();
  db.close();
  const fromBackup = [
    'absences',
    'apps',
    'companies',
    'company_sizes',
    'company_trigrams',
    'delivery_meta',
    'entitlement_aliases',
    'feedback',
    'first_loads',
    'license_events',
    'licenses',
    'meta',
    'prepared_digests',
    'quarantine',
    'renamed_entitlements',
    'series',
    'series_values',
    'subscriptions',
    'sync_runs',
    'transaction_lines',
    'unmapped_fields',
    'versions',
  ];
  expect(tables.sort()).toEqual([...fromBackup, ...Object.keys(CARRIED), ...REPLACED, 'audit'].sort());
});
