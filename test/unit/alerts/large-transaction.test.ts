import { describe, expect, it } from 'vitest';
import { readAlertBasis } from '../../../src/alerts/alert-basis.ts';
import { ALERTS } from '../../../src/alerts/index.ts';
import type { Day } from '../../../src/domain/day.ts';
import type { License } from '../../../src/domain/license.ts';
import type { TransactionLine } from '../../../src/domain/transaction-line.ts';
import type { Store } from '../../../src/store/store.ts';
import { FLOORS } from '../../support/alert-options.ts';
import { keysOf, posts, syncAlerts } from '../../support/alerting.ts';
import { aLicense, aLine } from '../../support/rows.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-17T09:00:00Z');

/** A paid line of yesterday, $1,000.00 for us: exactly the threshold. */
function sale(changes: Partial<TransactionLine> = {}): TransactionLine {
  return aLine({ saleDate: '2026-03-16', lastUpdated: '2026-03-16', ...changes });
}

/** An upgrade as the billing system makes it: the whole old tier given back, the whole new one billed. */
const refund = sale({
  transactionId: 'IN-900',
  lineId: 'refund',
  saleType: 'Refund',
  tier: '50 Users',
  vendorAmount: -500_000,
  purchasePrice: -600_000,
});
const rebill = sale({
  transactionId: 'IN-900',
  lineId: 'rebill',
  saleType: 'Upgrade',
  oldTier: '50 Users',
  tier: '100 Users',
  vendorAmount: 1_120_000,
  purchasePrice: 1_350_000,
});

/** What one sync announces; what was recorded before stays known. */
function syncOf(
  store: Store,
  rows: readonly TransactionLine[],
  { at = NOW, amount = 100_000, silent = false } = {},
) {
  const thresholds = { ...FLOORS, 'large-transaction': { amount, source: 'fixed' as const, movements: 0 } };
  return syncAlerts(
    store,
    at,
    { transactions: { kind: 'lines', rows } },
    { silent, options: { thresholds } },
  );
}

async function known(licenses: readonly License[] = [aLicense()], lines: readonly TransactionLine[] = []) {
  const store = await openStore();
  await recordRows(store, { kind: 'licenses', rows: licenses }, { at: NOW - 30 * DAY });
  if (lines.length > 0)
    await recordRows(store, { kind: 'lines', rows: lines }, { at: NOW - 30 * DAY, silent: true });
  return store;
}

describe('a net movement', () => {
  it.each([
    ['below', 99_999, 0],
    ['exactly at', 100_000, 1],
    ['above', 100_001, 1],
  ])('%s the threshold gives that many alerts: %d cents, %d', async (_, vendorAmount, alerts) => {
    expect(posts(await syncOf(await known(), [sale({ vendorAmount })]))).toHaveLength(alerts);
  });

  it('is judged by our share, not by what the customer pays', async () => {
    const said = await syncOf(await known(), [sale({ vendorAmount: 99_999, purchasePrice: 900_000 })]);
    expect(said.entries).toEqual([]);
  });

  it('is judged by a fixed threshold where there is one, and says so', async () => {
    const store = await known();
    const { thresholds } = await readAlertBasis(store, 'dev-1', '2026-03-17', 250_000);
    expect(thresholds['large-transaction']).toMatchObject({ amount: 250_000, source: 'fixed' });
    expect(posts(await syncOf(store, [sale({ vendorAmount: 249_999 })], { amount: 250_000 }))).toEqual([]);
    const said = await syncOf(store, [sale({ vendorAmount: 1, lineId: 'one-more' })], { amount: 250_000 });
    expect(posts(said)).toHaveLength(1);
    expect(JSON.stringify(said.entries)).toContain('$2,500 or more (configured)');
  });

  it('of several lines of one day is one: together they reach what each does not', async () => {
    const lines = ['a', 'b', 'c'].map((lineId) => sale({ lineId, vendorAmount: 40_000 }));
    expect(posts(await syncOf(await known(), lines))).toEqual(['Acme GmbH: new sale, +$1,200 our share']);
  });
});

