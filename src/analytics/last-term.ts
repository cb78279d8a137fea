import type { Day } from '../domain/day.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { byLine, isRefund } from './net-kind.ts';
import { compareTiers } from './tier-size.ts';

/** Monthly or annual billing. */
export type Plan = 'Monthly' | 'Annual';

/** A paid term: the lines of one entitlement that end on the same day, refunds and re-bills taken together. */
export interface Term {
  readonly end: Day;
  /** Net partner share of the term. */
  readonly value: Cents;
  /** Tier of the last bill. */
  readonly tier: string | undefined;
  readonly plan: Plan | undefined;
  readonly lines: readonly RecordedLine[];
}

/**
 * The plan of a term: from its length in months where an event gives it (1 monthly, 12 and more annual), otherwise from
 * the billing period of the newest bill that names one.
 */
export function planOf(lines: readonly RecordedLine[], months?: number): Plan | undefined {
  if (months === 1) return 'Monthly';
  if (months !== undefined && months >= 12) return 'Annual';
  const named = lines.filter((line) => !isRefund(line) && line.billingPeriod !== undefined).toSorted(byLine);
  const period = named.at(-1)?.billingPeriod?.toLowerCase();
  return period === 'monthly' ? 'Monthly' : period === 'annual' ? 'Annual' : undefined;
}

/** The terms of one entitlement that brought money, oldest first. Wholly refunded terms and $0 lines are none. */
export function termsOf(lines: readonly RecordedLine[]): Term[] {
  const byEnd = new Map<Day, RecordedLine[]>();
  for (const line of lines) {
    if (line.maintenanceEnd === undefined || line.vendorAmount === 0) continue;
    const group = byEnd.get(line.maintenanceEnd);
    if (group) group.push(line);
    else byEnd.set(line.maintenanceEnd, [line]);
  }
  return [...byEnd]
    .map(([end, unordered]) => {
      const group = unordered.toSorted(byLine);
      const tier = group.findLast((line) => !isRefund(line) && line.tier !== undefined)?.tier;
      return {
        end,
        value: sumCents(group.map((line) => line.vendorAmount)),
        tier,
        plan: planOf(group),
        lines: group,
      };
    })
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => (a.end < b.end ? -1 : 1));
}

/**
 * Whether the customer went for fewer users the last time it renewed: the last term has a Downgrade line, or its tier is
 * smaller than that of the term before.
 */
export function tierFell(terms: readonly Term[]): boolean {
  const last = terms.at(-1);
  if (!last) return false;
  if (last.lines.some((line) => line.saleType?.toLowerCase() === 'downgrade')) return true;
  return compareTiers(terms.at(-2)?.tier, last.tier) === -1;
}
