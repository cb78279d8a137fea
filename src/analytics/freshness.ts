import { addDays, type Day, daysBetween, type Instant, startOf, weekOf } from '../domain/day.ts';
import type { ObservedMetric } from '../domain/metric-series.ts';
import { median } from './order-statistics.ts';
import { matchesSeries, type SeriesFilter } from './weekly-series.ts';

/**
 * How far a week's numbers can be trusted. `open`: not over; `provisional`: over for less than 3 days, while insights and
 * links between evaluation and sale still arrive (48 to 72 hours late); `settling`: less than 28 days, still restated
 * now and then; `final`.
 */
export type WeekState = 'open' | 'provisional' | 'settling' | 'final';

/** Days after a week's end from which on its numbers no longer move much. */
export const FINAL_DAYS = 28;

const PROVISIONAL_DAYS = 3;

const DAY_MS = 86_400_000;

/** A completeness drawn from fewer weeks would be a guess. */
const FEWEST_WEEKS = 8;

/** Whole days since the end of a week (Saturday 24:00 UTC); negative while it runs. */
export function ageOfWeek(week: Day, today: Day): number {
  return daysBetween(addDays(week, 7), today);
}

/** The state of a week on a day. */
export function weekState(week: Day, today: Day): WeekState {
  const age = ageOfWeek(week, today);
  if (age < 0) return 'open';
  if (age < PROVISIONAL_DAYS) return 'provisional';
  return age < FINAL_DAYS ? 'settling' : 'final';
}

/** A number of a week as it was seen at an instant; recorded when it changed. */
export interface Observation {
  readonly week: Day;
  readonly value: number;
  readonly observedAt: Instant;
}

/** How much of a week is usually known at an age. */
export interface Completeness {
  /** Median of (known at that age) / (known at 28 days); can exceed 1 where numbers are taken back later. */
  readonly share: number;
  /** How many weeks it is drawn from. */
  readonly weeks: number;
}

/** The last value observed up to an instant; undefined if there is none yet. */
function knownAt(observations: readonly Observation[], at: Instant): number | undefined {
  let last: Observation | undefined;
  for (const one of observations) {
    if (one.observedAt <= at && (!last || one.observedAt >= last.observedAt)) last = one;
  }
  return last?.value;
}

/**
 * What every observed change of a metric means for the series that a filter adds up. A week counts 0 from the first
 * instant at which any series of the metric spoke of it: the API leaves zero points out, and a week that began with
 * nothing and filled later is the very one that completeness is about.
 */
export function toObservations(observed: ObservedMetric, filter: SeriesFilter): Observation[] {
  const observations: Observation[] = [];
  const points = observed.points.filter((point) => matchesSeries(point, filter));
  const pointsByWeek = Map.groupBy(points, ({ period }) => weekOf(period));
  for (const [period, firstSeenAt] of observed.firstSeenAt) {
    const week = weekOf(period);
    const values = new Map<string, number>();
    const byInstant = Map.groupBy(pointsByWeek.get(week) ?? [], ({ observedAt }) => observedAt);
    for (const observedAt of [...new Set([firstSeenAt, ...byInstant.keys()])].toSorted((a, b) => a - b)) {
      for (const { dataset, name, type, value } of byInstant.get(observedAt) ?? [])
        values.set(JSON.stringify([dataset, name, type]), value ?? 0);
      const value = values.values().reduce((sum, one) => sum + one, 0);
      observations.push({ week, value, observedAt });
    }
  }
  return observations;
}

/**
 * How complete weeks of a series usually are `ageDays` days (a fraction, too) after their end, from everything ever
 * observed of it up to `now`: the median share over the weeks that are 28 days old, were observed by that age already
 * (a week first seen later, as in a first import, tells nothing) and did not end up as 0. Undefined with fewer than 8
 * such weeks.
 */
export function completenessAt(
  observations: Iterable<Observation>,
  ageDays: number,
  now: Instant,
): Completeness | undefined {
  const shares: number[] = [];
  for (const [week, seen] of Map.groupBy(observations, (one) => one.week)) {
    const end = startOf(addDays(week, 7));
    const finalAt = end + FINAL_DAYS * DAY_MS;
    if (finalAt > now) continue;
    const early = knownAt(seen, end + ageDays * DAY_MS);
    const final = knownAt(seen, finalAt);
    if (early !== undefined && final !== undefined && final > 0) shares.push(early / final);
  }
  const share = shares.length < FEWEST_WEEKS ? undefined : median(shares);
  return share === undefined ? undefined : { share, weeks: shares.length };
}
