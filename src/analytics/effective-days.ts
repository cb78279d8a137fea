import type { Day } from '../domain/day.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { subscriptionOf } from './by-entitlement.ts';
import { isRefund } from './net-kind.ts';
import { netMovements } from './netting.ts';

/** Whether a bill pays for days that a refund gives back. */
function paysAgain(bill: RecordedLine, refund: RecordedLine): boolean {
  const { maintenanceStart: start, maintenanceEnd: end } = bill;
  const { maintenanceStart: from, maintenanceEnd: to } = refund;
  return (
    start !== undefined &&
    end !== undefined &&
    from !== undefined &&
    to !== undefined &&
    start < to &&
    from < end
  );
}

/**
 * From which day on a line changes what its customer pays, for `buildCoverage`: undefined where its window says so.
 * An upgrade in the middle of a term is billed as a refund and a new bill for the whole term, so the windows of both
 * begin in the past. They take effect together, on the day the movement counts for (`bookedOn`); otherwise every
 * upgrade would rewrite the months before it and show in no week. The same holds for a refund without a new bill.
 * Give all lines of the entitlements concerned: a refund and its new bill may be days apart.
 */
export function effectiveDays(paid: readonly RecordedLine[]): (line: RecordedLine) => Day | undefined {
  const refunded = new Set<string>();
  for (const line of paid) if (isRefund(line)) refunded.add(subscriptionOf(line));
  const days = new Map<RecordedLine, Day>();
  for (const { bookedOn, lines } of netMovements(paid.filter((line) => refunded.has(subscriptionOf(line))))) {
    const refunds = lines.filter(isRefund);
    for (const line of lines) {
      if (isRefund(line) || refunds.some((refund) => paysAgain(line, refund))) days.set(line, bookedOn);
    }
  }
  return (line) => days.get(line);
}
