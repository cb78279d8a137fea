import { describe, expect, it } from 'vitest';
import { addDays, type Day, startOf } from '../../../src/domain/day.ts';
import type { TransactionLine } from '../../../src/domain/transaction-line.ts';
import type { LicenseEvent } from '../../../src/domain/license-event.ts';
import type { Store } from '../../../src/store/store.ts';
import { keysOf, notes, posts, syncAlerts } from '../../support/alerting.ts';
import { aLicense, aLine } from '../../support/rows.ts';
import { databasePath, openStore } from '../../support/store-on-disk.ts';
import { createRandom } from '../analytics/rows.ts';

const EVENTS = { kind: 'events', event: 'churn', from: '2025-01-01', to: '2026-12-31' } as const;
const HOUR = 3_600_000;
const START: Day = '2026-03-02';
const at = (hours: number): number => startOf(START) + hours * HOUR;

const number = (index: number): string => `E-${String(index).padStart(3, '0')}-AAA-AAA-AAA`;

function lineOf(index: number, changes: Partial<TransactionLine> = {}): TransactionLine {
  const day = changes.saleDate ?? START;
  return aLine({
    aliases: { appEntitlementNumber: number(index) },
    transactionId: `IN-${index}`,
    lineId: 'line',
    saleDate: day,
    lastUpdated: day,
    maintenanceStart: day,
    maintenanceEnd: addDays(day, 365),
    customer: { company: `Customer ${index}` },
    ...changes,
  });
}

const lines = (rows: readonly TransactionLine[]) => ({ transactions: { kind: 'lines' as const, rows } });

async function imported(rows: readonly TransactionLine[] = []): Promise<Store> {
  const store = await openStore();
  await syncAlerts(store, at(0), lines(rows), { silent: true });
  return store;
}

/** A large sale, or refund and bill of a change, each line with the hour from which on the API gives it. */
function factOf(index: number, random: ReturnType<typeof createRandom>) {
  const saleDate = addDays(START, random.whole(1, 3));
  const hours = () => 24 + random.whole(0, 60);
  if (random.whole(0, 1) === 0)
    return [{ hour: hours(), line: lineOf(index, { saleDate, vendorAmount: 300_000 }) }];
  const window = { maintenanceStart: addDays(saleDate, -90), maintenanceEnd: addDays(saleDate, 275) };
  const refund = lineOf(index, {
    saleDate,
    ...window,
    lineId: 'refund',
    saleType: 'Refund',
    vendorAmount: -200_000,
  });
  const bill = lineOf(index, {
    saleDate,
    ...window,
    lineId: 'bill',
    saleType: 'Upgrade',
    tier: '100 Users',
    vendorAmount: 350_000,
  });
  return [
    { hour: hours(), line: refund },
    { hour: hours(), line: bill },
  ];
}

it('forty histories in a real store have one message per fact, also over restarts', async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const random = createRandom(seed);
    const facts = [1, 2, 3].map((index) => factOf(index, random));
    const path = await databasePath();
    let store = await openStore(path);
    await syncAlerts(store, at(0), lines([]), { silent: true });
    const said: string[] = [];
    for (let hour = 20; hour <= 120; hour += random.whole(1, 25)) {
      if (random.whole(0, 3) === 0) {
        await store.close();
        store = await openStore(path);
      }
      const visible = facts.flat().filter((one) => one.hour <= hour);
      const rows = random.shuffle(visible.map(({ line }) => line));
      said.push(...keysOf(await syncAlerts(store, at(hour), lines(rows))));
    }
    const byFact = [1, 2, 3].map((index) => said.filter((key) => key.includes(number(index))).length);
    expect(byFact, `seed ${seed}`).toEqual([1, 1, 1]);
    await store.close();
  }
}, 120_000);

