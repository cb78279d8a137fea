import { type Day, daysBetween } from '../domain/day.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { isRefund } from './net-kind.ts';

/** How many days may lie between a refund and the bill that replaces it. */
export const PAIR_DAYS = 5;

/** The lines of one entitlement and sale date. */
export interface DayGroup {
  readonly day: Day;
  readonly lines: readonly RecordedLine[];
}

/**
 * Whether `bill` replaces what `refund` gave back: both are of one transaction, or the windows match, which means the
 * same `maintenanceEnd` as the refund, or as the transaction that the refund names as its original. The original itself
 * replaces nothing: a purchase and its refund stay two movements. Without a named original only a later bill can.
 */
function replaces(bill: RecordedLine, refund: RecordedLine, original: RecordedLine | undefined): boolean {
  if (bill.transactionId === refund.originalTransactionId) return false;
  if (bill.transactionId === refund.transactionId) return true;
  if (refund.originalTransactionId === undefined && bill.saleDate < refund.saleDate) return false;
  if (bill.maintenanceEnd === undefined) return false;
  return bill.maintenanceEnd === refund.maintenanceEnd || bill.maintenanceEnd === original?.maintenanceEnd;
}

/**
 * Joins the groups of one entitlement, one per day and in time order, where a refund without a bill on its day is
 * replaced by a bill at most `PAIR_DAYS` days away on a day without a refund. The nearest day wins, the later one among
 * equals; each day is joined once.
 */
export function pairAcrossDays(groups: readonly DayGroup[]): readonly (readonly RecordedLine[])[] {
  if (groups.length < 2) return groups.map(({ lines }) => lines);
  const billOnly = new Set(groups.filter(({ lines }) => !lines.some(isRefund)));
  const joined = new Map<DayGroup, DayGroup>();
  const originals = new Map<string, RecordedLine>();
  for (const { lines } of groups) {
    for (const line of lines) if (!isRefund(line)) originals.set(line.transactionId, line);
  }
  for (const refundGroup of groups.filter(({ lines }) => lines.every(isRefund))) {
    const found = groups
      .filter(
        (group) => billOnly.has(group) && Math.abs(daysBetween(refundGroup.day, group.day)) <= PAIR_DAYS,
      )
      .filter((group) =>
        refundGroup.lines.some((refund) => {
          const original = originals.get(refund.originalTransactionId ?? '');
          return group.lines.some((bill) => replaces(bill, refund, original));
        }),
      )
      .toSorted((a, b) => distance(refundGroup, a) - distance(refundGroup, b) || (a.day < b.day ? 1 : -1))[0];
    if (!found) continue;
    billOnly.delete(found);
    joined.set(found, refundGroup);
  }
  const taken = new Set(joined.values());
  return groups
    .filter((group) => !taken.has(group))
    .map((group) => [...(joined.get(group)?.lines ?? []), ...group.lines]);
}

function distance(a: DayGroup, b: DayGroup): number {
  return Math.abs(daysBetween(a.day, b.day));
}
