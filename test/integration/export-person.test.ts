import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStage, MARKETPLACE, type Stage } from '../../demo/stage.ts';
import type { App } from '../../src/app.ts';
import type { ContactLevel } from '../../src/domain/contact.ts';
import { countByTable, exportPerson } from '../../src/store/export-person.ts';
import { forgetPerson } from '../../src/store/forget.ts';
import { createLogBook } from '../support/log-book.ts';
import { plantPerson } from '../support/planted-person.ts';

const PERSON = { name: 'Canary Exportable', email: 'Canary.Exportable@export.example' };
const MASKED = 'c***@export.example';
const START = Date.parse('2026-11-17T06:00:00Z');
/** Rows of these go with a company, which counts; or are made of others. */
const DERIVED = /^(sqlite_|company_search|company_trigrams)/;

type Row = Record<string, unknown>;

/** A store that was synced with the person in what the API answered, and has said and been asked things about them. */
async function createWorld(contacts: ContactLevel): Promise<{ stage: Stage; app: App; path: string }> {
  const stage = await createStage({ seed: 21, log: createLogBook(), now: START });
  const app = await stage.startApp(stage.configure({ contacts }));
  plantPerson(stage, PERSON);
  const [report] = await app.sync();
  expect(report?.failures).toEqual([]);
  const { audit, numbers, outbox, prepared } = app.store;
  const text = `${PERSON.name}, ${PERSON.email}, bought. So did other@elsewhere.example`;
  await outbox.enqueue(
    [
      { key: 'about', kind: 'alert', channel: 'C0ALERTS1', message: { text, blocks: [] } },
      {
        key: 'by name',
        kind: 'alert',
        channel: 'C0ALERTS1',
        message: { text: `${PERSON.name} left`, blocks: [] },
      },
      { key: 'other', kind: 'alert', channel: 'C0ALERTS1', message: { text: 'Canary Islands', blocks: [] } },
    ],
    START,
  );
  const trace = {
    ref: 'abc',
    digest: 'churn',
    title: `Churn of ${PERSON.email}`,
    asks: 'churn',
    developerId: MARKETPLACE.developerId,
    knownAt: START,
    numbers: [],
  };
  await numbers.keep(trace, START);
  await prepared.record(
    { developerId: MARKETPLACE.developerId, digest: 'churn', appKey: null, asked: 'now' },
    { knownAt: START, message: { text, blocks: [], thread: [] }, trace },
  );
  const asked = { at: START, teamId: 'T1', userId: 'U1', channelId: 'C1', verdict: 'allowed' as const };
  await audit.record({ ...asked, source: 'command', topic: 'lookup' }, ` ${PERSON.email.toUpperCase()}`);
  await audit.record({ ...asked, source: 'command', topic: 'lookup' }, 'somebody else');
  return { stage, app, path: join(stage.folder, 'pulse.db') };
}

