import { describe, expect, it } from 'vitest';
import {
  benchmarkMonths,
  compareGrowth,
  readChurnBenchmark,
  readChurnIndex,
  readEvaluationBenchmark,
} from '../../../src/analytics/benchmarks.ts';
import type { Day } from '../../../src/domain/day.ts';
import type { MetricName, MetricSeries } from '../../../src/domain/metric-series.ts';

function benchmark(
  metric: MetricName,
  appKey: string | null,
  rows: Record<Day, Record<string, number | null>>,
) {
  const series = new Map<string, MetricSeries>();
  for (const [month, fields] of Object.entries(rows)) {
    for (const [name, value] of Object.entries(fields)) {
      const points = [...(series.get(name)?.points ?? []), { period: month as Day, value }];
      series.set(name, { metric, appKey, dataset: '', name, type: '', points });
    }
  }
  return [...series.values()];
}

describe('compareGrowth', () => {
  it('reads the benchmark field as the gap: the Marketplace grew by own - gap', () => {
    // -0.28 - 4.10 = -4.38: the Marketplace fell more than we did.
    expect(compareGrowth(-0.28, 4.1, 1418, 1422)).toEqual({
      own: -0.28,
      gap: 4.1,
      marketplace: -4.38,
      recomputed: undefined,
    });
    expect(compareGrowth(5.26, -1.4, null, null).marketplace).toBe(6.66);
  });

  it('has no base where the API gives no growth', () => {
    expect(compareGrowth(null, 3, 110, 100).recomputed).toBeUndefined();
    expect(compareGrowth(3, 3, 110, null).recomputed).toBeUndefined();
    expect(compareGrowth(null, 3, 10, 0)).toEqual({
      own: null,
      gap: 3,
      marketplace: null,
      recomputed: undefined,
    });
  });

  it('notes when the counts give another growth, by more than half a point', () => {
    // 1150 after 1387 is -17.09 %, the API says +1.94 %.
    expect(compareGrowth(1.94, 5.73, 1150, 1387).recomputed).toBe(-17.09);
    expect(compareGrowth(10.5, 0, 110, 100).recomputed).toBeUndefined();
    expect(compareGrowth(10.51, 0, 110, 100).recomputed).toBe(10);
    expect(compareGrowth(10, 0, 110, 0).recomputed).toBeUndefined();
  });
});

describe('readEvaluationBenchmark', () => {
  const fields = { evaluations: 1418, previousMonth: 1422, growthMoM: -0.28, gapMoM: 4.1, percentile: 99 };
  const year = { ytd: 2840, ytdLastYear: 2789, growthYoY: 1.83, gapYoY: 16.04, percentileYtd: 98 };
  const series = [
    ...benchmark('evaluation-benchmark', null, {
      '2025-02-01': { ...fields, ...year },
      '2025-01-01': { percentile: 97, percentileYtd: 99 },
      '2024-12-01': { evaluations: null },
    }),
    ...benchmark('evaluation-benchmark', 'app-1', { '2025-03-01': { evaluations: 5, growthYoY: null } }),
  ];

  it('reads a month beside the one before', () => {
    expect(readEvaluationBenchmark(series, null, '2025-02-01')).toEqual({
      month: '2025-02-01',
      appKey: null,
      evaluations: 1418,
      previousMonth: 1422,
      growth: { own: -0.28, gap: 4.1, marketplace: -4.38, recomputed: undefined },
      percentile: { now: 99, before: 97, change: 2 },
      yearToDate: 2840,
      yearToDateLastYear: 2789,
      yearToDateGrowth: { own: 1.83, gap: 16.04, marketplace: -14.21, recomputed: undefined },
      yearToDatePercentile: { now: 98, before: 99, change: -1 },
    });
  });

  it('keeps apps apart, leaves unknown fields null and absent months undefined', () => {
    expect(readEvaluationBenchmark(series, 'app-1', '2025-03-01')).toMatchObject({
      evaluations: 5,
      percentile: { now: null, before: null, change: null },
      yearToDateGrowth: { own: null, marketplace: null },
    });
    expect(readEvaluationBenchmark(series, 'app-1', '2025-02-01')).toBeUndefined();
    expect(readEvaluationBenchmark(series, null, '2024-12-01')).toBeUndefined();
  });

  it('lists its months, newest first', () => {
    expect(benchmarkMonths(series, 'evaluation-benchmark')).toEqual([
      '2025-03-01',
      '2025-02-01',
      '2025-01-01',
    ]);
    expect(benchmarkMonths(series, 'evaluation-benchmark', null)).toEqual(['2025-02-01', '2025-01-01']);
    expect(benchmarkMonths(series, 'churn-benchmark')).toEqual([]);
  });
});

describe('readChurnBenchmark', () => {
  const series = benchmark('churn-benchmark', 'app-1', {
    '2025-01-01': {
      churnedLicenses: 250,
      totalLicenses: 5000,
      churnRate: 5.125,
      isolatedChurnRate: 2.511,
      churnRateIndex: 1.3,
      isolatedChurnRateIndex: 0.97,
    },
  });

  it('reads the rates, the indexes and the days the loss lies between', () => {
    expect(readChurnBenchmark(series, 'app-1', '2025-01-01')).toEqual({
      month: '2025-01-01',
      appKey: 'app-1',
      activeOn: '2025-01-31',
      goneBy: '2025-02-28',
      churned: 250,
      total: 5000,
      rate: 5.125,
      isolatedRate: 2.511,
      recomputed: undefined, // 250 of 5,000 is 5.00, only 0.125 away
      index: { ratio: 1.3, against: 'worse' },
      isolatedIndex: { ratio: 0.97, against: 'average' },
    });
    expect(readChurnBenchmark(series, 'app-2', '2025-01-01')).toBeUndefined();
  });

  it('notes a rate that its own counts contradict', () => {
    const odd = benchmark('churn-benchmark', 'app-1', {
      '2024-11-01': { churnedLicenses: 40, totalLicenses: 1000, churnRate: 4.6, churnRateIndex: null },
    });
    expect(readChurnBenchmark(odd, 'app-1', '2024-11-01')).toMatchObject({
      recomputed: 4,
      index: null,
      isolatedRate: null,
      activeOn: '2024-11-30',
      goneBy: '2024-12-31',
    });
  });

  it('takes 1 for the average and less for better', () => {
    expect(readChurnIndex(1.04)?.against).toBe('average');
    expect(readChurnIndex(0.95)?.against).toBe('better');
    expect(readChurnIndex(1.06)?.against).toBe('worse');
    expect(readChurnIndex(null)).toBeNull();
  });

  it('would read percent above the average to the same end', () => {
    // 30 % above the average is 1.3 times it; 3 % below it is about average.
    expect(readChurnIndex(30, 'percent above average')).toEqual(readChurnIndex(1.3));
    expect(readChurnIndex(-3, 'percent above average')).toEqual({ ratio: 0.97, against: 'average' });
  });
});
