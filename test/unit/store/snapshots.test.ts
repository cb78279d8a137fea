import { describe, expect, it } from 'vitest';
import type { License } from '../../../src/domain/license.ts';
import { aLicense, aLine } from '../../support/rows.ts';
import { NOTHING_TO_SAY } from '../../../src/store/alert-book.ts';
import type { Announce } from '../../../src/store/record-sync.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';
import { createRandom } from '../analytics/rows.ts';

const DAY = 86_400_000;
const monday = Date.parse('2026-03-16T06:00:00Z');
const everything = { developerId: 'dev-1', appKey: null };

describe('a snapshot', () => {
  it('gives back every field of a licence and of a line', async () => {
    const store = await openStore();
    const license: License = aLicense({
      partner: { name: 'Partner', type: 'Expert' },
      opportunityUsers: Number.POSITIVE_INFINITY,
      technicalContact: { email: 'j***@acme.com' },
    });
    const line = aLine({ discounts: [{ type: 'MANUAL', amount: 1500 }], isManualInvoice: true });
    await recordRows(store, { kind: 'licenses', rows: [license] }, { at: monday });
    await recordRows(store, { kind: 'lines', rows: [line] }, { at: monday, silent: true });
    const recorded = {
      developerId: 'dev-1',
      entitlement: 'E-111-AAA-AAA-11A',
      firstSeenAt: monday,
      changedAt: monday,
    };
    expect(await store.read.readLicenses(everything)).toEqual([{ ...license, ...recorded }]);
    expect(await store.read.readLinesOf('dev-1', ['E-111-AAA-AAA-11A'])).toEqual([
      { ...line, ...recorded, bookedOn: '2026-01-10' },
    ]);
  });

  it('changes nothing when the same rows come again', async () => {
    const store = await openStore();
    const rows = [aLine(), aLine({ lineId: 'line-2' })];
    expect(await recordRows(store, { kind: 'lines', rows }, { at: monday })).toMatchObject({
      added: 2,
      changed: 0,
    });
    const again = await recordRows(store, { kind: 'lines', rows }, { at: monday + DAY });
    expect(again).toMatchObject({ rows: 2, added: 0, changed: 0, vanished: 0 });
  });

  it('ignores a moved lastUpdated, and counts a change of a field that is used', async () => {
    const store = await openStore();
    await recordRows(store, { kind: 'lines', rows: [aLine({ paymentStatus: 'Open' })] }, { at: monday });
    const moved = aLine({ paymentStatus: 'Open', lastUpdated: '2026-03-01' });
    expect(await recordRows(store, { kind: 'lines', rows: [moved] }, { at: monday + DAY })).toMatchObject({
      changed: 0,
    });
    const paid = aLine({ paymentStatus: 'Paid' });
    expect(await recordRows(store, { kind: 'lines', rows: [paid] }, { at: monday + DAY })).toMatchObject({
      changed: 1,
    });
    const [line] = await store.read.readLinesOf('dev-1', ['E-111-AAA-AAA-11A']);
    expect(line).toMatchObject({ paymentStatus: 'Paid', firstSeenAt: monday, changedAt: monday + DAY });
  });

  it('keeps one entitlement for a Data Center licence that gains a number later', async () => {
    const store = await openStore();
    const old = { licenseId: 'SEN-1', addonLicenseId: '4711' };
    const dc = { hosting: 'Data Center', host: {} };
    await recordRows(store, { kind: 'licenses', rows: [aLicense({ ...dc, aliases: old })] }, { at: monday });
    const numbered = { ...old, appEntitlementNumber: 'E-123-456-789' };
    await recordRows(
      store,
      { kind: 'licenses', rows: [aLicense({ ...dc, aliases: numbered })] },
      { at: monday + DAY },
    );
    const licenses = await store.read.readLicenses(everything);
    expect(licenses).toHaveLength(1);
    expect(licenses[0]).toMatchObject({ entitlement: 'SEN-1', aliases: numbered });
    expect(await store.search.findByIdentifier('e-123-456-789')).toHaveLength(1);
  });

  it('joins two entitlements that a later row shows to be one', async () => {
    const store = await openStore();
    const bySen = aLicense({ aliases: { licenseId: 'SEN-1' } });
    await recordRows(store, { kind: 'licenses', rows: [bySen] }, { at: monday });
    await recordRows(
      store,
      { kind: 'lines', rows: [aLine({ aliases: { appEntitlementNumber: 'E-1' } })] },
      { at: monday },
    );
    const both = aLicense({ aliases: { licenseId: 'SEN-1', appEntitlementNumber: 'E-1' } });
    await recordRows(store, { kind: 'licenses', rows: [both] }, { at: monday + DAY });
    expect(await store.read.readLinesOf('dev-1', ['SEN-1'])).toHaveLength(1);
    expect(await store.read.readLicenses(everything)).toHaveLength(1);
  });

  it('marks a row as vanished only after two full pulls without it, and takes it back when it returns', async () => {
    const store = await openStore();
    const rows = Array.from({ length: 20 }, (_, index) => aLine({ lineId: `line-${index}` }));
    await recordRows(store, { kind: 'lines', rows }, { at: monday });
    const fewer = { kind: 'lines', rows: rows.slice(1) } as const;
    expect(await recordRows(store, fewer, { at: monday + DAY })).toMatchObject({ vanished: 0 });
    expect(await recordRows(store, fewer, { at: monday + 2 * DAY })).toMatchObject({ vanished: 1 });
    expect(await store.read.readLinesOf('dev-1', ['E-111-AAA-AAA-11A'])).toHaveLength(19);
    await recordRows(store, { kind: 'lines', rows }, { at: monday + 3 * DAY });
    expect(await store.read.readLinesOf('dev-1', ['E-111-AAA-AAA-11A'])).toHaveLength(20);
  });

  it('takes nothing for vanished when a full pull is empty or too short, nor in an incremental one', async () => {
    const store = await openStore();
    const rows = Array.from({ length: 20 }, (_, index) => aLine({ lineId: `line-${index}` }));
    await recordRows(store, { kind: 'lines', rows }, { at: monday });
    for (const [index, kept] of [0, 0, 10, 17].entries()) {
      const change = await recordRows(
        store,
        { kind: 'lines', rows: rows.slice(0, kept) },
        { at: monday + (index + 1) * DAY },
      );
      expect(change).toMatchObject({ isShort: true, vanished: 0 });
    }
    const incremental = await recordRows(
      store,
      { kind: 'lines', rows: [] },
      { at: monday + 9 * DAY, mode: 'incremental' },
    );
    expect(incremental).toMatchObject({ isShort: false, vanished: 0 });
    expect(await store.read.readLinesOf('dev-1', ['E-111-AAA-AAA-11A'])).toHaveLength(20);
  });
});

