import { describe, expect, it } from 'vitest';
import { toSubscription } from '../../../src/analytics/subscription.ts';
import { buildTimeline, type TimelineEntry } from '../../../src/analytics/timeline.ts';
import { addDays, type Day } from '../../../src/domain/day.ts';
import type { RecordedFeedback } from '../../../src/domain/recorded.ts';
import { churn as event, license, line } from './rows.ts';

const TODAY: Day = '2026-03-17';

function sold(saleDate: Day, dollars: number, changes: Parameters<typeof line>[0] = {}) {
  return line({
    saleDate,
    vendorAmount: dollars * 100,
    saleType: 'Renewal',
    tier: '50 Users',
    lineId: saleDate,
    transactionId: `IN-${saleDate}`,
    maintenanceStart: saleDate,
    maintenanceEnd: addDays(saleDate, 365),
    ...changes,
  });
}

function told(
  licenses: Parameters<typeof toSubscription>[1],
  lines: Parameters<typeof toSubscription>[2],
  more: { events?: ReturnType<typeof event>[]; feedback?: RecordedFeedback[] } = {},
): string[] {
  const [first] = [...licenses, ...lines];
  const subscription = toSubscription(first?.entitlement ?? '', licenses, lines, TODAY);
  const entries = buildTimeline(
    { subscriptions: [subscription], events: more.events ?? [], feedback: more.feedback ?? [] },
    TODAY,
  );
  return entries.map(
    ({ day, kind, net, times, until }: TimelineEntry) =>
      `${day} ${kind}${net === undefined ? '' : ` ${net / 100}`}${times === undefined ? '' : ` x${times} until ${until}`}`,
  );
}

const paying = { status: 'active', licenseType: 'COMMERCIAL', maintenanceEnd: '2026-06-01' } as const;

describe('the story of a subscription', () => {
  it('goes from the evaluation over the sale, renewals as one and the upgrade to the end', () => {
    const ended = license({
      ...paying,
      status: 'inactive',
      evaluationStart: '2022-01-03',
      maintenanceEnd: '2026-02-01',
    });
    const lines = [
      sold('2022-02-01', 100, { saleType: 'New' }),
      sold('2023-02-01', 110),
      sold('2024-02-01', 120),
      sold('2024-08-01', 300, {
        saleType: 'Upgrade',
        oldTier: '50 Users',
        tier: '100 Users',
        maintenanceEnd: '2025-01-31',
      }),
      sold('2025-02-01', 480, { tier: '100 Users' }),
    ];
    expect(told([ended], lines)).toEqual([
      '2022-01-03 evaluation',
      '2022-02-01 sale 100',
      '2023-02-01 renewal 230 x2 until 2024-02-01',
      '2024-08-01 upgrade 300',
      '2025-02-01 renewal 480',
      '2026-02-01 ended',
    ]);
  });

  it('takes refund and re-bill of a day for one, and leaves $0 lines out', () => {
    const lines = [
      sold('2025-02-01', 400, { saleType: 'New', lineId: 'a' }),
      sold('2025-05-01', -300, { saleType: 'Refund', lineId: 'b' }),
      sold('2025-05-01', 700, { saleType: 'Upgrade', tier: '100 Users', lineId: 'c' }),
      sold('2025-06-01', 0, { lineId: 'd' }),
    ];
    expect(told([license(paying)], lines)).toEqual(['2025-02-01 sale 400', '2025-05-01 upgrade 400']);
  });

  it('keeps a bill that was never paid apart from renewals that were', () => {
    const lines = [
      sold('2023-02-01', 100),
      sold('2024-02-01', 100, { paymentStatus: 'Uncollectible' }),
      sold('2025-02-01', 100),
    ];
    expect(told([license(paying)], lines)).toHaveLength(3);
  });

  it("tells Atlassian's churn instead of the end of the term, where the two are near", () => {
    const ended = license({ ...paying, status: 'inactive', maintenanceEnd: '2025-12-01' });
    const churn = event({ kind: 'churn', eventDate: '2025-12-20', entitlement: ended.entitlement });
    expect(told([ended], [], { events: [churn] })).toEqual(['2025-12-20 churn']);
    const early = event({ kind: 'churn', eventDate: '2023-12-20', entitlement: ended.entitlement });
    expect(told([ended], [], { events: [early] })).toEqual(['2023-12-20 churn', '2025-12-01 ended']);
  });

  it('tells a conversion by its sale, and alone where the sale is not known', () => {
    const conversion = event({ kind: 'conversion', eventDate: '2025-02-01' });
    const own = license({ ...paying, entitlement: conversion.entitlement });
    const sale = sold('2025-02-01', 100, { saleType: 'New', entitlement: conversion.entitlement });
    expect(told([own], [sale], { events: [conversion] })).toEqual(['2025-02-01 sale 100']);
    expect(told([own], [], { events: [conversion] })).toEqual(['2025-02-01 conversion']);
  });

  it('leaves out what happened to others, and the end that has not come', () => {
    const others = event({ kind: 'churn', entitlement: 'somebody else' });
    expect(told([license(paying)], [], { events: [others] })).toEqual([]);
  });
});
