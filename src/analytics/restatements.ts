import { type Day, weekOf } from '../domain/day.ts';
import type { RecordedEvent } from '../domain/recorded.ts';
import type { WeekValue } from './weekly-series.ts';

/** A week whose number, or whose names, differ from what was known before. */
export interface Restatement {
  readonly week: Day;
  readonly before: number;
  /** Undefined: the week has no number any more. */
  readonly after: number | undefined;
  /** Of how many, then and now, where the number is a part of something. */
  readonly whole?: { readonly before: number | undefined; readonly after: number | undefined };
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
  return Math.abs(after - before) >= 2 || isMaterialWhole(before, after);
}

/** How many there were of which the number is a part: hundreds, so that 2 more are no news. By 5 % or more. */
function isMaterialWhole(before: number, after: number): boolean {
  const change = Math.abs(after - before);
  return change > 0 && change >= 0.05 * before;
}

/** What was known, and what is known now. */
interface ThenAndNow<T> {
  readonly before: T;
  readonly now: T;
}

/** What may be compared beside the numbers: who is in the lists, and of how many they are. */
export interface Compared {
  readonly rosters?: ThenAndNow<ReadonlyMap<Day, ReadonlySet<string>>>;
  readonly wholes?: ThenAndNow<readonly WeekValue[]>;
}

const NOBODY: ReadonlySet<string> = new Set();

function byWeek(values: readonly WeekValue[]): ReadonlyMap<Day, number | undefined> {
  return new Map(values.map(({ week, value }) => [week, value]));
}

/**
 * The weeks that were known before and read differently now, oldest first. A change in who is listed always counts,
 * numbers by `isMaterial`, the wholes by 5 %, and a number that disappeared. Weeks unknown before are news, not
 * restatements. Rosters and wholes must have been recorded at the same instants as the numbers.
 */
export function restatedWeeks(
  before: readonly WeekValue[],
  now: readonly WeekValue[],
  { rosters, wholes }: Compared = {},
): Restatement[] {
  const current = byWeek(now);
  const [wholeThen, wholeNow] = [byWeek(wholes?.before ?? []), byWeek(wholes?.now ?? [])];
  const restated: Restatement[] = [];
  for (const { week, value } of before) {
    if (value === undefined) continue;
    const after = current.get(week);
    const listedThen = rosters?.before.get(week) ?? NOBODY;
    const listedNow = rosters?.now.get(week) ?? NOBODY;
    const appeared = [...listedNow.difference(listedThen)].toSorted();
    const vanished = [...listedThen.difference(listedNow)].toSorted();
    const whole = { before: wholeThen.get(week), after: wholeNow.get(week) };
    const hasMoved = after === undefined || isMaterial(value, after);
    const isOfOthers =
      whole.before !== undefined && whole.after !== undefined && isMaterialWhole(whole.before, whole.after);
    if (hasMoved || isOfOthers || appeared.length > 0 || vanished.length > 0)
      restated.push({ week, before: value, after, ...(wholes && { whole }), appeared, vanished });
  }
  return restated.toSorted((a, b) => (a.week < b.week ? -1 : 1));
}
