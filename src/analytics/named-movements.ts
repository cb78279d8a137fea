import { addDays, type Day } from '../domain/day.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { groupByEntitlement, subscriptionOf } from './by-entitlement.ts';
import type { Movement } from './movements.ts';
import { byLine, isRefund } from './net-kind.ts';
import { GRACE_DAYS } from './run-rate.ts';
import { profileOf, type SubscriptionProfile } from './subscription-profile.ts';

/** What a customer paid for on a day. */
export interface PaidPlan {
  readonly tier: string | undefined;
  /** `Monthly` or `Annual`. */
  readonly billing: string | undefined;
}

/** A movement of recurring revenue with the customer behind it. */
export interface NamedMovement extends Movement {
  /** Undefined: no row names the entitlement. */
  readonly profile: SubscriptionProfile | undefined;
  readonly from: PaidPlan;
  readonly to: PaidPlan;
}

/**
 * What an entitlement paid for on a day: the newest bill by then whose window covers it and that was not refunded by
 * then; where the bill's date is later (an invoice is dated by its due date), the newest that covers the day. In the
 * days of grace after the last term it is what that term was for.
 */
export function paidPlanOn(lines: readonly RecordedLine[], day: Day): PaidPlan {
  const begun = lines
    .filter((line) => !isRefund(line) && line.vendorAmount > 0 && (line.maintenanceStart ?? '9') <= day)
    .toSorted(byLine);
  const current = begun.filter(({ maintenanceEnd }) => (maintenanceEnd ?? '') > day);
  const grace = begun.filter(({ maintenanceEnd }) => (maintenanceEnd ?? '') >= addDays(day, -GRACE_DAYS));
  const covering = current.length > 0 ? current : grace;
  const undone = new Set(
    lines.filter((line) => isRefund(line) && line.bookedOn <= day).map((line) => line.originalTransactionId),
  );
  const standing = covering.filter((line) => !undone.has(line.transactionId));
  const made = standing.findLast(({ bookedOn, saleDate }) => saleDate <= day || bookedOn <= day);
  const bill = made ?? standing.at(-1) ?? covering.at(-1);
  return { tier: bill?.tier, billing: bill?.billingPeriod };
}

/** Movements joined to the licences and paid lines of their entitlements, in the order given. */
export function nameMovements(
  movements: readonly Movement[],
  rows: { readonly licenses: readonly RecordedLicense[]; readonly lines: readonly RecordedLine[] },
  from: Day,
  to: Day,
): NamedMovement[] {
  const licenses = groupByEntitlement(rows.licenses);
  const lines = Map.groupBy(rows.lines, subscriptionOf);
  return movements.map((movement) => {
    const paid = lines.get(movement.entitlement) ?? [];
    return {
      ...movement,
      profile: profileOf({ licenses: licenses.get(movement.entitlement) ?? [], lines: paid }),
      from: paidPlanOn(paid, from),
      to: paidPlanOn(paid, to),
    };
  });
}