describe('bad answers', () => {
  const rows = Array.from({ length: 100 }, (_, index) => aLine({ lineId: `line-${index}` }));
  const part = (share: number) => ({ kind: 'lines', rows: rows.slice(0, Math.floor(100 * share)) }) as const;

  it('of twenty kinds, from nothing to 89 %, delete no row, and none counts as a first time without it', async () => {
    const store = await openStore();
    const stored = async () => (await store.read.readLinesOf('dev-1', ['E-111-AAA-AAA-11A'])).length;
    await recordRows(store, { kind: 'lines', rows }, { at: monday });
    const shares = [
      0, 0, 0.02, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.5, 0.6, 0.66, 0.7, 0.75, 0.8, 0.85, 0.88, 0.89,
    ];
    expect(shares).toHaveLength(20);
    for (const [index, share] of shares.entries()) {
      const change = await recordRows(store, part(share), { at: monday + (index + 1) * DAY });
      expect([share, change.isShort, change.vanished]).toEqual([share, true, 0]);
      expect(await stored()).toBe(100);
    }
    // 91 % is an answer: who is missing from it twice in a row has vanished.
    expect(await recordRows(store, part(0.91), { at: monday + 30 * DAY })).toMatchObject({
      isShort: false,
      vanished: 0,
    });
    expect(await stored()).toBe(100);
    expect(await recordRows(store, part(0.91), { at: monday + 31 * DAY })).toMatchObject({ vanished: 9 });
    expect(await stored()).toBe(91);
  });
});

