import { describe, expect, it } from 'vitest';
import { netMovements } from '../../../src/analytics/netting.ts';
import { isHalf, planDirection, planWorth } from '../../../src/analytics/plan-direction.ts';
import { ownThresholds, toPastMovement } from '../../../src/analytics/thresholds.ts';
import type { Day } from '../../../src/domain/day.ts';
import type { RecordedLine } from '../../../src/domain/recorded.ts';
import { line, refund } from './rows.ts';

const TODAY = '2026-01-01';

const thresholdsOf = (lines: readonly RecordedLine[], today: Day = TODAY) =>
  ownThresholds(netMovements(lines).map(toPastMovement), today);

/** One annual sale for each amount, each of a customer of its own, booked on a day. */
const sales = (amounts: readonly number[], bookedOn: Day = TODAY) =>
  amounts.map((amount, index) => line({ entitlement: `E-${index}`, vendorAmount: amount, bookedOn }));

/** $2,001 to $2,100. */
const HUNDRED = Array.from({ length: 100 }, (_, index) => (2001 + index) * 100);

describe('own thresholds', () => {
  it('of large transactions are the 98th percentile of the positive movements, by nearest rank', () => {
    expect(
      thresholdsOf([
        ...sales(HUNDRED),
        refund({
          entitlement: 'E-0',
          vendorAmount: -900_000,
          saleDate: '2025-12-01',
          bookedOn: '2025-12-01',
        }),
      ])['large-transaction'],
    ).toEqual({
      amount: 209_800,
      source: 'percentile',
      movements: 100,
    });
  });

  it('are at least $1,000', () => {
    expect(thresholdsOf(sales([5_000, 99_999]))['large-transaction']).toEqual({
      amount: 100_000,
      source: 'floor',
      movements: 2,
    });
    for (const { amount, source } of Object.values(thresholdsOf([])))
      expect([amount, source]).toEqual([100_000, 'floor']);
  });

  it('forget what is older than a year, and what is booked later', () => {
    const old = sales([900_000_000], '2024-12-31');
    const later = sales([900_000_000], '2026-01-02');
    expect(thresholdsOf(old)['large-transaction'].movements).toBe(0);
    expect(thresholdsOf(later)['large-transaction'].movements).toBe(0);
    expect(thresholdsOf(sales([900_000], '2025-01-02'))['large-transaction'].movements).toBe(1);
  });

  it('of leaving customers are the 90th percentile of what a customer pays a year, each counted once', () => {
    const monthly = Array.from({ length: 11 }, (_, month) =>
      line({
        entitlement: 'E-0',
        saleDate: `2025-${String(month + 1).padStart(2, '0')}-01` as Day,
        maintenanceStart: `2025-${String(month + 1).padStart(2, '0')}-01` as Day,
        maintenanceEnd: `2025-${String(month + 2).padStart(2, '0')}-01` as Day,
        saleType: 'Renewal',
        vendorAmount: 100_000,
      }),
    );
    const { amount, movements } = thresholdsOf([...monthly, ...sales(HUNDRED).slice(1)])['customer-leaving'];
    // 99 of $2,002 to $2,100 and one of $13,036 (28 days of February): rank 90 of 100 is $2,091.
    expect([amount, movements]).toEqual([209_100, 100]);
  });

  it('of refunds count those without a new bill', () => {
    const alone = (index: number) => refund({ entitlement: `E-${index}`, vendorAmount: -700_000 });
    const paired = (index: number) => [
      refund({ entitlement: `P-${index}`, tier: '50 Users', vendorAmount: -900_000 }),
      line({
        entitlement: `P-${index}`,
        saleType: 'Upgrade',
        tier: '100 Users',
        vendorAmount: 1_900_000,
      }),
    ];
    const ten = Array.from({ length: 10 }, (_, index) => [alone(index), ...paired(index)]).flat();
    const found = thresholdsOf(ten, '2025-06-01');
    expect(found.refund).toEqual({ amount: 700_000, source: 'percentile', movements: 10 });
    expect(found.upgrade).toEqual({ amount: 1_000_000, source: 'percentile', movements: 10 });
  });

  it('of fewer than ten amounts are the floor, but for large transactions', () => {
    const nine = Array.from({ length: 9 }, (_, index) =>
      refund({ entitlement: `E-${index}`, vendorAmount: -700_000 }),
    );
    expect(thresholdsOf(nine, '2025-06-01').refund).toMatchObject({ amount: 100_000, source: 'floor' });
    const sold = thresholdsOf(sales([900_000], '2025-06-01'), '2025-06-01');
    expect(sold['large-transaction']).toMatchObject({ amount: 900_000, source: 'percentile' });
    expect(sold['payment-problem']).toMatchObject({ amount: 100_000, source: 'floor' });
  });
});

describe('a change of plan', () => {
  const only = (lines: readonly RecordedLine[]) => {
    const [movement, ...rest] = netMovements(lines);
    if (!movement || rest.length > 0) throw new Error('not one movement');
    return movement;
  };
  const toAnnual = only([
    line({ saleType: 'Upgrade', billingPeriod: 'Annual', oldBillingPeriod: 'Monthly', oldTier: '50 Users' }),
  ]);
  const toMonthly = only([
    refund({ billingPeriod: 'Annual' }),
    line({
      saleType: 'Upgrade',
      billingPeriod: 'Monthly',
      maintenanceEnd: '2025-02-01',
      vendorAmount: 3_100,
    }),
  ]);

  it('to annual billing is up and to monthly down, whatever it brings at once', () => {
    expect([toAnnual.kind, planDirection(toAnnual)]).toEqual(['plan-switch', 'up']);
    expect([toMonthly.kind, planDirection(toMonthly)]).toEqual(['plan-switch', 'down']);
    expect(planDirection(only([line()]))).toBeUndefined();
  });

  it('is worth the new plan a year where billing changes, and otherwise the change a year', () => {
    expect(planWorth(toAnnual)).toBe(36_500);
    expect(planWorth(toMonthly)).toBe(36_500);
    const upgrade = only([
      refund({ tier: '50 Users' }),
      line({ saleType: 'Upgrade', tier: '100 Users', vendorAmount: 73_000 }),
    ]);
    expect(planWorth(upgrade)).toBe(36_500);
    const windowless = only([
      line({ saleType: 'Downgrade', vendorAmount: -500, maintenanceStart: undefined as never }),
    ]);
    expect(planWorth(windowless)).toBe(500);
  });

  it.each([
    ['a refund alone', [refund()], true],
    [
      'the whole term of a changed plan',
      [line({ saleType: 'Upgrade', saleDate: '2025-03-01', oldTier: '10 Users' })],
      true,
    ],
    ['what is added from the day of sale on', [line({ saleType: 'Upgrade', oldTier: '10 Users' })], false],
    ['a renewal of a term that began before', [line({ saleType: 'Renewal', saleDate: '2025-03-01' })], false],
    [
      'refund and bill',
      [
        refund({ saleDate: '2025-03-01' }),
        line({ saleType: 'Upgrade', saleDate: '2025-03-01', tier: '90 Users' }),
      ],
      false,
    ],
  ])('%s: half of it is still to come: %s', (_, lines, expected) => {
    expect(isHalf(only(lines))).toBe(expected);
  });
});
