import { describe, expect, it } from 'vitest';
import { joinByTransaction } from '../../../src/analytics/join-events.ts';
import { churn, line } from './rows.ts';

describe('an event that nothing else knows', () => {
  const event = churn({ entitlement: 'E-new-name', transactionId: 'IN-1' });
  const joined = (lines: Parameters<typeof joinByTransaction>[2], known = new Set<string>()) =>
    joinByTransaction([event], known, lines).map(({ entitlement }) => entitlement);

  it('is of the subscription that its transaction bills', () => {
    expect(joined([line({ transactionId: 'in-1', entitlement: 'SEN-7' })])).toEqual(['SEN-7']);
  });

  it('stays as it is where the transaction bills several subscriptions of the app, another app, or none', () => {
    const bills = ['SEN-7', 'SEN-8'].map((entitlement) => line({ transactionId: 'IN-1', entitlement }));
    expect(joined(bills)).toEqual(['E-new-name']);
    expect(joined([line({ transactionId: 'IN-1', entitlement: 'SEN-7', appKey: 'app-2' })])).toEqual([
      'E-new-name',
    ]);
    expect(joined([line({ transactionId: 'IN-1', entitlement: '' })])).toEqual(['E-new-name']);
    expect(joined([line({ transactionId: 'IN-2', entitlement: 'SEN-7' })])).toEqual(['E-new-name']);
  });

  it('is found among several lines of one subscription', () => {
    const bills = [1, 2].map(() => line({ transactionId: 'IN-1', entitlement: 'SEN-7' }));
    expect(joined(bills)).toEqual(['SEN-7']);
  });

  it('is not looked for where its own identifiers lead somewhere, or where it names no transaction', () => {
    const bill = [line({ transactionId: 'IN-1', entitlement: 'SEN-7' })];
    expect(joined(bill, new Set(['E-new-name']))).toEqual(['E-new-name']);
    const { transactionId: _, ...nameless } = event;
    expect(joinByTransaction([nameless], new Set(), bill)).toEqual([nameless]);
  });
});
