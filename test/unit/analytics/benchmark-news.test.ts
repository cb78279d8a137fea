import { describe, expect, it } from 'vitest';
import { benchmarkNews } from '../../../src/analytics/benchmark-news.ts';
import type { Day } from '../../../src/domain/day.ts';
import type { MetricSeries } from '../../../src/domain/metric-series.ts';

const METRIC = 'evaluation-benchmark';

function growth(
  appKey: string | null,
  values: Readonly<Record<Day, number | null>>,
  name = 'growthMoM',
): MetricSeries {
  const points = Object.entries(values).map(([period, value]) => ({ period: period as Day, value }));
  return { metric: METRIC, appKey, dataset: '', name, type: '', points };
}

const TOLD = [growth(null, { '2026-01-01': 1, '2026-02-01': 2 }), growth('app-1', { '2026-02-01': 3 })];
const ALL = [null, 'app-1'];

describe('benchmarkNews', () => {
  it('has everything to tell the first time, and nothing restated', () => {
    expect(benchmarkNews(TOLD, undefined, METRIC, ALL)).toEqual({
      newest: '2026-02-01',
      isNew: true,
      restated: [],
    });
  });

  it('has nothing to tell while nothing changed', () => {
    expect(benchmarkNews(TOLD, TOLD, METRIC, ALL)).toEqual({
      newest: '2026-02-01',
      isNew: false,
      restated: [],
    });
  });

  it('tells a month that was not there', () => {
    const now = [...TOLD, growth(null, { '2026-03-01': 0 }, 'gapMoM')];
    expect(benchmarkNews(now, TOLD, METRIC, ALL)).toEqual({
      newest: '2026-03-01',
      isNew: true,
      restated: [],
    });
  });

  it('names the months in which any number changed, came or went, newest first', () => {
    const now = [
      growth(null, { '2026-01-01': 1.5, '2026-02-01': 2 }),
      growth('app-1', { '2026-02-01': 3 }),
      growth('app-1', { '2026-02-01': 4 }, 'percentile'),
    ];
    expect(benchmarkNews(now, TOLD, METRIC, ALL).restated).toEqual(['2026-02-01', '2026-01-01']);
    expect(benchmarkNews(TOLD, now, METRIC, ALL).restated).toEqual(['2026-02-01', '2026-01-01']);
  });

  it('looks only at the apps asked for', () => {
    const now = [TOLD[0], growth('app-1', { '2026-02-01': 9 })].filter((one) => one !== undefined);
    expect(benchmarkNews(now, TOLD, METRIC, [null]).restated).toEqual([]);
    expect(benchmarkNews(now, TOLD, METRIC, ['app-1']).restated).toEqual(['2026-02-01']);
  });

  it('takes a number that is none for no number', () => {
    const now = [...TOLD, growth(null, { '2026-02-01': null }, 'growthYoY')];
    expect(benchmarkNews(now, TOLD, METRIC, ALL).restated).toEqual([]);
    expect(benchmarkNews([], TOLD, METRIC, ALL)).toEqual({ newest: undefined, isNew: false, restated: [] });
  });
});
