import { type Restatement, restatedWeeks, rosterByWeek } from '../analytics/restatements.ts';
import { type SeriesFilter, weeklyValues } from '../analytics/weekly-series.ts';
import { addDays, type Day, lastCompleteWeek, weeksEndingWith } from '../domain/day.ts';
import type { EventKind } from '../domain/license-event.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { DigestRequest } from './digest.ts';

/** How many weeks back a digest looks for numbers that changed. */
const LOOK_BACK_WEEKS = 13;

/**
 * The weeks this digest told before whose number, or whose names, are different now; with the entitlements that
 * appeared or vanished, where events of that `kind` name them. Exact: both sides come from what the store knew at the
 * two instants. Undefined when the digest has not spoken before.
 */
export async function readChangedWeeks(
  read: ReadModel,
  request: DigestRequest,
  filter: SeriesFilter,
  kind?: EventKind,
): Promise<Restatement[] | undefined> {
  const { app, developerId, lastSpokeAt, week } = request;
  if (lastSpokeAt === undefined) return undefined;
  const told = lastCompleteWeek(lastSpokeAt);
  const last: Day = told < week ? told : week;
  const weeks = weeksEndingWith(last, LOOK_BACK_WEEKS);
  const span = { from: weeks[0] ?? last, to: addDays(last, 6) };
  const query = { developerId, metric: filter.metric, ...span };
  const scope = { developerId, appKey: app?.appKey ?? null, ...span };
  const [before, now, listedBefore, listedNow] = await Promise.all([
    read.readSeries({ ...query, knownAt: lastSpokeAt }),
    read.readSeries(query),
    kind ? read.readEvents(scope, kind, lastSpokeAt) : [],
    kind ? read.readEvents(scope, kind) : [],
  ]);
  return restatedWeeks(weeklyValues(before, filter, weeks), weeklyValues(now, filter, weeks), {
    before: rosterByWeek(listedBefore),
    now: rosterByWeek(listedNow),
  });
}

/** The restatements as a message tells them: what appeared with a plus, what vanished with a minus. */
export async function nameChangedWeeks(
  restatements: readonly Restatement[] | undefined,
  nameOf: (entitlements: readonly string[]) => Promise<ReadonlyMap<string, string>>,
) {
  if (restatements === undefined) return undefined;
  const named = await nameOf(restatements.flatMap(({ appeared, vanished }) => [...appeared, ...vanished]));
  const name = (entitlement: string) => named.get(entitlement) ?? entitlement;
  return restatements.map(({ after, appeared, before, vanished, week }) => ({
    week,
    before,
    after: after ?? 0,
    who: [...appeared.map((one) => `+${name(one)}`), ...vanished.map((one) => `-${name(one)}`)],
  }));
}
