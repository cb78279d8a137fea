import { describe, expect, it } from 'vitest';
import { ageOfWeek, completenessAt, toObservations, weekState } from '../../../src/analytics/freshness.ts';
import type { ObservedPoint } from '../../../src/domain/metric-series.ts';
import { addDays, type Day, startOf, weeksEndingWith } from '../../../src/domain/day.ts';

describe('weekState', () => {
  it.each([
    ['2026-03-14', 'open', -1],
    ['2026-03-15', 'provisional', 0],
    ['2026-03-17', 'provisional', 2],
    ['2026-03-18', 'settling', 3],
    ['2026-04-11', 'settling', 27],
    ['2026-04-12', 'final', 28],
  ])('of the week of 8 March 2026 on %s is %s', (today, state, age) => {
    expect(weekState('2026-03-08', today as Day)).toBe(state);
    expect(ageOfWeek('2026-03-08', today as Day)).toBe(age);
  });
});

describe('completenessAt', () => {
  const NOW = startOf('2026-08-01');
  /** Ten weeks long over: seen with `early` two days after their end, with `late` five days after it. */
  const seen = (early: readonly number[], late = 10) =>
    weeksEndingWith('2026-05-24', early.length).flatMap((week, index) => {
      const end = startOf(addDays(week, 7));
      return [
        { week, value: late, observedAt: end + 5 * 86_400_000 },
        { week, value: early[index] ?? 0, observedAt: end + 2 * 86_400_000 },
      ];
    });

  it('is the median share of the final number that was known at that age', () => {
    // .8 three times, .9 four times, 1 three times: the middle two of ten are .9.
    const early = [8, 8, 8, 9, 9, 9, 9, 10, 10, 10];
    expect(completenessAt(seen(early), 2, NOW)).toEqual({ share: 0.9, weeks: 10 });
    expect(completenessAt(seen(early), 5, NOW)).toEqual({ share: 1, weeks: 10 });
  });

  it('says nothing from weeks first seen later, from fewer than eight weeks, or from weeks that are not final', () => {
    const early = Array<number>(8).fill(9);
    expect(completenessAt(seen(early), 1, NOW)).toBeUndefined();
    expect(completenessAt(seen(early), 2, NOW)).toEqual({ share: 0.9, weeks: 8 });
    expect(completenessAt(seen(early.slice(1)), 2, NOW)).toBeUndefined();
    // The newest of the eight ended on 31 May: final on 28 June.
    expect(completenessAt(seen(early), 2, startOf('2026-06-27'))).toBeUndefined();
    expect(completenessAt(seen(early), 2, startOf('2026-06-28'))).toEqual({ share: 0.9, weeks: 8 });
  });

  it('takes weeks of a single customer into account', () => {
    expect(completenessAt(seen(Array<number>(8).fill(0), 1), 2, NOW)).toEqual({ share: 0, weeks: 8 });
  });

  it('ignores what changed after 28 days, and weeks that ended up as nothing', () => {
    const early = Array<number>(8).fill(9);
    const corrected = seen(early).map(({ week }) => ({
      week,
      value: 90,
      observedAt: startOf(addDays(week, 7 + 29)),
    }));
    expect(completenessAt([...seen(early), ...corrected], 2, NOW)).toEqual({ share: 0.9, weeks: 8 });
    expect(completenessAt(seen(early, 0), 2, NOW)).toBeUndefined();
  });
});

describe('toObservations', () => {
  const WEEK = '2026-03-08';
  const filter = { metric: 'churn', appKey: null, name: 'Cancellations' } as const;
  const point = (observedAt: number, dataset: string, value: number | null, name = 'Cancellations') =>
    ({
      metric: 'churn',
      appKey: null,
      dataset,
      name,
      type: '',
      period: WEEK,
      value,
      observedAt,
    }) as ObservedPoint;

  it('adds up the series of the filter at every instant at which one of them changed', () => {
    // At 10 the week is spoken of (somebody else's number); annual 2 at 20, monthly 3 at 30, annual 4 at 40.
    const points = [
      point(40, 'Annual', 4),
      point(20, 'Annual', 2),
      point(30, 'Monthly', 3),
      point(30, 'Annual', 99, 'Customers'),
    ];
    expect(toObservations({ points, firstSeenAt: new Map([[WEEK, 10]]) }, filter)).toEqual([
      { week: WEEK, value: 0, observedAt: 10 },
      { week: WEEK, value: 2, observedAt: 20 },
      { week: WEEK, value: 5, observedAt: 30 },
      { week: WEEK, value: 7, observedAt: 40 },
    ]);
  });

  it('counts a week as 0 from when the metric first spoke of it: that nothing was known early is what it is about', () => {
    // Ten weeks, seen with other numbers a day after their end, with their one cancellation four days after it.
    const weeks = weeksEndingWith('2026-05-24', 10);
    const points = weeks.map((period) => ({
      ...point(startOf(addDays(period, 11)), 'Annual', 1),
      period,
    }));
    const firstSeenAt = new Map(weeks.map((week) => [week, startOf(addDays(week, 8))]));
    const observed = toObservations({ points, firstSeenAt }, filter);
    const NOW = startOf('2026-08-01');
    expect(completenessAt(observed, 2, NOW)).toEqual({ share: 0, weeks: 10 });
    expect(completenessAt(observed, 4, NOW)).toEqual({ share: 1, weeks: 10 });
    expect(completenessAt(observed, 3.99, NOW)).toEqual({ share: 0, weeks: 10 });
    expect(completenessAt(observed, 0.5, NOW)).toBeUndefined();
  });

  it('takes a number that is none for 0', () => {
    const points = [point(20, 'Annual', 2), point(30, 'Annual', null)];
    expect(toObservations({ points, firstSeenAt: new Map([[WEEK, 20]]) }, filter).at(-1)).toMatchObject({
      value: 0,
    });
  });
});