describe('announcing', () => {
  it('hears of new lines with all lines of their entitlement, and of nothing on a first import', async () => {
    const store = await openStore();
    const heard: unknown[] = [];
    const announce: Announce = (news) => {
      heard.push([news.newLines.map(({ lineId }) => lineId), news.linesOf('E-111-AAA-AAA-11A').length]);
      return NOTHING_TO_SAY;
    };
    await recordRows(store, { kind: 'lines', rows: [aLine()] }, { at: monday, silent: true, announce });
    expect(heard).toEqual([[[], 1]]);
    const rows = [aLine(), aLine({ lineId: 'line-2' })];
    await recordRows(store, { kind: 'lines', rows }, { at: monday + DAY, announce });
    expect(heard.slice(1)).toEqual([[['line-2'], 2]]);
  });

  it('records nothing when announcing fails: the fact and its message are one', async () => {
    const store = await openStore();
    const announce = () => {
      throw new Error('no message');
    };
    await expect(
      recordRows(store, { kind: 'lines', rows: [aLine()] }, { at: monday, announce }),
    ).rejects.toThrow('no message');
    expect(await store.read.readLinesOf('dev-1', ['E-111-AAA-AAA-11A'])).toEqual([]);
  });
});

describe('versions', () => {
  it('never keep the old value of a contact', async () => {
    const store = await openStore();
    const row = aLicense({ technicalContact: { email: 'jane@acme.com' } });
    await recordRows(store, { kind: 'licenses', rows: [row] }, { at: monday });
    const changed = aLicense({ technicalContact: { email: 'joe@acme.com' } });
    expect(
      await recordRows(store, { kind: 'licenses', rows: [changed] }, { at: monday + DAY }),
    ).toMatchObject({ changed: 1 });
    const [license] = await store.read.readLicenses(everything);
    expect(license?.technicalContact).toEqual({ email: 'joe@acme.com' });
  });
});

describe('two thousand search terms', () => {
  const PIECES = [
    '"',
    '""',
    "'",
    '*',
    'NEAR(',
    'NEAR/2',
    'AND',
    'OR',
    'NOT',
    '(',
    ')',
    '{a b}:',
    'name:',
    '^',
    '-',
    '+',
    '%',
    '_',
    ';',
    '--',
    '/*',
    '\\',
    '\0',
    '\u{1F600}',
    'é',
    'Acme',
    'GmbH',
    'ac',
    'x'.repeat(3000),
    ' ',
    'DROP TABLE licenses',
  ] as const;

  it('made of the syntax of full-text search and of SQL find what they find, and are never an error', async () => {
    const store = await openStore();
    const names = [
      'Acme GmbH',
      'Acme "Best" GmbH',
      "O'Neil; DROP TABLE licenses",
      'NEAR (you) AND me',
      '100 % _ sure',
    ];
    const rows = names.map((company, index) =>
      aLicense({ aliases: { appEntitlementNumber: `E-${index}` }, customer: { company } }),
    );
    await recordRows(store, { kind: 'licenses', rows }, { at: monday });
    const random = createRandom(23);
    for (let term = 0; term < 2000; term += 1) {
      const text = Array.from({ length: random.whole(1, 6) }, () => random.pick(PIECES)).join('');
      expect((await store.search.findCompanies(text, 5)).length).toBeLessThanOrEqual(names.length);
      expect(await store.search.findByIdentifier(text)).toEqual([]);
      expect(await store.search.findEntitlementsOf('dev-1', text, 5)).toHaveLength(
        names.includes(text) ? 1 : 0,
      );
    }
    for (const name of names)
      expect((await store.search.findCompanies(name, 5)).map(({ company }) => company)).toContain(name);
    expect(await store.read.readLicenses(everything)).toHaveLength(names.length);
  });
});

describe('searching by company', () => {
  it('finds a customer that only transaction lines name', async () => {
    const store = await openStore();
    const line = aLine({ customer: { company: 'Société Générale' } });
    await recordRows(store, { kind: 'lines', rows: [line] }, { at: monday, silent: true });
    const [match] = await store.search.findCompanies('societe', 5);
    expect(match).toMatchObject({ company: 'Société Générale', licenses: 0 });
    expect(await store.search.findEntitlementsOf('dev-1', 'Société Générale', 5)).toHaveLength(1);
  });
});
