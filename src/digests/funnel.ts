import {
  assessFunnel,
  type FunnelMonth,
  STEPS,
  type Step,
  funnelMonths,
  listedConversions,
  restatedSteps,
} from '../analytics/funnel.ts';
import { knownMonths } from '../analytics/monthly-series.ts';
import { addDays, addMonths, type Day, monthsEndingWith } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import {
  type AppFunnel,
  type FunnelCard,
  funnelDigest,
  type FunnelDigest,
} from '../messages/funnel-digest.ts';
import { count } from '../messages/kit/words.ts';
import type { ReadModel } from '../store/read-model.ts';
import { CHART_WEEKS, type Digest, type DigestRequest } from './digest.ts';
import { funnelNumbers } from './numbers/funnel.ts';
import { readMonths } from './read-months.ts';
import { readAges } from './read-ages.ts';
import { asksFor, scopeName } from './scope-words.ts';
import { monthToTell } from './told-month.ts';

/** The month told and the 12 before it. */
const MONTHS = 13;

/** Months after the one told are read too, so many before the week asked for. */
const READ_MONTHS = 16;

/** Conversions are linked to their evaluations 48 to 72 hours late. */
const SETTLED_DAYS = 3;

const REPORTS = { metrics: ['app-requests', 'conversion-by-month'], months: READ_MONTHS } as const;

/** The newest month of which both ends of the funnel are known; of one end where the other never is. */
function newestMonth(series: readonly MetricSeries[], { today }: DigestRequest): Day | undefined {
  const requests = knownMonths(series, 'app-requests');
  const conversions = knownMonths(series, 'conversion-by-month');
  const both = requests.size > 0 && conversions.size > 0 ? requests.intersection(conversions) : undefined;
  return monthToTell(both ?? requests.union(conversions), today, SETTLED_DAYS);
}

/** The steps as a sentence calls them. */
const STEP_NOUNS: Readonly<Record<Step, string>> = {
  requests: 'requests',
  approved: 'approvals',
  evaluations: 'evaluations',
  conversions: 'conversions',
};

function byApp(series: readonly MetricSeries[], names: ReadonlyMap<string, string>, month: Day): AppFunnel[] {
  const appKeys = new Set(series.flatMap(({ appKey }) => appKey ?? []));
  return [...appKeys]
    .flatMap((appKey) =>
      funnelMonths(series, appKey, [month]).map((steps) => ({ app: names.get(appKey) ?? appKey, steps })),
    )
    .filter(({ steps: { conversions, evaluations, requests } }) => requests || evaluations || conversions)
    .toSorted((a, b) => (b.steps.evaluations ?? 0) - (a.steps.evaluations ?? 0) || (a.app < b.app ? -1 : 1));
}

/** The steps whose apps, where several are listed and each has a number, add up to something else than all of them together. */
function sumMismatches(apps: readonly AppFunnel[], whole: FunnelMonth): string[] {
  return STEPS.flatMap((step) => {
    const known = apps.flatMap(({ steps }) => steps[step] ?? []);
    const sum = known.reduce((total, value) => total + value, 0);
    if (apps.length < 2 || known.length < apps.length || sum === whole[step]) return [];
    return `Atlassian counts ${whole[step] ?? 'no'} ${STEP_NOUNS[step]} of all apps, its apps one by one make ${sum}`;
  });
}

async function readMismatches(
  read: ReadModel,
  { app, developerId }: DigestRequest,
  { conversions, month }: FunnelMonth,
): Promise<string[]> {
  const span = {
    developerId,
    appKey: app?.appKey ?? null,
    from: month,
    to: addDays(addMonths(month, 1), -1),
  };
  const listed = listedConversions(await read.readEvents(span, 'conversion'), month);
  // Lists of before the first import were never read: an empty one is no disagreement.
  if (conversions === undefined || listed === 0 || listed === conversions) return [];
  return [`Atlassian counts ${count(conversions, 'conversion')}, its list names ${listed}`];
}

async function readCard(
  read: ReadModel,
  request: DigestRequest,
): Promise<{ month: Day | undefined; card: FunnelCard | undefined }> {
  const { app, chartWeeks = CHART_WEEKS, developerId, isAsked, lastSpokeAt } = request;
  const series = await readMonths(read, request, REPORTS);
  const month = newestMonth(series, request);
  if (month === undefined) return { month, card: undefined };
  const own = app?.appKey ?? null;
  const span = monthsEndingWith(month, MONTHS);
  const months = funnelMonths(series, own, span);
  const told = lastSpokeAt === undefined ? [] : await readMonths(read, request, REPORTS, lastSpokeAt);
  const isNew = newestMonth(told, request) !== month;
  const restated = restatedSteps(funnelMonths(told, own, span), months);
  const [steps] = funnelMonths(series, own, [month]);
  if (!steps || !(isAsked === true || isNew || restated.length > 0)) return { month, card: undefined };
  const names = new Map((await read.readApps(developerId)).map(({ appKey, name }) => [appKey, name]));
  const apps = app ? [] : byApp(series, names, month);
  return {
    month,
    card: {
      steps,
      assessment: assessFunnel(months, month, {}),
      byApp: apps,
      months: months
        .slice(-Math.min(chartWeeks, MONTHS))
        .filter(({ evaluations, requests }) => requests !== undefined || evaluations !== undefined),
      restated,
      mismatches: [...sumMismatches(apps, steps), ...(await readMismatches(read, request, steps))],
    },
  };
}

/** Requests, approvals, evaluations and conversions of a month, when a month of them is known. */
export const funnel: Digest = {
  id: 'funnel',
  aliases: ['requests', 'approvals'],
  summary: 'requests, approvals, evaluations and conversions of the newest month',
  definition:
    'Requests, approvals, evaluations and conversions of a calendar month, each beside what is usual, when a month of them is known. Cloud only; nobody is followed from one step to the next.',
  reads: ['app-requests', 'conversion-by-month', 'conversion-events'],
  async build(read, request) {
    const { developerId, now } = request;
    const facts: FunnelDigest = {
      scope: scopeName(request, 'All apps'),
      asks: asksFor('funnel', request),
      ...(await readCard(read, request)),
      ...(await readAges(read, developerId, {
        'app-requests': 'requests',
        'conversion-by-month': 'evaluations by month',
      })),
      now,
    };
    return { ...funnelDigest(facts), numbers: funnelNumbers(facts) };
  },
};
