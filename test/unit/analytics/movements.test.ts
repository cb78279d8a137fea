import { describe, expect, it } from 'vitest';
import { buildCoverage } from '../../../src/analytics/coverage.ts';
import { MOVEMENT_KINDS, movementsBetween } from '../../../src/analytics/movements.ts';
import type { Day } from '../../../src/domain/day.ts';
import { createRandom, line, randomLines } from './rows.ts';

/** A line of `daily` cents a day for 100 days from a day on: daily x 30.4167 a month. */
function hundredDays(entitlement: string, start: Day, end: Day, daily: number) {
  return line({ entitlement, maintenanceStart: start, maintenanceEnd: end, vendorAmount: daily * 100 });
}
const [SPRING, SUMMER, AUTUMN]: [Day, Day, Day] = ['2025-03-01', '2025-06-09', '2025-09-17'];

describe('movementsBetween', () => {
  // 12 cents a day are 365 a month, 24 are 730, 120 are 3,650, 6 are 182.5 (rounded 183).
  const coverage = buildCoverage([
    hundredDays('new', SUMMER, AUTUMN, 12),
    hundredDays('stays', SPRING, SUMMER, 120),
    hundredDays('stays', SUMMER, AUTUMN, 120),
    hundredDays('grows', SPRING, SUMMER, 12),
    hundredDays('grows', SUMMER, AUTUMN, 24),
    hundredDays('shrinks', SPRING, SUMMER, 24),
    hundredDays('shrinks', SUMMER, AUTUMN, 12),
    hundredDays('leaves', SPRING, SUMMER, 6),
    line({ entitlement: 'returns', maintenanceStart: '2024-01-01', maintenanceEnd: '2025-01-01' }),
    hundredDays('returns', SUMMER, AUTUMN, 12),
  ]);
  const movements = movementsBetween(coverage, '2025-05-01', '2025-07-01');

  it('names what each entitlement did, largest first', () => {
    expect(movements.list.map(({ entitlement, kind, delta }) => [entitlement, kind, delta])).toEqual([
      ['grows', 'expansion', 365],
      ['new', 'new', 365],
      ['returns', 'reactivation', 365],
      ['shrinks', 'contraction', -365],
      ['leaves', 'churn', -183],
    ]);
  });

  it('adds up by kind, from the revenue before to the revenue after', () => {
    // Before: 3,650 + 365 + 730 + 183 = 4,928. After: 3,650 + 730 + 365 + 365 + 365 = 5,475.
    expect(movements).toMatchObject({ before: 4928, after: 5475, noise: 0 });
    expect(movements.totals).toEqual({
      new: { count: 1, delta: 365 },
      reactivation: { count: 1, delta: 365 },
      expansion: { count: 1, delta: 365 },
      contraction: { count: 1, delta: -365 },
      churn: { count: 1, delta: -183 },
    });
  });

  it('keeps new and returning customers out of retention', () => {
    // Gross: (4,928 - 365 - 183) / 4,928 = 0.88880; net adds 365 / 4,928.
    expect(movements.grossRetention).toBeCloseTo(4380 / 4928, 12);
    expect(movements.netRetention).toBeCloseTo(4745 / 4928, 12);
    expect(movementsBetween(coverage, '2023-05-01', '2023-07-01')).toMatchObject({
      before: 0,
      grossRetention: undefined,
      netRetention: undefined,
    });
  });

  it('counts the days a returning customer was away', () => {
    // Covered until 2025-01-01, back on 2025-06-09: 30 + 29 + 31 + 30 + 31 + 8 = 159 days later.
    expect(movements.list.find(({ kind }) => kind === 'reactivation')?.daysAway).toBe(159);
    expect(movements.list.find(({ kind }) => kind === 'new')).not.toHaveProperty('daysAway');
  });

  it('counts from the very day on which a known loss ended the coverage', () => {
    const back = buildCoverage([
      hundredDays('back', SPRING, SUMMER, 12),
      hundredDays('back', '2025-06-20', '2025-09-28', 12),
    ]);
    const endings = { churned: new Map([['back', [SUMMER]]]), inactive: new Set<string>() };
    expect(movementsBetween(back, SUMMER, '2025-07-01', endings).list).toMatchObject([
      { kind: 'reactivation', daysAway: 11 },
    ]);
  });

  it('calls small changes of size noise: below $1 or half a percent a month', () => {
    const grow = (from: number, to: number) => {
      const lines = [
        line({ maintenanceStart: SPRING, maintenanceEnd: SUMMER, vendorAmount: from }),
        line({ maintenanceStart: SUMMER, maintenanceEnd: AUTUMN, vendorAmount: to }),
      ];
      return movementsBetween(buildCoverage(lines), '2025-05-01', '2025-07-01');
    };
    // 100 days: 1,200 = 365 a month; 1,525 = 463.85, 464 a month: + 99. 1,529 = 465.07, 465: + 100.
    expect(grow(1200, 1525)).toMatchObject({ list: [], noise: 99, before: 365, after: 464 });
    expect(grow(1200, 1529).list).toMatchObject([{ kind: 'expansion', delta: 100 }]);
    // 1,200,000 = 365,000 a month, floor 1,825: 1,206,000 is + 1,825, 1,205,900 is + 1,795.
    expect(grow(1_200_000, 1_206_000).list).toMatchObject([{ kind: 'expansion', delta: 1825 }]);
    expect(grow(1_200_000, 1_205_900)).toMatchObject({ list: [], noise: 1795 });
  });

  it('never calls a small customer that leaves noise', () => {
    const small = buildCoverage([hundredDays('small', SPRING, SUMMER, 1)]); // 30 cents a month
    expect(movementsBetween(small, '2025-05-01', '2025-07-01').list).toMatchObject([
      { kind: 'churn', delta: -30 },
    ]);
  });

  it('does not call a customer lost while its renewal may only be late', () => {
    const [late] = [buildCoverage([hundredDays('late', SPRING, SUMMER, 12)])];
    expect(movementsBetween(late, '2025-06-01', '2025-06-16').list).toEqual([]);
    expect(movementsBetween(late, '2025-06-01', '2025-06-17').list).toMatchObject([{ kind: 'churn' }]);
  });

  it('holds: before plus all movements plus noise is after, each entitlement once, in any order of arrival', () => {
    const random = createRandom(77);
    for (let example = 0; example < 40; example += 1) {
      const lines = randomLines(random, 60);
      const found = movementsBetween(buildCoverage(lines), '2025-05-01', '2025-09-01');
      const sum = MOVEMENT_KINDS.reduce((total, kind) => total + found.totals[kind].delta, 0);
      expect(found.before + sum + found.noise).toBe(found.after);
      expect(new Set(found.list.map(({ entitlement }) => entitlement)).size).toBe(found.list.length);
      expect(movementsBetween(buildCoverage(random.shuffle(lines)), '2025-05-01', '2025-09-01')).toEqual(
        found,
      );
      const other = line({
        entitlement: 'other',
        maintenanceStart: '2020-01-01',
        maintenanceEnd: '2021-01-01',
      });
      expect(movementsBetween(buildCoverage([...lines, other]), '2025-05-01', '2025-09-01')).toEqual(found);
    }
  });
});
