import { describe, expect, it } from 'vitest';
import type { Day } from '../../../src/domain/day.ts';
import { aLicense, aLine } from '../../support/rows.ts';
import { type GivenRows, openStore, recordRows } from '../../support/store-on-disk.ts';

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

  it.each(['lines', 'events', 'feedback'] as const)(
    'has no row of %s that had vanished then, though it came back later, as often as it did',
    async (kind) => {
      const store = await openStore();
      const day: Day = '2026-03-15';
      const span = { ...MARCH, from: '2026-01-01' } as const;
      const names = Array.from({ length: 20 }, (_, index) => `stays-${index}`);
      const rows = (present: readonly string[]): GivenRows => {
        if (kind === 'lines')
          return { kind, rows: present.map((lineId) => aLine({ ...sold, lineId, transactionId: lineId })) };
        const { appKey, host, name } = aLicense();
        const common = { appKey, host, name, hosting: 'Cloud' } as const;
        const { from, to } = span;
        const aliases = present.map((one) => ({ appEntitlementNumber: `E-${one}` }));
        if (kind === 'feedback') {
          const feedbackType = 'uninstall';
          return {
            kind,
            from,
            to,
            rows: aliases.map((one) => ({ ...common, aliases: one, date: day, feedbackType })),
          };
        }
        const event = { ...common, kind: 'churn', eventDate: day, lastUpdated: day } as const;
        return { kind, event: 'churn', from, to, rows: aliases.map((one) => ({ ...event, aliases: one })) };
      };
      // There on day 0, missing in the pulls of days 1 and 2, there on day 3, missing on 4 and 5, there again on 6.
      for (const [at, isThere] of [true, false, false, true, false, false, true].entries()) {
        const given = rows(isThere ? [...names, 'goes'] : names);
        await recordRows(store, given, { at: MONDAY + at * DAY, silent: true });
      }
      const readers = {
        lines: (at?: number) => store.read.readLinesBooked(MARCH, at),
        events: (at?: number) => store.read.readEvents(span, 'churn', at),
        feedback: (at?: number) => store.read.readFeedback(span, at),
      };
      const countAt = async (at?: number) => (await readers[kind](at)).length;
      const counts: number[] = [];
      for (let at = 0; at <= 6; at += 1) counts.push(await countAt(MONDAY + at * DAY));
      expect(counts).toEqual([21, 21, 20, 21, 21, 20, 21]);
      expect(await countAt()).toBe(21);
    },
  );

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
