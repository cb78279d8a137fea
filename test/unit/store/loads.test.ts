import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { License } from '../../../src/domain/license.ts';
import type { TransactionLine } from '../../../src/domain/transaction-line.ts';
import { LICENSES } from '../../../src/store/datasets.ts';
import { readKnownRows } from '../../../src/store/known-rows.ts';
import { NOTHING_SEEN, type SeenRows } from '../../../src/store/load.ts';
import { licenseRow } from '../../../src/store/load-rows.ts';
import { createStore, type Store } from '../../../src/store/store.ts';
import { aLicense, aLine } from '../../support/rows.ts';
import { databasePath, openStore, recordRows } from '../../support/store-on-disk.ts';

const DAY = 86_400_000;
const monday = Date.parse('2026-03-16T06:00:00Z');
const everything = { developerId: 'dev-1', appKey: null };
const RULES = { contacts: 'full', at: monday, silent: false } as const;

/** A table is first loaded beside itself; rows for one that had rows are staged and compared. Both must say the same. */
const BEFORE: Readonly<Record<string, (store: Store) => Promise<void>>> = {
  'a first load': async () => undefined,
  'a later load': async (store) => {
    const other = { aliases: { appEntitlementNumber: 'E-OLD' } };
    await recordRows(store, { kind: 'licenses', rows: [aLicense(other)] }, { at: monday - DAY });
    await recordRows(
      store,
      { kind: 'lines', rows: [aLine({ ...other, lineId: 'old' })] },
      { at: monday - DAY },
    );
  },
};

