import type { RecordedLine } from '../domain/recorded.ts';

/**
 * The subscription a line belongs to: its entitlement, or the line itself when it names none, so that nameless lines are
 * never taken for one subscription.
 */
export function subscriptionOf(line: RecordedLine): string {
  return line.entitlement || `line ${line.developerId} ${line.transactionId} ${line.lineId}`;
}

/**
 * Rows by entitlement, each list in the order given. Rows that name no subscription are left out, and so are those
 * outside `wanted` when it is given.
 */
export function groupByEntitlement<T extends { readonly entitlement: string }>(
  rows: Iterable<T>,
  wanted?: { has(entitlement: string): boolean },
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    if (row.entitlement === '' || (wanted && !wanted.has(row.entitlement))) continue;
    const group = groups.get(row.entitlement);
    if (group) group.push(row);
    else groups.set(row.entitlement, [row]);
  }
  return groups;
}
