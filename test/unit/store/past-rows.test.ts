import { describe, expect, it } from 'vitest';
import { aLicense, aLine } from '../../support/rows.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';

const DAY = 86_400_000;
const MONDAY = Date.parse('2026-03-16T06:00:00Z');
const MARCH = { developerId: 'dev-1', appKey: null, from: '2026-03-01', to: '2026-03-31' } as const;
const sold = { saleDate: '2026-03-15', lastUpdated: '2026-03-15' } as const;

describe('what was known at a past instant', () => {
  it('is a line with its amount and status of then, however often they changed since', async () => {
    const store = await openStore();
    const versions = [
      aLine({ ...sold, vendorAmount: 100_000, paymentStatus: 'Open' }),
      aLine({ ...sold, vendorAmount: 90_000, paymentStatus: 'Open' }),
      aLine({ ...sold, vendorAmount: 80_000, paymentStatus: 'Paid' }),
    ];
    for (const [day, row] of versions.entries()) {
      await recordRows(store, { kind: 'lines', rows: [row] }, { at: MONDAY + day * DAY });
    }
    const knownAfter = async (days: number) => {
      const lines = await store.read.readLinesBooked(MARCH, MONDAY + days * DAY);
      return lines.map(({ paymentStatus, vendorAmount }) => [vendorAmount, paymentStatus]);
    };
    expect(await knownAfter(-1)).toEqual([]);
    expect(await knownAfter(0)).toEqual([[100_000, 'Open']]);
    expect(await knownAfter(1.5)).toEqual([[90_000, 'Open']]);
    expect(await knownAfter(2)).toEqual([[80_000, 'Paid']]);
    expect(await store.read.readLinesBooked(MARCH)).toMatchObject([
      { vendorAmount: 80_000, bookedOn: '2026-03-15' },
    ]);
  });

  it('has a line that vanished later, and not one that vanished before', async () => {
    const store = await openStore();
    const stays = Array.from({ length: 20 }, (_, index) =>
      aLine({ lineId: `stays-${index}`, saleDate: '2026-01-10' }),
    );
    const goes = aLine({ ...sold, lineId: 'goes' });
    await recordRows(store, { kind: 'lines', rows: [...stays, goes] }, { at: MONDAY, silent: true });
    for (const day of [1, 2])
      await recordRows(store, { kind: 'lines', rows: stays }, { at: MONDAY + day * DAY });
    expect(await store.read.readLinesBooked(MARCH)).toEqual([]);
    expect(await store.read.readLinesBooked(MARCH, MONDAY + DAY)).toMatchObject([{ lineId: 'goes' }]);
    expect(await store.read.readLinesBooked(MARCH, MONDAY + 2 * DAY)).toEqual([]);
  });

  it('is a licence before its site was known to be a sandbox', async () => {
    const store = await openStore();
    await recordRows(store, { kind: 'licenses', rows: [aLicense({ sandbox: 'unknown' })] }, { at: MONDAY });
    await recordRows(
      store,
      { kind: 'licenses', rows: [aLicense({ sandbox: 'yes' })] },
      { at: MONDAY + 2 * DAY },
    );
    const entitlements = ['E-111-AAA-AAA-11A'];
    expect(await store.read.readLicensesOf('dev-1', entitlements, MONDAY)).toMatchObject([
      { sandbox: 'unknown' },
    ]);
    expect(await store.read.readLicensesOf('dev-1', entitlements)).toMatchObject([{ sandbox: 'yes' }]);
    expect(await store.read.readLicensesOf('dev-2', entitlements, MONDAY)).toEqual([]);
  });
});

describe('licences by the end of their maintenance', () => {
  it('are those that end in the span, both days included', async () => {
    const store = await openStore();
    const ends = ['2026-04-30', '2026-05-01', '2026-05-31', '2026-06-01'] as const;
    const rows = ends.map((maintenanceEnd, index) =>
      aLicense({ aliases: { appEntitlementNumber: `E-${index}` }, maintenanceEnd }),
    );
    await recordRows(store, { kind: 'licenses', rows }, { at: MONDAY });
    const found = await store.read.readLicensesEnding({ ...MARCH, from: '2026-05-01', to: '2026-05-31' });
    expect(new Set(found.map(({ maintenanceEnd }) => maintenanceEnd))).toEqual(
      new Set(['2026-05-01', '2026-05-31']),
    );
  });
});
