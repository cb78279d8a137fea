import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/domain/day.ts';
import { careDaily, KEPT_DAYS } from '../../src/schedule/daily-care.ts';
import { watch } from '../../src/schedule/watch.ts';
import { backupFolder, listBackups } from '../../src/store/kept-backups.ts';
import { entryOf } from '../support/delivery-store.ts';
import { createLogBook } from '../support/log-book.ts';
import { aLicense, aLine } from '../support/rows.ts';
import { databasePath as newPath, openStore, recordRows } from '../support/store-on-disk.ts';
import { createVirtualTime } from '../support/virtual-time.ts';

const DAY = 86_400_000;
const START = '2026-03-16T06:00:00Z';
const PERSON = { name: 'Jane Canary', email: 'jane@canary.example' };

async function setUp() {
  const databasePath = await newPath();
  const store = await openStore(databasePath);
  const time = createVirtualTime(START);
  const log = createLogBook();
  const deps = { store, databasePath, opsChannel: 'C0OPS', clock: time.clock, log };
  return { databasePath, store, time, log, deps, care: () => careDaily(deps) };
}

type Setup = Awaited<ReturnType<typeof setUp>>;

/** A licence and a line with a contact, a message that was posted, and a question that was asked. */
async function fill({ store, time }: Setup): Promise<void> {
  const now = time.clock();
  const rows = [aLicense({ technicalContact: PERSON, maintenanceEnd: '2026-04-10' })];
  await recordRows(store, { kind: 'licenses', rows }, { at: now });
  const lines = [aLine({ technicalContact: PERSON, maintenanceEnd: '2026-04-10' })];
  await recordRows(store, { kind: 'lines', rows: lines }, { at: now });
  await store.outbox.enqueue([entryOf({ key: 'a' })], now);
  const claim = await store.outbox.claim('C1', now, 1000);
  if (claim) await store.outbox.settle(claim, { to: 'sent', ts: '1.1' }, now);
  const asked = { teamId: 'T1', userId: 'U1', channelId: 'C1', source: 'command', topic: 'lookup' } as const;
  await store.audit.record({ ...asked, at: now, verdict: 'allowed' });
}

it('while another program holds the database the care waits for the next sync, and nobody is told', async () => {
  const { databasePath, deps, log, store } = await setUp();
  const isHeld = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' }));
  await careDaily({ ...deps, store: { ...store, audit: { ...store.audit, forgetBefore: isHeld } } });
  expect(log.lines).toMatchObject([{ level: 'warn' }]);
  expect((await store.outbox.readCounts()).pending).toBe(0);
  expect(listBackups(databasePath)).toEqual([]);
  await careDaily(deps);
  expect(listBackups(databasePath)).toHaveLength(1);
});

describe('once a day', () => {
  it('what is too old is deleted, each kind after its own time', async () => {
    // As SECURITY.md and docs/operations.md say.
    expect(KEPT_DAYS).toEqual({ bodies: 7, audit: 180, contacts: 400 });
    const setup = await setUp();
    const { care, databasePath, store, time } = setup;
    await fill(setup);
    const { default: SQLite } = await import('better-sqlite3');
    const db = new SQLite(databasePath, { readonly: true });
    const left = () => ({
      bodies: db.prepare('SELECT count(*) FROM outbox WHERE body IS NOT NULL').pluck().get(),
      asked: db.prepare('SELECT count(*) FROM audit').pluck().get(),
      contacts: db
        .prepare(
          `SELECT (SELECT count(*) FROM licenses WHERE technical_email IS NOT NULL)
             + (SELECT count(*) FROM transaction_lines WHERE technical_email IS NOT NULL)`,
        )
        .pluck()
        .get(),
    });
    const after = async (days: number) => {
      time.set(Date.parse(START) + days * DAY);
      await care();
      return left();
    };
    expect(await after(KEPT_DAYS.bodies)).toEqual({ bodies: 1, asked: 1, contacts: 2 });
    expect(await after(KEPT_DAYS.bodies + 1)).toEqual({ bodies: 0, asked: 1, contacts: 2 });
    expect(await after(KEPT_DAYS.audit + 1)).toEqual({ bodies: 0, asked: 0, contacts: 2 });
    expect(await after(25 + KEPT_DAYS.contacts)).toEqual({ bodies: 0, asked: 0, contacts: 2 });
    expect(await after(26 + KEPT_DAYS.contacts)).toEqual({ bodies: 0, asked: 0, contacts: 0 });
    expect(await after(500)).toEqual({ bodies: 0, asked: 0, contacts: 0 });
    // Seven days and four weeks of backups: none of them holds what is older than its limit for long.
    expect(listBackups(databasePath).length).toBeLessThanOrEqual(11);
    db.close();
    expect(await store.read.readDeveloperIds()).toEqual(['dev-1']);
  });

  it('and no oftener a backup is made', async () => {
    const { care, databasePath, log, time } = await setUp();
    await care();
    await care();
    expect(listBackups(databasePath).map(({ day }) => day)).toEqual(['2026-03-16']);
    expect(log.lines.filter(({ message }) => message === 'backup made')).toHaveLength(1);
    time.advance(DAY);
    await care();
    expect(listBackups(databasePath)).toHaveLength(2);
  });

  it('the operator is told when there could be no backup, and it is made as soon as there can be', async () => {
    const { care, databasePath, store, time } = await setUp();
    writeFileSync(backupFolder(databasePath), 'in the way');
    for (let hour = 0; hour < 48; hour += 1) {
      await care();
      time.advance(DAY / 24);
    }
    expect((await store.outbox.readCounts()).pending).toBe(3);
    rmSync(backupFolder(databasePath));
    mkdirSync(backupFolder(databasePath), { mode: 0o700 });
    await care();
    expect(listBackups(databasePath).map(({ day }) => day)).toEqual([dayOf(time.clock())]);
  });
});

describe('the watch', () => {
  it('tells of an outage of three days once a day, and stops when it is over', async () => {
    const setup = await setUp();
    const { databasePath, store, time } = setup;
    await fill(setup);
    const look = () =>
      watch({
        store,
        databasePath,
        developerIds: ['dev-1', 'dev-never-read'],
        tokenExpires: undefined,
        clockOffsetMs: () => 500,
        lookForTwin: async () => undefined,
        opsChannel: 'C0OPS',
        clock: time.clock,
      });
    const keys = new Set<string>();
    const inOps = async () => (await store.outbox.readOpenChannels()).includes('C0OPS');
    for (let hour = 0; hour < 26 + 72; hour += 1) {
      await look();
      if (await inOps()) keys.add(dayOf(time.clock()));
      time.advance(DAY / 24);
    }
    expect((await store.outbox.readCounts()).pending).toBe(keys.size);
    expect(keys.size).toBe(4);
    await recordRows(store, { kind: 'licenses', rows: [aLicense()] }, { at: time.clock() });
    await recordRows(store, { kind: 'lines', rows: [aLine()] }, { at: time.clock() });
    time.advance(DAY);
    await look();
    expect((await store.outbox.readCounts()).pending).toBe(keys.size);
  });
});
