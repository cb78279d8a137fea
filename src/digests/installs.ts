import { weekState } from '../analytics/freshness.ts';
import { assessChange, weeklyChanges } from '../analytics/unusual-change.ts';
import { weeklyValues, type WeekValue } from '../analytics/weekly-series.ts';
import { addDays, type Day, weeksEndingWith } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import { installsDigest, type InstallsDigest } from '../messages/installs-digest.ts';
import type { ReadModel } from '../store/read-model.ts';
import { nameChangedWeeks, readChangedWeeks } from './changed-weeks.ts';
import { CHART_WEEKS, type Digest, type DigestRequest } from './digest.ts';
import { installsNumbers } from './numbers/installs.ts';
import { readAges } from './read-ages.ts';
import { asksFor, scopeName } from './scope-words.ts';
import { judgementOf, type WeekJudgement } from '../analytics/week-judgement.ts';

const METRIC = 'installs';

/** A year ago; the 27 weeks that show how much changes scatter lie within. */
const HISTORY_WEEKS = 53;

/** The Monday a week of installations begins with: the day after the Sunday that names the week everywhere else. */
function mondayOf(week: Day): Day {
  return addDays(week, 1);
}

/** Installations by their Mondays. */
function installsOf(series: readonly MetricSeries[], appKey: string | null, week: Day): WeekValue[] {
  const weeks = weeksEndingWith(week, HISTORY_WEEKS);
  const values = weeklyValues(series, { metric: METRIC, appKey }, weeks);
  return values.map(({ value, week }) => ({ week: mondayOf(week), value }));
}

function newestOf(values: readonly WeekValue[]) {
  const newest = values.findLast(({ value }) => value !== undefined);
  return newest?.value === undefined ? undefined : { monday: newest.week, installs: newest.value };
}

async function readByApp(
  read: ReadModel,
  { app, developerId, week }: DigestRequest,
  series: readonly MetricSeries[],
  options: WeekJudgement['options'],
) {
  if (app) return [];
  const names = new Map((await read.readApps(developerId)).map(({ appKey, name }) => [appKey, name]));
  const appKeys = [...new Set(series.flatMap(({ appKey }) => appKey ?? []))];
  const monday = mondayOf(week);
  return appKeys
    .map((appKey) => {
      const values = installsOf(series, appKey, week);
      const change = assessChange(values, monday, options);
      return { app: names.get(appKey) ?? appKey, installs: values.at(-1)?.value, change };
    })
    .toSorted(
      (a, b) =>
        Math.abs(b.change.value ?? 0) - Math.abs(a.change.value ?? 0) ||
        (b.installs ?? 0) - (a.installs ?? 0) ||
        (a.app < b.app ? -1 : 1),
    );
}

/** How many installations are active, by how much they changed in a week, and whether that is usual. */
export const installs: Digest = {
  id: 'installs',
  aliases: ['installations', 'install'],
  summary: 'active installations, and by how much they changed last week',
  definition:
    'How many installations are active, by how much they changed in a week from Monday to Sunday, and whether that is unusual.',
  reads: ['installs'],
  async build(read, request) {
    const { app, chartWeeks = CHART_WEEKS, developerId, now, today, week } = request;
    const appKey = app?.appKey ?? null;
    const monday = mondayOf(week);
    const [series, changes] = await Promise.all([
      read.readSeries({
        developerId,
        metric: METRIC,
        from: addDays(week, -7 * HISTORY_WEEKS),
        to: addDays(week, 6),
      }),
      readChangedWeeks(read, request, { metric: METRIC, appKey }),
    ]);
    const { options, state } = judgementOf(weekState(monday, today));
    const values = installsOf(series, appKey, week);
    const ago = (weeks: number) => values.at(-1 - weeks)?.value;
    const shifted = changes && {
      restated: changes.restated.map((change) => ({ ...change, week: mondayOf(change.week) })),
      untold: changes.untold.map((change) => ({ ...change, week: mondayOf(change.week) })),
    };
    const facts: InstallsDigest = {
      scope: scopeName(request, 'All apps'),
      asks: asksFor('installs', request),
      monday,
      state,
      installs: ago(0),
      change: assessChange(values, monday, options),
      fourWeeksAgo: ago(4),
      yearAgo: ago(52),
      newestBefore: newestOf(values.slice(0, -1)),
      weeklyChanges: weeklyChanges(values).slice(-chartWeeks),
      byApp: await readByApp(read, request, series, options),
      changes: await nameChangedWeeks(shifted, async () => new Map<string, string>()),
      ...(await readAges(read, developerId, { installs: 'installations' })),
      now,
    };
    return { ...installsDigest(facts), numbers: installsNumbers(facts) };
  },
};
