import { describe, expect, it } from 'vitest';
import { knownMonths, monthlyValues, type MonthValue } from '../../../src/analytics/monthly-series.ts';
import { assessMonth, assessMonthRate } from '../../../src/analytics/unusual-month.ts';
import { type Day, monthsEndingWith } from '../../../src/domain/day.ts';
import type { MetricSeries } from '../../../src/domain/metric-series.ts';
import { createRandom } from './rows.ts';

const MONTH: Day = '2026-04-01';

/** The values as consecutive months that end with `month`. */
function months(values: readonly (number | undefined)[], month: Day = MONTH): MonthValue[] {
  return monthsEndingWith(month, values.length).map((one, index) => ({ month: one, value: values[index] }));
}

/** Twelve months of 6 that scatter no more than chance: median 6, sum 72. */
const TWELVE = [6, 5, 7, 6, 6, 9, 3, 6, 7, 5, 6, 6];

describe('assessMonth', () => {
  it('compares a month with the 12 before it by their days', () => {
    // April has 30 days, the 12 months before it 365: X of X + 72 is binomial with share 30 / 395. The counts with an exact
    // two-sided p of at least .01 are 1 to 13 (enumerated with fractions): p(13) = .0129, p(14) = .0064.
    expect(assessMonth(months([...TWELVE, 13]), MONTH)).toMatchObject({
      value: 13,
      usual: 6,
      low: 1,
      high: 13,
      verdict: 'within',
      widening: 1,
    });
    const higher = assessMonth(months([...TWELVE, 14]), MONTH);
    expect(higher.verdict).toBe('higher');
    expect(higher.chance).toBeCloseTo(0.006379, 6);
    expect(assessMonth(months([...TWELVE, 0]), MONTH).verdict).toBe('lower');
  });

  it('expects less of a short month', () => {
    // February has 28 days: 1 to 12. Its month before ends the same 12 months, 365 days.
    expect(assessMonth(months([...TWELVE, 13], '2026-02-01'), '2026-02-01')).toMatchObject({
      high: 12,
      verdict: 'higher',
    });
  });

  it('shortens the history by what is not known, down to eight months', () => {
    // The eight months from August 2025 have 243 days and 48 of 6 each: 1 to 13.
    const eight = [undefined, undefined, undefined, undefined, ...Array.from({ length: 8 }, () => 6)];
    expect(assessMonth(months([...eight, 13]), MONTH)).toMatchObject({ low: 1, high: 13, verdict: 'within' });
    const seven = [...eight.slice(0, 4), undefined, ...eight.slice(5)];
    expect(assessMonth(months([...seven, 13]), MONTH)).toMatchObject({
      usual: undefined,
      verdict: 'no history',
    });
  });

  it('says unknown, not zero, of a month without a number', () => {
    expect(assessMonth(months([...TWELVE, undefined]), MONTH)).toMatchObject({
      usual: 6,
      verdict: 'unknown',
    });
    expect(assessMonth([], MONTH)).toMatchObject({ value: undefined, verdict: 'no history' });
  });

  it('widens its range by what months scatter beyond chance', () => {
    // Without the highest and the lowest: 10, 20, 10, ... ten months, mean 15, variance 250 / 9 = 27.8, factor 1.85: none.
    const calm = [5, 10, 20, 10, 20, 10, 20, 10, 20, 10, 20, 25];
    expect(assessMonth(months([...calm, 15]), MONTH).widening).toBe(1);
    // The same tenfold: mean 150, variance 2,778, factor 18.5.
    const wild = assessMonth(months([...calm.map((value) => 10 * value), 240]), MONTH);
    expect(wild.widening).toBeCloseTo(18.52, 2);
    expect(wild.verdict).toBe('within');
    expect(wild.high).toBeGreaterThan(240);
  });

  it('does not depend on the order of the months, nor on those after or long before', () => {
    const random = createRandom(7);
    for (let example = 0; example < 30; example += 1) {
      const list = months(Array.from({ length: 13 }, () => random.whole(0, 60)));
      const more = [
        ...list,
        { month: '2026-05-01' as const, value: 900 },
        { month: '2025-03-01' as const, value: 900 },
      ];
      const expected = assessMonth(list, MONTH);
      expect(assessMonth(random.shuffle(list), MONTH)).toEqual(expected);
      expect(assessMonth(more, MONTH)).toEqual(expected);
    }
  });

  it('is stricter when more is tested together', () => {
    const one = assessMonth(months([...TWELVE, 6]), MONTH);
    const many = assessMonth(months([...TWELVE, 6]), MONTH, { tested: 50 });
    expect(many.high ?? 0).toBeGreaterThan(one.high ?? 0);
  });
});

