import type { Day } from '../domain/day.ts';
import { ALIAS_KINDS, type SubscriptionRow } from '../domain/entitlement.ts';
import type { License } from '../domain/license.ts';
import type { TransactionLine } from '../domain/transaction-line.ts';

/** How much a row tells: the same licence can come twice, with and without data insights. */
function knownFields(row: object): number {
  let known = 0;
  for (const value of Object.values(row)) {
    if (typeof value === 'object' && value !== null) known += knownFields(value);
    else if (value !== undefined && value !== 'unknown') known += 1;
  }
  return known;
}

/**
 * Which of two rows of one thing to keep: the later `lastUpdated`, then the one that tells more, then a fixed one, so
 * that the same two rows in another order do not look like a change.
 */
function isBetter<Row extends { readonly lastUpdated: Day }>(row: Row, other: Row): boolean {
  if (row.lastUpdated !== other.lastUpdated) return row.lastUpdated > other.lastUpdated;
  const known = knownFields(row) - knownFields(other);
  return known !== 0 ? known > 0 : JSON.stringify(row) > JSON.stringify(other);
}

function newest<Row extends { readonly lastUpdated: Day }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[] {
  const kept = new Map<string, Row>();
  for (const row of rows) {
    const key = keyOf(row);
    const other = kept.get(key);
    if (!other || isBetter(row, other)) kept.set(key, row);
  }
  return [...kept.values()];
}

function ownName({ aliases, hosting }: SubscriptionRow): string {
  const { addonLicenseId } = aliases;
  // Data Center entitlements have one licence row per add-on licence; Cloud ones have a single row.
  if (hosting !== 'Cloud' && addonLicenseId !== undefined) return addonLicenseId;
  return ALIAS_KINDS.flatMap((kind) => aliases[kind] ?? []).at(0) ?? '';
}

/**
 * One row per licence of a pull: exports contain duplicates, sometimes with different bodies. The newest
 * `lastUpdated` wins, then the row that tells more.
 */
export function newestLicenses(rows: readonly License[]): License[] {
  return newest(rows, (row) => `${row.appKey}|${ownName(row)}`);
}

/** One row per transaction line of a pull, chosen likewise. */
export function newestLines(rows: readonly TransactionLine[]): TransactionLine[] {
  return newest(rows, ({ lineId, transactionId }) => `${transactionId}|${lineId}`);
}
