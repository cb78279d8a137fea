import { describe, expect, it } from 'vitest';
import { annualisedValue, buildCoverage, monthlyRate } from '../../../src/analytics/coverage.ts';
import { buildEndings, NO_ENDINGS, runRateAt } from '../../../src/analytics/run-rate.ts';
import { wholeMonths } from '../../../src/analytics/calendar-terms.ts';
import { addDays, type Day } from '../../../src/domain/day.ts';
import type { RecordedLine } from '../../../src/domain/recorded.ts';
import { churn, createRandom, license, line, randomLines, refund } from './rows.ts';

/** Cents a month of all the lines on a day. */
function rateOf(lines: readonly RecordedLine[], at: Day): number {
  return runRateAt(buildCoverage(lines), at).total;
}

describe('run-rate', () => {
  it('spreads a line over its own window', () => {
    // 36,500 cents over 365 days: 100 a day, 100 x 365 / 12 = 3,041.67 a month.
    expect(rateOf([line()], '2025-01-01')).toBe(3042);
    expect(rateOf([line()], '2025-12-31')).toBe(3042);
    expect(rateOf([line()], '2024-12-31')).toBe(0);
    expect(rateOf([line()], '2026-01-09')).toBe(0);
  });

  it('nets refund and re-bill of an upgrade without looking for pairs', () => {
    // 1 July: the rest of 2025 (184 days) of 36,500 is given back: 18,400; the new tier costs 36,800 for it: 200 a day.
    const rest = { saleDate: '2025-07-01', maintenanceStart: '2025-07-01' } as const;
    const lines = [
      line(),
      refund({ ...rest, vendorAmount: -18_400 }),
      line({ ...rest, vendorAmount: 36_800 }),
    ];
    expect(rateOf(lines, '2025-06-30')).toBe(3042);
    expect(rateOf(lines, '2025-07-01')).toBe(6083); // 200 x 365 / 12 = 6,083.33
    // Refunded in full and billed again in full for the same window: only the new price is left.
    expect(rateOf([line(), refund(), line({ vendorAmount: 73_000 })], '2025-03-01')).toBe(6083);
  });

  it('changes from monthly to annual without counting twice', () => {
    // March monthly at 3,100 a month (100 a day) is given back from the 11th on: 21 days, 2,100; annual 73,000 from the 11th.
    const lines = [
      line({ vendorAmount: 3_100, maintenanceStart: '2025-03-01', maintenanceEnd: '2025-04-01' }),
      refund({ vendorAmount: -2_100, maintenanceStart: '2025-03-11', maintenanceEnd: '2025-04-01' }),
      line({ vendorAmount: 73_000, maintenanceStart: '2025-03-11', maintenanceEnd: '2026-03-11' }),
    ];
    expect(rateOf(lines, '2025-03-10')).toBe(3100);
    expect(rateOf(lines, '2025-03-11')).toBe(6083);
    expect(rateOf(lines, '2025-04-01')).toBe(6083);
  });

  it('rounds each entitlement, so that the total is the sum of its parts', () => {
    // 100 a day is 3,041.67 a month, rounded 3,042; three of them make 9,126, not the 9,125 of 300 a day.
    const lines = ['E-1', 'E-2', 'E-3'].map((entitlement) => line({ entitlement }));
    const rate = runRateAt(buildCoverage(lines), '2025-05-05');
    expect([...rate.byEntitlement]).toEqual([
      ['E-1', 3042],
      ['E-2', 3042],
      ['E-3', 3042],
    ]);
    expect(rate.total).toBe(9126);
  });

  it('keeps lines that name no subscription apart', () => {
    const lines = [line({ entitlement: '' }), refund({ entitlement: '', vendorAmount: -50_000 })];
    expect(rateOf(lines, '2025-05-05')).toBe(3042);
  });

  it('counts lines without a usable window and leaves them out', () => {
    const { maintenanceEnd: _, ...endless } = line({ vendorAmount: 700 });
    const point = line({ vendorAmount: 900, maintenanceStart: '2025-01-01', maintenanceEnd: '2025-01-01' });
    const coverage = buildCoverage([
      endless,
      point,
      line({ vendorAmount: 0, maintenanceEnd: '2025-01-01' }),
      line(),
    ]);
    expect(coverage.withoutWindow).toEqual({ lines: 2, amount: 1600 });
    expect(runRateAt(coverage, '2025-01-01').total).toBe(3042);
  });

  it('counts open invoices, but neither uncollectible nor refunded lines', () => {
    expect(rateOf([line({ paymentStatus: 'Open' })], '2025-05-05')).toBe(3042);
    expect(rateOf([line({ paymentStatus: 'Uncollectible' })], '2025-05-05')).toBe(0);
    expect(rateOf([line({ paymentStatus: 'Refunded' })], '2025-05-05')).toBe(0);
  });

  it('takes a refunded line back once, not twice, when its refund is a line too', () => {
    const [other, original] = [line(), line({ paymentStatus: 'Refunded' })];
    expect(rateOf([other, original, refund()], '2025-05-05')).toBe(3042);
    const named = refund({ originalTransactionId: original.transactionId, maintenanceStart: '2025-02-01' });
    // From February on the refund takes 36,500 over 334 days, 109.28 a day: 200 - 109.28 = 90.72 a day is 2,759.
    expect(rateOf([other, original, named], '2025-05-05')).toBe(2759);
    expect(rateOf([other, original, refund({ originalTransactionId: 'IN-other' })], '2025-05-05')).toBe(0);
  });

  it('never goes below zero, and says how often it would have', () => {
    const coverage = buildCoverage([refund(), line({ entitlement: 'E-2' })]);
    expect(runRateAt(coverage, '2025-05-05').total).toBe(3042);
    expect(coverage.belowZero).toBe(1);
  });
});

