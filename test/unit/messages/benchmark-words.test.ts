import { describe, expect, it } from 'vitest';
import { compareGrowth, type EvaluationBenchmark } from '../../../src/analytics/benchmarks.ts';
import type { Day } from '../../../src/domain/day.ts';
import { benchmarkText } from '../../../src/messages/benchmark-card.ts';
import { comparisonWords, percentileWords, signed } from '../../../src/messages/benchmark-words.ts';

function words(own: number | null, gap: number | null): string {
  const growth = compareGrowth(own, gap, null, null);
  return comparisonWords(growth, 'all partners', 'no evaluations a year ago').replaceAll('\u00A0', ' ');
}

describe('comparisonWords', () => {
  it('tells the Marketplace as own growth minus the gap, never the gap as its growth', () => {
    expect(words(-0.28, 4.1)).toBe(
      'you did 4.1 pp better than all partners: they fell 4.4 %, you were flat (-0.3 %)',
    );
    expect(words(24.74, -8.19)).toBe(
      'you did 8.2 pp worse than all partners: they grew 32.9 %, you grew 24.7 %',
    );
  });

  it('calls no visible gap as well as', () => {
    expect(words(3, 0.04)).toBe('you did as well as all partners: they grew 3.0 %, you grew 3.0 %');
  });

  it('has no comparison without a base, and tells own growth alone where nothing is published', () => {
    expect(words(null, null)).toBe('no comparison (no evaluations a year ago)');
    expect(words(5, null)).toBe('you grew 5.0 %; no comparison with all partners is published');
  });
});

describe('percentileWords', () => {
  it.each([
    [99, 0, '99th percentile (unchanged)'],
    [83, -2, '83rd percentile (down 2)'],
    [92, 1, '92nd percentile (up 1)'],
    [71, null, '71st percentile'],
    [11, 0, '11th percentile (unchanged)'],
    [12, 0, '12th percentile (unchanged)'],
    [13, 0, '13th percentile (unchanged)'],
    [0, null, '0th percentile'],
    [100, 0, 'top of the Marketplace (unchanged)'],
    [100, 15, 'top of the Marketplace (up 15)'],
    [null, null, 'not published'],
  ])('tells %s with a change of %s as "%s"', (now, change, text) => {
    expect(percentileWords({ now, before: null, change })).toBe(text);
  });
});

describe('signed', () => {
  it('gives one decimal and no sign to what shows as zero', () => {
    expect([16.04, -4.38, 0.04, -0.04, 1234.5].map(signed)).toEqual([
      '+16.0',
      '-4.4',
      '0.0',
      '0.0',
      '+1,234.5',
    ]);
  });
});

describe('the benchmark of January', () => {
  const unchanged = { now: 99, before: 99, change: 0 };
  const benchmark = (month: Day): EvaluationBenchmark => ({
    month,
    appKey: null,
    evaluations: 100,
    previousMonth: 90,
    growth: compareGrowth(11.11, 2, 100, 90),
    percentile: unchanged,
    yearToDate: 100,
    yearToDateLastYear: 80,
    yearToDateGrowth: compareGrowth(25, 3, 100, 80),
    yearToDatePercentile: unchanged,
  });
  const text = (month: Day) =>
    benchmarkText({ month, own: benchmark(month), others: 'all partners', rows: [], restated: [] }).mrkdwn;

  it('has no year so far: it would be the month again', () => {
    expect(text('2026-01-01')).not.toContain('ear to date');
    expect(text('2026-02-01')).toContain('Year to date: you did');
  });
});
