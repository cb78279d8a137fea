import type { Day } from '../domain/day.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';

/** Where a subscription stands. `cancelled`: the customer gave notice and has paid until a later day. */
export type Standing = 'paying' | 'evaluating' | 'cancelled' | 'ended' | 'free';

/** One subscription as support wants to see it. */
export interface Subscription {
  readonly entitlement: string;
  readonly license?: RecordedLicense;
  /** Newest sale date first. */
  readonly lines: readonly RecordedLine[];
  readonly standing: Standing;
  /** Day of the first line with a positive partner share: its sale date, or its booking day where that is earlier. */
  readonly payingSince?: Day;
  /** The newest line with a positive partner share. */
  readonly lastPaid?: RecordedLine;
  /** Sum of the partner share of all lines, refunds included, uncollectible ones left out. */
  readonly lifetimeNet: Cents;
  /** Tiers of the paid lines, oldest first, without repetition of neighbours. */
  readonly tiers: readonly string[];
}

function standingOf(
  license: RecordedLicense | undefined,
  payingSince: Day | undefined,
  paidUntil: Day | undefined,
  today: Day,
): Standing {
  if (!license) return paidUntil !== undefined && paidUntil >= today ? 'paying' : 'ended';
  const { status, licenseType, maintenanceEnd } = license;
  const isOver =
    status === 'inactive' ||
    (maintenanceEnd !== undefined && maintenanceEnd < today && !license.inGracePeriod);
  if (isOver) return 'ended';
  if (licenseType === 'EVALUATION') return 'evaluating';
  if (status === 'cancelled') return 'cancelled';
  return payingSince === undefined ? 'free' : 'paying';
}

/**
 * The licence and the transaction lines of one entitlement as one subscription. Of several licences (Data Center
 * keeps one per conversion) the one that ends last counts.
 */
export function toSubscription(
  entitlement: string,
  licenses: readonly RecordedLicense[],
  lines: readonly RecordedLine[],
  today: Day,
): Subscription {
  const license = licenses
    .toSorted((a, b) => (b.maintenanceEnd ?? '9').localeCompare(a.maintenanceEnd ?? '9'))
    .at(0);
  const sorted = lines.toSorted(
    (a, b) => b.saleDate.localeCompare(a.saleDate) || a.lineId.localeCompare(b.lineId),
  );
  const paid = sorted.filter(({ vendorAmount }) => vendorAmount > 0);
  // An invoice with terms (Net30) is dated when it is due: the customer pays since before that.
  const payingSince = paid
    .map(({ bookedOn, saleDate }) => (bookedOn < saleDate ? bookedOn : saleDate))
    .sort()[0];
  const ends = paid.flatMap(({ maintenanceEnd }) => maintenanceEnd ?? []).sort();
  const tiers = paid.flatMap(({ tier }) => tier ?? []).reverse();
  const lastPaid = paid.at(0);
  return {
    entitlement,
    ...(license && { license }),
    lines: sorted,
    standing: standingOf(license, payingSince, ends.at(-1), today),
    ...(payingSince && { payingSince }),
    ...(lastPaid && { lastPaid }),
    lifetimeNet: sumCents(
      lines
        .filter(({ paymentStatus }) => paymentStatus !== 'Uncollectible')
        .map(({ vendorAmount }) => vendorAmount),
    ),
    tiers: tiers.filter((tier, index) => tier !== tiers[index - 1]),
  };
}
