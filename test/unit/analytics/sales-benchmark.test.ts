import { describe, expect, it } from 'vitest';
import { readSalesBenchmark, threeMonths } from '../../../src/analytics/sales-benchmark.ts';
import { addMonths, type Day, monthsEndingWith } from '../../../src/domain/day.ts';
import type { MetricSeries } from '../../../src/domain/metric-series.ts';
import { createRandom } from './rows.ts';

function series(
  appKey: string | null,
  fields: Readonly<Record<string, Readonly<Record<Day, number | null>>>>,
): MetricSeries[] {
  return Object.entries(fields).map(([name, values]) => ({
    metric: 'sales-benchmark',
    appKey,
    dataset: '',
    name,
    type: '',
    points: Object.entries(values).map(([period, value]) => ({ period: period as Day, value })),
  }));
}

const JANUARY: Day = '2025-01-01';

/** Atlassian's own sample: $1,500.83 after $1,650.70, -7.71 %, and so on. */
const SAMPLE = series(null, {
  sales: { [JANUARY]: 150_083 },
  previousMonth: { [JANUARY]: 165_070 },
  growthMoM: { [JANUARY]: -7.71 },
  gapMoM: { [JANUARY]: -17.14 },
  percentile: { [JANUARY]: 99, '2024-12-01': 97 },
  ytd: { [JANUARY]: 1_598_501_007 },
  ytdLastYear: { [JANUARY]: 164_726 },
  growthYoY: { [JANUARY]: -2.98 },
  gapYoY: { [JANUARY]: -30.77 },
  baseProductGapYoY: { [JANUARY]: 1.5 },
  percentileYtd: { [JANUARY]: 99 },
});

describe('readSalesBenchmark', () => {
  it('takes the benchmark for the gap: the Marketplace grew by own growth minus gap', () => {
    const benchmark = readSalesBenchmark(SAMPLE, null, JANUARY);
    // -7.71 - (-17.14) = 9.43; the amounts themselves give 1500.83 / 1650.70 - 1 = -9.08 %, 1.37 points away.
    expect(benchmark?.ofMonth).toEqual({
      sales: 150_083,
      before: 165_070,
      growth: { own: -7.71, gap: -17.14, marketplace: 9.43, recomputed: -9.08 },
      productGap: null,
      percentile: { now: 99, before: 97, change: 2 },
    });
    // -2.98 + 30.77 = 27.79. The sample's amounts differ ten-thousandfold, which is said, not corrected.
    expect(benchmark?.yearToDate).toMatchObject({
      growth: { own: -2.98, gap: -30.77, marketplace: 27.79 },
      productGap: 1.5,
      percentile: { now: 99, before: null, change: null },
    });
    expect(benchmark?.yearToDate.growth.recomputed).toBeGreaterThan(900_000);
  });

  it('knows nothing of a month or an app without numbers', () => {
    expect(readSalesBenchmark(SAMPLE, 'app-1', JANUARY)).toBeUndefined();
    expect(readSalesBenchmark(SAMPLE, null, '2025-02-01')).toBeUndefined();
    const others = SAMPLE.map((one) => ({ ...one, metric: 'evaluation-benchmark' }) as const);
    expect(readSalesBenchmark(others, null, JANUARY)).toBeUndefined();
  });

  it('reads no number where growth has no base', () => {
    const noBase = series('app-1', {
      sales: { [JANUARY]: 500 },
      growthYoY: { [JANUARY]: null },
      gapYoY: { [JANUARY]: null },
    });
    expect(readSalesBenchmark(noBase, 'app-1', JANUARY)?.yearToDate.growth).toEqual({
      own: null,
      gap: null,
      marketplace: null,
      recomputed: undefined,
    });
  });
});

describe('threeMonths', () => {
  /** $1, $2, $3, ... in the months up to September 2026. */
  const counted = (months: number) =>
    Object.fromEntries(
      monthsEndingWith('2026-09-01', months).map((month, index) => [month, 100 * (index + 1)]),
    );

  it('adds up the months, the three before them, and the same ones a year before', () => {
    // Fifteen months: 13 + 14 + 15 = 42, before 10 + 11 + 12 = 33, a year before 1 + 2 + 3 = 6 dollars.
    expect(threeMonths(series(null, { sales: counted(15) }), null, '2026-09-01')).toEqual({
      from: '2026-07-01',
      to: '2026-09-01',
      sales: 4200,
      before: 3300,
      yearBefore: 600,
    });
  });

  it('adds up nothing of which a month is missing', () => {
    expect(threeMonths(series(null, { sales: counted(5) }), null, '2026-09-01')).toMatchObject({
      sales: 1200, // 3 + 4 + 5
      before: undefined, // two of the three are known
      yearBefore: undefined,
    });
  });

  it('follows the months: four quarters are the year, cent by cent', () => {
    const random = createRandom(5);
    const months = monthsEndingWith('2026-12-01', 12);
    const amounts = months.map(() => random.whole(-50_000, 9_999_999));
    const sales = Object.fromEntries(months.map((month, index) => [month, amounts[index] ?? 0]));
    const quarters = [0, 3, 6, 9].map(
      (shift) => threeMonths(series(null, { sales }), null, addMonths('2026-12-01', -shift)).sales ?? 0,
    );
    const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);
    expect(sum(quarters)).toBe(sum(amounts));
  });
});
