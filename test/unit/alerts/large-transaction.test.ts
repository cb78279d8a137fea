import { describe, expect, it } from 'vitest';
import type { AlertContext } from '../../../src/alerts/alert.ts';
import { announceAlerts } from '../../../src/alerts/announce-alerts.ts';
import { largeTransaction } from '../../../src/alerts/large-transaction.ts';
import { readLargeThreshold } from '../../../src/alerts/large-threshold.ts';
import { dayOf } from '../../../src/domain/day.ts';
import type { License } from '../../../src/domain/license.ts';
import type { TransactionLine } from '../../../src/domain/transaction-line.ts';
import type { OutboxEntry } from '../../../src/store/outbox.ts';
import type { RecordedNews } from '../../../src/store/record-sync.ts';
import type { Store } from '../../../src/store/store.ts';
import { aLicense, aLine } from '../../support/rows.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-17T09:00:00Z');
const THRESHOLD: AlertContext['threshold'] = { amount: 100_000, source: 'floor', movements: 0 };

function contextAt(at: number, amount = THRESHOLD.amount): AlertContext {
  return { now: at, today: dayOf(at), threshold: { ...THRESHOLD, amount } };
}

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

/** What one sync would announce; what was recorded before stays known. */
async function syncOf(
  store: Store,
  rows: readonly TransactionLine[],
  { at = NOW, amount = THRESHOLD.amount, silent = false } = {},
): Promise<OutboxEntry[]> {
  let entries: OutboxEntry[] = [];
  const announce = (news: RecordedNews) => {
    entries = announceAlerts(news, contextAt(at, amount), 'C1');
    return entries;
  };
  await recordRows(store, { kind: 'lines', rows }, { at, mode: 'incremental', silent, announce });
  return entries;
}

async function known(licenses: readonly License[] = [aLicense()], lines: readonly TransactionLine[] = []) {
  const store = await openStore();
  await recordRows(store, { kind: 'licenses', rows: licenses }, { at: NOW - 30 * DAY });
  if (lines.length > 0)
    await recordRows(store, { kind: 'lines', rows: lines }, { at: NOW - 30 * DAY, silent: true });
  return store;
}

const textOf = (entries: readonly OutboxEntry[]) => entries.map((entry) => entry.message.text);

describe('a net movement', () => {
  it.each([
    ['below', 99_999, 0],
    ['exactly at', 100_000, 1],
    ['above', 100_001, 1],
  ])('%s the threshold gives that many alerts: %d cents, %d', async (_, vendorAmount, alerts) => {
    expect(await syncOf(await known(), [sale({ vendorAmount })])).toHaveLength(alerts);
  });

  it('is judged by our share, not by what the customer pays', async () => {
    expect(await syncOf(await known(), [sale({ vendorAmount: 99_999, purchasePrice: 900_000 })])).toEqual([]);
  });

  it('is judged by a fixed threshold where there is one, and says so', async () => {
    const store = await known();
    const threshold = await readLargeThreshold(store, 'dev-1', '2026-03-17', 250_000);
    expect(threshold).toMatchObject({ amount: 250_000, source: 'fixed' });
    expect(await syncOf(store, [sale({ vendorAmount: 249_999 })], { amount: 250_000 })).toEqual([]);
    expect(
      await syncOf(store, [sale({ vendorAmount: 1, lineId: 'one-more' })], { amount: 250_000 }),
    ).toHaveLength(1);
  });

  it('of several lines of one day is one: together they reach what each does not', async () => {
    const lines = ['a', 'b', 'c'].map((lineId) => sale({ lineId, vendorAmount: 40_000 }));
    const entries = await syncOf(await known(), lines);
    expect(textOf(entries)).toEqual(['Acme GmbH: new sale, +$1,200 our share']);
  });
});

describe('a refund and its new bill on one day', () => {
  it.each([
    ['refund first', [refund, rebill]],
    ['bill first', [rebill, refund]],
  ])('in one sync are one movement: %s', async (_, lines) => {
    const entries = await syncOf(await known(), lines);
    expect(textOf(entries)).toEqual([
      'Acme GmbH: upgrade, +$6,200 our share (refund -$5,000 and new bill +$11.2k, netted)',
    ]);
  });

  it('in two syncs, the refund first, are one movement when the bill arrives, and nothing before', async () => {
    const store = await known();
    expect(await syncOf(store, [refund])).toEqual([]);
    expect(textOf(await syncOf(store, [rebill], { at: NOW + DAY }))).toEqual([
      'Acme GmbH: upgrade, +$6,200 our share (refund -$5,000 and new bill +$11.2k, netted)',
    ]);
  });

  it('in two syncs, the bill first, are said once, under one key', async () => {
    const store = await known();
    const [first] = await syncOf(store, [rebill]);
    const again = await syncOf(store, [refund], { at: NOW + DAY });
    expect(again.map(({ key }) => key)).toEqual([first?.key]);
    expect((await store.outbox.readCounts()).pending).toBe(1);
  });

  it('that net to nothing are no alert, nor is a refund alone', async () => {
    const store = await known();
    const same = { ...rebill, vendorAmount: 500_000, tier: '50 Users' };
    expect(await syncOf(store, [refund, same])).toEqual([]);
    expect(await syncOf(await known(), [refund])).toEqual([]);
  });
});

