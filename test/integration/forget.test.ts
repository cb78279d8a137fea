import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStage, MARKETPLACE, type Stage } from '../../demo/stage.ts';
import type { App } from '../../src/app.ts';
import { backUp } from '../../src/store/backup.ts';
import { forgetPerson } from '../../src/store/forget.ts';
import { takeLock } from '../../src/store/lock.ts';
import { licenseRow } from '../../src/store/load-rows.ts';
import { restoreBackup } from '../../src/store/restore.ts';
import { createLogBook } from '../support/log-book.ts';
import { aLicense } from '../support/rows.ts';

const HOUR = 3_600_000;
const EMAIL = 'Canary.Erasable@forget.example';
const NAME = 'Canary Erasable';
const START = Date.parse('2026-11-17T06:00:00Z');

interface Row {
  contactDetails?: object;
  customerDetails?: object;
  [field: string]: unknown;
}

let stage: Stage;
let app: App;
/** Moves with every sync, so that the bytes of the person's rows change. */
let round = 0;

/** Two rows name the person as a contact, two more as a company. */
function withPerson(rows: unknown, field: 'contactDetails' | 'customerDetails'): unknown {
  const person = { name: NAME, email: EMAIL };
  return (rows as Row[]).map((row, index) => {
    const about = row[field] as object;
    const changed = (change: object) => ({ ...row, [field]: { ...about, ...change }, nonce: round });
    if (index === 3) return changed({ technicalContact: person });
    if (index === 5) return changed({ billingContact: person });
    if (index === 7) return changed({ company: NAME, technicalContact: person, billingContact: person });
    return index === 9 ? changed({ company: EMAIL }) : row;
  });
}

function send(): void {
  stage.api.clearFaults();
  stage.api.fail({
    kind: 'alter',
    method: 'GET',
    path: /licenses\/async\/export\/[^/]+$/,
    alter: (rows) => withPerson(rows, 'contactDetails'),
  });
  stage.api.fail({
    kind: 'alter',
    method: 'GET',
    path: /transactions\/async\/export\/[^/]+$/,
    alter: (rows) => withPerson(rows, 'customerDetails'),
  });
  stage.api.fail({
    kind: 'alter',
    path: /feedback\/details/,
    alter: (body) => {
      const { feedback, ...rest } = body as { feedback?: { message?: string }[] };
      return {
        ...rest,
        feedback: feedback?.map((row, index) =>
          index === 0 ? { ...row, message: `Write to ${EMAIL}, please.` } : row,
        ),
      };
    },
  });
}

/** Files of the store whose bytes hold the person's address or name. */
function filesHolding(folder = stage.folder): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const text = readFileSync(path, 'latin1').toLowerCase();
      return text.includes(EMAIL.toLowerCase()) || text.includes(NAME.toLowerCase());
    })
    .map((path) => path.slice(folder.length + 1));
}

async function syncAt(at: number): Promise<void> {
  stage.setTime(at);
  send();
  const [report] = await app.sync();
  expect(report?.failures).toEqual([]);
}

const databasePath = () => join(stage.folder, 'pulse.db');

