import { buildCohorts, cohortRates, convertedWithin, newestMatureWeek } from '../analytics/cohorts.ts';
import { paidLines } from '../analytics/counted.ts';
import { type Evaluation, readEvaluations } from '../analytics/evaluations.ts';
import { restatedWeeks } from '../analytics/restatements.ts';
import { addDays, type Day, dayOf, type Instant, weekOf, weeksEndingWith } from '../domain/day.ts';
import type { ReadModel } from '../store/read-model.ts';
import { type ChangedWeeks, lastToldWeekOf, LOOK_BACK_WEEKS } from './changed-weeks.ts';
import type { DigestRequest } from './digest.ts';

/** A second try within 90 days belongs to the first: evaluations are read this far before the first week compared. */
const TRIES_DAYS = 90;

/** Days to buy of the cohort that the digest leads with. */
const DAYS = 30;

/** The newest cohort had five weeks when it was told, and so had the twelve before it. */
const COHORT_WEEKS = LOOK_BACK_WEEKS + 6;

const NOBODY: ReadonlySet<string> = new Set();

/** Evaluations as they are known, and as they were when the digest last spoke. */
interface ThenAndNow {
  readonly lastTold: Day;
  readonly spokeOn: Day;
  readonly before: readonly Evaluation[];
  readonly now: readonly Evaluation[];
}

async function readKnownEvaluations(
  read: ReadModel,
  { app, developerId }: DigestRequest,
  { from, knownAt, to }: { readonly from: Day; readonly to: Day; readonly knownAt?: Instant },
): Promise<readonly Evaluation[]> {
  const span = { developerId, appKey: app?.appKey ?? null, from, to };
  const licenses = await read.readEvaluations(span, knownAt);
  const entitlements = [...new Set(licenses.map(({ entitlement }) => entitlement))];
  const lines = await read.readLinesOf(developerId, entitlements, knownAt);
  return readEvaluations(licenses, paidLines(lines, licenses)).list;
}

async function readThenAndNow(read: ReadModel, request: DigestRequest): Promise<ThenAndNow | undefined> {
  const { lastSpokeAt } = request;
  if (lastSpokeAt === undefined) return undefined;
  const lastTold = lastToldWeekOf(request, lastSpokeAt);
  const from = addDays(lastTold, -7 * COHORT_WEEKS - TRIES_DAYS);
  const spokeOn = dayOf(lastSpokeAt);
  const [before, now] = await Promise.all([
    readKnownEvaluations(read, request, { from, to: spokeOn, knownAt: lastSpokeAt }),
    readKnownEvaluations(read, request, { from, to: request.today }),
  ]);
  return { lastTold, spokeOn, before, now };
}

function byWeek(evaluations: readonly Evaluation[]): ReadonlyMap<Day, ReadonlySet<string>> {
  const weeks = new Map<Day, Set<string>>();
  for (const { entitlement, start } of evaluations) {
    const week = weekOf(start);
    weeks.set(week, (weeks.get(week) ?? new Set()).add(entitlement));
  }
  return weeks;
}

/**
 * The cohorts told before, 13 of them, of which another number bought within 30 days now, or others did. Exact: both
 * sides are what licences and lines said at the two instants. Undefined when the digest has not spoken before.
 */
export async function readChangedCohorts(
  read: ReadModel,
  request: DigestRequest,
): Promise<ChangedWeeks | undefined> {
  const both = await readThenAndNow(read, request);
  if (!both) return undefined;
  const { before, lastTold, now, spokeOn } = both;
  const weeks = weeksEndingWith(newestMatureWeek(lastTold, DAYS, spokeOn), LOOK_BACK_WEEKS);
  const ratesOf = (evaluations: readonly Evaluation[]) =>
    cohortRates(buildCohorts(evaluations, weeks, spokeOn), DAYS);
  const bought = (evaluations: readonly Evaluation[]) =>
    byWeek(evaluations.filter((one) => weeks.includes(weekOf(one.start)) && convertedWithin(one, DAYS)));
  const parts = (evaluations: readonly Evaluation[]) =>
    ratesOf(evaluations).map(({ part, week }) => ({ week, value: part }));
  const wholes = (evaluations: readonly Evaluation[]) =>
    ratesOf(evaluations).map(({ week, whole }) => ({ week, value: whole }));
  const restated = restatedWeeks(parts(before), parts(now), {
    rosters: { before: bought(before), now: bought(now) },
    wholes: { before: wholes(before), now: wholes(now) },
  });
  return { restated, untold: [] };
}

/**
 * Restated weeks of Atlassian's number of evaluations, with the evaluations of our own list that came into those weeks
 * and went out of them since the digest last spoke.
 */
export async function addWhoStarted(
  read: ReadModel,
  request: DigestRequest,
  changes: ChangedWeeks | undefined,
): Promise<ChangedWeeks | undefined> {
  if (!changes || changes.restated.length === 0) return changes;
  const both = await readThenAndNow(read, request);
  if (!both) return changes;
  const [then, now] = [byWeek(both.before), byWeek(both.now)];
  const restated = changes.restated.map((one) => {
    const [was, is] = [then.get(one.week) ?? NOBODY, now.get(one.week) ?? NOBODY];
    return {
      ...one,
      appeared: [...is.difference(was)].toSorted(),
      vanished: [...was.difference(is)].toSorted(),
    };
  });
  return { ...changes, restated };
}