describe('grace', () => {
  const coverage = buildCoverage([line()]); // ends on 2026-01-01

  it('keeps the last rate for seven days, not for eight', () => {
    const inTime = runRateAt(coverage, '2026-01-08');
    expect(inTime.total).toBe(3042);
    expect([...inTime.inGrace]).toEqual(['E-1']);
    expect(runRateAt(coverage, '2026-01-09').total).toBe(0);
    expect(runRateAt(coverage, '2025-12-31').inGrace.size).toBe(0);
  });

  it('ends with a churn event up to that day', () => {
    const endings = buildEndings([churn({ eventDate: '2026-01-03' })], []);
    expect(runRateAt(coverage, '2026-01-02', endings).total).toBe(3042);
    expect(runRateAt(coverage, '2026-01-03', endings).total).toBe(0);
  });

  it('does not end with an event of an earlier loss, another kind or another entitlement', () => {
    const endings = buildEndings(
      [
        churn({ eventDate: '2025-06-01' }),
        churn({ kind: 'renewal', eventDate: '2026-01-01' }),
        churn({ entitlement: 'E-9', eventDate: '2026-01-01' }),
      ],
      [],
    );
    expect(runRateAt(coverage, '2026-01-04', endings).total).toBe(3042);
  });

  it('ends when every licence of the entitlement is inactive', () => {
    const gone = license({ status: 'inactive' });
    expect(runRateAt(coverage, '2026-01-02', buildEndings([], [gone])).total).toBe(0);
    expect(runRateAt(coverage, '2026-01-02', buildEndings([], [gone, license()])).total).toBe(3042);
  });

  it('covers a gap that a late renewal closed, even for a customer that is gone by now', () => {
    const late = buildCoverage([
      line(),
      line({ maintenanceStart: '2026-01-05', maintenanceEnd: '2026-02-05' }),
    ]);
    const endings = buildEndings([], [license({ status: 'inactive' })]);
    expect(runRateAt(late, '2026-01-03', endings).total).toBe(3042);
    expect(runRateAt(coverage, '2026-01-03', endings).total).toBe(0);
  });
});