describe('a refund and its new bill on one day', () => {
  const upgraded = 'Acme GmbH: upgrade, +$6,200 our share (refund -$5,000 and new bill +$11.2k, netted)';

  it.each([
    ['refund first', [refund, rebill]],
    ['bill first', [rebill, refund]],
  ])('in one sync are one movement: %s', async (_, lines) => {
    expect(posts(await syncOf(await known(), lines))).toEqual([upgraded]);
  });

  it.each([
    ['the refund first', [refund], [rebill]],
    ['the bill first', [rebill], [refund]],
  ])(
    'in two syncs, %s, are one movement when the other arrives, and nothing before',
    async (_, one, other) => {
      const store = await known();
      expect((await syncOf(store, one)).entries).toEqual([]);
      expect(posts(await syncOf(store, other, { at: NOW + 3_600_000 }))).toEqual([upgraded]);
      expect((await syncOf(store, [...one, ...other], { at: NOW + DAY })).entries).toEqual([]);
    },
  );

  it('that net to nothing are no alert', async () => {
    const same = { ...rebill, vendorAmount: 500_000, tier: '50 Users' };
    expect((await syncOf(await known(), [refund, same])).entries).toEqual([]);
  });
});

describe('what is no news', () => {
  it.each([
    ['2026-03-03', 1],
    ['2026-03-02', 0],
    ['2024-01-01', 0],
  ] as const)('a line of %s, first seen on 17 March, gives %d alerts', async (saleDate, alerts) => {
    expect(posts(await syncOf(await known(), [sale({ saleDate })]))).toHaveLength(alerts);
  });

  it('is a first import or a back-fill', async () => {
    expect((await syncOf(await known(), [sale()], { silent: true })).entries).toEqual([]);
  });

  it('is what came with a first import, whatever becomes of it', async () => {
    const store = await known();
    await syncOf(store, [sale({ vendorAmount: 90_000 })], { silent: true });
    const said = await syncOf(store, [sale({ vendorAmount: 900_000, paymentStatus: 'Open' })], {
      at: NOW + DAY,
    });
    expect(said.entries).toEqual([]);
  });

  it('is a payment: it changes what was said, and is not said by itself', async () => {
    const store = await known();
    await syncOf(store, [sale({ vendorAmount: 90_000, paymentStatus: 'Open' })]);
    const paid = sale({ vendorAmount: 90_000, paymentStatus: 'Paid' });
    expect((await syncOf(store, [paid], { at: NOW + DAY, amount: 50_000 })).entries).toEqual([]);
  });

  it('is an old line beside a new one of another day', async () => {
    const store = await known(
      [aLicense()],
      [sale({ saleDate: '2026-02-10', lineId: 'old', vendorAmount: 5_000_000 })],
    );
    expect((await syncOf(store, [sale({ vendorAmount: 50_000 })])).entries).toEqual([]);
  });
});

describe('what is no business', () => {
  it.each([
    ["Atlassian's own licence", { isAtlassian: true }, {}],
    ['a sandbox', { sandbox: 'yes' as const }, {}],
    ['a community licence', {}, { licenseType: 'COMMUNITY' }],
    ['$0', {}, { vendorAmount: 0 }],
  ])('gives no alert: %s', async (_, license, line) => {
    const store = await known([aLicense(license)]);
    expect((await syncOf(store, [sale({ vendorAmount: 900_000, ...line })])).entries).toEqual([]);
  });

  it('does not hide a licence whose sandbox is not known, nor a line whose licence has not come yet', async () => {
    expect(posts(await syncOf(await known([aLicense({ sandbox: 'unknown' })]), [sale()]))).toHaveLength(1);
    expect(posts(await syncOf(await known([]), [sale()]))).toHaveLength(1);
  });
});

