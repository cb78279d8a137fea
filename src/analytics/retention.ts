import type { Day } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { Coverage } from './coverage.ts';
import { movementsBetween } from './movements.ts';
import { type Endings, NO_ENDINGS, runRateAt } from './run-rate.ts';

/** How much of a day's recurring revenue is there on a later one, from the same customers. */
export interface Retention {
  readonly from: Day;
  readonly to: Day;
  /** Recurring revenue on the first day, cents a month, and how many subscriptions it comes from. */
  readonly before: Cents;
  readonly subscriptions: number;
  /** Less what was lost to smaller plans and leaving, 0 to 1 (GRR). */
  readonly gross: number;
  /** With bigger plans of the same customers; new and returning ones are no part of it (NRR). */
  readonly net: number;
}

/**
 * Gross and net revenue retention between two days, over the cohort that paid on the first one. Undefined where nobody
 * did: there is nothing to keep. Changes too small to be decisions (`movementsBetween`) are neither lost nor won.
 */
export function retentionBetween(
  coverage: Coverage,
  from: Day,
  to: Day,
  endings: Endings = NO_ENDINGS,
): Retention | undefined {
  const { before, grossRetention: gross, netRetention: net } = movementsBetween(coverage, from, to, endings);
  if (gross === undefined || net === undefined) return undefined;
  const subscriptions = runRateAt(coverage, from, endings).byEntitlement.size;
  return { from, to, before, subscriptions, gross, net };
}
