import { describe, expect, it } from 'vitest';
import { buildCoverage } from '../../../src/analytics/coverage.ts';
import { isLateLine } from '../../../src/analytics/late-lines.ts';
import { countLeftOut } from '../../../src/analytics/left-out.ts';
import { newCustomers } from '../../../src/analytics/new-customers.ts';
import { movementsByWeek } from '../../../src/analytics/run-rate-weeks.ts';
import { unpairedRefunds } from '../../../src/analytics/unpaired-refunds.ts';
import { license, line, refund } from './rows.ts';

const WEEK = '2025-03-09'; // Sunday; the week ends on Saturday 15 March.
const IN_WEEK = { saleDate: '2025-03-11', bookedOn: '2025-03-11' } as const;

describe('newCustomers', () => {
  it('are the sales of type New that count for the week, largest first', () => {
    const found = newCustomers(
      [
        line({ ...IN_WEEK, entitlement: 'E-small', vendorAmount: 100 }),
        line({ ...IN_WEEK, entitlement: 'E-large', vendorAmount: 900 }),
        line({ ...IN_WEEK, entitlement: 'E-renewal', saleType: 'Renewal' }),
        line({ entitlement: 'E-before', saleDate: '2025-03-08', bookedOn: '2025-03-08' }),
      ],
      WEEK,
    );
    expect(found.map(({ entitlement, net }) => [entitlement, net])).toEqual([
      ['E-large', 900],
      ['E-small', 100],
    ]);
  });

  it('count for the week in which they were booked, whatever their sale date', () => {
    const net30 = line({ saleDate: '2025-04-10', bookedOn: '2025-03-12' });
    expect(newCustomers([net30], WEEK)).toHaveLength(1);
  });

  it('are none when more was given back with it than it is worth', () => {
    const bought = { ...IN_WEEK, maintenanceStart: '2025-03-11', maintenanceEnd: '2025-04-11' } as const;
    const lines = [
      line({ ...bought, vendorAmount: 100 }),
      refund({ ...IN_WEEK, maintenanceEnd: '2025-03-11' }),
    ];
    expect(newCustomers(lines, WEEK)).toEqual([]);
  });

  it('are none when the sale was refunded on the same day or when the customer only changed its billing', () => {
    const sale = line({ ...IN_WEEK, transactionId: 'IN-A' });
    const undone = refund({ ...IN_WEEK, originalTransactionId: 'IN-A' });
    const monthly = {
      billingPeriod: 'Monthly',
      maintenanceStart: '2025-03-01',
      maintenanceEnd: '2025-04-01',
    } as const;
    const change = [
      line({ entitlement: 'E-2', saleDate: '2025-03-01', vendorAmount: 3000, ...monthly }),
      refund({ entitlement: 'E-2', ...IN_WEEK, vendorAmount: -3000, ...monthly }),
      line({ entitlement: 'E-2', ...IN_WEEK, maintenanceStart: '2025-03-11', maintenanceEnd: '2026-03-11' }),
    ];
    expect(newCustomers([sale, undone, ...change], WEEK)).toEqual([]);
  });
});

describe('unpairedRefunds', () => {
  it('are the refunds of the week that nothing was billed in place of, largest first', () => {
    const lines = [
      line({ entitlement: 'E-1' }),
      refund({ entitlement: 'E-1', ...IN_WEEK, vendorAmount: -500 }),
      refund({ entitlement: 'E-2', ...IN_WEEK, vendorAmount: -900 }),
      refund({ entitlement: 'E-3', ...IN_WEEK }),
      line({ entitlement: 'E-3', ...IN_WEEK, saleType: 'Upgrade', vendorAmount: 73_000 }),
      refund({ entitlement: 'E-4', saleDate: '2025-03-01', bookedOn: '2025-03-01' }),
    ];
    expect(unpairedRefunds(lines, WEEK).map(({ vendorAmount }) => vendorAmount)).toEqual([-900, -500]);
  });
});

describe('a sale taken back on its own day, beside a refund of an earlier one', () => {
  it('leaves the earlier refund alone in the list', () => {
    const lines = [
      line({ transactionId: 'IN-OLD' }),
      refund({ ...IN_WEEK, vendorAmount: -400, originalTransactionId: 'IN-OLD' }),
      line({ ...IN_WEEK, transactionId: 'IN-SHORT', vendorAmount: 900 }),
      refund({ ...IN_WEEK, vendorAmount: -900, originalTransactionId: 'IN-SHORT' }),
    ];
    expect(unpairedRefunds(lines, WEEK).map(({ vendorAmount }) => vendorAmount)).toEqual([-400]);
  });
});

describe('countLeftOut', () => {
  it('counts the lines that are no part of the figures by reason, most first', () => {
    const licenses = [
      license({ entitlement: 'E-sandbox', sandbox: 'yes' }),
      license({ entitlement: 'E-us', isAtlassian: true }),
    ];
    const lines = [
      line(),
      line({ vendorAmount: 0 }),
      line({ vendorAmount: 0 }),
      line({ vendorAmount: 0 }),
      line({ entitlement: 'E-sandbox' }),
      line({ entitlement: 'E-sandbox', vendorAmount: 0 }),
      line({ entitlement: 'E-us' }),
    ];
    expect(countLeftOut(lines, licenses)).toEqual([
      { reason: 'no revenue', lines: 3 },
      { reason: 'sandbox', lines: 2 },
      { reason: 'atlassian', lines: 1 },
    ]);
  });
});

describe('isLateLine', () => {
  it('is true from 15 days between sale and appearance on', () => {
    expect(isLateLine(line({ saleDate: '2025-03-01', bookedOn: '2025-03-15' }))).toBe(false);
    expect(isLateLine(line({ saleDate: '2025-03-01', bookedOn: '2025-03-16' }))).toBe(true);
    expect(isLateLine(line({ saleDate: '2025-04-01', bookedOn: '2025-03-01' }))).toBe(false);
  });
});

describe('movementsByWeek', () => {
  const coverage = buildCoverage([line({ maintenanceStart: '2025-03-09', maintenanceEnd: '2026-03-09' })]);

  it('gives what begins on a Sunday to the week of that Sunday', () => {
    const weeks = movementsByWeek(coverage, ['2025-03-02', '2025-03-09'], '2025-04-01');
    expect(weeks.map(({ totals, week }) => [week, totals.new.count])).toEqual([
      ['2025-03-02', 0],
      ['2025-03-09', 1],
    ]);
  });

  it('ends the running week on the last known day', () => {
    const [running] = movementsByWeek(coverage, ['2025-03-09'], '2025-03-11');
    expect(running).toMatchObject({ from: '2025-03-08', to: '2025-03-11' });
    expect(movementsByWeek(coverage, ['2025-03-09'], '2025-03-01')[0]).toMatchObject({
      before: 0,
      after: 0,
      list: [],
    });
  });
});
