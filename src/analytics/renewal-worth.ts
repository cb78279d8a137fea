import type { Cents } from '../domain/money.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { groupByEntitlement } from './by-entitlement.ts';
import { excludedEntitlements, isPaidLine } from './counted.ts';
import { annualisedValue } from './coverage.ts';
import type { Renewal } from './renewals.ts';

/** A renewal that is due or late, and what it brings a year now. */
export interface WorthRenewal extends Renewal {
  /** What is paid a year at the end of the running term, cents of partner share: what a renewal as it is would bring. */
  readonly yearly: Cents;
}

/**
 * What each renewal is worth a year, most valuable first. Not the sum of the last term's lines (`value`): after an
 * upgrade in the middle of a term those hold months at the old price. A bill given up as uncollectible counts at its
 * price, because that is what a renewal would bring.
 */
export function withYearlyWorth(
  renewals: readonly Renewal[],
  rows: { readonly licenses: readonly RecordedLicense[]; readonly lines: Iterable<RecordedLine> },
): WorthRenewal[] {
  const wanted = new Set(renewals.map(({ entitlement }) => entitlement));
  const lines = groupByEntitlement(rows.lines, wanted);
  const excluded = excludedEntitlements(rows.licenses);
  return renewals
    .map((renewal) => {
      const paid = (lines.get(renewal.entitlement) ?? [])
        .filter((line) => isPaidLine(line, excluded))
        .map((line) => (line.paymentStatus === 'Uncollectible' ? { ...line, paymentStatus: 'Open' } : line));
      return { ...renewal, yearly: annualisedValue(paid, renewal.due) };
    })
    .toSorted((a, b) => b.yearly - a.yearly || (a.entitlement < b.entitlement ? -1 : 1));
}
