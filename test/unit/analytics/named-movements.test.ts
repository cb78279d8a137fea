import { describe, expect, it } from 'vitest';
import type { Movement } from '../../../src/analytics/movements.ts';
import { nameMovements, paidPlanOn } from '../../../src/analytics/named-movements.ts';
import { license, line, refund } from './rows.ts';

describe('paidPlanOn', () => {
  const lines = [
    line({ transactionId: 'IN-1' }),
    refund({ saleDate: '2025-07-01', bookedOn: '2025-07-01', originalTransactionId: 'IN-1' }),
    line({ saleDate: '2025-07-01', bookedOn: '2025-07-01', saleType: 'Upgrade', tier: '100 Users' }),
  ];

  it('is the plan before an upgrade until the day of it, and the new one from then on', () => {
    expect(paidPlanOn(lines, '2025-06-30')).toEqual({ tier: '50 Users', billing: 'Annual' });
    expect(paidPlanOn(lines, '2025-07-01')).toEqual({ tier: '100 Users', billing: 'Annual' });
  });

  it('is not a bill that was taken back by then', () => {
    const mistake = line({ transactionId: 'IN-9', tier: '500 Users' });
    const back = refund({ bookedOn: '2025-01-02', originalTransactionId: 'IN-9' });
    expect(paidPlanOn([line({ transactionId: 'IN-1' }), mistake, back], '2025-01-03').tier).toBe('50 Users');
  });

  it('reads an invoice dated by its due date as well', () => {
    expect(paidPlanOn([line({ saleDate: '2025-02-01', bookedOn: '2025-02-01' })], '2025-01-15').tier).toBe(
      '50 Users',
    );
  });

  it('is the last plan in the days of grace, and nothing after them or before the first term', () => {
    expect(paidPlanOn(lines, '2026-01-08').tier).toBe('100 Users');
    expect(paidPlanOn(lines, '2026-01-09')).toEqual({ tier: undefined, billing: undefined });
    expect(paidPlanOn(lines, '2024-12-31')).toEqual({ tier: undefined, billing: undefined });
  });
});

describe('nameMovements', () => {
  const movement: Movement = { entitlement: 'E-1', kind: 'churn', before: 3042, after: 0, delta: -3042 };

  it('joins each movement to what its customer is called and paid for', () => {
    const rows = { licenses: [license()], lines: [line()] };
    expect(nameMovements([movement], rows, '2025-12-31', '2026-01-10')).toMatchObject([
      { profile: { who: 'Acme GmbH' }, from: { tier: '50 Users' } },
    ]);
  });

  it('names lines that belong to no subscription by their own customer', () => {
    const invoice = line({
      entitlement: '',
      transactionId: 'IN-M',
      lineId: 'm',
      customer: { company: 'Globex' },
    });
    const named = nameMovements(
      [{ ...movement, entitlement: 'line dev-1 IN-M m' }],
      { licenses: [], lines: [invoice] },
      '2025-06-01',
      '2025-06-08',
    );
    expect(named[0]?.profile?.who).toBe('Globex');
  });
});
