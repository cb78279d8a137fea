import { describe, expect, it } from 'vitest';
import { discountsByType } from '../../../src/analytics/discounts.ts';
import { invoicedByWeek } from '../../../src/analytics/invoiced.ts';
import { weekOf } from '../../../src/domain/day.ts';
import { createRandom, line, randomLines, refund } from './rows.ts';

describe('invoicedByWeek', () => {
  it('adds up lines by the day they count for, not by their sale date', () => {
    const lines = [
      line({ saleDate: '2025-05-01', bookedOn: '2025-03-08', vendorAmount: 10_000, paymentStatus: 'Open' }),
      line({
        saleDate: '2025-03-02',
        bookedOn: '2025-03-02',
        vendorAmount: 5_000,
        paymentStatus: 'Uncollectible',
      }),
      refund({ saleDate: '2025-03-04', entitlement: 'E-2', vendorAmount: -2_000 }),
      refund({ saleDate: '2025-03-05', entitlement: 'E-3', vendorAmount: -700 }),
      line({ saleDate: '2025-03-05', entitlement: 'E-3', vendorAmount: 900 }),
      line({ saleDate: '2025-03-09' }),
    ];
    const invoiced = invoicedByWeek(lines, ['2025-02-23', '2025-03-02']);
    // 10,000 + 5,000 - 2,000 - 700 + 900 = 13,200; the refund of E-3 was billed again.
    expect(invoiced).toEqual([
      {
        week: '2025-02-23',
        net: 0,
        lines: 0,
        refundLines: 0,
        customers: 0,
        byType: [],
        open: { amount: 0, count: 0 },
        uncollectible: { amount: 0, count: 0 },
        refunded: { amount: 0, count: 0 },
        unpairedRefunds: { amount: 0, count: 0 },
        discounts: [],
      },
      {
        week: '2025-03-02',
        net: 13_200,
        lines: 5,
        refundLines: 2,
        // E-1 and E-3, on one site.
        customers: 1,
        byType: [
          { type: 'New', amount: 15_900, count: 3 },
          { type: 'Refund', amount: -2_700, count: 2 },
        ],
        open: { amount: 10_000, count: 1 },
        uncollectible: { amount: 5_000, count: 1 },
        refunded: { amount: 0, count: 0 },
        unpairedRefunds: { amount: -2_000, count: 1 },
        discounts: [],
      },
    ]);
  });

  it('says open, uncollectible and refunded bills apart; a refund is not refunded itself', () => {
    const lines = (['Paid', 'Open', 'Uncollectible', 'Refunded'] as const).map((paymentStatus, index) =>
      line({ saleDate: '2025-03-02', paymentStatus, vendorAmount: 1000 * (index + 1) }),
    );
    const back = refund({ saleDate: '2025-03-03', paymentStatus: 'Refunded', vendorAmount: -4000 });
    expect(invoicedByWeek([...lines, back], ['2025-03-02'])).toMatchObject([
      {
        // 1,000 + 2,000 + 3,000 + 4,000 - 4,000
        net: 6000,
        open: { amount: 2000, count: 1 },
        uncollectible: { amount: 3000, count: 1 },
        refunded: { amount: 4000, count: 1 },
      },
    ]);
  });

  it('counts customers by site, otherwise by subscription, and none for a refund', () => {
    const at = { saleDate: '2025-03-02', bookedOn: '2025-03-02' } as const;
    const lines = [
      line({ ...at, host: { cloudId: 'a' } }),
      line({ ...at, host: { cloudId: 'a' }, entitlement: 'E-2', appKey: 'app-2' }),
      line({ ...at, host: { cloudId: 'b' } }),
      line({ ...at, host: {}, entitlement: 'SEN-1' }),
      line({ ...at, host: {}, entitlement: 'SEN-1', saleType: 'Upgrade' }),
      line({ ...at, host: {}, entitlement: '' }),
      line({ ...at, host: {}, entitlement: '' }),
      refund({ ...at, host: { cloudId: 'c' } }),
    ];
    // a, b, SEN-1, and two lines that name nobody.
    expect(invoicedByWeek(lines, ['2025-03-02'])[0]?.customers).toBe(5);
  });

  it('looks for the re-bill in other weeks too', () => {
    const lines = [refund({ saleDate: '2025-03-08' }), line({ saleDate: '2025-03-10' })];
    expect(invoicedByWeek(lines, ['2025-03-02'])).toMatchObject([
      { net: -36_500, unpairedRefunds: { count: 0 } },
    ]);
  });

  it('holds: weeks add up to the lines, whatever their order', () => {
    const random = createRandom(8);
    const lines = randomLines(random, 300);
    const weeks = [...new Set(lines.map(({ bookedOn }) => weekOf(bookedOn)))].toSorted();
    const invoiced = invoicedByWeek(lines, weeks);
    expect(invoiced.reduce((sum, { net }) => sum + net, 0)).toBe(
      lines.reduce((sum, { vendorAmount }) => sum + vendorAmount, 0),
    );
    expect(invoiced.reduce((sum, one) => sum + one.lines, 0)).toBe(lines.length);
    for (const { byType, lines: count, net } of invoiced) {
      expect(byType.reduce((sum, one) => sum + one.amount, 0)).toBe(net);
      expect(byType.reduce((sum, one) => sum + one.count, 0)).toBe(count);
    }
    expect(invoicedByWeek(random.shuffle(lines), weeks)).toEqual(invoiced);
  });
});

describe('discountsByType', () => {
  it('adds up the discounts of lines that are no refunds, and their share of gross', () => {
    const lines = [
      line({ purchasePrice: 8_000, discounts: [{ type: 'EXPERT', amount: 2_000 }] }),
      line({
        purchasePrice: 7_000,
        discounts: [
          { type: 'EXPERT', amount: 1_000 },
          { type: 'LOYALTY_DISCOUNT', amount: 2_000 },
          { type: 'MANUAL', amount: 0 },
        ],
      }),
      refund({ purchasePrice: -8_000, discounts: [{ type: 'EXPERT', amount: 2_000 }] }),
    ];
    // Gross: 8,000 + 2,000 + 7,000 + 3,000 = 20,000.
    expect(discountsByType(lines)).toEqual([
      { type: 'EXPERT', amount: 3_000, lines: 2, share: 0.15 },
      { type: 'LOYALTY_DISCOUNT', amount: 2_000, lines: 1, share: 0.1 },
    ]);
    expect(discountsByType(lines.toReversed())).toEqual(discountsByType(lines));
  });

  it('counts a line with two discounts of one type once, and has no share of nothing', () => {
    const twice = line({
      purchasePrice: 0,
      discounts: [
        { type: 'MANUAL', amount: 50 },
        { type: 'MANUAL', amount: 50 },
      ],
    });
    expect(discountsByType([twice])).toEqual([{ type: 'MANUAL', amount: 100, lines: 1, share: 1 }]);
    expect(discountsByType([])).toEqual([]);
  });
});
