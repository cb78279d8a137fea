import { addDays, type Day } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { NetKind } from './net-kind.ts';
import type { NetMovement } from './netting.ts';
import { nearestRank } from './order-statistics.ts';
import { planDirection, planWorth } from './plan-direction.ts';

/** $1,000: below this no money is worth an alert unless somebody says so. */
const FLOOR: Cents = 100_000;

/** Days of own history that thresholds are taken from. */
const YEAR_DAYS = 365;

/** From how much something is worth an alert, and where that number comes from. */
export interface Threshold {
  /** Cents, or users. */
  readonly amount: number;
  /**
   * `here`: set in the channel; `fixed`: configured; `percentile`: of the own history; `floor`: $1,000, which is more
   * than that percentile; `default`: the product's own.
   */
  readonly source: 'here' | 'fixed' | 'percentile' | 'floor' | 'default';
  /** How many amounts of the last 365 days the percentile is taken from. */
  readonly movements: number;
}

/** The rules whose threshold follows the own history, and the percentile of it they use. */
export const PERCENTILES = {
  'large-transaction': 98,
  upgrade: 90,
  downgrade: 90,
  refund: 90,
  'payment-problem': 90,
  'customer-leaving': 90,
} as const;
export type OwnRule = keyof typeof PERCENTILES;

export type OwnThresholds = Readonly<Record<OwnRule, Threshold>>;

/** What a threshold needs of a movement: a year of them are many. */
export interface PastMovement {
  readonly entitlement: string;
  readonly bookedOn: Day;
  readonly kind: NetKind;
  readonly net: Cents;
  readonly annualised: Cents | undefined;
  /** See `planDirection` and `planWorth`. */
  readonly direction: 'up' | 'down' | undefined;
  readonly worth: Cents;
}

/** A movement reduced to what thresholds need. */
export function toPastMovement(movement: NetMovement): PastMovement {
  const { annualised, bookedOn, entitlement, kind, net } = movement;
  const [direction, worth] = [planDirection(movement), planWorth(movement)];
  return { entitlement, bookedOn, kind, net, annualised, direction, worth };
}

/** Of fewer amounts the 90th percentile is the largest: only records would be told. */
const FEWEST = 10;

/** The larger of $1,000 and a percentile (nearest rank: the amount at rank ceil(share x count)) of at least so many. */
function ownThreshold(amounts: readonly Cents[], percentile: number, fewest = FEWEST): Threshold {
  const own = amounts.length < fewest ? 0 : (nearestRank(amounts, percentile) ?? 0);
  return own > FLOOR
    ? { amount: own, source: 'percentile', movements: amounts.length }
    : { amount: FLOOR, source: 'floor', movements: amounts.length };
}

/**
 * The thresholds that the movements booked in the last 365 days give: of large transactions and payment problems by what
 * was sold net, of upgrades and downgrades by their change a year, of refunds by what was given back without a new bill,
 * of customers who leave by what a customer pays a year (its largest term of the year).
 */
export function ownThresholds(movements: Iterable<PastMovement>, today: Day): OwnThresholds {
  const from = addDays(today, -YEAR_DAYS);
  const sold: Cents[] = [];
  const up: Cents[] = [];
  const down: Cents[] = [];
  const refunds: Cents[] = [];
  const customers = new Map<string, Cents>();
  for (const { annualised, bookedOn, direction, entitlement, kind, net, worth } of movements) {
    if (bookedOn <= from || bookedOn > today) continue;
    if (net > 0) sold.push(net);
    if (direction === 'up') up.push(worth);
    if (direction === 'down') down.push(worth);
    if (kind === 'refund') refunds.push(-net);
    const isTerm = kind === 'sale' || kind === 'renewal';
    if (isTerm && entitlement !== '' && annualised !== undefined)
      customers.set(entitlement, Math.max(customers.get(entitlement) ?? 0, annualised));
  }
  return {
    'large-transaction': ownThreshold(sold, PERCENTILES['large-transaction'], 1),
    upgrade: ownThreshold(up, PERCENTILES.upgrade),
    downgrade: ownThreshold(down, PERCENTILES.downgrade),
    refund: ownThreshold(refunds, PERCENTILES.refund),
    'payment-problem': ownThreshold(sold, PERCENTILES['payment-problem']),
    'customer-leaving': ownThreshold([...customers.values()], PERCENTILES['customer-leaving']),
  };
}
