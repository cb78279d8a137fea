import { describe, expect, it } from 'vitest';
import {
  assessFunnel,
  type FunnelMonth,
  funnelMonths,
  listedConversions,
  restatedSteps,
} from '../../../src/analytics/funnel.ts';
import { type Day, monthsEndingWith } from '../../../src/domain/day.ts';
import type { MetricSeries } from '../../../src/domain/metric-series.ts';
import { churn } from './rows.ts';

const MONTH: Day = '2026-02-01';

function series(
  metric: 'app-requests' | 'conversion-by-month',
  name: string,
  points: Readonly<Record<string, number | null>>,
  appKey: string | null = null,
): MetricSeries {
  return {
    metric,
    appKey,
    dataset: '',
    name,
    type: '',
    points: Object.entries(points).map(([period, value]) => ({ period: period as Day, value })),
  };
}

const SERIES = [
  series('app-requests', 'requests', { '2026-01-01': 12, [MONTH]: 21 }),
  series('app-requests', 'approved', { '2026-01-01': 3, [MONTH]: 7 }),
  series('app-requests', 'approvalRate', { '2026-01-01': 25, [MONTH]: 33.33 }),
  series('app-requests', 'requests', { [MONTH]: 21 }, 'app-1'),
  series('conversion-by-month', 'Evaluations', { [MONTH]: 40, '2026-03-01': 5 }),
  series('conversion-by-month', 'Conversions', { [MONTH]: 11 }),
];

describe('funnelMonths', () => {
  it('put the steps of a month side by side, unknown where one is not told', () => {
    expect(funnelMonths(SERIES, null, ['2026-01-01', MONTH, '2026-03-01'])).toEqual([
      { month: '2026-01-01', requests: 12, approved: 3, evaluations: undefined, conversions: undefined },
      { month: MONTH, requests: 21, approved: 7, evaluations: 40, conversions: 11 },
      { month: '2026-03-01', requests: undefined, approved: undefined, evaluations: 5, conversions: 0 },
    ]);
    // App 1 has no row for approvals in a known month: none.
    expect(funnelMonths(SERIES, 'app-1', [MONTH])[0]).toMatchObject({ requests: 21, approved: 0 });
  });

  it('take no week for a month', () => {
    const weekly = SERIES.map((one) =>
      one.metric === 'conversion-by-month' ? ({ ...one, metric: 'conversion' } as const) : one,
    );
    expect(funnelMonths(weekly, null, [MONTH])[0]?.evaluations).toBeUndefined();
  });
});

describe('assessFunnel', () => {
  it('judges counts by the days of the months before, and approvals as a share of requests', () => {
    const months = monthsEndingWith(MONTH, 13).map(
      (month): FunnelMonth => ({ month, requests: 20, approved: 10, evaluations: 6, conversions: 6 }),
    );
    const told = [
      ...months.slice(0, -1),
      { month: MONTH, requests: 20, approved: 3, evaluations: 13, conversions: 6 },
    ];
    // Evaluations: 72 in 365 days, 28 days in February: 1 to 12 (enumerated). Approvals: 3 of 20 against 120 of 240 has p = .0023.
    expect(assessFunnel(told, MONTH, {})).toMatchObject({
      requests: { value: 20, usual: 20, verdict: 'within' },
      approved: { value: 3, whole: 20, usual: 0.5, low: 4, high: 16, verdict: 'lower' },
      evaluations: { value: 13, usual: 6, low: 1, high: 12, verdict: 'higher' },
      conversions: { verdict: 'within' },
    });
  });
});

describe('restatedSteps', () => {
  const told: FunnelMonth = { month: MONTH, requests: 100, approved: 1, evaluations: 40, conversions: 11 };

  it('are those that differ by 2, by 5 %, or are gone; news is no restatement', () => {
    const now = { ...told, requests: 101, approved: 2, evaluations: 42, conversions: undefined };
    expect(restatedSteps([told], [now])).toEqual([
      // 100 to 101 is 1 %, approvals from 1 to 2 are twice as many.
      { month: MONTH, step: 'approved', before: 1, after: 2 },
      { month: MONTH, step: 'evaluations', before: 40, after: 42 },
      { month: MONTH, step: 'conversions', before: 11, after: undefined },
    ]);
    expect(restatedSteps([{ ...told, requests: undefined }], [told])).toEqual([]);
    expect(restatedSteps([told], [told])).toEqual([]);
  });
});

describe('listedConversions', () => {
  it('counts each entitlement of the month once, and events without one each', () => {
    const converted = (changes: Parameters<typeof churn>[0]) => churn({ kind: 'conversion', ...changes });
    const events = [
      converted({ eventDate: '2026-02-01', entitlement: 'E-1' }),
      converted({ eventDate: '2026-02-28', entitlement: 'E-1' }),
      converted({ eventDate: '2026-02-10', entitlement: 'E-2' }),
      converted({ eventDate: '2026-02-10', entitlement: '' }),
      converted({ eventDate: '2026-02-10', entitlement: '' }),
      converted({ eventDate: '2026-03-01', entitlement: 'E-3' }),
      churn({ eventDate: '2026-02-10', entitlement: 'E-4' }),
    ];
    expect(listedConversions(events, MONTH)).toBe(4);
  });
});
