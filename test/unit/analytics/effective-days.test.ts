import { describe, expect, it } from 'vitest';
import { buildCoverage } from '../../../src/analytics/coverage.ts';
import { effectiveDays } from '../../../src/analytics/effective-days.ts';
import { movementsBetween } from '../../../src/analytics/movements.ts';
import { withRefundEndings } from '../../../src/analytics/refund-endings.ts';
import { NO_ENDINGS, runRateAt } from '../../../src/analytics/run-rate.ts';
import type { RecordedLine } from '../../../src/domain/recorded.ts';
import { line, refund } from './rows.ts';

const JULY = { saleDate: '2025-07-01', bookedOn: '2025-07-01' } as const;

function coverageOf(lines: RecordedLine[]) {
  return buildCoverage(lines, { effectiveFrom: effectiveDays(lines) });
}

describe('an upgrade billed as a refund and a new bill for the whole term', () => {
  // $1.00 a day over 2025; on 1 July all of it is refunded and $2.00 a day billed for the same year.
  const lines = [
    line(),
    refund(JULY),
    line({ ...JULY, saleType: 'Upgrade', vendorAmount: 73_000, tier: '100 Users' }),
  ];

  it('counts from the day it was made, not from the start of the term', () => {
    // 365/12 x $1.00 = $30.42, then 365/12 x $2.00 = $60.83.
    expect(runRateAt(coverageOf(lines), '2025-06-30').total).toBe(3042);
    expect(runRateAt(coverageOf(lines), '2025-07-01').total).toBe(6083);
  });

  it('therefore shows as an expansion of its week; by windows alone it would show in none', () => {
    const week = ['2025-06-28', '2025-07-05'] as const;
    expect(movementsBetween(coverageOf(lines), ...week).list).toMatchObject([
      { kind: 'expansion', delta: 3041 },
    ]);
    expect(movementsBetween(buildCoverage(lines), ...week).list).toEqual([]);
  });

  it('takes refund and bill together when they are booked days apart: the old rate holds until both are there', () => {
    const apart = [
      line(),
      refund({ saleDate: '2025-07-01', bookedOn: '2025-07-01' }),
      line({ saleDate: '2025-07-03', bookedOn: '2025-07-03', saleType: 'Upgrade', vendorAmount: 73_000 }),
    ];
    expect(runRateAt(coverageOf(apart), '2025-07-02').total).toBe(3042);
    expect(runRateAt(coverageOf(apart), '2025-07-03').total).toBe(6083);
  });
});

describe('a refund without a new bill', () => {
  it('ends the run-rate on the day it was given', () => {
    const lines = [line(), refund(JULY)];
    expect(runRateAt(coverageOf(lines), '2025-06-30').total).toBe(3042);
    expect(movementsBetween(coverageOf(lines), '2025-06-28', '2025-07-12').list).toMatchObject([
      { kind: 'churn' },
    ]);
  });

  it('leaves no days of grace: nobody is late with a renewal', () => {
    const lines = [line(), refund(JULY)];
    const endings = withRefundEndings(NO_ENDINGS, coverageOf(lines), lines);
    expect(runRateAt(coverageOf(lines), '2025-07-01').total).toBe(3042);
    expect(runRateAt(coverageOf(lines), '2025-07-01', endings).total).toBe(0);
    expect(runRateAt(coverageOf(lines), '2025-06-30', endings).total).toBe(3042);
  });

  it('in part takes no grace from the end of the term', () => {
    const lines = [line(), refund({ ...JULY, vendorAmount: -100 })];
    const endings = withRefundEndings(NO_ENDINGS, coverageOf(lines), lines);
    expect(endings.churned.size).toBe(0);
  });

  it('changes nothing when it comes after the term', () => {
    const lines = [line(), refund({ saleDate: '2026-02-01', bookedOn: '2026-02-01' })];
    expect(runRateAt(coverageOf(lines), '2025-12-31').total).toBe(3042);
  });
});

describe('other lines', () => {
  it('count from their window: a bill seen late pays for the days before it was seen', () => {
    const late = line({ bookedOn: '2025-03-01' });
    expect(effectiveDays([late])(late)).toBeUndefined();
    expect(runRateAt(coverageOf([late]), '2025-01-02').total).toBe(3042);
  });

  it('count from their window also beside a refund of other days', () => {
    const renewal = line({
      saleType: 'Renewal',
      saleDate: '2026-01-05',
      bookedOn: '2026-01-05',
      maintenanceStart: '2026-01-01',
      maintenanceEnd: '2027-01-01',
    });
    const lines = [line(), refund({ saleDate: '2026-01-05', bookedOn: '2026-01-05' }), renewal];
    expect(effectiveDays(lines)(renewal)).toBeUndefined();
  });
});