/** What a person who reads every cell of a file finds: rows by table, with one of these words in any cell. */
function rowsByHand(path: string, words: readonly string[]): Record<string, number> {
  const db = new SQLite(path, { readonly: true });
  const tables = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all()
    .filter((table) => !DERIVED.test(table));
  const counts = tables.map((table) => {
    const rows = db.prepare<[], Row>(`SELECT * FROM "${table}"`).all();
    const held = rows.filter((row) =>
      words.some((word) => JSON.stringify(row).toLowerCase().includes(word.toLowerCase())),
    );
    return [table, held.length] as const;
  });
  db.close();
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

const worlds = new Map<ContactLevel, Awaited<ReturnType<typeof createWorld>>>();
const worldOf = (level: ContactLevel) => {
  const world = worlds.get(level);
  if (!world) throw new Error('no such world');
  return world;
};

beforeAll(async () => {
  for (const level of ['full', 'masked', 'none'] as const) worlds.set(level, await createWorld(level));
}, 120_000);

afterAll(async () => {
  for (const { stage } of worlds.values()) await stage.stop();
});

describe('everything that is stored of a person', () => {
  it.each<ContactLevel>(['full', 'masked', 'none'])(
    'is what somebody who reads every cell finds, with contacts kept %s',
    (level) => {
      const { path } = worldOf(level);
      const { companies, holdings } = exportPerson(path, ` ${PERSON.email.toLowerCase()} `);
      const { audit, ...rows } = countByTable(holdings);
      expect(audit).toBe(1);
      // The name is looked for where it is known to be the person's: their own company, beside their own address.
      const words = [PERSON.email, ...(level === 'masked' ? [MASKED] : []), ...companies];
      expect(rows).toEqual(rowsByHand(path, words));
      expect(rows).toMatchObject({
        outbox: level === 'full' ? 2 : 1,
        frozen_numbers: 1,
        prepared_digests: 1,
      });
      expect(rows['feedback']).toBeGreaterThan(0);
      expect(companies.includes(PERSON.name)).toBe(level === 'full');
    },
  );

  it('says in which part of a row, and shows nobody else', () => {
    const { path } = worldOf('full');
    const { holdings } = exportPerson(path, PERSON.email);
    const billing = holdings.filter(
      ({ columns, table }) => table === 'licenses' && columns.join() === 'billing_name,billing_email',
    );
    expect(billing).toHaveLength(1);
    expect(billing[0]?.row).toMatchObject({ billing_name: PERSON.name, billing_email: PERSON.email });
    expect(billing[0]?.row).not.toHaveProperty('technical_email');
    expect(holdings.filter(({ isPerhapsAnother }) => isPerhapsAnother)).toEqual([]);
    const message = holdings.find(({ row }) => row['key'] === 'about');
    expect(message?.row['body']).toMatchObject({
      text: `${PERSON.name}, ${PERSON.email}, bought. So did [another address]`,
    });
    const addresses = JSON.stringify(holdings).match(/[\w.*]+@[\w.]+/g) ?? [];
    expect(new Set(addresses.map((address) => address.toLowerCase()))).toEqual(
      new Set([PERSON.email.toLowerCase()]),
    );
    const [lookup] = holdings.filter(({ table }) => table === 'audit');
    expect(lookup).toMatchObject({ columns: ['subject_hmac'], row: { user_id: 'U1', topic: 'lookup' } });
  });

  it('may be somebody else where only the masked address is stored, and says so', () => {
    const { holdings, masked } = exportPerson(worldOf('masked').path, PERSON.email);
    expect(masked).toBe(MASKED);
    const contacts = holdings.filter(({ columns }) => columns.every((column) => column.endsWith('_email')));
    expect(contacts.length).toBeGreaterThan(2);
    expect(contacts.filter(({ isPerhapsAnother }) => !isPerhapsAnother)).toEqual([]);
    const feedback = holdings.find(({ table }) => table === 'feedback');
    expect(feedback).not.toHaveProperty('isPerhapsAnother');
  });

  it('is nothing where an address is unknown', () => {
    const found = exportPerson(worldOf('full').path, 'nobody@nowhere.example');
    expect(found).toMatchObject({ holdings: [], files: [], unread: [], companies: [], isForgotten: false });
  });

  it('stands in backups and files put aside too, which are named', () => {
    const { path } = worldOf('full');
    const aside = `${path}.replaced-2026-11-17T06-00-00Z`;
    const db = new SQLite(path);
    db.prepare('VACUUM INTO ?').run(aside);
    db.close();
    writeFileSync(`${path}.corrupt-2026-11-16T06-00-00Z`, 'no database');
    const { files, holdings, unread } = exportPerson(path, PERSON.email);
    const backup = join(`${path}.backups`, '2026-11-17.db');
    expect(files.map(({ file }) => file).toSorted()).toEqual([backup, aside].toSorted());
    expect(files.find(({ file }) => file === aside)?.rows).toEqual(countByTable(holdings));
    expect(files.find(({ file }) => file === backup)?.rows).toMatchObject({
      feedback: expect.any(Number),
      licenses: expect.any(Number),
    });
    expect(unread).toMatchObject([{ file: `${path}.corrupt-2026-11-16T06-00-00Z` }]);
  });

  it.each<ContactLevel>(['full', 'masked'])(
    'is what forgetting takes out, also of a table that nobody thought of (%s)',
    async (level) => {
      const { app, path } = worldOf(level);
      await app.stop();
      const copy = `${path}.copy`;
      copyFileSync(path, copy);
      const db = new SQLite(copy);
      db.exec('CREATE TABLE thought_of_later (id INTEGER PRIMARY KEY, note TEXT) STRICT');
      db.prepare('INSERT INTO thought_of_later (note) VALUES (?)').run(`see ${PERSON.email}`);
      db.close();
      const before = countByTable(exportPerson(copy, PERSON.email).holdings);
      expect(before['thought_of_later']).toBe(1);
      const { rows } = await forgetPerson(copy, PERSON.email, START);
      expect(Object.keys(before).toSorted()).toEqual(Object.keys(rows).toSorted());
      expect(exportPerson(copy, PERSON.email)).toMatchObject({ holdings: [], isForgotten: true });
    },
    30_000,
  );

  it('stands in columns of text alone: no other kind could hold it', () => {
    const db = new SQLite(worldOf('none').path, { readonly: true });
    const kinds = db
      .prepare<[], string>(
        `SELECT DISTINCT c.type FROM sqlite_schema t, pragma_table_info(t.name) c
         WHERE t.type = 'table' AND t.sql LIKE 'CREATE TABLE%' AND t.name NOT LIKE 'company_search%'`,
      )
      .pluck()
      .all();
    db.close();
    expect(kinds.toSorted()).toEqual(['INTEGER', 'REAL', 'TEXT']);
  });
});