describe('assessMonthRate', () => {
  const thirty = Array.from({ length: 12 }, () => 30);
  const ten = Array.from({ length: 12 }, () => 10);
  const rate = (part: number | undefined, whole: number | undefined) =>
    assessMonthRate(months([...ten, part]), months([...thirty, whole]), MONTH);

  it('compares the rate of a month with that of the 12 before it', () => {
    // 10 of 30 in each, 120 of 360 together. For 30: Fisher's p is at least .01 from 4 to 17 (enumerated).
    expect(rate(17, 30)).toMatchObject({ usual: 1 / 3, low: 4, high: 17, verdict: 'within' });
    expect(rate(18, 30).verdict).toBe('higher');
    // Against 10 of 20 in each, 120 of 240 together: 4 of 20 has p = .0104, 3 of 20 has p = .0023.
    const half = assessMonthRate(
      months([...Array.from({ length: 12 }, () => 10), 3]),
      months([...Array.from({ length: 12 }, () => 20), 20]),
      MONTH,
    );
    expect(half).toMatchObject({ low: 4, high: 16, verdict: 'lower' });
    expect(half.chance).toBeCloseTo(0.002317, 6);
  });

  it('has nothing to test where the part is more than the whole', () => {
    expect(rate(31, 30)).toMatchObject({ value: 31, whole: 30, usual: undefined, verdict: 'unknown' });
  });

  it('says unknown of a month without numbers, and no history with too few before it', () => {
    expect(rate(undefined, 30).verdict).toBe('unknown');
    expect(assessMonthRate(months([1, 2]), months([3, 4]), MONTH).verdict).toBe('no history');
  });
});

describe('monthlyValues', () => {
  const requests = (appKey: string | null, points: Record<string, number | null>): MetricSeries => ({
    metric: 'app-requests',
    appKey,
    dataset: '',
    name: 'requests',
    type: '',
    points: Object.entries(points).map(([period, value]) => ({ period: period as Day, value })),
  });
  const SERIES = [
    requests('app-1', { '2026-01-01': 3, '2026-02-01': 4 }),
    requests('app-2', { '2026-02-01': 5, '2026-03-01': null }),
  ];
  const filter = { metric: 'app-requests', appKey: 'app-2', name: 'requests' } as const;

  it('take a known month without a point for 0 and any other for unknown', () => {
    const asked: Day[] = ['2025-12-01', '2026-01-01', '2026-02-01', '2026-03-01'];
    expect(monthlyValues(SERIES, filter, asked).map(({ value }) => value)).toEqual([
      undefined,
      0, // app 1 has a number
      5,
      undefined, // there is a point, but no number
    ]);
    expect([...knownMonths(SERIES, 'app-requests')]).toEqual(['2026-01-01', '2026-02-01']);
  });

  it('add up what matches, and nothing of another metric', () => {
    const twice = [...SERIES, requests('app-2', { '2026-02-01': 10 })];
    const other = { ...requests('app-2', { '2026-02-01': 100 }), metric: 'sales-benchmark' } as const;
    expect(monthlyValues([...twice, other], filter, ['2026-02-01'])).toEqual([
      { month: '2026-02-01', value: 15 },
    ]);
  });
});
