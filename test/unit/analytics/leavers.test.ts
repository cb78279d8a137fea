import { describe, expect, it } from 'vitest';
import { cancelledButPaid } from '../../../src/analytics/cancelled-licenses.ts';
import { createFeedbackFinder } from '../../../src/analytics/feedback-match.ts';
import { createKeptApps } from '../../../src/analytics/kept-apps.ts';
import { findLeavers, type LeaverSources, totalLeavers } from '../../../src/analytics/leavers.ts';
import { addDays } from '../../../src/domain/day.ts';
import { churn, createRandom, feedback, license, line, refund } from './rows.ts';

/** Who left in the week of 28 December 2025; `churn()` is dated 1 January 2026. */
function leaversOf(sources: Partial<LeaverSources>) {
  return findLeavers(
    { events: [], licenses: [], lines: [], feedback: [], ...sources },
    '2025-12-28',
    '2026-01-03',
  );
}

describe('findLeavers', () => {
  it('joins licence, lines, feedback and the other apps of the site to the event', () => {
    const { list, repeated } = leaversOf({
      events: [churn()],
      licenses: [
        license({ status: 'inactive', edition: 'Advanced' }),
        license({ entitlement: 'E-2', appKey: 'app-2', name: 'App 2' }),
      ],
      lines: [line({ saleDate: '2024-12-30' }), line({ saleDate: '2024-12-29', vendorAmount: 0 })],
      feedback: [feedback({ reason: 'Too expensive', message: 'Love it, but.' })],
    });
    expect(repeated).toBe(0);
    expect(list).toMatchObject([
      {
        who: 'Acme GmbH',
        customer: { country: 'Germany' },
        appName: 'App 1',
        edition: 'Advanced',
        tier: '50 Users',
        plan: 'Annual',
        value: 36_500, // 100 cents a day x 365
        tenureDays: 367, // 2024-12-30 to 2026-01-01; the $0 line before is no payment
        reason: 'Too expensive',
        message: 'Love it, but.',
        kept: [{ appKey: 'app-2', name: 'App 2' }],
        leftOn: '2026-01-01',
        ownUse: undefined,
      },
    ]);
  });

  it('takes churn events of the days asked for, each entitlement once with its latest date', () => {
    const events = [
      churn({ eventDate: '2025-12-27' }),
      churn({ eventDate: '2025-12-28' }),
      churn({ eventDate: '2026-01-03' }),
      churn({ eventDate: '2026-01-04' }),
      churn({ kind: 'renewal' }),
      churn({ entitlement: 'E-2' }),
      churn({ entitlement: '', transactionId: 'IN-1' }),
      churn({ entitlement: '', transactionId: 'IN-2' }),
    ];
    const { list, repeated } = leaversOf({ events });
    expect(list.map(({ entitlement, leftOn }) => [entitlement, leftOn])).toEqual([
      ['', '2026-01-01'],
      ['', '2026-01-01'],
      ['E-1', '2026-01-03'],
      ['E-2', '2026-01-01'],
    ]);
    expect(repeated).toBe(1);
  });

  it('reads the plan from the term of the event, else from the last bill', () => {
    const monthly = line({ billingPeriod: 'Monthly' });
    expect(leaversOf({ events: [churn({ monthsValid: 12 })], lines: [monthly] }).list[0]?.plan).toBe(
      'Annual',
    );
    expect(leaversOf({ events: [churn()], lines: [monthly] }).list[0]?.plan).toBe('Monthly');
    expect(leaversOf({ events: [churn()] }).list[0]?.plan).toBeUndefined();
  });

  it('has no revenue to lose where none was paid, or where it is our own', () => {
    const none = { value: 0, tenureDays: undefined };
    expect(leaversOf({ events: [churn()] }).list).toMatchObject([none]);
    const sandbox = leaversOf({
      events: [churn()],
      lines: [line()],
      licenses: [license({ sandbox: 'yes' })],
    });
    expect(sandbox.list).toMatchObject([{ ...none, ownUse: 'sandbox' }]);
    const community = leaversOf({ events: [churn()], lines: [line({ licenseType: 'COMMUNITY' })] });
    expect(community.list).toMatchObject([none]);
    expect(leaversOf({ events: [churn()], lines: [line(), refund()] }).list).toMatchObject([{ value: 0 }]);
  });

  it('were with us since the first bill, which an invoice with terms dates by its due date', () => {
    // Booked on 1 January 2025, due on the 31st: 365 days to 1 January 2026.
    const invoice = line({ saleDate: '2025-01-31', bookedOn: '2025-01-01' });
    expect(leaversOf({ events: [churn()], lines: [invoice] }).list[0]?.tenureDays).toBe(365);
  });

  it('are worth what they paid until a refund on the day they left, as in the run-rate', () => {
    // 36,500 a year, given back as a whole on 31 December 2025: until then 100 a day.
    const lines = [line(), refund({ saleDate: '2025-12-31', bookedOn: '2025-12-31' })];
    expect(leaversOf({ events: [churn()], lines }).list[0]?.value).toBe(36_500);
  });

  it('puts the most valuable first and adds them up, also by reason', () => {
    const { list } = leaversOf({
      events: ['E-1', 'E-2', 'E-3', 'E-4'].map((entitlement) => churn({ entitlement })),
      licenses: [
        license({ entitlement: 'E-9', appKey: 'app-2', host: { cloudId: 'site-2' } }),
        license({ entitlement: 'E-3', host: { cloudId: 'site-2' } }),
      ],
      lines: [
        line(),
        line({ entitlement: 'E-2', vendorAmount: 109_500 }),
        line({ entitlement: 'E-3', saleDate: '2025-10-03' }),
      ],
      feedback: [
        feedback({ entitlement: 'E-2', reason: 'Too expensive' }),
        feedback({ entitlement: 'E-1', reason: 'Too expensive' }),
        feedback({ entitlement: 'E-3', reason: 'No longer needed' }),
      ],
    });
    expect(list.map(({ entitlement, value }) => [entitlement, value])).toEqual([
      ['E-2', 109_500],
      ['E-1', 36_500],
      ['E-3', 36_500],
      ['E-4', 0],
    ]);
    // 109,500 of 182,500 is .6; only E-3 paid since 3 October: 90 days.
    expect(totalLeavers(list)).toEqual({
      count: 4,
      value: 182_500,
      largestShare: 0.6,
      kept: 1,
      early: 1,
      byReason: [
        { reason: 'Too expensive', count: 2, value: 146_000 },
        { reason: 'No longer needed', count: 1, value: 36_500 },
        { reason: undefined, count: 1, value: 0 },
      ],
    });
    expect(totalLeavers([])).toMatchObject({ count: 0, largestShare: undefined, byReason: [] });
  });

  it('holds: the order of rows does not matter, and rows of others change nothing', () => {
    const random = createRandom(5);
    const sources = {
      events: ['E-1', 'E-2', 'E-3'].map((entitlement) => churn({ entitlement })),
      licenses: ['E-1', 'E-2', 'E-3'].map((entitlement) => license({ entitlement })),
      lines: ['E-1', 'E-1', 'E-2', 'E-3'].map((entitlement, index) =>
        line({ entitlement, maintenanceEnd: addDays('2025-12-10', index) }),
      ),
      feedback: [
        feedback({ reason: 'a', date: '2025-12-01' }),
        feedback({ reason: 'b', date: '2025-12-30' }),
      ],
    };
    const expected = leaversOf(sources);
    for (let example = 0; example < 10; example += 1) {
      const shuffled = leaversOf({
        events: random.shuffle(sources.events),
        licenses: random.shuffle([
          ...sources.licenses,
          license({ entitlement: 'E-8', host: { cloudId: 'site-8' } }),
        ]),
        lines: random.shuffle([...sources.lines, line({ entitlement: 'E-8' })]),
        feedback: random.shuffle([...sources.feedback, feedback({ entitlement: 'E-8', reason: 'c' })]),
      });
      expect(shuffled).toEqual(expected);
    }
  });
});

