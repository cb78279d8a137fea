import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import type { RecordedEvent, RecordedLicense } from '../domain/recorded.ts';
import { type Coverage, lastStretch, monthlyRate, type Stretch } from './coverage.ts';

/** Days an entitlement keeps its last rate after its coverage ended: renewal lines arrive late. */
export const GRACE_DAYS = 7;

/** How long before the end of a coverage a churn event can be dated and still mean this end rather than an earlier one. */
const EVENT_BEFORE_END_DAYS = 30;

/** What is known about entitlements having ended, besides their lines. */
export interface Endings {
  /** Days of churn events by entitlement. */
  readonly churned: ReadonlyMap<string, readonly Day[]>;
  /** Entitlements whose every licence is inactive. */
  readonly inactive: ReadonlySet<string>;
}

/** Recurring revenue on a day. */
export interface RunRate {
  readonly at: Day;
  /** Cents a month by entitlement, partner share; only those above 0. */
  readonly byEntitlement: ReadonlyMap<string, Cents>;
  /** Sum of `byEntitlement`, exactly. */
  readonly total: Cents;
  /** Entitlements counted at their last rate although their coverage ended at most 7 days before. */
  readonly inGrace: ReadonlySet<string>;
}

/** Nothing known about endings. */
export const NO_ENDINGS: Endings = { churned: new Map(), inactive: new Set() };

/** Endings from churn events (other kinds are ignored) and licences. */
export function buildEndings(events: Iterable<RecordedEvent>, licenses: Iterable<RecordedLicense>): Endings {
  const churned = new Map<string, Day[]>();
  for (const { kind, entitlement, eventDate } of events) {
    if (kind !== 'churn' || entitlement === '') continue;
    const days = churned.get(entitlement);
    if (days) days.push(eventDate);
    else churned.set(entitlement, [eventDate]);
  }
  const inactive = new Set<string>();
  const alive = new Set<string>();
  for (const { entitlement, status } of licenses) {
    if (entitlement !== '') (status === 'inactive' ? inactive : alive).add(entitlement);
  }
  return { churned, inactive: inactive.difference(alive) };
}

/** Whether a coverage that ended on `last.end` is given grace at `at`: late renewals are, known losses are not. */
function hasGrace(
  entitlement: string,
  stretches: readonly Stretch[],
  last: Stretch,
  at: Day,
  endings: Endings,
): boolean {
  if (daysBetween(last.end, at) > GRACE_DAYS) return false;
  const from = addDays(last.end, -EVENT_BEFORE_END_DAYS);
  if (endings.churned.get(entitlement)?.some((day) => day >= from && day <= at)) return false;
  const renewedBy = addDays(last.end, GRACE_DAYS);
  if (stretches.some(({ start }) => start > at && start <= renewedBy)) return true;
  return !endings.inactive.has(entitlement);
}

/**
 * Monthly recurring revenue on a day: for each entitlement 365/12 x the sum of the daily rates that cover the day,
 * rounded to cents. An entitlement whose coverage ended at most 7 days ago, without a churn event and without all its
 * licences being inactive, keeps its last rate.
 */
export function runRateAt(coverage: Coverage, at: Day, endings: Endings = NO_ENDINGS): RunRate {
  const byEntitlement = new Map<string, Cents>();
  const inGrace = new Set<string>();
  let total = 0;
  for (const [entitlement, stretches] of coverage.stretches) {
    const last = lastStretch(stretches, at);
    if (!last) continue;
    if (last.end <= at) {
      if (!hasGrace(entitlement, stretches, last, at, endings)) continue;
      inGrace.add(entitlement);
    }
    const rate = monthlyRate(last.dailyRate);
    byEntitlement.set(entitlement, rate);
    total += rate;
  }
  return { at, byEntitlement, total, inGrace };
}
