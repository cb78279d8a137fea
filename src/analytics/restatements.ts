import { type Day, weekOf } from '../domain/day.ts';
import type { RecordedEvent } from '../domain/recorded.ts';
import type { WeekValue } from './weekly-series.ts';

/** A week whose number, or whose names, differ from what was known before. */
export interface Restatement {
  readonly week: Day;
  readonly before: number;
  /** Undefined: the week has no number any more. */
  readonly after: number | undefined;
  /** Entitlements that are in the week's list now and were not, and the other way round; sorted. */
  readonly appeared: readonly string[];
  readonly vanished: readonly string[];
}

/** The entitlements named by the events of each week (by `eventDate`); events without one are left out. */
export function rosterByWeek(events: Iterable<RecordedEvent>): ReadonlyMap<Day, ReadonlySet<string>> {
  const rosters = new Map<Day, Set<string>>();
  for (const { eventDate, entitlement } of events) {
    if (entitlement === '') continue;
    const week = weekOf(eventDate);
    const roster = rosters.get(week);
    if (roster) roster.add(entitlement);
    else rosters.set(week, new Set([entitlement]));
  }
  return rosters;
}

/** A change worth telling: by 2 or more, or by 5 % or more of the number before; from 0, any. */
export function isMaterial(before: number, after: number): boolean {
  const change = Math.abs(after - before);
  return change >= 2 || (change > 0 && change >= 0.05 * before);
}

/** Who is in the lists, then and now. */
export interface Rosters {
  readonly before: ReadonlyMap<Day, ReadonlySet<string>>;
  readonly now: ReadonlyMap<Day, ReadonlySet<string>>;
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * The weeks that were known before and read differently now, oldest first. A change in who is listed always counts,
 * numbers by `isMaterial`, and a number that disappeared. Weeks unknown before are news, not restatements. Rosters must
 * have been recorded at the same instants as the numbers.
 */
export function restatedWeeks(
  before: readonly WeekValue[],
  now: readonly WeekValue[],
  rosters?: Rosters,
): Restatement[] {
  const current = new Map(now.map(({ week, value }) => [week, value]));
  const restated: Restatement[] = [];
  for (const { week, value } of before) {
    if (value === undefined) continue;
    const after = current.get(week);
    const listedThen = rosters?.before.get(week) ?? NOBODY;
    const listedNow = rosters?.now.get(week) ?? NOBODY;
    const appeared = [...listedNow.difference(listedThen)].toSorted();
    const vanished = [...listedThen.difference(listedNow)].toSorted();
    const moved = after === undefined || isMaterial(value, after);
    if (moved || appeared.length > 0 || vanished.length > 0)
      restated.push({ week, before: value, after, appeared, vanished });
  }
  return restated.toSorted((a, b) => (a.week < b.week ? -1 : 1));
}
