import { describe, expect, it } from 'vitest';
import { newestMatureWeek } from '../../../src/analytics/cohorts.ts';
import { groupConversions } from '../../../src/analytics/conversion-groups.ts';
import { buildCoverage } from '../../../src/analytics/coverage.ts';
import { readEvaluations } from '../../../src/analytics/evaluations.ts';
import { evaluation, line } from './rows.ts';

const WINDOW = { from: '2026-02-01', to: '2026-02-07', days: 30 } as const;

describe('groupConversions', () => {
  const licenses = [
    evaluation('E-1', '2026-02-01', { evaluationSale: '2026-03-03' }),
    evaluation('E-2', '2026-02-07', { evaluationSale: '2026-03-10' }),
    evaluation('E-3', '2026-02-03', { evaluationSale: '2026-02-03' }),
    evaluation('E-4', '2026-02-03', { appKey: 'app-2' }),
    evaluation('E-5', '2026-01-31', { evaluationSale: '2026-02-03' }),
    evaluation('E-6', '2026-02-08', { evaluationSale: '2026-02-08' }),
  ];
  // $365.00 and $730.00 for 365 days.
  const paid = [
    line({
      entitlement: 'E-1',
      saleDate: '2026-03-03',
      maintenanceStart: '2026-03-03',
      maintenanceEnd: '2027-03-03',
    }),
    line({
      entitlement: 'E-3',
      saleDate: '2026-02-03',
      maintenanceStart: '2026-02-03',
      maintenanceEnd: '2027-02-03',
      vendorAmount: 73_001,
    }),
  ];
  const { list } = readEvaluations(licenses, paid);
  const byApp = groupConversions(list, WINDOW, ({ appKey }) => appKey, buildCoverage(paid));

  it('counts those that started in the window, and as bought those within the days, both ends included', () => {
    // E-1 on day 30 and E-3 on day 0 are in, E-2 on day 31 is not; E-5 and E-6 started outside.
    expect(byApp).toEqual([
      { key: 'app-1', started: 3, bought: 2, firstYear: 54_751 },
      { key: 'app-2', started: 1, bought: 0, firstYear: undefined },
    ]);
  });

  it('puts every evaluation of the window into one group', () => {
    const bySize = groupConversions(list, WINDOW, ({ users }) => users, buildCoverage(paid));
    expect(bySize.reduce((sum, { started }) => sum + started, 0)).toBe(4);
  });
});

describe('newestMatureWeek', () => {
  it('is the newest week whose Saturday had the days and three more', () => {
    // Saturday 7 February + 30 + 3 = 12 March.
    expect(newestMatureWeek('2026-03-08', 30, '2026-03-12')).toBe('2026-02-01');
    expect(newestMatureWeek('2026-03-08', 30, '2026-03-11')).toBe('2026-01-25');
  });

  it('is the week itself where it is old enough', () => {
    expect(newestMatureWeek('2025-03-09', 60, '2026-03-12')).toBe('2025-03-09');
  });
});