describe('what an alert is about', () => {
  it('is one fact per entitlement, also within one transaction', async () => {
    const other = { appEntitlementNumber: 'E-222-BBB-BBB-22B' };
    const lines = [sale(), sale({ lineId: 'line-2', appKey: 'app-2', name: 'App 2', aliases: other })];
    expect(keysOf(await syncOf(await known(), lines)).toSorted()).toEqual([
      'alert/1/C1/large-transaction/dev-1/E-111-AAA-AAA-11A 2026-03-16',
      'alert/1/C1/large-transaction/dev-1/E-222-BBB-BBB-22B 2026-03-16',
    ]);
  });

  it('is the same for the same fact, whatever the clock and the amount are by then', async () => {
    const keys = async (vendorAmount: number, at: number) =>
      keysOf(await syncOf(await known(), [sale({ vendorAmount })], { at }));
    expect(await keys(100_000, NOW)).toEqual(await keys(7_654_321, NOW + 3 * DAY));
  });

  it('is each line of its own where lines name no subscription', async () => {
    const nameless = ['a', 'b'].map((lineId) =>
      sale({ aliases: {}, lineId, transactionId: `AT-${lineId}`, customer: { company: 'Initech' } }),
    );
    const said = await syncOf(await known(), nameless);
    expect(new Set(keysOf(said)).size).toBe(2);
    expect(JSON.stringify(said.entries)).toContain('"lookup AT-a"');
    expect(posts(said)[0]).toMatch(/^Initech: new sale, \+\$1,000 our share/);
  });

  it('comes with what is known of the customer from the licence', async () => {
    const license = aLicense({
      customer: { company: 'Unknown', mailDomain: 'acme.example' },
      host: { siteHostname: 'a.example' },
    });
    expect(posts(await syncOf(await known([license]), [sale({ customer: {} })]))[0]).toMatch(/^a\.example: /);
  });
});

describe('the threshold', () => {
  const today = '2026-03-17';

  it('is the floor for a partner without sales', async () => {
    const store = await openStore();
    const { thresholds } = await readAlertBasis(store, 'dev-1', today);
    expect(thresholds['large-transaction']).toEqual({
      amount: 100_000,
      source: 'floor',
      movements: 0,
    });
  });

  it('is taken once a day, but not from the empty store before the first import', async () => {
    const store = await openStore();
    const thresholdOf = async (day: Day) =>
      (await readAlertBasis(store, 'dev-1', day)).thresholds['large-transaction'];
    expect(await thresholdOf(today)).toMatchObject({ source: 'floor' });
    const huge = sale({ vendorAmount: 900_000 });
    await recordRows(store, { kind: 'lines', rows: [huge] }, { at: NOW, silent: true });
    expect(await thresholdOf(today)).toMatchObject({ amount: 900_000, movements: 1 });
    const larger = sale({ vendorAmount: 950_000, lastUpdated: '2026-03-17' });
    await recordRows(store, { kind: 'lines', rows: [larger] }, { at: NOW + 3_600_000 });
    expect(await thresholdOf(today)).toMatchObject({ amount: 900_000 });
    expect(await thresholdOf('2026-03-18')).toMatchObject({ amount: 950_000 });
  });

  it('is the 98th percentile of the own net sales of a year: refunds net, old ones left out', async () => {
    const lines = Array.from({ length: 100 }, (_, index) =>
      sale({
        aliases: { appEntitlementNumber: `E-${index}` },
        lineId: `line-${index}`,
        saleDate: '2025-10-01',
        lastUpdated: '2025-10-01',
        vendorAmount: (index + 1) * 10_000,
      }),
    );
    const old = sale({
      aliases: { appEntitlementNumber: 'E-old' },
      lineId: 'old',
      saleDate: '2024-10-01',
      lastUpdated: '2024-10-01',
      vendorAmount: 9e9,
    });
    const undone = sale({
      aliases: { appEntitlementNumber: 'E-99' },
      lineId: 'undone',
      saleType: 'Refund',
      saleDate: '2025-10-01',
      lastUpdated: '2025-10-01',
      vendorAmount: -999_999,
    });
    const store = await known([], [...lines, old, undone]);
    // 100 movements: $0.01 (the refunded one), then $100, $200, ... $9,900; rank 98 is $9,700.
    const { thresholds } = await readAlertBasis(store, 'dev-1', today);
    expect(thresholds['large-transaction']).toEqual({
      amount: 970_000,
      source: 'percentile',
      movements: 100,
    });
  });
});

it.each(ALERTS)('the rule $id describes itself in one sentence without a full stop', ({ summary }) => {
  expect(summary).toMatch(/^[^.]{20,120}$/);
});
