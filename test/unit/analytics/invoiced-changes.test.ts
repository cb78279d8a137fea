import { describe, expect, it } from 'vitest';
import { invoicedChanges, paymentChanges } from '../../../src/analytics/invoiced-changes.ts';
import { line } from './rows.ts';

const WEEKS = ['2025-03-02', '2025-03-09'] as const;
const MONDAY = { saleDate: '2025-03-10', bookedOn: '2025-03-10' } as const;

describe('invoicedChanges', () => {
  const stays = line({ ...MONDAY, vendorAmount: 100_000 });
  const before = line({
    ...MONDAY,
    entitlement: 'E-2',
    transactionId: 'IN-B',
    lineId: 'b',
    vendorAmount: 50_000,
  });

  it('names what changed, appeared and vanished, and adds up to the cent', () => {
    const changed = { ...before, vendorAmount: 45_000 };
    const appeared = line({ ...MONDAY, entitlement: 'E-3', vendorAmount: 1000 });
    const gone = line({ ...MONDAY, entitlement: 'E-4', vendorAmount: 7000 });
    // 100,000 + 50,000 + 7,000 = 157,000 before; 100,000 + 45,000 + 1,000 = 146,000 now.
    expect(invoicedChanges([stays, before, gone], [stays, changed, appeared], WEEKS)).toEqual([
      {
        week: '2025-03-09',
        before: 157_000,
        after: 146_000,
        behind: [
          { entitlement: 'E-4', delta: -7000 },
          { entitlement: 'E-2', delta: -5000 },
          { entitlement: 'E-3', delta: 1000 },
        ],
      },
    ]);
  });

  it('names a week whose sum is the same although two customers changed', () => {
    const other = line({ ...MONDAY, entitlement: 'E-5', vendorAmount: 10_000 });
    const now = [
      { ...before, vendorAmount: 40_000 },
      { ...other, vendorAmount: 20_000 },
    ];
    expect(invoicedChanges([before, other], now, WEEKS)).toMatchObject([{ before: 60_000, after: 60_000 }]);
  });

  it('is empty when nothing changed, and leaves other weeks alone', () => {
    expect(invoicedChanges([stays], [stays], WEEKS)).toEqual([]);
    const elsewhere = line({ bookedOn: '2025-03-20' });
    expect(invoicedChanges([elsewhere], [{ ...elsewhere, vendorAmount: 1 }], WEEKS)).toEqual([]);
  });
});

describe('paymentChanges', () => {
  it('counts lines by the status they have now and did not have then', () => {
    const open = (lineId: string, vendorAmount: number) =>
      line({ lineId, transactionId: lineId, vendorAmount, paymentStatus: 'Open' });
    const lines = [open('a', 100), open('b', 200), open('c', 900), open('d', 1)];
    const now = [
      { ...lines[0], paymentStatus: 'Paid' },
      { ...lines[1], paymentStatus: 'Paid' },
      { ...lines[2], paymentStatus: 'Uncollectible' },
      lines[3],
    ] as typeof lines;
    expect(paymentChanges(lines, now)).toEqual([
      { status: 'Uncollectible', amount: 900, count: 1 },
      { status: 'Paid', amount: 300, count: 2 },
    ]);
  });

  it('is about lines that were there: a new paid line changed nothing', () => {
    expect(paymentChanges([], [line()])).toEqual([]);
  });
});
