import { describe, expect, it } from 'vitest';
import { monthFactors, wholeMonths } from '../../../src/analytics/calendar-terms.ts';
import { annualisedValue, buildCoverage } from '../../../src/analytics/coverage.ts';
import { movementsBetween } from '../../../src/analytics/movements.ts';
import { runRateAt } from '../../../src/analytics/run-rate.ts';
import { line, refund } from './rows.ts';

describe('wholeMonths', () => {
  it.each([
    ['2025-02-18', '2025-03-18', 1],
    ['2025-01-31', '2025-02-28', 1],
    ['2025-02-28', '2025-03-31', 1],
    ['2024-02-29', '2025-02-28', 12],
    ['2025-01-01', '2026-01-01', 12],
    ['2025-03-15', '2025-06-15', 3],
  ] as const)('is whole from %s to %s: %i', (from, to, months) => {
    expect(wholeMonths(from, to)).toBe(months);
  });

  it.each([
    ['2025-02-18', '2025-03-17'],
    ['2025-02-18', '2025-02-18'],
    ['2025-03-18', '2025-02-18'],
    ['2025-01-15', '2025-01-31'],
  ] as const)('is none from %s to %s', (from, to) => {
    expect(wholeMonths(from, to)).toBeUndefined();
  });
});

/** A monthly line of $48.00 for us, from the 18th of one month to the 18th of the next. */
function month(from: '2025-01-18' | '2025-02-18', to: '2025-02-18' | '2025-03-18', changes = {}) {
  return line({
    saleDate: from,
    billingPeriod: 'Monthly',
    vendorAmount: 4800,
    maintenanceStart: from,
    maintenanceEnd: to,
    ...changes,
  });
}

describe('coverage by month', () => {
  // 18 Jan to 18 Feb has 31 days, 18 Feb to 18 Mar has 28: by days the same $48.00 is $47.10 and $52.14 a month.
  const terms = [month('2025-01-18', '2025-02-18'), month('2025-02-18', '2025-03-18')];

  it('takes a monthly plan at its monthly price, however many days its month has', () => {
    const coverage = buildCoverage(terms);
    expect(runRateAt(coverage, '2025-02-01').total).toBe(4800);
    expect(runRateAt(coverage, '2025-03-01').total).toBe(4800);
    expect(annualisedValue(terms, '2025-03-01')).toBe(57_600);
  });

  it('therefore sees no growth where nothing changed', () => {
    expect(movementsBetween(buildCoverage(terms), '2025-02-10', '2025-02-20').list).toEqual([]);
  });

  it('takes a year at a twelfth a month, leap years included', () => {
    const leap = line({
      vendorAmount: 120_000,
      maintenanceStart: '2024-01-10',
      maintenanceEnd: '2025-01-10',
    });
    expect(runRateAt(buildCoverage([leap]), '2024-06-01').total).toBe(10_000);
  });

  it('lets a refund of the rest of a term take back exactly what it refunds', () => {
    // 10 of the 28 days: $48.00 x 10 / 28 = $17.14.
    const rest = refund({
      saleDate: '2025-03-08',
      vendorAmount: -1714,
      maintenanceStart: '2025-03-08',
      maintenanceEnd: '2025-03-18',
    });
    const coverage = buildCoverage([...terms, rest]);
    expect(runRateAt(coverage, '2025-03-07').total).toBe(4800);
    // $17.142857 was rounded to $17.14: what that leaves is no rate, and the customer has left.
    expect(coverage.stretches.get('E-1')?.at(-1)?.end).toBe('2025-03-08');
  });

  it('leaves windows that are no whole months alone', () => {
    expect(
      monthFactors([{ maintenanceStart: '2025-01-01', maintenanceEnd: '2025-01-11', vendorAmount: 1 }])({
        maintenanceEnd: '2025-01-11',
        vendorAmount: 1,
      }),
    ).toBe(1);
  });
});