describe.each(Object.entries(BEFORE))('%s', (_name, before) => {
  async function licensesOf(...rows: License[]): Promise<License[]> {
    const store = await openStore();
    await before(store);
    await recordRows(store, { kind: 'licenses', rows }, { at: monday, mode: 'incremental' });
    const found = await store.read.readLicenses(everything);
    return found
      .filter(({ entitlement }) => entitlement !== 'E-OLD')
      .map(({ changedAt: _c, developerId: _d, entitlement: _e, firstSeenAt: _f, ...license }) => license);
  }

  async function linesOf(...rows: TransactionLine[]) {
    const store = await openStore();
    await before(store);
    await recordRows(store, { kind: 'lines', rows }, { at: monday, mode: 'incremental' });
    return store.read.readLinesOf('dev-1', ['E-111-AAA-AAA-11A']);
  }

  async function inBothOrders(a: License, b: License): Promise<License[][]> {
    return [await licensesOf(a, b), await licensesOf(b, a)];
  }

  it('keeps of two rows of one licence the one that was updated later', async () => {
    const older = aLicense({ status: 'active', lastUpdated: '2026-03-01' });
    const newer = aLicense({ status: 'cancelled', lastUpdated: '2026-03-02', sandbox: 'unknown' });
    for (const kept of await inBothOrders(older, newer)) expect(kept).toEqual([newer]);
  });

  it('keeps of one day the one that tells more: with data insights rather than without', async () => {
    const bare = aLicense({ sandbox: 'unknown' });
    const insight = aLicense({ sandbox: 'no', evaluationStart: '2025-12-10', parentEdition: 'Premium' });
    for (const kept of await inBothOrders(bare, insight)) expect(kept).toEqual([insight]);
  });

  it('keeps of two that tell as much the same one in either order, so that the store does not flap', async () => {
    const [first, second] = await inBothOrders(
      aLicense({ tier: '50 Users' }),
      aLicense({ tier: '75 Users' }),
    );
    expect(first).toEqual(second);
    expect(first).toHaveLength(1);
  });

  it('counts nested facts as what a row tells', async () => {
    const poor = aLicense({ customer: {}, sandbox: 'unknown' });
    const rich = aLicense({ customer: { company: 'Acme', country: 'Germany' }, sandbox: 'unknown' });
    for (const kept of await inBothOrders(poor, rich)) expect(kept).toEqual([rich]);
  });

  it('keeps other entitlements, and other apps with the same identifier', async () => {
    const rows = [
      aLicense(),
      aLicense({ aliases: { appEntitlementId: 'id-2' } }),
      aLicense({ appKey: 'app-2', name: 'App 2' }),
    ];
    expect(await licensesOf(...rows)).toEqual(rows);
  });

  it('keeps the licences of one Data Center entitlement apart by their add-on licence, Cloud ones not', async () => {
    const aliases = { appEntitlementNumber: 'E-1', licenseId: 'SEN-1' };
    const rows = ['100', '101'].map((addonLicenseId) =>
      aLicense({ hosting: 'Data Center', aliases: { ...aliases, addonLicenseId } }),
    );
    expect(await licensesOf(...rows)).toEqual(rows);
    expect(await licensesOf(...rows.map((row) => ({ ...row, hosting: 'Cloud' })))).toHaveLength(1);
  });

  it('keeps the newer of two rows of one line, and every other line', async () => {
    const open = aLine({ paymentStatus: 'Open', lastUpdated: '2026-03-01' });
    const paid = aLine({ paymentStatus: 'Paid', lastUpdated: '2026-03-09' });
    const others = [aLine({ lineId: 'line-2' }), aLine({ transactionId: 'IN-002' })];
    for (const rows of [
      [open, paid, ...others],
      [paid, ...others, open],
    ]) {
      const found = await linesOf(...rows);
      expect(found.map(({ lineId, transactionId }) => `${transactionId} ${lineId}`).toSorted()).toEqual([
        'IN-001 line-1',
        'IN-001 line-2',
        'IN-002 line-1',
      ]);
      expect(
        found.find(({ lineId, transactionId }) => `${transactionId} ${lineId}` === 'IN-001 line-1'),
      ).toMatchObject({
        paymentStatus: 'Paid',
      });
    }
  });

  it('joins rows that a third shows to be one subscription, and leads every identifier to it', async () => {
    const store = await openStore();
    await before(store);
    const dc = { hosting: 'Data Center', host: {} };
    const rows = [
      aLicense({ ...dc, aliases: { licenseId: 'SEN-1', addonLicenseId: '100' } }),
      aLicense({ ...dc, aliases: { appEntitlementNumber: 'E-1', addonLicenseId: '101' } }),
      aLicense({
        ...dc,
        aliases: { appEntitlementNumber: 'E-1', licenseId: 'SEN-1', addonLicenseId: '102' },
      }),
    ];
    await recordRows(store, { kind: 'licenses', rows }, { at: monday, mode: 'incremental' });
    const found = await store.search.findByIdentifier('sen-1');
    expect(
      found.map(({ aliases }) => aliases.addonLicenseId ?? '').toSorted((a, b) => Number(a) - Number(b)),
    ).toEqual(['100', '101', '102']);
    expect(new Set(found.map(({ entitlement }) => entitlement)).size).toBe(1);
    for (const text of ['E-1', 'e-1', '100', '101', '102'])
      expect(await store.search.findByIdentifier(text)).toHaveLength(3);
  });

  it('shows nothing before it is published, and nothing at all when it is discarded', async () => {
    const path = await databasePath();
    const store = await openStore(path);
    await before(store);
    const other = await openStore(path);
    const known = (await other.read.readLicenses(everything)).length;
    const load = store.recorder.beginLoad('licenses', { developerId: 'dev-1', at: monday, isFull: false });
    load.writer.add([licenseRow(aLicense(), RULES)]);
    expect(await other.read.readLicenses(everything)).toHaveLength(known);
    load.complete(NOTHING_SEEN, load.writer.written());
    expect(await other.read.readLicenses(everything)).toHaveLength(known);
    load.discard();
    expect(await other.read.readLicenses(everything)).toHaveLength(known);
    await recordRows(other, { kind: 'licenses', rows: [aLicense()] }, { at: monday, mode: 'incremental' });
    expect(await store.read.readLicenses(everything)).toHaveLength(known + 1);
  });
});

