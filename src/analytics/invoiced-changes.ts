import { type Day, weekOf } from '../domain/day.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { subscriptionOf } from './by-entitlement.ts';
import type { Counted } from './invoiced.ts';

/** A week whose invoiced lines are no longer what they were. */
export interface InvoicedChange {
  readonly week: Day;
  /** Net partner share of the week, as known then and now. */
  readonly before: Cents;
  readonly after: Cents;
  /** Entitlements whose lines changed in amount, appeared or vanished, with their net effect; largest first. */
  readonly behind: readonly { readonly entitlement: string; readonly delta: Cents }[];
}

/** Lines that were there then and have another payment status now, by the new one. */
export interface PaymentChange extends Counted {
  readonly status: string;
}

function keyOf({ developerId, lineId, transactionId }: RecordedLine): string {
  return JSON.stringify([developerId, transactionId, lineId]);
}

/**
 * The weeks whose paid lines (`bookedOn`) differ between two states of knowledge, oldest first. After - before is the
 * sum of the deltas, exactly. A week can be named although its sum did not change: two lines made up for each other.
 */
export function invoicedChanges(
  before: readonly RecordedLine[],
  now: readonly RecordedLine[],
  weeks: readonly Day[],
): InvoicedChange[] {
  const wanted = new Set(weeks);
  const deltas = new Map<Day, Map<string, Cents>>();
  const add = (line: RecordedLine, amount: Cents) => {
    const week = weekOf(line.bookedOn);
    if (!wanted.has(week)) return;
    const group = deltas.get(week) ?? new Map<string, Cents>();
    deltas.set(week, group);
    group.set(subscriptionOf(line), (group.get(subscriptionOf(line)) ?? 0) + amount);
  };
  for (const line of before) add(line, -line.vendorAmount);
  for (const line of now) add(line, line.vendorAmount);
  const netOf = (lines: readonly RecordedLine[], week: Day) =>
    sumCents(lines.filter((line) => weekOf(line.bookedOn) === week).map((line) => line.vendorAmount));
  return [...deltas]
    .map(([week, group]) => ({
      week,
      behind: [...group]
        .map(([entitlement, delta]) => ({ entitlement, delta }))
        .filter(({ delta }) => delta !== 0)
        .toSorted(
          (a, b) => Math.abs(b.delta) - Math.abs(a.delta) || (a.entitlement < b.entitlement ? -1 : 1),
        ),
    }))
    .filter(({ behind }) => behind.length > 0)
    .map((change) => ({ ...change, before: netOf(before, change.week), after: netOf(now, change.week) }))
    .toSorted((a, b) => (a.week < b.week ? -1 : 1));
}

/** Which lines changed their payment status between two states of knowledge: by the new status, most money first. */
export function paymentChanges(
  before: readonly RecordedLine[],
  now: readonly RecordedLine[],
): PaymentChange[] {
  const then = new Map(before.map((line) => [keyOf(line), line.paymentStatus]));
  const changed = new Map<string, { amount: Cents; count: number }>();
  for (const line of now) {
    const key = keyOf(line);
    const { paymentStatus: status } = line;
    if (!then.has(key) || status === undefined || then.get(key) === status) continue;
    const total = changed.get(status) ?? { amount: 0, count: 0 };
    changed.set(status, { amount: total.amount + line.vendorAmount, count: total.count + 1 });
  }
  return [...changed]
    .map(([status, total]) => ({ status, ...total }))
    .toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount) || (a.status < b.status ? -1 : 1));
}
