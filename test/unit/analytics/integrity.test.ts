import { describe, expect, it } from 'vitest';
import { findImbalances, findListMismatches } from '../../../src/analytics/integrity.ts';
import type { Day } from '../../../src/domain/day.ts';
import type { MetricSeries } from '../../../src/domain/metric-series.ts';
import { churn } from './rows.ts';

const WEEKS: Day[] = ['2025-02-16', '2025-02-23', '2025-03-02'];

function series(metric: 'churn' | 'renewal', name: string, dataset: string, numbers: number[]): MetricSeries {
  const points = numbers.map((value, index) => ({ period: WEEKS[index] ?? '2025-03-09', value }) as const);
  return { metric, appKey: null, dataset, name, type: '', points };
}

describe('findImbalances', () => {
  const annual = [
    series('churn', 'Customers', 'Annual', [22, 36, 53]),
    series('churn', 'Cancellations', 'Annual', [7, 21, 26]),
    series('renewal', 'Renewal opportunities', 'Annual', [22, 36, 53]),
    series('renewal', 'Renewals', 'Annual', [15, 15, 27]),
  ];

  it('finds none where cancellations + renewals = customers = opportunities', () => {
    // 7 + 15 = 22, 21 + 15 = 36, 26 + 27 = 53.
    expect(findImbalances(annual, null, WEEKS)).toEqual([]);
  });

  it('names the week, the billing period and the four numbers otherwise', () => {
    const monthly = [
      series('churn', 'Customers', 'Monthly', [50, 60]),
      series('churn', 'Cancellations', 'Monthly', [5, 6]),
      series('renewal', 'Renewal opportunities', 'Monthly', [50, 61]),
      series('renewal', 'Renewals', 'Monthly', [44, 54]),
    ];
    expect(findImbalances([...annual, ...monthly], null, WEEKS.slice(0, 2))).toEqual([
      {
        week: '2025-02-16',
        dataset: 'Monthly',
        cancellations: 5,
        renewals: 44,
        customers: 50,
        opportunities: 50,
      },
      {
        week: '2025-02-23',
        dataset: 'Monthly',
        cancellations: 6,
        renewals: 54,
        customers: 60,
        opportunities: 61,
      },
    ]);
  });

  it('skips weeks that one of the metrics does not know, and other apps', () => {
    expect(findImbalances(annual.slice(0, 2), null, WEEKS)).toEqual([]);
    expect(findImbalances(annual, 'app-1', WEEKS)).toEqual([]);
  });
});

describe('findListMismatches', () => {
  const aggregate = [
    { week: '2025-02-16' as Day, value: 2 },
    { week: '2025-02-23' as Day, value: 1 },
    { week: '2025-03-02' as Day, value: undefined },
  ];

  it('tells the weeks whose list names another number of entitlements', () => {
    const events = [
      churn({ eventDate: '2025-02-16', entitlement: 'E-1' }),
      churn({ eventDate: '2025-02-22', entitlement: 'E-1' }),
      churn({ eventDate: '2025-02-22', entitlement: '' }),
      churn({ eventDate: '2025-02-23', kind: 'renewal' }),
      churn({ eventDate: '2025-03-02', entitlement: 'E-2' }),
    ];
    expect(findListMismatches(aggregate, events, 'churn')).toEqual([
      { week: '2025-02-23', aggregate: 1, listed: 0 },
    ]);
    expect(findListMismatches(aggregate, events, 'renewal')).toEqual([
      { week: '2025-02-16', aggregate: 2, listed: 0 },
    ]);
  });
});
