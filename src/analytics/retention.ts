import type { Day } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import { noiseFloor } from './movements.ts';
import type { RunRate } from './run-rate.ts';

/** How much of a day's recurring revenue is there on a later one, from the same customers. */
export interface Retention {
  readonly from: Day;
  readonly to: Day;
  /** Recurring revenue on the first day, cents a month, and how many subscriptions it comes from. */
  readonly before: Cents;
  readonly subscriptions: number;
  /** What they bring less and what they bring more now, cents a month, both 0 or above. */
  readonly lost: Cents;
  readonly won: Cents;
  /** Less what was lost to smaller plans and leaving, 0 to 1 (GRR). */
  readonly gross: number;
  /** With bigger plans of the same customers; new and returning ones are no part of it (NRR). */
  readonly net: number;
}

/**
 * Gross and net revenue retention between two days, over the cohort that paid on the first one. Undefined where nobody
 * did: there is nothing to keep. Changes too small to be decisions (`movementsBetween`) are neither lost nor won.
 */
export function retentionOf(
  start: Pick<RunRate, 'at' | 'byEntitlement' | 'total'>,
  end: Pick<RunRate, 'at' | 'byEntitlement'>,
): Retention | undefined {
  if (start.total === 0) return undefined;
  let lost = 0;
  let won = 0;
  for (const [entitlement, before] of start.byEntitlement) {
    const after = end.byEntitlement.get(entitlement) ?? 0;
    const delta = after - before;
    if (after > 0 && Math.abs(delta) < noiseFloor(before)) continue;
    if (delta < 0) lost -= delta;
    else won += delta;
  }
  const gross = (start.total - lost) / start.total;
  return {
    from: start.at,
    to: end.at,
    before: start.total,
    subscriptions: start.byEntitlement.size,
    lost,
    won,
    gross,
    net: gross + won / start.total,
  };
}