describe('what is no news', () => {
  it.each([
    ['2026-03-03', 1],
    ['2026-03-02', 0],
    ['2024-01-01', 0],
  ] as const)('a line of %s, first seen on 17 March, gives %d alerts', async (saleDate, alerts) => {
    expect(await syncOf(await known(), [sale({ saleDate })])).toHaveLength(alerts);
  });

  it('is a first import or a back-fill', async () => {
    expect(await syncOf(await known(), [sale()], { silent: true })).toEqual([]);
  });

  it('is a line that was known, even when it changed', async () => {
    const store = await known();
    await syncOf(store, [sale({ paymentStatus: 'Open' })]);
    expect(await syncOf(store, [sale({ paymentStatus: 'Paid' })], { at: NOW + DAY })).toEqual([]);
  });

  it('is an old line beside a new one of another day', async () => {
    const store = await known(
      [aLicense()],
      [sale({ saleDate: '2026-02-10', lineId: 'old', vendorAmount: 5_000_000 })],
    );
    const entries = await syncOf(store, [sale({ vendorAmount: 50_000 })]);
    expect(entries).toEqual([]);
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
    expect(await syncOf(store, [sale({ vendorAmount: 900_000, ...line })])).toEqual([]);
  });

  it('does not hide a licence whose sandbox is not known, nor a line whose licence has not come yet', async () => {
    expect(await syncOf(await known([aLicense({ sandbox: 'unknown' })]), [sale()])).toHaveLength(1);
    expect(await syncOf(await known([]), [sale()])).toHaveLength(1);
  });
});

describe('what an alert is about', () => {
  it('is one fact per entitlement, also within one transaction', async () => {
    const other = { appEntitlementNumber: 'E-222-BBB-BBB-22B' };
    const lines = [sale(), sale({ lineId: 'line-2', appKey: 'app-2', name: 'App 2', aliases: other })];
    const entries = await syncOf(await known(), lines);
    expect(entries.map(({ key }) => key).toSorted()).toEqual([
      'alert/1/C1/large-transaction/dev-1/E-111-AAA-AAA-11A 2026-03-16',
      'alert/1/C1/large-transaction/dev-1/E-222-BBB-BBB-22B 2026-03-16',
    ]);
  });

  it('is the same for the same fact, whatever the clock and the amount are by then', async () => {
    const keys = async (vendorAmount: number, at: number) =>
      (await syncOf(await known(), [sale({ vendorAmount })], { at })).map(({ key }) => key);
    expect(await keys(100_000, NOW)).toEqual(await keys(7_654_321, NOW + 3 * DAY));
  });

  it('is each line of its own where lines name no subscription', async () => {
    const nameless = ['a', 'b'].map((lineId) =>
      sale({ aliases: {}, lineId, transactionId: `AT-${lineId}`, customer: { company: 'Initech' } }),
    );
    const entries = await syncOf(await known(), nameless);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(2);
    expect(JSON.stringify(entries)).toContain('"lookup AT-a"');
    expect(textOf(entries)[0]).toMatch(/^Initech: new sale, \+\$1,000 our share/);
  });

  it('comes with what is known of the customer from the licence', async () => {
    const license = aLicense({
      customer: { company: 'Unknown', mailDomain: 'acme.example' },
      host: { siteHostname: 'a.example' },
    });
    const [entry] = await syncOf(await known([license]), [sale({ customer: {} })]);
    expect(entry?.message.text).toMatch(/^a\.example: /);
  });
});

describe('many alerts at once', () => {
  function sales(count: number): TransactionLine[] {
    return Array.from({ length: count }, (_, index) =>
      sale({
        aliases: { appEntitlementNumber: `E-${index}` },
        lineId: `line-${index}`,
        customer: { company: `Customer ${index}` },
        vendorAmount: 100_000 + index * 1000,
      }),
    );
  }

  it('are ten messages where they are ten', async () => {
    const entries = await syncOf(await known(), sales(10));
    expect(entries).toHaveLength(10);
    expect(entries.some(({ silent }) => silent)).toBe(false);
  });

  it('are one summary from eleven on, largest first, and count as said one by one', async () => {
    const store = await known();
    const entries = await syncOf(store, sales(11));
    const [summary, ...facts] = entries;
    expect(summary?.message.text).toBe('11 large transactions arrived together, +$11.6k net (our share).');
    expect(JSON.stringify(summary?.message.blocks)).toMatch(
      /• Customer 10: new sale, \+\$1,100\\n• Customer 9: /,
    );
    expect(facts).toHaveLength(11);
    expect(facts.every(({ silent }) => silent)).toBe(true);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(12);
    expect(await store.outbox.readCounts()).toMatchObject({ pending: 1, baseline: 11 });
  });

  it('under one summary name 25 and count the rest, and add up to all of them', async () => {
    const [summary] = await syncOf(await known(), sales(40));
    expect(summary?.message.text).toContain('40 large transactions arrived together, +$47.8k net');
    expect(JSON.stringify(summary)).toContain('and 15 more');
  });
});

describe('the threshold', () => {
  const today = '2026-03-17';

  it('is the floor for a partner without sales', async () => {
    const store = await openStore();
    expect(await readLargeThreshold(store, 'dev-1', today, undefined)).toEqual({
      amount: 100_000,
      source: 'floor',
      movements: 0,
    });
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
    expect(await readLargeThreshold(store, 'dev-1', today, undefined)).toEqual({
      amount: 970_000,
      source: 'percentile',
      movements: 100,
    });
  });
});

it('the rule describes itself in one sentence without a full stop', () => {
  expect(largeTransaction.summary).toMatch(/^[^.]{20,120}$/);
});
