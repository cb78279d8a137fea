import type { RecordedLine } from '../domain/recorded.ts';
import { compareTiers } from './tier-size.ts';

/**
 * What a customer did, once refund and re-bill are one: `sale` also covers manual invoices and sale types not known
 * here; `refund`: money given back with nothing billed instead; `adjustment`: billed again without a change of tier or
 * billing period, or a credit.
 */
export type NetKind = 'sale' | 'renewal' | 'upgrade' | 'downgrade' | 'plan-switch' | 'refund' | 'adjustment';

/** The state before and after a net movement, where the lines tell it. */
export interface PlanChange {
  readonly oldTier?: string;
  readonly newTier?: string;
  readonly oldBillingPeriod?: string;
  readonly newBillingPeriod?: string;
}

/** True for money given back: sale type Refund, or a negative amount that is neither an upgrade nor a downgrade. */
export function isRefund(line: RecordedLine): boolean {
  const type = line.saleType?.toLowerCase();
  return type === 'refund' || (line.vendorAmount < 0 && type !== 'upgrade' && type !== 'downgrade');
}

/** A fixed order of lines that does not depend on when they arrived: sale date, transaction, line. */
export function byLine(a: RecordedLine, b: RecordedLine): number {
  if (a.saleDate !== b.saleDate) return a.saleDate < b.saleDate ? -1 : 1;
  if (a.transactionId !== b.transactionId) return a.transactionId < b.transactionId ? -1 : 1;
  return a.lineId < b.lineId ? -1 : a.lineId > b.lineId ? 1 : 0;
}

/** The line of most money, whichever sign; the first in `byLine` order among equals. */
export function largest(lines: readonly RecordedLine[]): RecordedLine | undefined {
  return lines.toSorted((a, b) => Math.abs(b.vendorAmount) - Math.abs(a.vendorAmount) || byLine(a, b))[0];
}

/** Whether two lines pay for some of the same days; lines without a window may. */
function overlap(a: RecordedLine, b: RecordedLine): boolean {
  if (!a.maintenanceStart || !a.maintenanceEnd || !b.maintenanceStart || !b.maintenanceEnd) return true;
  return a.maintenanceStart < b.maintenanceEnd && b.maintenanceStart < a.maintenanceEnd;
}

/**
 * Old and new tier and billing period. New: of the largest bill. Old: what that bill calls old, else what the largest
 * refund gave back (a refund names no old values of its own). A bill that names the same tier as old and new beside a
 * refund of another tier tells the refund's.
 */
export function planChangeOf(bill: RecordedLine | undefined, refund: RecordedLine | undefined): PlanChange {
  const oldTier = differs(bill?.oldTier, bill?.tier) ?? refund?.tier ?? bill?.oldTier;
  const oldBilling =
    differs(bill?.oldBillingPeriod, bill?.billingPeriod) ?? refund?.billingPeriod ?? bill?.oldBillingPeriod;
  return {
    ...(oldTier !== undefined && { oldTier }),
    ...(bill?.tier !== undefined && { newTier: bill.tier }),
    ...(oldBilling !== undefined && { oldBillingPeriod: oldBilling }),
    ...(bill?.billingPeriod !== undefined && { newBillingPeriod: bill.billingPeriod }),
  };
}

function differs(previous: string | undefined, next: string | undefined): string | undefined {
  return previous !== undefined && previous !== next ? previous : undefined;
}

/** Upgrade, downgrade or plan switch, if tier (first) or billing period changed. */
function changeOf({ oldTier, newTier, oldBillingPeriod, newBillingPeriod }: PlanChange): NetKind | undefined {
  const growth = compareTiers(oldTier, newTier);
  if (growth === 1) return 'upgrade';
  if (growth === -1) return 'downgrade';
  const switched = oldBillingPeriod && newBillingPeriod && oldBillingPeriod !== newBillingPeriod;
  return switched ? 'plan-switch' : undefined;
}

const KIND_BY_SALE_TYPE: Readonly<Record<string, NetKind>> = {
  renewal: 'renewal',
  upgrade: 'upgrade',
  downgrade: 'downgrade',
};

/** What the sale type of a bill says. */
function ownKind(bill: RecordedLine): NetKind {
  return KIND_BY_SALE_TYPE[bill.saleType?.toLowerCase() ?? ''] ?? 'sale';
}

/** The lines left once each bill that was refunded within the same movement is struck out together with its refund. */
function withoutUndone(bills: readonly RecordedLine[], refunds: readonly RecordedLine[]) {
  const undone = new Set(refunds.map((refund) => refund.originalTransactionId));
  const made = new Set(bills.map((bill) => bill.transactionId));
  return {
    bills: bills.filter((bill) => !undone.has(bill.transactionId)),
    refunds: refunds.filter((refund) => !made.has(refund.originalTransactionId ?? '')),
  };
}

/**
 * The kind of the movement that these lines of one entitlement make together. A bill refunded within the movement is
 * struck out first; where that leaves nothing, the movement is an `adjustment`.
 * Bills alone: `sale` if any is New, a plan switch if only the billing period of an Upgrade changed, otherwise what the
 * largest bill says. Refunds alone: `refund`. Both: the change of tier, then of billing period, then the sale type of
 * the largest bill where it is Upgrade or Downgrade; a bill for days nobody was refunded keeps its own kind; anything
 * else is an `adjustment`.
 */
export function kindOf(allBills: readonly RecordedLine[], allRefunds: readonly RecordedLine[]): NetKind {
  const { bills, refunds } = withoutUndone(allBills, allRefunds);
  const bill = largest(bills);
  if (!bill) return refunds.length > 0 ? 'refund' : 'adjustment';
  const own = ownKind(bill);
  const change = changeOf(planChangeOf(bill, largest(refunds)));
  if (refunds.length === 0) {
    if (bills.some((line) => line.saleType?.toLowerCase() === 'new')) return 'sale';
    return own === 'upgrade' || own === 'downgrade' ? (change ?? own) : own;
  }
  if (!refunds.some((refund) => overlap(refund, bill))) return own;
  return change ?? (own === 'upgrade' || own === 'downgrade' ? own : 'adjustment');
}
