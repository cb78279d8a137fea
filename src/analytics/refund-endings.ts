import type { Day } from '../domain/day.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { subscriptionOf } from './by-entitlement.ts';
import type { Coverage } from './coverage.ts';
import { isRefund } from './net-kind.ts';
import { netMovements } from './netting.ts';
import type { Endings } from './run-rate.ts';

/**
 * The endings with those that refunds made: a coverage built with `effectiveDays` that ends on the day of a refund
 * without a new bill ended for good, so the days of grace that late renewals get do not apply.
 */
export function withRefundEndings(
  endings: Endings,
  coverage: Coverage,
  paid: readonly RecordedLine[],
): Endings {
  const refunded = new Set<string>();
  for (const line of paid) if (isRefund(line)) refunded.add(subscriptionOf(line));
  const churned = new Map<string, readonly Day[]>(endings.churned);
  const lines = paid.filter((line) => refunded.has(subscriptionOf(line)));
  for (const { bookedOn, kind, main } of netMovements(lines)) {
    const subscription = subscriptionOf(main);
    const stretches = coverage.stretches.get(subscription) ?? [];
    const ends = stretches.some(({ end }) => end === bookedOn);
    const goesOn = stretches.some(({ start }) => start === bookedOn);
    if (kind === 'refund' && ends && !goesOn)
      churned.set(subscription, [...(churned.get(subscription) ?? []), bookedOn]);
  }
  return { ...endings, churned };
}