describe('feedback', () => {
  it('is that of the entitlement within 60 days of leaving, nearest first', () => {
    const find = createFeedbackFinder([
      feedback({ date: '2025-11-02', reason: 'in time', message: 'words' }),
      feedback({ date: '2025-11-01', reason: 'too old', message: 'old words' }),
      feedback({ date: '2026-01-03', reason: 'nearest', message: ' ' }),
    ]);
    expect(find('E-1', 'app-1', {}, '2026-01-01')).toEqual({ reason: 'nearest', message: 'words' });
    expect(find('E-1', 'app-1', {}, '2026-03-05')).toEqual({ reason: undefined, message: undefined });
    expect(find('E-2', 'app-1', {}, '2026-01-01').reason).toBeUndefined();
  });

  it('is otherwise that of the same app on the same site', () => {
    const onSite = feedback({ entitlement: '', host: { cloudId: 'site-1' }, reason: 'from the site' });
    const otherApp = feedback({
      entitlement: '',
      host: { cloudId: 'site-1' },
      appKey: 'app-2',
      reason: 'other',
    });
    const find = createFeedbackFinder([otherApp, onSite]);
    expect(find('E-1', 'app-1', { cloudId: 'site-1' }, '2026-01-01').reason).toBe('from the site');
    expect(find('E-1', 'app-1', { cloudId: 'site-2' }, '2026-01-01').reason).toBeUndefined();
    const onHost = feedback({ entitlement: '', host: { hostEntitlementNumber: 'E-host' }, reason: 'host' });
    const host = { cloudId: 'site-9', hostEntitlementNumber: 'E-host' };
    expect(createFeedbackFinder([onHost])('E-1', 'app-1', host, '2026-01-01').reason).toBe('host');
    const own = createFeedbackFinder([onSite, feedback({ reason: 'own' })]);
    expect(own('E-1', 'app-1', { cloudId: 'site-1' }, '2026-01-01').reason).toBe('own');
  });
});

