import { type AggregateRange, type Bucket, type Counted, createBuckets } from './buckets.ts';
import type { Calendar } from './calendar.ts';
import type { RawTransaction } from './raw-rows.ts';

/** By what `sales/transactions/{group}` sums up. */
export type SalesGroup = 'country' | 'hosting' | 'partner' | 'region' | 'tier' | 'type';

/** One bucket of sales: every line, refunds taken off, and the partner's share in dollars. */
export interface RawSales extends Bucket {
  readonly count: number;
  readonly netCount: number;
  readonly revenue: number;
}

/** A transaction line as sales count it. */
export interface SoldLine extends Omit<Counted, 'group'> {
  readonly row: RawTransaction;
  /** The partner's share in cents. */
  readonly cents: number;
}

const GROUPS: Readonly<Record<SalesGroup, (row: RawTransaction) => string>> = {
  country: ({ customerDetails }) => customerDetails.country,
  hosting: ({ purchaseDetails }) => purchaseDetails.hosting,
  partner: ({ partnerDetails }) => partnerDetails?.partnerName ?? 'Direct',
  region: ({ customerDetails }) => customerDetails.region,
  tier: ({ purchaseDetails }) => purchaseDetails.tier,
  type: ({ purchaseDetails }) => purchaseDetails.saleType ?? 'Unknown',
};

/** Dollars from cents, so that sums of thousands of lines stay exact. */
export function sumOf(lines: readonly SoldLine[]): number {
  return lines.reduce((sum, { cents }) => sum + cents, 0) / 100;
}

function totals(lines: readonly SoldLine[]) {
  const refunds = lines.filter(({ row }) => row.purchaseDetails.saleType === 'Refund').length;
  return { count: lines.length, netCount: lines.length - 2 * refunds, revenue: sumOf(lines) };
}

/** Sums up transaction lines. */
export function createSales(calendar: Calendar) {
  const { grouped } = createBuckets(calendar);

  /** What the list of transactions shows unasked, each line once: no manual invoices, no FedRAMP. */
  function lines(rows: readonly RawTransaction[]): SoldLine[] {
    const shown = rows.filter(
      ({ cloudComplianceBoundaries: boundaries, isInvoiceManual }) =>
        isInvoiceManual !== true && (boundaries ?? ['commercial']).includes('commercial'),
    );
    return [...new Map(shown.map((row) => [row.transactionLineItemId, row])).values()].map((row) => ({
      row,
      appKey: row.addonKey,
      on: calendar.offset(row.purchaseDetails.saleDate),
      cents: Math.round(row.purchaseDetails.vendorAmount * 100),
    }));
  }

  /** Lines by one of their features, counted on their sale date. */
  function by(group: SalesGroup, sold: readonly SoldLine[], range: AggregateRange) {
    const entries = sold.map((line) => ({ ...line, group: GROUPS[group](line.row) }));
    return grouped(entries, range, totals);
  }

  return { lines, by };
}
