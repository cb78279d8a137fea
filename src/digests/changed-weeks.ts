import { type Restatement, restatedWeeks, rosterByWeek } from '../analytics/restatements.ts';
import { type SeriesFilter, weeklyValues, type WeekValue } from '../analytics/weekly-series.ts';
import {
  addDays,
  type Day,
  daysBetween,
  type Instant,
  lastCompleteWeek,
  weeksEndingWith,
} from '../domain/day.ts';
import type { EventKind } from '../domain/license-event.ts';
import type { ChangedWeek } from '../messages/kit/changed.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { DigestRequest } from './digest.ts';

/** How many weeks back a digest looks for numbers that changed. */
export const LOOK_BACK_WEEKS = 13;

/** What changed since a digest last spoke, in weeks before the one it tells now. */
export interface ChangedWeeks {
  /** Oldest first. */
  readonly restated: readonly Restatement[];
  /** The weeks it never told, because nobody ran it then. Oldest first. */
  readonly untold: readonly WeekValue[];
}

/** The newest week, up to the one asked for, that the digest has told. */
export function lastToldWeekOf({ lastToldWeek, week }: DigestRequest, lastSpokeAt: Instant): Day {
  const told = lastToldWeek ?? lastCompleteWeek(lastSpokeAt);
  return told < week ? told : week;
}

/** The weeks between the last one told and the one asked for: no digest told them, or will. */
export function untoldWeeksOf({ now, week }: DigestRequest, lastTold: Day): Day[] {
  // Before a week is over its digest is not due, and neither is that of the week before it a day or two after its end.
  if (week > lastCompleteWeek(now)) return [];
  const missed = daysBetween(lastTold, week) / 7 - 1;
  return missed <= 0 ? [] : weeksEndingWith(addDays(week, -7), Math.min(missed, LOOK_BACK_WEEKS));
}

/**
 * The weeks this digest told before whose number, or whose names, are different now; with the entitlements that
 * appeared or vanished, where events of that `kind` name them, and of how many the number is, where `whole` names that
 * series. Exact: both sides come from what the store knew at the two instants. Undefined when the digest has not spoken
 * before.
 */
export async function readChangedWeeks(
  read: ReadModel,
  request: DigestRequest,
  filter: SeriesFilter,
  kind?: EventKind,
  whole?: string,
): Promise<ChangedWeeks | undefined> {
  const { app, developerId, lastSpokeAt } = request;
  if (lastSpokeAt === undefined) return undefined;
  const last = lastToldWeekOf(request, lastSpokeAt);
  const weeks = weeksEndingWith(last, LOOK_BACK_WEEKS);
  const untold = untoldWeeksOf(request, last);
  const span = { from: weeks[0] ?? last, to: addDays(last, 6) };
  const query = { developerId, metric: filter.metric, ...span };
  const scope = { developerId, appKey: app?.appKey ?? null, ...span };
  const [before, now, listedBefore, listedNow] = await Promise.all([
    read.readSeries({ ...query, knownAt: lastSpokeAt }),
    read.readSeries({ ...query, to: addDays(request.week, 6) }),
    kind ? read.readEvents(scope, kind, lastSpokeAt) : [],
    kind ? read.readEvents(scope, kind) : [],
  ]);
  const restated = restatedWeeks(weeklyValues(before, filter, weeks), weeklyValues(now, filter, weeks), {
    rosters: { before: rosterByWeek(listedBefore), now: rosterByWeek(listedNow) },
    ...(whole !== undefined && {
      wholes: {
        before: weeklyValues(before, { ...filter, name: whole }, weeks),
        now: weeklyValues(now, { ...filter, name: whole }, weeks),
      },
    }),
  });
  return { restated, untold: weeklyValues(now, filter, untold) };
}

/** What changed as a message tells it, newest first: who appeared with a plus, who vanished with a minus. */
export async function nameChangedWeeks(
  changed: ChangedWeeks | undefined,
  nameOf: (entitlements: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<ChangedWeek[] | undefined> {
  if (changed === undefined) return undefined;
  const { restated, untold } = changed;
  const named = await nameOf(restated.flatMap(({ appeared, vanished }) => [...appeared, ...vanished]));
  const name = (entitlement: string) => named.get(entitlement) ?? entitlement;
  const changes = restated.map(
    ({ after, appeared, before, vanished, week, whole }): ChangedWeek => ({
      week,
      before,
      after,
      ...(whole && { whole }),
      who: [...appeared.map((one) => `+${name(one)}`), ...vanished.map((one) => `-${name(one)}`)],
    }),
  );
  const news = untold.map(({ value, week }): ChangedWeek => ({ week, before: 'untold', after: value }));
  return [...changes, ...news].toReversed();
}
