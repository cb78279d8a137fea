import { addDays, type Day } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { NetMovement } from './netting.ts';
import { nearestRank } from './order-statistics.ts';

/** $1,000: below this nothing is a large transaction unless the configuration says so. */
const FLOOR: Cents = 100_000;
const PERCENTILE = 98;

/** From how much a net movement is large, and where that number comes from. */
export interface LargeThreshold {
  readonly amount: Cents;
  /** `fixed`: configured; `percentile`: of the own movements; `floor`: $1,000, which is more than that percentile. */
  readonly source: 'fixed' | 'percentile' | 'floor';
  /** How many positive movements of the last 365 days the percentile is taken from. */
  readonly movements: number;
}

/**
 * The threshold of a large transaction: the fixed value if there is one, otherwise max($1,000, the 98th percentile of
 * the positive net movements booked within the last 365 days). Nearest rank: the movement at rank ceil(.98 x count).
 */
export function largeThreshold(
  movements: Iterable<Pick<NetMovement, 'net' | 'bookedOn'>>,
  today: Day,
  fixed?: Cents,
): LargeThreshold {
  const from = addDays(today, -365);
  const amounts: Cents[] = [];
  for (const { net, bookedOn } of movements)
    if (net > 0 && bookedOn > from && bookedOn <= today) amounts.push(net);
  if (fixed !== undefined) return { amount: fixed, source: 'fixed', movements: amounts.length };
  const own = nearestRank(amounts, PERCENTILE) ?? 0;
  return own > FLOOR
    ? { amount: own, source: 'percentile', movements: amounts.length }
    : { amount: FLOOR, source: 'floor', movements: amounts.length };
}

/** True when the net amount reaches the threshold. Refunds are never large sales: their net is negative. */
export function isLarge(movement: NetMovement, threshold: LargeThreshold): boolean {
  return movement.net >= threshold.amount;
}