describe('silence', () => {
  const many = Array.from({ length: 30 }, (_, index) => lineOf(index, { vendorAmount: 900_000 }));

  it('on the first import, and about what it brought afterwards', async () => {
    const store = await openStore();
    expect((await syncAlerts(store, at(0), lines(many), { silent: true })).entries).toEqual([]);
    expect((await syncAlerts(store, at(1), lines(many))).entries).toEqual([]);
    const restated = many.map((line) => ({
      ...line,
      vendorAmount: 1_900_000,
      lastUpdated: '2026-03-03' as const,
    }));
    expect((await syncAlerts(store, at(24), lines(restated))).entries).toEqual([]);
  });

  it('on a back-fill, while what is new is told', async () => {
    const store = await imported();
    const back = many.map((line) => ({ ...line, lineId: 'back-filled' }));
    expect((await syncAlerts(store, at(24), lines(back), { silent: true })).entries).toEqual([]);
    const fresh = lineOf(99, { saleDate: addDays(START, 1), vendorAmount: 900_000 });
    expect(posts(await syncAlerts(store, at(25), lines([...back, fresh])))).toHaveLength(1);
  });

  it('about a store that was lost: the first import of the new one says nothing old', async () => {
    const lost = await imported();
    await syncAlerts(lost, at(24), lines(many.slice(0, 3)));
    const store = await openStore();
    expect((await syncAlerts(store, at(48), lines(many), { silent: true })).entries).toEqual([]);
    expect((await syncAlerts(store, at(49), lines(many))).entries).toEqual([]);
  });

  it('about a store restored from a backup: what it told is known, the rest is one message', async () => {
    const store = await imported();
    const [told, ...rest] = many.slice(0, 4);
    if (!told) throw new Error('no lines');
    await syncAlerts(store, at(24), lines([told]));
    // Two days of syncs are lost with the disk; the backup knows of the first alert.
    const said = await syncAlerts(store, at(72), lines([told, ...rest]), { options: { awaySince: at(24) } });
    expect(posts(said)).toEqual([
      'While I was away, since Tue 3 Mar 00:00 UTC: 3 large transactions, +$27.0k net (our share).',
    ]);
  });

  it('about what is late: it stands in the digest', async () => {
    const store = await imported();
    const late = lineOf(50, { saleDate: '2026-02-01', vendorAmount: 900_000 });
    expect((await syncAlerts(store, at(24), lines([late]))).entries).toEqual([]);
  });
});

it('an entitlement that gets another name keeps what was said of it', async () => {
  const store = await imported();
  const unnamed = lineOf(1, { aliases: { appEntitlementId: 'id-1' }, vendorAmount: 300_000 });
  expect(posts(await syncAlerts(store, at(24), lines([unnamed])))).toHaveLength(1);
  const named = {
    ...unnamed,
    aliases: { appEntitlementId: 'id-1', appEntitlementNumber: number(1) },
    paymentStatus: 'Open',
    lastUpdated: '2026-03-03' as const,
  };
  const said = await syncAlerts(store, at(25), lines([named]));
  expect(posts(said)).toEqual([]);
  expect(notes(said)).toEqual([expect.stringContaining('Payment: Paid, now Open')]);
});

it('a churn event and a licence that ends in one sync are one message with what was said before', async () => {
  const store = await openStore();
  const term = { maintenanceStart: '2025-03-03', maintenanceEnd: '2026-03-03' } as const;
  const license = aLicense({ ...term, aliases: { appEntitlementNumber: number(1) } });
  const paid = lineOf(1, { ...term, saleDate: '2025-03-03', vendorAmount: 400_000 });
  await syncAlerts(
    store,
    at(0),
    { licenses: { kind: 'licenses', rows: [license] }, ...lines([paid]) },
    { silent: true },
  );
  await syncAlerts(store, at(1), { 'churn-events': { ...EVENTS, rows: [] } }, { silent: true });
  const { aliases, appKey, host, hosting, name } = license;
  const event: LicenseEvent = {
    kind: 'churn',
    appKey,
    name,
    aliases,
    host,
    hosting,
    eventDate: '2026-03-03',
    lastUpdated: '2026-03-04',
  };
  const ended = { ...license, status: 'inactive' as const, lastUpdated: '2026-03-04' as const };
  const said = await syncAlerts(store, at(48), {
    licenses: { kind: 'licenses', rows: [ended] },
    'churn-events': { ...EVENTS, rows: [event] },
  });
  expect(posts(said)).toEqual([
    'Acme GmbH left on 3 Mar 2026: -$4,000 a year our share, after 12 months with us',
  ]);
});
