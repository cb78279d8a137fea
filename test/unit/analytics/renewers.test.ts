import { describe, expect, it } from 'vitest';
import { findRenewers } from '../../../src/analytics/renewers.ts';
import { withYearlyWorth } from '../../../src/analytics/renewal-worth.ts';
import { renewalsDue } from '../../../src/analytics/renewals.ts';
import type { RecordedEvent, RecordedLine } from '../../../src/domain/recorded.ts';
import { churn, license, line, refund } from './rows.ts';

/** A renewal event of E-1 on 1 January 2026, when the term of `line()` ends. */
function renewal(changes: Partial<RecordedEvent> = {}): RecordedEvent {
  return churn({ kind: 'renewal', monthsValid: 12, ...changes });
}

/** The year after `line()`, at $2.00 a day. */
function next(changes: Partial<RecordedLine> = {}): RecordedLine {
  return line({
    saleType: 'Renewal',
    saleDate: '2026-01-01',
    tier: '100 Users',
    vendorAmount: 73_000,
    maintenanceStart: '2026-01-01',
    maintenanceEnd: '2027-01-01',
    ...changes,
  });
}

function renewersOf(events: RecordedEvent[], lines: RecordedLine[]) {
  return findRenewers({ events, licenses: [license()], lines }, '2025-12-28', '2026-01-03');
}

describe('findRenewers', () => {
  it('joins a renewal to the bill of the renewed term and to the term before', () => {
    expect(renewersOf([renewal()], [line(), next()])).toMatchObject([
      {
        who: 'Acme GmbH',
        plan: 'Annual',
        value: 73_000,
        yearly: 73_000,
        yearlyBefore: 36_500,
        oldTier: '50 Users',
        newTier: '100 Users',
      },
    ]);
  });

  it('does not rely on whether the event carries the old term or the new one', () => {
    const old = renewal({ maintenanceStart: '2025-01-01', maintenanceEnd: '2026-01-01' });
    const fresh = renewal({ maintenanceStart: '2026-01-01', maintenanceEnd: '2027-01-01' });
    for (const event of [old, fresh]) expect(renewersOf([event], [line(), next()])[0]?.value).toBe(73_000);
  });

  it('takes a refund of the renewed term off, and says nothing while its bill is not there', () => {
    const partly = refund({
      ...next(),
      saleType: 'Refund',
      saleDate: '2026-01-02',
      vendorAmount: -3000,
      transactionId: 'IN-R',
      lineId: 'r',
    });
    expect(renewersOf([renewal()], [line(), next(), partly])[0]?.value).toBe(70_000);
    expect(renewersOf([renewal()], [line()])).toMatchObject([
      { value: undefined, yearly: undefined, yearlyBefore: 36_500 },
    ]);
    expect(renewersOf([renewal()], [])).toMatchObject([
      { value: undefined, yearly: undefined, yearlyBefore: undefined },
    ]);
  });

  it('does not take the running term for the renewed one', () => {
    // The event is in the middle of the only term: its bill is older than any renewal could be.
    const midYear = findRenewers(
      { events: [renewal({ eventDate: '2025-07-01' })], licenses: [], lines: [line()] },
      '2025-06-29',
      '2025-07-05',
    );
    expect(midYear[0]?.value).toBeUndefined();
  });

  it('lists each entitlement once, the largest term first and those without a bill last', () => {
    const list = renewersOf(
      [
        renewal({ entitlement: 'E-3' }),
        renewal(),
        renewal({ eventDate: '2025-12-30' }),
        renewal({ entitlement: 'E-2' }),
        renewal({ entitlement: 'E-4', eventDate: '2026-01-04' }),
        churn({ entitlement: 'E-5' }),
      ],
      [next(), next({ entitlement: 'E-2', vendorAmount: 99_900 })],
    );
    expect(list.map(({ entitlement }) => entitlement)).toEqual(['E-2', 'E-1', 'E-3']);
    expect(list[1]?.renewedOn).toBe('2026-01-01');
  });
});

describe('withYearlyWorth', () => {
  const TODAY = '2025-12-01';
  const worthOf = (lines: RecordedLine[]) => {
    const rows = { licenses: [license()], lines };
    return withYearlyWorth(renewalsDue(rows, TODAY, 60), rows).map(({ value, yearly }) => ({
      value,
      yearly,
    }));
  };

  it('is what is paid at the end of the term, although the term was cheaper on the whole', () => {
    // $365.00 for the year; from 1 October on $2.00 a day: 92 days refunded at $1.00 and billed at $2.00.
    const rest = { saleDate: '2025-10-01', bookedOn: '2025-10-01', maintenanceStart: '2025-10-01' } as const;
    const lines = [
      line(),
      refund({ ...rest, vendorAmount: -9200 }),
      line({ ...rest, saleType: 'Upgrade', vendorAmount: 18_400 }),
    ];
    // $365.00 - $92.00 + $184.00 = $457.00 for the term, but 365 x $2.00 = $730.00 a year now.
    expect(worthOf(lines)).toEqual([{ value: 45_700, yearly: 73_000 }]);
  });

  it('counts an uncollectible bill at its price', () => {
    expect(worthOf([line({ paymentStatus: 'Uncollectible' })])).toEqual([{ value: 36_500, yearly: 36_500 }]);
  });
});
