import { describe, expect, it } from 'vitest';
import { netMovements } from '../../../src/analytics/netting.ts';
import type { RecordedLine } from '../../../src/domain/recorded.ts';
import { createRandom, line, randomLines, refund } from './rows.ts';

const kinds = (lines: readonly RecordedLine[]) => netMovements(lines).map(({ kind, net }) => [kind, net]);

describe('netMovements: bills alone', () => {
  it('are what their sale type says', () => {
    expect(kinds([line({ saleType: 'New' })])).toEqual([['sale', 36_500]]);
    expect(kinds([line({ saleType: 'Renewal', oldTier: '25 Users', oldBillingPeriod: 'Monthly' })])).toEqual([
      ['renewal', 36_500],
    ]);
    expect(kinds([line({ saleType: 'New', vendorAmount: -700 })])).toEqual([['refund', -700]]);
    expect(kinds([line({ saleType: 'Upgrade', oldTier: '25 Users' })])).toEqual([['upgrade', 36_500]]);
    expect(kinds([line({ saleType: 'Downgrade', vendorAmount: -500 })])).toEqual([['downgrade', -500]]);
    expect(kinds([line({ saleType: 'Something later' })])).toEqual([['sale', 36_500]]);
  });

  it('without a sale type (manual invoices) are sales', () => {
    const { saleType: _, ...manual } = line({ isManualInvoice: true });
    expect(kinds([manual])).toEqual([['sale', 36_500]]);
  });

  it('take the kind of the largest bill of the day, unless one is new', () => {
    const renewal = line({ saleType: 'Renewal', vendorAmount: 90_000 });
    const proration = line({ saleType: 'Upgrade', vendorAmount: 300 });
    expect(kinds([renewal, proration])).toEqual([['renewal', 90_300]]);
    expect(kinds([line({ saleType: 'New', vendorAmount: 200 }), proration])).toEqual([['sale', 500]]);
  });

  it('are a plan switch when an upgrade only changes the billing period', () => {
    const change = { saleType: 'Upgrade', oldTier: '50 Users', oldBillingPeriod: 'Monthly' };
    expect(netMovements([line(change)])).toMatchObject([
      { kind: 'plan-switch', oldBillingPeriod: 'Monthly', newBillingPeriod: 'Annual' },
    ]);
  });
});

