import { describe, expect, it } from 'vitest';
import { lateRenewals, type RenewalSources, renewalsDue } from '../../../src/analytics/renewals.ts';
import { addDays, type Day } from '../../../src/domain/day.ts';
import type { RecordedLicense, RecordedLine } from '../../../src/domain/recorded.ts';
import { churn, feedback, license, line } from './rows.ts';

/** `license()` and `line()` end on 2026-01-01. */
const BEFORE: Day = '2025-12-01'; // 31 days to go
const AFTER: Day = '2026-01-11'; // 10 days late

function sources(
  changes: Partial<RecordedLicense> = {},
  lines: RecordedLine[] = [line()],
  more: Partial<RenewalSources> = {},
): RenewalSources {
  return { licenses: [license(changes)], lines, ...more };
}

describe('renewalsDue', () => {
  it('tells when it is due and what the last term was worth', () => {
    const lines = [
      line({ maintenanceEnd: '2025-01-01' }),
      line({ vendorAmount: 30_000 }),
      line({ vendorAmount: 500 }),
    ];
    expect(renewalsDue(sources({}, lines), BEFORE, 60)).toMatchObject([
      {
        entitlement: 'E-1',
        who: 'Acme GmbH',
        due: '2026-01-01',
        days: 31,
        plan: 'Annual',
        value: 30_500,
        concerns: [],
      },
    ]);
  });

  it('looks from today to the last day, both included', () => {
    const found = (today: Day, days: number) => renewalsDue(sources(), today, days).length;
    expect([found(BEFORE, 30), found(BEFORE, 31)]).toEqual([0, 1]);
    expect([found('2026-01-01', 30), found('2026-01-02', 30)]).toEqual([1, 0]);
  });

  it('takes annual plans unless asked for monthly ones', () => {
    const monthly = sources({}, [line({ billingPeriod: 'Monthly' })]);
    expect(renewalsDue(monthly, BEFORE, 60)).toEqual([]);
    expect(renewalsDue(monthly, BEFORE, 60, ['Monthly', 'Annual'])).toHaveLength(1);
  });

  it('leaves out what is inactive, not counted, without revenue or billed again', () => {
    const none = [
      sources({ status: 'inactive' }),
      sources({ isAtlassian: true }),
      sources({ sandbox: 'yes' }),
      sources({ licenseType: 'COMMUNITY' }),
      sources({}, [line({ vendorAmount: 0 })]),
      sources({}, []),
      sources({}, [line(), line({ maintenanceStart: '2026-01-01', maintenanceEnd: '2027-01-01' })]),
    ];
    for (const one of none) expect(renewalsDue(one, BEFORE, 60)).toEqual([]);
  });

  it('reads the current licence of an entitlement with several', () => {
    const old = license({ maintenanceEnd: '2025-12-15' });
    const current = license({ maintenanceEnd: '2026-05-01' });
    expect(renewalsDue({ licenses: [old, current], lines: [line()] }, BEFORE, 60)).toEqual([]);
  });

  it('names every reason to look', () => {
    const concerns = (one: RenewalSources) => renewalsDue(one, BEFORE, 60)[0]?.concerns;
    const partner = { name: 'Reseller' };
    expect(concerns(sources({ status: 'cancelled' }))).toEqual(['cancelled']);
    expect(concerns(sources({ partner }))).toEqual(['partner']);
    expect(concerns(sources({}, [line({ partner })]))).toEqual(['partner']);
    expect(concerns(sources({}, [line({ paymentStatus: 'Open' })]))).toEqual(['open']);
    expect(concerns(sources({}, [line({ paymentStatus: 'Uncollectible' })]))).toEqual(['uncollectible']);
    const smaller = [line({ maintenanceEnd: '2025-01-01', tier: '100 Users' }), line({ tier: '50 Users' })];
    expect(concerns(sources({}, smaller))).toEqual(['tier fell']);
    expect(concerns(sources({}, [line()], { feedback: [feedback({ date: '2024-12-01' })] }))).toEqual([
      'feedback',
    ]);
    expect(concerns(sources({}, [line()], { feedback: [feedback({ date: '2024-11-30' })] }))).toEqual([]);
    expect(concerns(sources({}, [line()], { feedback: [feedback({ date: BEFORE })] }))).toEqual(['feedback']);
    expect(concerns(sources({}, [line({ partner }), line()]))).toEqual(['partner']);
    const paidLate = [line({ maintenanceEnd: '2025-01-01', paymentStatus: 'Open' }), line()];
    expect(concerns(sources({}, paidLate))).toEqual([]);
  });

  it('ranks by the value of the last term and is not changed by others', () => {
    const licenses = ['E-1', 'E-2', 'E-3'].map((entitlement) => license({ entitlement }));
    const lines = [
      line(),
      line({ entitlement: 'E-2', vendorAmount: 90_000 }),
      line({ entitlement: 'E-3', vendorAmount: 40_000 }),
    ];
    const expected = renewalsDue({ licenses, lines }, BEFORE, 60);
    expect(expected.map(({ entitlement }) => entitlement)).toEqual(['E-2', 'E-3', 'E-1']);
    const other = {
      licenses: [license({ entitlement: 'E-9', maintenanceEnd: '2027-01-01' })],
      lines: [line({ entitlement: 'E-9' })],
    };
    const more = {
      licenses: [...other.licenses, ...licenses.toReversed()],
      lines: [...other.lines, ...lines.toReversed()],
    };
    expect(renewalsDue(more, BEFORE, 60)).toEqual(expected);
  });
});

describe('lateRenewals', () => {
  it('lists active paid licences whose term ended up to 30 days ago', () => {
    expect(lateRenewals(sources(), AFTER)).toMatchObject([{ entitlement: 'E-1', days: -10, value: 36_500 }]);
    const found = (today: Day) => lateRenewals(sources(), today).length;
    expect([found('2026-01-01'), found('2026-01-02'), found('2026-01-31'), found('2026-02-01')]).toEqual([
      0, 1, 1, 0,
    ]);
  });

  it('includes monthly plans', () => {
    expect(lateRenewals(sources({}, [line({ billingPeriod: 'Monthly' })]), AFTER)).toHaveLength(1);
  });

  it('leaves out who renewed, cancelled, is inactive or is known to have left', () => {
    const renewed = line({
      maintenanceStart: '2026-01-01',
      maintenanceEnd: '2026-02-01',
      billingPeriod: 'Monthly',
    });
    const none = [
      sources({ status: 'inactive' }),
      sources({ status: 'cancelled' }),
      sources({}, [line(), renewed]),
      sources({}, [line({ vendorAmount: 0 })]),
      sources({}, [line()], { events: [churn()] }),
      sources({}, [line()], { events: [churn({ eventDate: '2025-12-20' })] }),
    ];
    for (const one of none) expect(lateRenewals(one, AFTER)).toEqual([]);
  });

  it('does not take another event or an earlier loss for this one', () => {
    const events = [
      churn({ kind: 'conversion' }),
      churn({ entitlement: 'E-2' }),
      churn({ eventDate: addDays('2026-01-01', -31) }),
    ];
    expect(lateRenewals(sources({}, [line()], { events }), AFTER)).toHaveLength(1);
  });
});