describe('kept apps', () => {
  const left = { entitlement: 'E-1', appKey: 'app-1' };
  const site = { cloudId: 'site-1', hostEntitlementNumber: 'E-host' };
  const kept = (changes: Parameters<typeof license>[0]) =>
    createKeptApps([license({ entitlement: 'E-2', appKey: 'app-2', ...changes })])(site, left).map(
      ({ appKey }) => appKey,
    );

  it('are active commercial licences of other apps on the same site or host', () => {
    expect(kept({})).toEqual(['app-2']);
    expect(kept({ host: { hostEntitlementNumber: 'E-host' } })).toEqual(['app-2']);
    expect(kept({ host: { cloudId: 'site-2' } })).toEqual([]);
    expect(kept({ host: {} })).toEqual([]);
  });

  it('are not the app that was left, evaluations, sandboxes or what is no longer active', () => {
    expect(kept({ appKey: 'app-1' })).toEqual([]);
    expect(kept({ licenseType: 'EVALUATION' })).toEqual([]);
    expect(kept({ sandbox: 'yes' })).toEqual([]);
    expect(kept({ status: 'cancelled' })).toEqual([]);
  });
});

describe('cancelledButPaid', () => {
  it('lists cancelled licences that are paid until a later day, most valuable first', () => {
    const licenses = [
      license({ status: 'cancelled' }),
      license({ entitlement: 'E-2', status: 'cancelled' }),
      license({ entitlement: 'E-3', status: 'active' }),
      license({ entitlement: 'E-4', status: 'cancelled', maintenanceEnd: '2025-06-01' }),
      license({ entitlement: 'E-5', status: 'cancelled', isAtlassian: true }),
      license({ entitlement: 'E-6', status: 'cancelled' }),
    ];
    const lines = ['E-1', 'E-2', 'E-3', 'E-4', 'E-5'].map((entitlement) =>
      line({ entitlement, vendorAmount: entitlement === 'E-2' ? 73_000 : 36_500 }),
    );
    const found = cancelledButPaid(licenses, lines, '2025-06-01');
    expect(found.map(({ entitlement, paidUntil, value }) => [entitlement, paidUntil, value])).toEqual([
      ['E-2', '2026-01-01', 73_000],
      ['E-1', '2026-01-01', 36_500],
    ]);
  });
});
