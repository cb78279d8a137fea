import { describe, expect, it } from 'vitest';
import { metricSource } from '../../../src/reporting/endpoints/shapes/partner-metrics.ts';

const source = metricSource({ metrics: { metricFields: ['INSTALL_COUNT'] } });

/** How many periods are asked for, as the source counts them. */
function periods(granularity: string, startDate?: string, endDate?: string): number | undefined {
  if (source.kind !== 'question') throw new Error('no question');
  return source.periods({
    granularity: [granularity],
    ...(startDate ? { startDate: [startDate] } : {}),
    ...(endDate ? { endDate: [endDate] } : {}),
  });
}

describe('the number of periods in a range', () => {
  it.each([
    ['DAY', '2024-02-28', '2024-03-01', 3],
    ['WEEK', '2024-10-21', '2024-10-27', 1],
    ['WEEK', '2024-10-20', '2024-10-21', 2],
    ['WEEK', '2024-10-27', '2024-10-28', 2],
    ['WEEK', '2019-12-30', '2020-01-05', 1],
    ['WEEK', '2024-01-01', '2024-12-31', 53],
    ['MONTH', '2024-10-31', '2024-11-01', 2],
    ['MONTH', '2023-12-15', '2024-01-15', 2],
    ['MONTH', '2024-10-01', '2024-10-31', 1],
    ['YEAR', '2023-12-31', '2024-01-01', 2],
    ['DAY', '2024-10-21', '2024-10-21', 1],
  ])('%s from %s to %s is %d; weeks start on Mondays', (granularity, start, end, expected) => {
    expect(periods(granularity, start, end)).toBe(expected);
  });

  it('is unknown without both of its ends', () => {
    expect(periods('WEEK')).toBeUndefined();
    expect(periods('WEEK', '2024-10-21')).toBeUndefined();
    expect(periods('WEEK', undefined, '2024-10-21')).toBeUndefined();
  });
});
