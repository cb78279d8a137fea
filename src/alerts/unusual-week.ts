import { judgeWeek, observedSpan } from '../analytics/week-judgement.ts';
import { assessCount } from '../analytics/unusual-count.ts';
import { assessRate } from '../analytics/unusual-rate.ts';
import { type Assessment, type AssessmentOptions, FOUR_WEEKS } from '../analytics/usual.ts';
import { rateOfSeries, weeklyValues } from '../analytics/weekly-series.ts';
import { addDays, type Day, lastCompleteWeek, startOf, weeksEndingWith } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import { type UnusualWeek, unusualWeekAlert } from '../messages/unusual-week-alert.ts';
import type { RecordedNews } from '../store/recorded-news.ts';
import type { Alert, AlertContext, AlertFact } from './alert.ts';

/** A weekly number that is watched. */
interface Watched {
  readonly metric: 'churn' | 'evaluations' | 'conversion';
  readonly noun: string;
  readonly digest: string;
  /** A rate where both are there, otherwise the count of `part`. */
  readonly part?: string;
  readonly whole?: string;
}

const WATCHED: readonly Watched[] = [
  { metric: 'churn', noun: 'cancellations', digest: 'churn', part: 'Cancellations', whole: 'Customers' },
  { metric: 'evaluations', noun: 'new evaluations', digest: 'evaluation-benchmark' },
  { metric: 'conversion', noun: 'conversions', digest: 'conversion', part: 'Conversions' },
];

/** The four weeks, the 24 before them that they are compared with, and what tells how much weeks scatter. */
const HISTORY_WEEKS = 32;

/** After an alert a number is left alone for this long, and until a week was within its range again. */
const COOL_DOWN_WEEKS = 4;

interface Found {
  readonly span: UnusualWeek['span'];
  readonly found: UnusualWeek['found'];
}

function assess(
  { metric, part, whole }: Watched,
  series: readonly MetricSeries[],
  appKey: string | null,
  week: Day,
  options: AssessmentOptions,
): Record<'week' | 'fourWeeks', UnusualWeek['found']> {
  const weeks = weeksEndingWith(week, HISTORY_WEEKS);
  const fourWeeks = { ...options, comparison: FOUR_WEEKS };
  if (part !== undefined && whole !== undefined) {
    const rates = rateOfSeries(series, { metric, part, whole }, appKey, weeks);
    return {
      week: { kind: 'rate', rate: assessRate(rates, week, options) },
      fourWeeks: { kind: 'rate', rate: assessRate(rates, week, fourWeeks) },
    };
  }
  const filter = { metric, appKey, ...(part !== undefined && { name: part }) };
  const values = weeklyValues(series, filter, weeks);
  return {
    week: { kind: 'count', count: assessCount(values, week, options) },
    fourWeeks: { kind: 'count', count: assessCount(values, week, fourWeeks) },
  };
}

const assessmentOf = (found: UnusualWeek['found']): Assessment =>
  found.kind === 'rate' ? found.rate : found.count;

const isOutside = (found: UnusualWeek['found']): boolean =>
  ['higher', 'lower'].includes(assessmentOf(found).verdict);

/** One week and four weeks are tested: a single week of few customers shows nothing but big jumps. */
function choose({ fourWeeks, week }: ReturnType<typeof assess>): Found {
  return !isOutside(week) && isOutside(fourWeeks)
    ? { span: 'four weeks', found: fourWeeks }
    : { span: 'week', found: week };
}

/** Whether a number that was told in an earlier week may be told again. */
function isArmed(
  lastTold: Day | undefined,
  week: Day,
  assessWeek: (week: Day) => UnusualWeek['found'],
): boolean {
  if (lastTold === undefined) return true;
  if (week < addDays(lastTold, 7 * COOL_DOWN_WEEKS)) return false;
  for (let one = addDays(lastTold, 7); one < week; one = addDays(one, 7))
    if (assessmentOf(assessWeek(one)).verdict === 'within') return true;
  return false;
}

function factsOf(news: RecordedNews, context: AlertContext, watched: Watched, week: Day): AlertFact[] {
  const { metric } = watched;
  const importedAt = news.silentAt(metric);
  // What was over before the first import is history.
  if (importedAt === undefined || startOf(addDays(week, 7)) <= importedAt) return [];
  const from = addDays(week, -7 * (HISTORY_WEEKS + 2 * COOL_DOWN_WEEKS));
  const series = news.readSeries({ metric, from, to: week });
  if (series.length === 0) return [];
  const appKeys = [...new Set([null, ...series.map(({ appKey }) => appKey)])];
  return appKeys.flatMap((appKey): AlertFact[] => {
    const scope = `${metric} ${appKey ?? '*'}`;
    const id = `${scope} ${week}`;
    const said = context
      .known('')
      .filter(({ fact, rule }) => rule === 'unusual-week' && fact.startsWith(`${scope} `))
      .map(({ fact }) => fact.slice(scope.length + 1) as Day)
      .toSorted();
    const isKnown = said.includes(week);
    const filter = { metric, appKey, ...(watched.part !== undefined && { name: watched.part }) };
    const observed = news.readObserved({ metric, appKey, ...observedSpan(week) });
    const judgement = judgeWeek({ week, now: context.now, today: context.today }, observed, filter);
    const options = { ...judgement.options, tested: WATCHED.length * appKeys.length };
    const chosen = choose(assess(watched, series, appKey, week, options));
    if (!isKnown && !isOutside(chosen.found)) return [];
    const assessWeek = (one: Day) => assess(watched, series, appKey, one, options).week;
    if (!isKnown && !isArmed(said.at(-1), week, assessWeek)) return [];
    const name = context.apps.find((app) => app.appKey === appKey)?.name ?? appKey ?? '';
    return [
      {
        id,
        subject: `unusual ${id}`,
        marks: [],
        entitlement: '',
        app: { appKey: appKey ?? '', name },
        customer: undefined,
        isNews: !isKnown,
        holds: isOutside(chosen.found),
        amount: assessmentOf(chosen.found).value ?? 0,
        tell: () =>
          unusualWeekAlert({
            ...chosen,
            noun: watched.noun,
            digest: watched.digest,
            app: appKey === null ? undefined : name,
            week,
            state: judgement.state,
            now: news.at,
          }),
      },
    ];
  });
}

/** The newest complete week, where an exact test calls one of its numbers unusual. */
export const unusualWeek: Alert = {
  id: 'unusual-week',
  summary: 'a week whose cancellations, evaluations or conversions an exact test calls unusual',
  reads: ['churn', 'conversion', 'evaluations'],
  find(news, context) {
    const week = lastCompleteWeek(context.now);
    return WATCHED.flatMap((watched) => factsOf(news, context, watched, week));
  },
};
