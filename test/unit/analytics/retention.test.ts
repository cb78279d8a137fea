import { describe, expect, it } from 'vitest';
import { buildCoverage, type Coverage } from '../../../src/analytics/coverage.ts';
import { movementsBetween } from '../../../src/analytics/movements.ts';
import { retentionOf } from '../../../src/analytics/retention.ts';
import { runRateAt } from '../../../src/analytics/run-rate.ts';
import { runRateChanges } from '../../../src/analytics/run-rate-changes.ts';
import { movementsByWeek } from '../../../src/analytics/run-rate-weeks.ts';
import type { Day } from '../../../src/domain/day.ts';
import { createRandom, line, randomLines } from './rows.ts';

/** A line of `monthly` cents a month for a whole number of months. */
const paid = (entitlement: string, from: Day, to: Day, months: number, monthly: number) =>
  line({ entitlement, maintenanceStart: from, maintenanceEnd: to, vendorAmount: monthly * months });

function retentionBetween(coverage: Coverage, from: Day, to: Day) {
  return retentionOf(runRateAt(coverage, from), runRateAt(coverage, to));
}

describe('retention', () => {
  // A month: stays 10,000; grows 2,000 to 5,000; shrinks 4,000 to 1,000; leaves 3,000; comes 7,000; trembles 1,000 to 1,001.
  const coverage = buildCoverage([
    paid('stays', '2025-01-01', '2026-01-01', 12, 10_000),
    paid('stays', '2026-01-01', '2027-01-01', 12, 10_000),
    paid('grows', '2025-01-01', '2026-01-01', 12, 2_000),
    paid('grows', '2026-01-01', '2027-01-01', 12, 5_000),
    paid('shrinks', '2025-01-01', '2026-01-01', 12, 4_000),
    paid('shrinks', '2026-01-01', '2027-01-01', 12, 1_000),
    paid('leaves', '2025-01-01', '2026-01-01', 12, 3_000),
    paid('trembles', '2025-01-01', '2026-01-01', 12, 1_000),
    paid('trembles', '2026-01-01', '2027-01-01', 12, 1_001),
    paid('comes', '2026-01-15', '2027-01-15', 12, 7_000),
  ]);

  it('is what is left of the revenue of those who paid at the start, without and with their bigger plans', () => {
    // Before: 10,000 + 2,000 + 4,000 + 3,000 + 1,000 = 20,000. Lost: 3,000 + 3,000, so GRR 14,000 / 20,000 = .7.
    // Won from the same customers: 3,000, so NRR .85. The new 7,000 are no part of it, and a cent is nobody's decision.
    expect(retentionBetween(coverage, '2025-06-01', '2026-06-01')).toEqual({
      from: '2025-06-01',
      to: '2026-06-01',
      before: 20_000,
      subscriptions: 5,
      lost: 6_000,
      won: 3_000,
      gross: 0.7,
      net: 0.85,
    });
  });

  it('is nothing to speak of where nobody paid at the start', () => {
    expect(retentionBetween(coverage, '2024-06-01', '2026-06-01')).toBeUndefined();
  });

  it('holds: gross is at most 1 and at most net, and customers who come change neither', () => {
    const random = createRandom(21);
    for (let example = 0; example < 30; example += 1) {
      const lines = randomLines(random, 60);
      const found = retentionBetween(buildCoverage(lines), '2025-06-01', '2025-12-01');
      if (!found) continue;
      expect(found.gross).toBeLessThanOrEqual(1);
      expect(found.gross).toBeGreaterThanOrEqual(0);
      expect(found.net).toBeGreaterThanOrEqual(found.gross);
      const more = [...lines, paid('comes', '2025-07-01', '2026-07-01', 12, 9_999)];
      expect(retentionBetween(buildCoverage(more), '2025-06-01', '2025-12-01')).toEqual(found);
      const moved = movementsBetween(buildCoverage(lines), '2025-06-01', '2025-12-01');
      expect(found.gross).toBeCloseTo(moved.grossRetention ?? 0, 12);
      expect(found.net).toBeCloseTo(moved.netRetention ?? 0, 12);
    }
  });
});

describe('what changed in the movement of recurring revenue', () => {
  const WEEKS: Day[] = ['2025-02-23', '2025-03-02'];
  const week = (lines: Parameters<typeof buildCoverage>[0]) =>
    movementsByWeek(buildCoverage(lines), WEEKS, '2025-03-31');
  const acme = paid('acme', '2025-03-04', '2026-03-04', 12, 5_000);
  const globex = paid('globex', '2025-01-05', '2026-01-05', 12, 2_000);

  it('is told from what to what and by whom, to the cent', () => {
    // Acme came in the second week with 5,000 a month; its bill is 4,000 a month now.
    const now = week([{ ...acme, vendorAmount: 48_000 }, globex]);
    expect(runRateChanges(week([acme, globex]), now)).toEqual([
      {
        week: '2025-03-02',
        before: 5_000,
        after: 4_000,
        behind: [{ entitlement: 'acme', delta: -1_000 }],
      },
    ]);
  });

  it('is not told for less than a dollar, or less than 5 % of the week', () => {
    const changed = (cents: number) =>
      runRateChanges(week([acme]), week([{ ...acme, vendorAmount: 60_000 + 12 * cents }])).length;
    // 5 % of 5,000 is 250.
    expect([changed(249), changed(250), changed(-249), changed(-250)]).toEqual([0, 1, 0, 1]);
    const small = paid('small', '2025-03-04', '2026-03-04', 12, 1_000);
    const smallChanged = (cents: number) =>
      runRateChanges(week([small]), week([{ ...small, vendorAmount: 12_000 + 12 * cents }])).length;
    expect([smallChanged(99), smallChanged(100)]).toEqual([0, 1]);
  });

  it('is always told when somebody left after all, or did not', () => {
    const leaves = { ...globex, maintenanceEnd: '2025-02-20', vendorAmount: 60 } as const;
    const stays = { ...leaves, maintenanceEnd: '2025-09-20', vendorAmount: 240 } as const;
    const told = week([acme, leaves]);
    // 60 cents over 46 days are 40 a month; gone, with its 7 days of grace, in the first of the weeks.
    expect(told[0]?.list).toMatchObject([{ entitlement: 'globex', kind: 'churn' }]);
    expect(runRateChanges(told, week([acme, stays]))).toMatchObject([
      { week: '2025-02-23', after: 0, behind: [{ entitlement: 'globex' }] },
    ]);
  });

  it('is nothing where nothing changed, and of weeks that were not told', () => {
    expect(runRateChanges(week([acme, globex]), week([globex, acme]))).toEqual([]);
    expect(runRateChanges([], week([acme]))).toEqual([]);
  });
});