describe('a first load', () => {
  const indexesOf = (path: string): string[] => {
    const db = new SQLite(path, { readonly: true });
    const names = db
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1",
      )
      .pluck()
      .all();
    db.close();
    return names;
  };

  it('leaves every index the table had, under its own name', async () => {
    const path = await databasePath();
    const store = await openStore(path);
    const before = indexesOf(path);
    await recordRows(store, { kind: 'licenses', rows: [aLicense()] }, { at: monday });
    await recordRows(store, { kind: 'lines', rows: [aLine()] }, { at: monday });
    expect(indexesOf(path)).toEqual(before);
    expect(before.length).toBeGreaterThan(20);
  });

  it('whose process died is forgotten by the next sync', async () => {
    const path = await databasePath();
    const store = await createStore(path);
    const before = indexesOf(path);
    const load = store.recorder.beginLoad('licenses', { developerId: 'dev-1', at: monday, isFull: true });
    load.writer.add([licenseRow(aLicense(), RULES)]);
    await store.close();
    expect(indexesOf(path)).not.toEqual(before);

    const next = await openStore(path);
    const release = await next.lockSync();
    expect(indexesOf(path)).toEqual(before);
    expect(await recordRows(next, { kind: 'licenses', rows: [aLicense()] }, { at: monday })).toMatchObject({
      added: 1,
    });
    release();
  });

  it('that cannot be forgotten now leaves the next sync its turn', async () => {
    const path = await databasePath();
    const store = await createStore(path);
    store.recorder.beginLoad('licenses', { developerId: 'dev-1', at: monday, isFull: true });
    await store.close();

    const next = await createStore(path, { waits: false });
    const writer = new SQLite(path);
    writer.exec('BEGIN IMMEDIATE');
    await expect(next.lockSync()).rejects.toThrow('locked');
    writer.exec('ROLLBACK');
    writer.close();
    (await next.lockSync())();
    await next.close();
  });

  it('gives way to names that other rows had before it', async () => {
    const store = await openStore();
    const bySen = aLine({ aliases: { licenseId: 'SEN-1' } });
    await recordRows(store, { kind: 'lines', rows: [bySen] }, { at: monday });
    const both = aLicense({ aliases: { licenseId: 'SEN-1', appEntitlementNumber: 'E-1' } });
    await recordRows(store, { kind: 'licenses', rows: [both] }, { at: monday + DAY });
    expect((await store.read.readLicenses(everything)).map(({ entitlement }) => entitlement)).toEqual([
      'SEN-1',
    ]);
    const numbered = aLine({ lineId: 'line-2', aliases: { appEntitlementNumber: 'E-1' } });
    await recordRows(
      store,
      { kind: 'lines', rows: [numbered] },
      { at: monday + 2 * DAY, mode: 'incremental' },
    );
    expect(await store.read.readLinesOf('dev-1', ['SEN-1'])).toHaveLength(2);
  });
});

