import type { Day, Instant } from '../domain/day.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { subscriptionOf } from './by-entitlement.ts';
import { dailyRateOf, yearlyRate } from './coverage.ts';
import {
  byLine,
  isRefund,
  kindOf,
  largest,
  type NetKind,
  type PlanChange,
  planChangeOf,
} from './net-kind.ts';
import { type DayGroup, pairAcrossDays } from './refund-pairs.ts';

/** What one customer did on one day, refund and re-bill taken together: the unit of alerts, rankings and lists. */
export interface NetMovement extends PlanChange {
  /** Entitlement and first sale date. Stays the same when the bill that replaces a refund arrives days later. */
  readonly id: string;
  readonly developerId: string;
  readonly entitlement: string;
  readonly appKey: string;
  readonly kind: NetKind;
  /** First sale date of the lines. */
  readonly day: Day;
  /** The day the movement counts for: the last `bookedOn` of its lines. */
  readonly bookedOn: Day;
  /** When the last of its lines was first seen. */
  readonly completedAt: Instant;
  /** Partner share: `billed` + `refunded`. */
  readonly net: Cents;
  /** Sum of the bills (`vendorAmount`). */
  readonly billed: Cents;
  /** Sum of the refunds; 0 or negative. */
  readonly refunded: Cents;
  /** Net of what the customer pays (`purchasePrice`): compares volumes where the partner's share changed in between. */
  readonly price: Cents;
  /**
   * Net change of the yearly run-rate: 365 x the sum of the daily rates of all lines, refunds negative. For a sale or a
   * renewal alone it is the value of its term a year. Undefined if a line has no window.
   */
  readonly annualised: Cents | undefined;
  /** The line that stands for the movement: the largest bill, or the largest refund. */
  readonly main: RecordedLine;
  /** All lines, in a fixed order. */
  readonly lines: readonly RecordedLine[];
}

/** The newest version of each line that moves money. $0 lines (artefacts of billing) neither make nor change a movement. */
function distinctLines(lines: Iterable<RecordedLine>): RecordedLine[] {
  const byKey = new Map<string, RecordedLine>();
  for (const line of lines) {
    const key = `${line.developerId} ${line.transactionId} ${line.lineId}`;
    const known = byKey.get(key);
    if (!known || known.changedAt <= line.changedAt) byKey.set(key, line);
  }
  return [...byKey.values()].filter((line) => line.vendorAmount !== 0);
}

function toMovement(subscription: string, unordered: readonly RecordedLine[]): NetMovement | undefined {
  const lines = unordered.toSorted(byLine);
  const bills = lines.filter((line) => !isRefund(line));
  const refunds = lines.filter(isRefund);
  const main = largest(bills) ?? largest(refunds);
  const first = lines[0];
  if (!main || !first) return undefined;
  const rates = lines.map(dailyRateOf).filter((rate) => rate !== undefined);
  const billed = sumCents(bills.map((line) => line.vendorAmount));
  const refunded = sumCents(refunds.map((line) => line.vendorAmount));
  return {
    id: `${subscription} ${first.saleDate}`,
    developerId: main.developerId,
    entitlement: main.entitlement,
    appKey: main.appKey,
    kind: kindOf(bills, refunds),
    ...planChangeOf(largest(bills), largest(refunds)),
    day: first.saleDate,
    bookedOn: lines.reduce((last, line) => (line.bookedOn > last ? line.bookedOn : last), first.bookedOn),
    completedAt: Math.max(...lines.map((line) => line.firstSeenAt)),
    net: billed + refunded,
    billed,
    refunded,
    price: sumCents(lines.map((line) => line.purchasePrice)),
    annualised:
      rates.length < lines.length
        ? undefined
        : yearlyRate(rates.toSorted((a, b) => a - b).reduce((sum, rate) => sum + rate, 0)),
    main,
    lines,
  };
}

/**
 * Net movements of paid lines: one per entitlement and sale date, since one upgrade is billed as a full refund of the
 * old tier and a full bill of the new one. A refund and its re-bill a few days apart are joined as well, if their
 * windows match (`refund-pairs.ts`). Every line that moves money is in exactly one movement, so the net amounts add up
 * to the sum of the lines; the order of the lines does not matter; oldest first.
 */
export function netMovements(lines: Iterable<RecordedLine>): NetMovement[] {
  const subscriptions = new Map<string, Map<Day, RecordedLine[]>>();
  for (const line of distinctLines(lines)) {
    const key = subscriptionOf(line);
    const days = subscriptions.get(key) ?? new Map<Day, RecordedLine[]>();
    subscriptions.set(key, days);
    const group = days.get(line.saleDate);
    if (group) group.push(line);
    else days.set(line.saleDate, [line]);
  }
  const movements: NetMovement[] = [];
  for (const [subscription, days] of subscriptions) {
    const groups: DayGroup[] = [...days]
      .map(([day, dayLines]) => ({ day, lines: dayLines }))
      .toSorted((a, b) => (a.day < b.day ? -1 : 1));
    for (const group of pairAcrossDays(groups)) {
      const movement = toMovement(subscription, group);
      if (movement) movements.push(movement);
    }
  }
  return movements.toSorted((a, b) => (a.day === b.day ? (a.id < b.id ? -1 : 1) : a.day < b.day ? -1 : 1));
}
