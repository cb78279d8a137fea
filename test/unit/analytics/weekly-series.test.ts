import { describe, expect, it } from 'vitest';
import {
  addWeeks,
  rollingSums,
  sumOfWeeks,
  weeklyRates,
  weeklyValues,
  yearAgo,
} from '../../../src/analytics/weekly-series.ts';
import { addDays, type Day, weeksEndingWith } from '../../../src/domain/day.ts';
import type { MetricSeries } from '../../../src/domain/metric-series.ts';

function series(changes: Partial<MetricSeries>, points: Record<Day, number | null>): MetricSeries {
  return {
    metric: 'churn',
    appKey: null,
    dataset: 'Annual',
    name: 'Cancellations',
    type: '',
    points: Object.entries(points).map(([period, value]) => ({ period: period as Day, value })),
    ...changes,
  };
}

const WEEKS: Day[] = ['2026-03-01', '2026-03-08', '2026-03-15'];
const CANCELLATIONS = { metric: 'churn', appKey: null, name: 'Cancellations' } as const;

describe('weeklyValues', () => {
  it('fills a known week without a point with 0 and leaves an unknown week undefined', () => {
    const all = [
      series({}, { '2026-03-01': 4 }),
      series({ name: 'Customers' }, { '2026-03-01': 50, '2026-03-08': 60 }),
    ];
    expect(weeklyValues(all, CANCELLATIONS, WEEKS)).toEqual([
      { week: '2026-03-01', value: 4 },
      { week: '2026-03-08', value: 0 },
      { week: '2026-03-15', value: undefined },
    ]);
  });

  it('knows a week only from the same metric, and not from a null', () => {
    const all = [
      series({}, { '2026-03-01': 4, '2026-03-08': null }),
      series({ metric: 'renewal' }, { '2026-03-08': 9, '2026-03-15': 9 }),
    ];
    expect(weeklyValues(all, CANCELLATIONS, WEEKS).map(({ value }) => value)).toEqual([
      4,
      undefined,
      undefined,
    ]);
  });

  it('adds types and data sets up unless one is asked for', () => {
    const all = [
      series({ dataset: 'Annual' }, { '2026-03-01': 4 }),
      series({ dataset: 'Monthly', type: 'Upgrade' }, { '2026-03-01': 3 }),
      series({ dataset: 'Monthly' }, { '2026-03-01': 2 }),
      series({ dataset: 'Monthly', appKey: 'app-1' }, { '2026-03-01': 100 }),
    ];
    const first = (filter: object) => weeklyValues(all, { ...CANCELLATIONS, ...filter }, WEEKS)[0]?.value;
    expect(first({})).toBe(9);
    expect(first({ dataset: 'Monthly' })).toBe(5);
    expect(first({ dataset: 'Monthly', type: 'Upgrade' })).toBe(3);
    expect(first({ appKey: 'app-1' })).toBe(100);
  });

  it('is not changed by a series of another app or metric that knows the same weeks', () => {
    const own = [series({}, { '2026-03-01': 4, '2026-03-08': 1 })];
    const unrelated = series({ appKey: 'app-9', name: 'Customers' }, { '2026-03-01': 7 });
    expect(weeklyValues([...own, unrelated], CANCELLATIONS, WEEKS)).toEqual(
      weeklyValues(own, CANCELLATIONS, WEEKS),
    );
  });
});

describe('sums of weeks', () => {
  const values = [
    { week: '2026-03-01' as Day, value: 1 },
    { week: '2026-03-08' as Day, value: 0 },
    { week: '2026-03-15' as Day, value: 4 },
    { week: '2026-03-22' as Day, value: undefined },
    { week: '2026-03-29' as Day, value: 2 },
  ];

  it('are undefined where a week is unknown or missing, never a smaller sum', () => {
    expect(sumOfWeeks(values, '2026-03-15', 3)).toBe(5);
    expect(sumOfWeeks(values, '2026-03-22', 3)).toBeUndefined();
    expect(sumOfWeeks(values, '2026-03-15', 4)).toBeUndefined();
    expect(rollingSums(values, 2).map(({ value }) => value)).toEqual([undefined, 1, 4, undefined, undefined]);
  });

  it('roll over four weeks unless told otherwise', () => {
    const weeks = weeksEndingWith('2026-03-29', 6).map((week, index) => ({ week, value: index }));
    expect(rollingSums(weeks).map(({ value }) => value)).toEqual([
      undefined,
      undefined,
      undefined,
      6,
      10,
      14,
    ]);
  });

  it('add several spaces up only where all of them know the week', () => {
    const other = [
      { week: '2026-03-15' as Day, value: undefined },
      { week: '2026-03-01' as Day, value: 10 },
    ];
    const sum = addWeeks([values, other]);
    expect(sum.slice(0, 3)).toEqual([
      { week: '2026-03-01', value: 11 },
      { week: '2026-03-08', value: 0 },
      { week: '2026-03-15', value: undefined },
    ]);
    expect(addWeeks([other, values])).toEqual(sum);
  });

  it('pair parts with wholes by week', () => {
    const wholes = [{ week: '2026-03-08' as Day, value: 20 }];
    expect(weeklyRates(values.slice(0, 2), wholes)).toEqual([
      { week: '2026-03-01', part: 1, whole: undefined },
      { week: '2026-03-08', part: 0, whole: 20 },
    ]);
  });

  it('compare with a year ago only when both sides are known', () => {
    // 56 weeks with values 0..55: the last four are 52+53+54+55 = 214, those 52 weeks before 0+1+2+3 = 6.
    const year = weeksEndingWith('2026-03-29', 56).map((week, index) => ({ week, value: index }));
    expect(yearAgo(year, '2026-03-29')).toEqual({ now: 214, before: 6 });
    expect(yearAgo(year.slice(1), '2026-03-29')).toBeUndefined();
    expect(yearAgo(year, addDays('2026-03-29', 7))).toBeUndefined();
  });
});