describe('rows that are known byte for byte', () => {
  const rows = Array.from({ length: 20 }, (_, index) =>
    aLicense({ aliases: { appEntitlementNumber: `E-${index}` } }),
  );
  const print = (index: number): string => `print-${index}`;

  async function loadAll(store: Store, indexes: readonly number[], seen: SeenRows, at: number) {
    const runId = await store.syncRuns.start('dev-1', 'licenses', 'full', at);
    const load = store.recorder.beginLoad('licenses', { developerId: 'dev-1', at, isFull: true });
    load.writer.add(indexes.map((index) => licenseRow(rows[index] ?? aLicense(), RULES, print(index))));
    load.complete(seen, load.writer.written());
    const [change] = await store.recorder.recordSync({
      developerId: 'dev-1',
      at,
      announce: () => ({ entries: [], facts: [], messages: [] }),
      pulls: [
        {
          runId,
          dataset: 'licenses',
          mode: 'full',
          silent: false,
          pulled: { kind: 'licenses', load },
          quarantinedRows: 0,
          quarantined: [],
          unmappedFields: new Map(),
        },
      ],
    });
    return change;
  }

  const all = rows.map((_row, index) => index);

  function look(path: string, indexes: readonly number[], isFresh = false) {
    const known = readKnownRows(path, LICENSES, isFresh);
    const unknown = indexes.filter((index) => !known.isKnown(print(index)));
    return { seen: known.seen(), unknown };
  }

  it('need not be read again to be there', async () => {
    const path = await databasePath();
    const store = await openStore(path);
    await loadAll(store, all, NOTHING_SEEN, monday);
    const { seen, unknown } = look(path, [...all, 77]);
    expect(unknown).toEqual([77]);
    expect(await loadAll(store, [], seen, monday + DAY)).toMatchObject({
      rows: 20,
      added: 0,
      changed: 0,
      vanished: 0,
      isShort: false,
    });
    expect(look(path, all, true).unknown).toEqual(all);
  });

  it('vanish when two full pulls bring them neither known nor anew, and come back as known ones', async () => {
    const path = await databasePath();
    const store = await openStore(path);
    await loadAll(store, all, NOTHING_SEEN, monday);
    const fewer = all.slice(1);
    expect(await loadAll(store, [], look(path, fewer).seen, monday + DAY)).toMatchObject({ vanished: 0 });
    expect(await loadAll(store, [], look(path, fewer).seen, monday + 2 * DAY)).toMatchObject({ vanished: 1 });
    expect(await store.read.readLicenses(everything)).toHaveLength(19);
    const { seen, unknown } = look(path, all);
    expect(unknown).toEqual([]);
    expect(seen.returned).toHaveLength(1);
    await loadAll(store, [], seen, monday + 3 * DAY);
    expect(await store.read.readLicenses(everything)).toHaveLength(20);
  });

  it('win over a worse row of the same licence that comes beside them, and give way to a better one', async () => {
    const path = await databasePath();
    const store = await openStore(path);
    await loadAll(store, all, NOTHING_SEEN, monday);
    const stage = async (row: License, at: number) => {
      rows[20] = row;
      return loadAll(store, [20], look(path, all).seen, at);
    };
    const worse = aLicense({
      aliases: { appEntitlementNumber: 'E-3' },
      lastUpdated: '2025-01-01',
      tier: '1 User',
    });
    expect(await stage(worse, monday + DAY)).toMatchObject({ changed: 0 });
    const better = { ...worse, lastUpdated: '2026-05-01' as const };
    expect(await stage(better, monday + 2 * DAY)).toMatchObject({ changed: 1, vanished: 0 });
    const [license] = await store.read.readLicensesOf('dev-1', ['E-3']);
    expect(license?.tier).toBe('1 User');
    rows.length = 20;
  });

  it('with a moved lastUpdated alone are no change, and are known from then on', async () => {
    const path = await databasePath();
    const store = await openStore(path);
    await loadAll(store, all, NOTHING_SEEN, monday);
    const first = rows[0] ?? aLicense();
    rows[0] = { ...first, lastUpdated: '2026-06-01' };
    const seen = look(path, all.slice(1)).seen;
    const load = store.recorder.beginLoad('licenses', {
      developerId: 'dev-1',
      at: monday + DAY,
      isFull: true,
    });
    load.writer.add([licenseRow(rows[0], RULES, 'print-moved')]);
    load.complete(seen, load.writer.written());
    const summary = load.publish(monday + DAY);
    expect(summary).toMatchObject({ rows: 20, added: 0, changed: 0, vanished: 0 });
    rows[0] = first;
    const known = readKnownRows(path, LICENSES, false);
    expect([known.isKnown('print-moved'), known.isKnown(print(0))]).toEqual([true, false]);
  });
});