describe('netMovements: refund and re-bill', () => {
  it('of one day are one upgrade, with the net effect', () => {
    const lines = [
      refund({ tier: '500 Users', vendorAmount: -500_000, purchasePrice: -650_000 }),
      line({ tier: '1,000 Users', vendorAmount: 1_120_000, purchasePrice: 1_400_000, saleType: 'Upgrade' }),
    ];
    // Net 11,200 - 5,000 = $6,200; the windows are one year, so a year's run-rate rises by the same.
    expect(netMovements(lines)).toMatchObject([
      {
        kind: 'upgrade',
        net: 620_000,
        billed: 1_120_000,
        refunded: -500_000,
        price: 750_000,
        annualised: 620_000,
        oldTier: '500 Users',
        newTier: '1,000 Users',
        main: { tier: '1,000 Users' },
      },
    ]);
  });

  it('tell upgrade and downgrade by the tiers, even where the share of the partner changed in between', () => {
    const tiers = (before: string, after: string, saleType = 'New') =>
      kinds([refund({ tier: before }), line({ tier: after, vendorAmount: 30_000, saleType })]);
    expect(tiers('50 Users', 'Unlimited Users')).toEqual([['upgrade', -6500]]);
    expect(tiers('50 Users', '25 Users', 'Upgrade')).toEqual([['downgrade', -6500]]);
    expect(tiers('50 Users', '50 Users')).toEqual([['adjustment', -6500]]);
    expect(tiers('50 Users', 'Per Unit Pricing (593 Users)')).toEqual([['upgrade', -6500]]);
    expect(tiers('Subscription', '50 Users', 'Downgrade')).toEqual([['downgrade', -6500]]);
  });

  it('of a change from monthly to annual are one plan switch, however many refunds and $0 lines come along', () => {
    const monthly = {
      billingPeriod: 'Monthly',
      maintenanceStart: '2025-01-01',
      maintenanceEnd: '2025-02-01',
    } as const;
    const lines = [
      refund({ ...monthly, vendorAmount: -2_000 }),
      refund({ ...monthly, vendorAmount: -1_000 }),
      line({ ...monthly, vendorAmount: 0 }),
      line({ vendorAmount: 36_500 }),
    ];
    const [movement, ...others] = netMovements(lines);
    expect(others).toEqual([]);
    // A year: 36,500 - 3,000 / 31 x 365 = 36,500 - 35,322.58 = 1,177.42.
    expect(movement).toMatchObject({
      kind: 'plan-switch',
      net: 33_500,
      oldBillingPeriod: 'Monthly',
      newBillingPeriod: 'Annual',
      annualised: 1177,
    });
    expect(movement?.lines).toHaveLength(3);
  });

  it('are taken to be about the same days where one has no window', () => {
    const { maintenanceEnd: _, ...open } = refund();
    expect(kinds([open, line({ saleType: 'Renewal' })])).toEqual([['adjustment', 0]]);
  });

  it('keep a renewal a renewal when the refund is about other days', () => {
    const past = {
      maintenanceStart: '2024-12-01',
      maintenanceEnd: '2025-01-01',
      vendorAmount: -900,
    } as const;
    expect(kinds([refund(past), line({ saleType: 'Renewal' })])).toEqual([['renewal', 35_600]]);
  });

  it('leave a purchase that was undone and made again on its day a sale', () => {
    const first = line({ tier: '10 Users' });
    const undone = refund({ tier: '10 Users', originalTransactionId: first.transactionId });
    const second = line({ tier: '50 Users', vendorAmount: 80_000 });
    expect(kinds([first, undone, second])).toEqual([['sale', 80_000]]);
    expect(kinds([first, undone])).toEqual([['adjustment', 0]]);
  });

  it('of different entitlements stay apart, also within one transaction', () => {
    const order = { transactionId: 'IN-one' };
    expect(kinds([refund(order), line({ ...order, entitlement: 'E-2' })])).toEqual([
      ['refund', -36_500],
      ['sale', 36_500],
    ]);
  });

  it('leave rows that name no subscription alone', () => {
    expect(kinds([refund({ entitlement: '' }), line({ entitlement: '' })])).toHaveLength(2);
  });
});

