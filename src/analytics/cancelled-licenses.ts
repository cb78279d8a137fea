import type { Day } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { groupByEntitlement } from './by-entitlement.ts';
import { excludedEntitlements, isCountedLicense, isPaidLine } from './counted.ts';
import { annualisedValue } from './coverage.ts';
import { profileOf, type SubscriptionProfile } from './subscription-profile.ts';

/** A customer that cancelled and has not left yet. */
export interface CancelledLicense extends SubscriptionProfile {
  /** The last day that is paid for is the one before. */
  readonly paidUntil: Day;
  /** Yearly value about to be lost, cents of partner share. */
  readonly value: Cents;
}

/**
 * Cancelled but paid until a later day: counted licences with status `cancelled` and `maintenanceEnd` after `today`. They
 * have not left and are no churn; most valuable first. Those that never brought revenue are left out.
 */
export function cancelledButPaid(
  licenses: readonly RecordedLicense[],
  lines: Iterable<RecordedLine>,
  today: Day,
): CancelledLicense[] {
  const cancelled = licenses.filter(
    (license) =>
      license.status === 'cancelled' &&
      license.maintenanceEnd !== undefined &&
      license.maintenanceEnd > today,
  );
  const wanted = new Set(
    cancelled.filter((license) => isCountedLicense(license)).map(({ entitlement }) => entitlement),
  );
  const grouped = groupByEntitlement(lines, wanted);
  const excluded = excludedEntitlements(licenses);
  const list: CancelledLicense[] = [];
  for (const [entitlement, group] of groupByEntitlement(cancelled, wanted)) {
    const paid = (grouped.get(entitlement) ?? []).filter((line) => isPaidLine(line, excluded));
    const profile = profileOf({ licenses: group, lines: paid });
    const paidUntil = group
      .map((license) => license.maintenanceEnd)
      .filter((end) => end !== undefined)
      .toSorted()
      .at(-1);
    if (profile && paidUntil && paid.length > 0)
      list.push({ ...profile, paidUntil, value: annualisedValue(paid, today) });
  }
  return list.toSorted((a, b) => b.value - a.value || (a.entitlement < b.entitlement ? -1 : 1));
}