describe('annualisedValue', () => {
  it('is the last rate before the end, for a year', () => {
    // March for 6,200 is 12 x 6,200 = 74,400 a year. It left on 1 April, noticed on 20 April.
    const march = line({ vendorAmount: 6_200, maintenanceStart: '2025-03-01', maintenanceEnd: '2025-04-01' });
    const earlier = line({ maintenanceStart: '2024-01-01', maintenanceEnd: '2025-01-01' });
    expect(annualisedValue([march, earlier], '2025-04-20')).toBe(74_400);
    // On 15 February only the year 2024 is behind: 36,500, though it had 366 days.
    expect(annualisedValue([march, earlier], '2025-02-15')).toBe(36_500);
  });

  it('goes back to the last term that was not refunded', () => {
    const next = {
      maintenanceStart: '2026-01-01',
      maintenanceEnd: '2027-01-01',
      vendorAmount: 73_000,
    } as const;
    expect(
      annualisedValue([line(), line(next), refund({ ...next, vendorAmount: -73_000 })], '2026-01-20'),
    ).toBe(36_500);
  });

  it('is 0 for those who never paid', () => {
    expect(annualisedValue([], '2026-01-01')).toBe(0);
    expect(annualisedValue([line({ vendorAmount: 0 })], '2026-01-01')).toBe(0);
    expect(annualisedValue([line(), refund()], '2026-01-01')).toBe(0);
  });

  it('takes the line that lasts longest where nothing names the subscription, and none of the future', () => {
    const [short, long] = [
      line({ entitlement: '', maintenanceEnd: '2025-04-11', vendorAmount: 10_000 }), // 100 days at 100
      line({ entitlement: '', vendorAmount: 73_000 }), // 365 days at 200
    ];
    const later = line({ entitlement: '', maintenanceStart: '2027-01-01', maintenanceEnd: '2028-01-01' });
    expect(annualisedValue([short, long, later], '2026-03-01')).toBe(73_000);
    expect(annualisedValue([later, long, short], '2026-03-01')).toBe(73_000);
  });
});

/** The window, a day longer where it is a number of whole months: those count as months, not by their days. */
function oddWindow({ maintenanceEnd: end, maintenanceStart: start }: RecordedLine): Partial<RecordedLine> {
  const isWhole = start !== undefined && end !== undefined && wholeMonths(start, end) !== undefined;
  return isWhole ? { maintenanceEnd: addDays(end, 1) } : {};
}

describe('laws of the run-rate', () => {
  const random = createRandom(20_260_101);
  const DAYS: [Day, ...Day[]] = ['2025-02-01', '2025-07-15', '2025-12-31', '2026-03-01'];

  it('holds: the total is the sum of the entitlements, in any order of arrival, untouched by unrelated rows', () => {
    for (let example = 0; example < 40; example += 1) {
      const lines = randomLines(random, 60);
      const at = random.pick(DAYS);
      const rate = runRateAt(buildCoverage(lines), at);
      expect(rate.total).toBe(rate.byEntitlement.values().reduce((sum, cents) => sum + cents, 0));
      const shuffled = runRateAt(buildCoverage(random.shuffle(lines)), at);
      expect(shuffled.byEntitlement).toEqual(rate.byEntitlement);
      const withOther = runRateAt(buildCoverage([...lines, line({ entitlement: 'E-other' })]), at);
      for (const [entitlement, cents] of rate.byEntitlement) {
        expect(withOther.byEntitlement.get(entitlement)).toBe(cents);
      }
    }
  });

  it('holds: the formula, summed naively over the covering lines that are no whole months, gives the same', () => {
    for (let example = 0; example < 40; example += 1) {
      const lines = randomLines(random, 40)
        .filter((one) => one.entitlement !== '')
        .map((one) => ({ ...one, paymentStatus: 'Paid', ...oddWindow(one) }));
      const at = random.pick(DAYS);
      const naive = new Map<string, number>();
      for (const one of lines) {
        const { maintenanceStart: start = at, maintenanceEnd: end = at } = one;
        if (start > at || end <= at) continue;
        const days = (Date.parse(end) - Date.parse(start)) / 86_400_000;
        naive.set(one.entitlement, (naive.get(one.entitlement) ?? 0) + one.vendorAmount / Math.max(1, days));
      }
      const coverage = buildCoverage(lines);
      const { byEntitlement, inGrace } = runRateAt(coverage, at, NO_ENDINGS);
      const paying = [...naive].filter(([, daily]) => monthlyRate(daily) > 0);
      for (const [entitlement, daily] of paying) {
        const cents = byEntitlement.get(entitlement) ?? 0;
        expect(Math.abs(cents - (daily * 365) / 12)).toBeLessThanOrEqual(0.5 + 1e-6);
      }
      for (const entitlement of byEntitlement.keys()) {
        expect(inGrace.has(entitlement) || monthlyRate(naive.get(entitlement) ?? 0) > 0).toBe(true);
      }
    }
  });
});