describe('netMovements: a re-bill on another day', () => {
  const givenBack = refund({ saleDate: '2025-03-03', tier: '50 Users' });
  const rebill = (changes: Partial<RecordedLine>) =>
    line({
      saleDate: '2025-03-06',
      tier: '100 Users',
      vendorAmount: 73_000,
      saleType: 'Upgrade',
      ...changes,
    });

  it('joins its refund if both end on the same day, and keeps the identity the refund had', () => {
    const alone = netMovements([givenBack]);
    const joined = netMovements([givenBack, rebill({ bookedOn: '2025-03-07', firstSeenAt: 9e12 })]);
    expect(alone).toMatchObject([{ kind: 'refund', net: -36_500, day: '2025-03-03' }]);
    expect(joined).toMatchObject([
      { kind: 'upgrade', net: 36_500, day: '2025-03-03', bookedOn: '2025-03-07', completedAt: 9e12 },
    ]);
    expect(joined[0]?.id).toBe(alone[0]?.id);
  });

  it('does not join lines without a window', () => {
    const { maintenanceEnd: _, ...openRefund } = givenBack;
    const { maintenanceEnd: __, ...openBill } = rebill({});
    expect(kinds([openRefund, openBill])).toHaveLength(2);
  });

  it('joins a day with several bills if one of them replaces the refund', () => {
    const extra = line({
      saleDate: '2025-03-06',
      vendorAmount: 100,
      maintenanceEnd: '2025-04-06',
      saleType: 'Upgrade',
    });
    const alsoBack = refund({ saleDate: '2025-03-03', vendorAmount: -50, maintenanceEnd: '2025-04-01' });
    expect(kinds([givenBack, alsoBack, rebill({}), extra])).toEqual([['upgrade', 36_550]]);
  });

  it('does not join after more than five days, or with another end', () => {
    expect(kinds([givenBack, rebill({ saleDate: '2025-03-08' })])).toHaveLength(1);
    expect(kinds([givenBack, rebill({ saleDate: '2025-03-09' })])).toHaveLength(2);
    expect(kinds([givenBack, rebill({ maintenanceEnd: '2026-03-06' })])).toHaveLength(2);
  });

  it('joins by the end of the transaction that the refund names', () => {
    const original = line({ saleDate: '2025-01-01', maintenanceEnd: '2026-02-01' });
    const named = {
      ...givenBack,
      maintenanceEnd: '2025-12-31',
      originalTransactionId: original.transactionId,
    } as const;
    expect(kinds([original, named, rebill({ maintenanceEnd: '2026-02-01' })])).toEqual([
      ['sale', 36_500],
      ['upgrade', 36_500],
    ]);
    // Billed first, refunded three days later: only the named original tells it from a purchase that was undone.
    expect(
      kinds([original, { ...named, saleDate: '2025-03-09' }, rebill({ maintenanceEnd: '2026-02-01' })]),
    ).toHaveLength(2);
  });

  it('leaves a purchase and its refund two movements', () => {
    const bought = line({ saleDate: '2025-03-01' });
    const expected = [
      ['sale', 36_500],
      ['refund', -36_500],
    ];
    expect(kinds([bought, refund({ saleDate: '2025-03-04' })])).toEqual(expected);
    expect(
      kinds([bought, refund({ saleDate: '2025-03-04', originalTransactionId: bought.transactionId })]),
    ).toEqual(expected);
  });

  it('joins the nearest day only, and each day once', () => {
    const near = rebill({ saleDate: '2025-03-05' });
    const far = rebill({ saleDate: '2025-03-07' });
    expect(netMovements([far, givenBack, near]).map(({ kind, day }) => [kind, day])).toEqual([
      ['upgrade', '2025-03-03'],
      ['upgrade', '2025-03-07'],
    ]);
    const second = refund({ saleDate: '2025-03-04' });
    expect(kinds([givenBack, second, near])).toEqual([
      ['upgrade', 36_500],
      ['refund', -36_500],
    ]);
  });

  it('leaves a refund that was billed again on its own day alone', () => {
    const sameDay = rebill({ saleDate: '2025-03-03' });
    expect(kinds([givenBack, sameDay, rebill({})])).toEqual([
      ['upgrade', 36_500],
      ['upgrade', 73_000],
    ]);
  });
});

describe('laws of netting', () => {
  const random = createRandom(4711);

  it('holds: amounts add up, each line is in one movement, order and $0 lines do not matter, twice is once', () => {
    for (let example = 0; example < 60; example += 1) {
      const lines = randomLines(random, 50);
      const moving = lines.filter(({ vendorAmount }) => vendorAmount !== 0);
      const movements = netMovements(lines);
      expect(movements.reduce((sum, { net }) => sum + net, 0)).toBe(
        lines.reduce((sum, { vendorAmount }) => sum + vendorAmount, 0),
      );
      expect(movements.every(({ net, billed, refunded }) => net === billed + refunded)).toBe(true);
      const placed = movements.flatMap((movement) => movement.lines);
      expect(placed).toHaveLength(moving.length);
      expect(new Set(placed)).toEqual(new Set(moving));
      expect(netMovements(random.shuffle(lines))).toEqual(movements);
      expect(netMovements(moving)).toEqual(movements);
      expect(netMovements(placed)).toEqual(movements);
      expect(netMovements([...lines, ...random.shuffle(lines)])).toEqual(movements);
      expect(new Set(movements.map(({ id }) => id)).size).toBe(movements.length);
    }
  });

  it('holds: a line of another entitlement adds one movement and changes none', () => {
    const lines = randomLines(random, 50);
    const other = line({ entitlement: 'E-other', saleDate: '2030-01-01' });
    expect(netMovements([...lines, other]).slice(0, -1)).toEqual(netMovements(lines));
  });

  it('takes the newest version of a line', () => {
    const old = line({ changedAt: 1, vendorAmount: 100 });
    const now = { ...old, changedAt: 2, vendorAmount: 200 };
    expect(kinds([now, old])).toEqual([['sale', 200]]);
    expect(kinds([{ ...old, changedAt: 3, vendorAmount: 0 }, old])).toEqual([]);
  });
});
