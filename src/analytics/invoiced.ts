import { type Day, weekOf } from '../domain/day.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { subscriptionOf } from './by-entitlement.ts';
import { type DiscountTotal, discountsByType } from './discounts.ts';
import { isRefund } from './net-kind.ts';
import { netMovements } from './netting.ts';

/** An amount and how many lines or movements it comes from. */
export interface Counted {
  readonly amount: Cents;
  readonly count: number;
}

/** The lines of one sale type. */
export interface InvoicedType extends Counted {
  /** `New`, `Renewal`, `Upgrade`, `Downgrade`, `Refund`, or what the API sends; undefined on manual invoices. */
  readonly type: string | undefined;
}

/** What the paid lines of a week add up to. All amounts are partner share, except the discounts, which are the customer's. */
export interface InvoicedWeek {
  readonly week: Day;
  /** Sum of `vendorAmount`, refunds included with their sign. */
  readonly net: Cents;
  /** Number of paid lines, refunds included; and how many of them are refunds. */
  readonly lines: number;
  readonly refundLines: number;
  /** Different customers that were billed: lines of one site are one decision, however many apps it has. */
  readonly customers: number;
  /** By sale type, most money first; the amounts and counts add up to `net` and `lines`, exactly. */
  readonly byType: readonly InvoicedType[];
  /** Billed and not paid yet. */
  readonly open: Counted;
  /** Given up. */
  readonly uncollectible: Counted;
  /** Bills that Atlassian marks as refunded by now; the refunds themselves are lines of their own. */
  readonly refunded: Counted;
  /** Refunds that nothing was billed in place of; the amount is negative or 0. */
  readonly unpairedRefunds: Counted;
  readonly discounts: readonly DiscountTotal[];
}

/** Names the customer of a line: its cloud site, otherwise its subscription. */
export function customerOf(line: RecordedLine): string {
  return line.host.cloudId ? `site ${line.developerId} ${line.host.cloudId}` : subscriptionOf(line);
}

/** How many different customers some lines bill; refunds bill nobody. */
export function countCustomers(lines: readonly RecordedLine[]): number {
  return new Set(lines.filter((line) => !isRefund(line)).map(customerOf)).size;
}

function typesOf(lines: readonly RecordedLine[]): InvoicedType[] {
  return [...Map.groupBy(lines, ({ saleType }) => saleType)]
    .map(([type, group]) => ({ type, ...totalOf(group) }))
    .toSorted((a, b) => b.amount - a.amount || ((a.type ?? '') < (b.type ?? '') ? -1 : 1));
}

function totalOf(lines: readonly RecordedLine[]): Counted {
  return { amount: sumCents(lines.map((line) => line.vendorAmount)), count: lines.length };
}

/**
 * Weekly totals of paid lines (`paidLines`) by the day they count for (`bookedOn`), for each of the given weeks in their
 * order. Give all lines, not those of the weeks alone: whether a refund was billed again is looked up among them all.
 */
export function invoicedByWeek(paid: readonly RecordedLine[], weeks: readonly Day[]): InvoicedWeek[] {
  const byWeek = new Map<Day, RecordedLine[]>(weeks.map((week) => [week, []]));
  const refunded = new Set<string>();
  for (const line of paid) {
    const group = byWeek.get(weekOf(line.bookedOn));
    group?.push(line);
    if (group && isRefund(line)) refunded.add(line.entitlement);
  }
  const unpaired = new Set<RecordedLine>();
  const candidates = paid.filter((line) => refunded.has(line.entitlement));
  for (const movement of netMovements(candidates)) {
    if (movement.kind === 'refund') for (const line of movement.lines) unpaired.add(line);
  }
  return weeks.map((week) => {
    const lines = byWeek.get(week) ?? [];
    return {
      week,
      net: sumCents(lines.map((line) => line.vendorAmount)),
      lines: lines.length,
      refundLines: lines.filter(isRefund).length,
      customers: countCustomers(lines),
      byType: typesOf(lines),
      open: totalOf(lines.filter((line) => line.paymentStatus === 'Open')),
      uncollectible: totalOf(lines.filter((line) => line.paymentStatus === 'Uncollectible')),
      refunded: totalOf(lines.filter((line) => line.paymentStatus === 'Refunded' && !isRefund(line))),
      unpairedRefunds: totalOf(lines.filter((line) => unpaired.has(line))),
      discounts: discountsByType(lines),
    };
  });
}
