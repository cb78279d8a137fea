import { type Day, weekOf } from '../domain/day.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { type DiscountTotal, discountsByType } from './discounts.ts';
import { isRefund } from './net-kind.ts';
import { netMovements } from './netting.ts';

/** An amount and how many lines or movements it comes from. */
export interface Counted {
  readonly amount: Cents;
  readonly count: number;
}

/** What the paid lines of a week add up to. All amounts are partner share, except the discounts, which are the customer's. */
export interface InvoicedWeek {
  readonly week: Day;
  /** Sum of `vendorAmount`, refunds included with their sign. */
  readonly net: Cents;
  /** Number of paid lines, refunds included; and how many of them are refunds. */
  readonly lines: number;
  readonly refundLines: number;
  /** Billed and not paid yet. */
  readonly open: Counted;
  /** Given up. */
  readonly uncollectible: Counted;
  /** Refunds that nothing was billed in place of; the amount is negative or 0. */
  readonly unpairedRefunds: Counted;
  readonly discounts: readonly DiscountTotal[];
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
      open: totalOf(lines.filter((line) => line.paymentStatus === 'Open')),
      uncollectible: totalOf(lines.filter((line) => line.paymentStatus === 'Uncollectible')),
      unpairedRefunds: totalOf(lines.filter((line) => unpaired.has(line))),
      discounts: discountsByType(lines),
    };
  });
}

/** Net partner share week by week, for `assessMoney` and charts. A week without lines is 0: lines are complete by week. */
export function netByWeek(
  invoiced: readonly InvoicedWeek[],
): { readonly week: Day; readonly value: Cents }[] {
  return invoiced.map(({ week, net }) => ({ week, value: net }));
}
