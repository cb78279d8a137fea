import { type Cents, sumCents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { isRefund } from './net-kind.ts';

/** What was taken off under one kind of discount. */
export interface DiscountTotal {
  /** `LOYALTY_DISCOUNT`, `EXPERT`, `MANUAL`, `MARKETPLACE_PROMOTION`, or whatever the API sends. */
  readonly type: string;
  readonly amount: Cents;
  /** How many lines had it. */
  readonly lines: number;
  /** Share of gross, 0 to 1, where gross = what customers pay + all discounts of the lines; undefined if gross is 0. */
  readonly share: number | undefined;
}

/**
 * Discounts by type, largest first, from `discounts[]` of the lines that are no refunds: a refund repeats the discount of
 * the sale it takes back. The prices are net of them already; nothing is subtracted. (`partnerDiscountAmount` is
 * documented as faulty.)
 */
export function discountsByType(lines: Iterable<RecordedLine>): DiscountTotal[] {
  const byType = new Map<string, { amount: Cents; lines: Set<RecordedLine> }>();
  let gross = 0;
  for (const line of lines) {
    if (isRefund(line)) continue;
    gross += line.purchasePrice + sumCents(line.discounts.map(({ amount }) => amount));
    for (const { type, amount } of line.discounts) {
      if (amount === 0) continue;
      const total = byType.get(type) ?? { amount: 0, lines: new Set() };
      total.amount += amount;
      total.lines.add(line);
      byType.set(type, total);
    }
  }
  return [...byType]
    .map(([type, total]) => ({
      type,
      amount: total.amount,
      lines: total.lines.size,
      share: gross > 0 ? total.amount / gross : undefined,
    }))
    .toSorted((a, b) => b.amount - a.amount || (a.type < b.type ? -1 : 1));
}