beforeAll(async () => {
  stage = await createStage({ seed: 21, log: createLogBook(), now: START });
  app = await stage.startApp(stage.configure({ contacts: 'full' }));
  await syncAt(START);
  // A backup of yesterday, one of before a migration, and one that took the place of another.
  await backUp(databasePath(), join(stage.folder, 'elsewhere.copy'));
  await app.store.outbox.enqueue(
    [
      { key: 'open', kind: 'alert', channel: 'C0ALERTS1', message: { text: `${NAME} bought`, blocks: [] } },
      { key: 'other', kind: 'alert', channel: 'C0ALERTS1', message: { text: 'Canary Islands', blocks: [] } },
    ],
    START,
  );
  const trace = {
    ref: 'abc',
    digest: 'churn',
    title: `Churn of ${NAME}`,
    asks: 'churn',
    developerId: MARKETPLACE.developerId,
    knownAt: START,
    numbers: [],
  };
  await app.store.prepared.record(
    { developerId: MARKETPLACE.developerId, digest: 'churn', appKey: null, asked: 'now' },
    { knownAt: START, message: { text: `${NAME} left`, blocks: [], thread: [] }, trace },
  );
  await app.store.numbers.keep(trace, START);
  const asked = { at: START, teamId: 'T1', userId: 'U1', channelId: 'C1', verdict: 'allowed' as const };
  await app.store.audit.record({ ...asked, source: 'command', topic: 'lookup' }, EMAIL);
  await app.sync();
  // What a sync that was killed left, in the store and in a backup of that moment.
  const { developerId } = MARKETPLACE;
  const load = app.store.recorder.beginLoad('licenses', { developerId, at: START, isFull: true });
  const rules = { contacts: 'full', at: START, silent: false } as const;
  load.writer.add([licenseRow(aLicense({ technicalContact: { name: NAME, email: EMAIL } }), rules)]);
  await backUp(databasePath(), join(stage.folder, 'pulse.db.backups/2026-11-16.db'));
}, 60_000);

afterAll(async () => {
  await stage.stop();
});

describe('a person who asks to be forgotten', () => {
  it('stands in the database and its backups before', async () => {
    const holding = filesHolding();
    expect(holding).toContain('pulse.db.backups/2026-11-17.db');
    expect(holding).toContain('elsewhere.copy');
    expect(holding.some((file) => /^pulse\.db(-wal)?$/.test(file))).toBe(true);
    expect((await app.store.search.findCompanies(NAME, 5)).map(({ company }) => company)).toContain(NAME);
  });

  it('is not forgotten while a sync writes', async () => {
    const release = takeLock(databasePath(), 'sync');
    await expect(forgetPerson(databasePath(), EMAIL, START)).rejects.toMatchObject({ code: 'SYNC_RUNNING' });
    release();
  });

  it('is in no byte of database, log and backups afterwards, while the bot goes on', async () => {
    const report = await forgetPerson(databasePath(), ` ${EMAIL.toUpperCase()} `, START);
    expect(report).toMatchObject({
      rows: {
        licenses: expect.any(Number),
        transaction_lines: expect.any(Number),
        companies: 1,
        prepared_digests: 1,
        frozen_numbers: 1,
      },
      left: [],
    });
    expect(report.backups).toHaveLength(2);
    expect(filesHolding()).toEqual(['elsewhere.copy']);
    expect(await app.store.search.findCompanies('canary', 5)).toEqual([]);
    expect(await app.store.outbox.readCounts()).toMatchObject({ pending: 3, expired: 0 });
    const status = await app.store.read.readFreshness(MARKETPLACE.developerId);
    expect(status.every(({ goodAt }) => goodAt !== undefined)).toBe(true);
  });

  it('does not come back with three further syncs that still bring them', async () => {
    for (const hours of [1, 2, 26]) {
      round += 1;
      await syncAt(START + hours * HOUR);
      expect(filesHolding()).toEqual(['elsewhere.copy']);
    }
    await app.stop();
    expect(filesHolding()).toEqual(['elsewhere.copy']);
  }, 60_000);

  it('keeps everybody else', async () => {
    const { default: SQLite } = await import('better-sqlite3');
    const db = new SQLite(databasePath(), { readonly: true });
    const count = (sql: string): number => Number(db.prepare(sql).pluck().get());
    expect(count('SELECT count(*) FROM licenses WHERE technical_email IS NOT NULL')).toBeGreaterThan(50);
    expect(count('SELECT count(*) FROM companies')).toBeGreaterThan(50);
    expect(count("SELECT count(*) FROM outbox WHERE body LIKE '%Canary Islands%'")).toBe(1);
    expect(
      count("SELECT count(*) FROM feedback WHERE message = 'Write to [removed], please.'"),
    ).toBeGreaterThan(0);
    db.close();
  });

  it('is forgotten again when an old backup is restored', async () => {
    restoreBackup(databasePath(), join(stage.folder, 'elsewhere.copy'), START + 30 * HOUR);
    expect(filesHolding()).toEqual(['elsewhere.copy']);
  });
});
