import { describe, expect, it } from 'vitest';
import { startOf } from '../../../src/domain/day.ts';
import { keysOf, posts, syncAlerts } from '../../support/alerting.ts';
import { aLicense, aLine } from '../../support/rows.ts';
import { openStore } from '../../support/store-on-disk.ts';

const HOUR = 3_600_000;
const at = (hours: number): number => startOf('2026-03-17') + hours * HOUR;

const lines = Array.from({ length: 30 }, (_, index) =>
  aLine({
    transactionId: `IN-${index}`,
    lineId: `line-${index}`,
    saleDate: '2026-01-10',
    lastUpdated: '2026-01-10',
  }),
);
const licenses = lines.map((_, index) =>
  aLicense({ aliases: { appEntitlementNumber: `E-${index}` }, host: { cloudId: `site-${index}` } }),
);

async function known() {
  const store = await openStore();
  await syncAlerts(
    store,
    at(-48),
    { licenses: { kind: 'licenses', rows: licenses }, transactions: { kind: 'lines', rows: lines } },
    { silent: true },
  );
  return store;
}

describe('known data that changes', () => {
  it('is told to the operator: a settled line that says another amount', async () => {
    const store = await known();
    const [first] = lines;
    if (!first) throw new Error('no lines');
    const said = await syncAlerts(store, at(0), {
      transactions: { kind: 'lines', rows: [{ ...first, vendorAmount: 60_000, lastUpdated: '2026-03-16' }] },
    });
    expect(said.entries).toMatchObject([{ kind: 'alert', channel: 'C9' }]);
    expect(posts(said)).toEqual([
      '1 line older than 28 days changed the amount (-$400). Nothing is lost: the store keeps what it knew.',
    ]);
    expect(keysOf(said)).toEqual(['alert/1/C9/data-problem/dev-1/2026-03-17 IN-0 line-0']);
    expect(JSON.stringify(said.entries)).toContain('$1,000 of 10 Jan 2026 (IN-0) is $600 now');
  });

  it('is not told when it is young, or when only a payment changed', async () => {
    const store = await known();
    const young = aLine({
      transactionId: 'IN-99',
      lineId: 'young',
      saleDate: '2026-03-10',
      lastUpdated: '2026-03-10',
      vendorAmount: 5000,
    });
    await syncAlerts(store, at(-24), { transactions: { kind: 'lines', rows: [young] } });
    const rows = [
      { ...young, vendorAmount: 6000, lastUpdated: '2026-03-16' },
      { ...lines[1], paymentStatus: 'Refunded', lastUpdated: '2026-03-16' },
    ] as typeof lines;
    expect((await syncAlerts(store, at(0), { transactions: { kind: 'lines', rows } })).entries).toEqual([]);
  });
});
