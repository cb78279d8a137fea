import type { RecordedEvent, RecordedLine } from '../domain/recorded.ts';

/**
 * Events whose entitlement no other row knows, joined by the transaction they name: its lines of the same app lead to
 * the subscription where the identifiers of the event do not (they came over the years, and not every resource has all of
 * them). An event whose transaction leads to several subscriptions, or to none, stays as it is.
 */
export function joinByTransaction(
  events: readonly RecordedEvent[],
  known: { has(entitlement: string): boolean },
  lines: readonly RecordedLine[],
): RecordedEvent[] {
  const byTransaction = Map.groupBy(lines, ({ transactionId }) => transactionId.toUpperCase());
  return events.map((event) => {
    if (known.has(event.entitlement) || event.transactionId === undefined) return event;
    const named = (byTransaction.get(event.transactionId.toUpperCase()) ?? [])
      .filter(({ appKey, entitlement }) => appKey === event.appKey && entitlement !== '')
      .map(({ entitlement }) => entitlement);
    const [entitlement, ...others] = new Set(named);
    return entitlement === undefined || others.length > 0 ? event : { ...event, entitlement };
  });
}
