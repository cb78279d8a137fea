import { describe, expect, it } from 'vitest';
import { isMaterial, restatedWeeks, rosterByWeek } from '../../../src/analytics/restatements.ts';
import type { Day } from '../../../src/domain/day.ts';
import { churn } from './rows.ts';

const values = (...numbers: (number | undefined)[]) =>
  numbers.map((value, index) => ({ week: ['2026-03-01', '2026-03-08', '2026-03-15'][index] as Day, value }));

describe('isMaterial', () => {
  it('is a change by two, or by five percent', () => {
    expect(isMaterial(20, 21)).toBe(true); // 1 of 20 is 5 %
    expect(isMaterial(21, 22)).toBe(false);
    expect(isMaterial(1000, 1002)).toBe(true);
    expect(isMaterial(0, 1)).toBe(true);
    expect(isMaterial(7, 7)).toBe(false);
    expect(isMaterial(0, 0)).toBe(false);
  });
});

describe('restatedWeeks', () => {
  it('tells a single name that came or went', () => {
    const one = rosterByWeek([churn({ eventDate: '2026-03-01' })]);
    const none = rosterByWeek([]);
    expect(restatedWeeks(values(50), values(50), { rosters: { before: none, now: one } })).toMatchObject([
      { appeared: ['E-1'] },
    ]);
    expect(restatedWeeks(values(50), values(50), { rosters: { before: one, now: none } })).toMatchObject([
      { vanished: ['E-1'] },
    ]);
  });

  it('lists the known weeks that read differently now, oldest first', () => {
    expect(restatedWeeks(values(5, 40, 9).toReversed(), values(7, 41, 9))).toEqual([
      { week: '2026-03-01', before: 5, after: 7, appeared: [], vanished: [] },
    ]);
  });

  it('calls weeks that were unknown news, and numbers that disappeared a change', () => {
    expect(restatedWeeks(values(undefined, 3), values(9, undefined, 4))).toEqual([
      { week: '2026-03-08', before: 3, after: undefined, appeared: [], vanished: [] },
    ]);
  });

  it('always tells a change in who is listed, however large or equal the number', () => {
    const before = rosterByWeek([churn({ eventDate: '2026-03-07', entitlement: 'E-1' })]);
    const now = rosterByWeek([
      churn({ eventDate: '2026-03-01', entitlement: 'E-3' }),
      churn({ eventDate: '2026-03-02', entitlement: 'E-2' }),
      churn({ eventDate: '2026-03-20', entitlement: 'E-9' }),
      churn({ eventDate: '2026-03-02', entitlement: '' }),
    ]);
    expect(restatedWeeks(values(100, 7), values(100, 7, 1), { rosters: { before, now } })).toEqual([
      { week: '2026-03-01', before: 100, after: 100, appeared: ['E-2', 'E-3'], vanished: ['E-1'] },
    ]);
  });

  it('tells of how many the number is, and a whole that moved by five percent', () => {
    // 72 of 71 before is 1.4 %: no news. 75 of 71 is 5.6 %.
    const wholes = { before: values(71, 71), now: values(72, 75) };
    expect(restatedWeeks(values(5, 5), values(5, 5), { wholes })).toEqual([
      {
        week: '2026-03-08',
        before: 5,
        after: 5,
        whole: { before: 71, after: 75 },
        appeared: [],
        vanished: [],
      },
    ]);
    expect(restatedWeeks(values(5), values(7), { wholes })).toMatchObject([
      { whole: { before: 71, after: 72 } },
    ]);
  });
});
