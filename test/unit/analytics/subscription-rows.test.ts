import { describe, expect, it } from 'vitest';
import { groupByEntitlement, subscriptionOf } from '../../../src/analytics/by-entitlement.ts';
import { planOf, termsOf, tierFell } from '../../../src/analytics/last-term.ts';
import { currentLicense, profileOf } from '../../../src/analytics/subscription-profile.ts';
import { compareTiers, usersOfTier } from '../../../src/analytics/tier-size.ts';
import { churn, license, line, refund } from './rows.ts';

describe('usersOfTier', () => {
  it.each([
    ['15 Users', 15],
    ['1 User', 1],
    ['1,000 Users', 1000],
    ['Per Unit Pricing (593 Users)', 593],
    ['Unlimited Users', Number.POSITIVE_INFINITY],
    ['Evaluation', undefined],
    ['Subscription', undefined],
    ['-1 User(s)', undefined],
    [undefined, undefined],
  ])('reads %s as %s', (tier, users) => {
    expect(usersOfTier(tier)).toBe(users);
  });

  it('compares only what is known', () => {
    expect(compareTiers('10 Users', 'Unlimited Users')).toBe(1);
    expect(compareTiers('1,000 Users', '500 Users')).toBe(-1);
    expect(compareTiers('Unlimited Users', 'Unlimited Users')).toBe(0);
    expect(compareTiers('Evaluation', '500 Users')).toBeUndefined();
  });
});

describe('groupByEntitlement', () => {
  it('keeps the order, drops nameless rows and what is not wanted', () => {
    const [a, b, c] = [line(), line({ entitlement: 'E-2' }), line()];
    const groups = groupByEntitlement([a, b, line({ entitlement: '' }), c], new Set(['E-1']));
    expect([...groups]).toEqual([['E-1', [a, c]]]);
    expect(groupByEntitlement([a, b]).size).toBe(2);
  });

  it('gives nameless lines names of their own', () => {
    const [a, b] = [line({ entitlement: '' }), line({ entitlement: '' })];
    expect(subscriptionOf(a)).not.toBe(subscriptionOf(b));
    expect(subscriptionOf(line())).toBe('E-1');
  });
});

describe('terms', () => {
  it('put the lines together that end on the same day', () => {
    const before = line({ vendorAmount: 20_000, maintenanceEnd: '2025-01-01', tier: '100 Users' });
    const start = line({ saleDate: '2025-01-01', vendorAmount: 30_000, tier: '25 Users' });
    const half = refund({ saleDate: '2025-07-01', vendorAmount: -15_000, tier: '25 Users' });
    const more = line({ saleDate: '2025-07-01', vendorAmount: 40_000, tier: '50 Users' });
    const terms = termsOf([more, half, before, start]);
    // 30,000 - 15,000 + 40,000 = 55,000.
    expect(terms).toMatchObject([
      { end: '2025-01-01', value: 20_000, tier: '100 Users' },
      { end: '2026-01-01', value: 55_000, tier: '50 Users', plan: 'Annual' },
    ]);
    expect(tierFell(terms)).toBe(true);
    expect(tierFell(terms.slice(0, 1))).toBe(false);
    expect(tierFell(terms.toReversed())).toBe(false);
  });

  it('are none when wholly refunded, free or without an end', () => {
    const { maintenanceEnd: _, ...endless } = line();
    expect(termsOf([line(), refund()])).toEqual([]);
    expect(termsOf([endless, line({ vendorAmount: 0 })])).toEqual([]);
  });

  it('fell when they hold a downgrade', () => {
    expect(tierFell(termsOf([line(), line({ saleType: 'Downgrade' })]))).toBe(true);
    expect(tierFell([])).toBe(false);
  });

  it('are monthly or annual by their months, else by the newest bill', () => {
    expect(planOf([line()], 1)).toBe('Monthly');
    expect(planOf([], 12)).toBe('Annual');
    expect(planOf([], 24)).toBe('Annual');
    expect(planOf([], 6)).toBeUndefined();
    const monthly = line({ saleDate: '2025-06-01', billingPeriod: 'Monthly' });
    expect(planOf([monthly, line(), refund({ saleDate: '2025-07-01' })])).toBe('Monthly');
  });
});

describe('profileOf', () => {
  it('lets the current licence speak first, then the newest line, then the event', () => {
    const old = license({ maintenanceEnd: '2024-01-01', customer: { company: 'Old name' } });
    const current = license({
      customer: { company: 'Unknown', country: 'Spain' },
      tier: 'Evaluation',
      host: {},
    });
    const lines = [
      line({ saleDate: '2024-05-01', tier: '500 Users' }),
      line({
        saleDate: '2025-05-01',
        tier: 'Subscription',
        customer: { company: 'Acme', mailDomain: 'acme.com' },
      }),
    ];
    expect(currentLicense([old, current])).toBe(current);
    expect(
      profileOf({ licenses: [old, current], lines, event: churn({ host: { siteHostname: 'a.net' } }) }),
    ).toMatchObject({
      entitlement: 'E-1',
      customer: { company: 'Acme', country: 'Spain', mailDomain: 'acme.com' },
      host: { cloudId: 'site-1', siteHostname: 'a.net' },
      tier: '500 Users',
      who: 'Acme',
    });
  });

  it('calls a customer without a company by its site, then by its mail domain', () => {
    const unknown = { company: ' ', mailDomain: 'acme.com' };
    expect(
      profileOf({ licenses: [license({ customer: unknown, host: { siteHostname: 'acme.atlassian.net' } })] })
        ?.who,
    ).toBe('acme.atlassian.net');
    expect(profileOf({ licenses: [license({ customer: unknown })] })?.who).toBe('acme.com');
    expect(profileOf({ event: churn() })?.who).toBeUndefined();
    expect(profileOf({})).toBeUndefined();
  });
});
