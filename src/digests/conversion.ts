import { assessCount, type CountAssessment } from '../analytics/unusual-count.ts';
import {
  boughtBetween,
  buildCohorts,
  cohortRates,
  type ConversionDays,
  newestMatureWeek,
} from '../analytics/cohorts.ts';
import { groupConversions } from '../analytics/conversion-groups.ts';
import type { Evaluation } from '../analytics/evaluations.ts';
import { type OpenEvaluation, runningOut } from '../analytics/open-evaluations.ts';
import { firstYearOf, sizeBucketOf } from '../analytics/pipeline.ts';
import { assessRate } from '../analytics/unusual-rate.ts';
import { type AssessmentOptions, FOUR_WEEKS } from '../analytics/usual.ts';
import { weeklyValues } from '../analytics/weekly-series.ts';
import type { App } from '../domain/app.ts';
import { addDays, type Day, daysBetween, weekOf, weeksEndingWith } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import { type CohortRate, conversionDigest } from '../messages/conversion-digest.ts';
import type { BoughtEvaluation, RunningEvaluation } from '../messages/conversion-lists.ts';
import type { ReadModel } from '../store/read-model.ts';
import { nameChangedWeeks, readChangedWeeks } from './changed-weeks.ts';
import { readCustomerNames } from './customer-names.ts';
import { CHART_WEEKS, type Digest, type DigestRequest } from './digest.ts';
import { readChangedCohorts } from './evaluation-changes.ts';
import { type EvaluationHistory, readEvaluationHistory, readRunning } from './evaluation-history.ts';
import { listMismatchSentences } from './mismatch-sentences.ts';
import { conversionNumbers } from './numbers/conversion.ts';
import { asksFor, scopeName } from './scope-words.ts';
import { readWeekJudgement } from './week-judgement.ts';

const METRIC = 'conversion';

/** The week told and the 12 before it. */
const COMPARED_WEEKS = 13;

/** Four cohorts and the 24 before them, and two more that tell how much cohorts scatter. */
const COHORT_WEEKS = 30;

/** The week told, and 26 before it that show how much weeks scatter. */
const SCATTER_WEEKS = 27;

/** Half a year of evaluations, so that few sizes and apps have less than 10. */
const GROUPED_WEEKS = 26;

/** From the 30-day cohort of a week back to its newest 60-day one, and three weeks that a rolling line needs. */
const CHART_MARGIN_WEEKS = 8;

/** Evaluations that run out within this many days of the digest's own day are worth a call. */
const EXPIRING_DAYS = 7;

/**
 * A week is told by the Wednesday after it, as if on that day when it is asked for later: so its cohort stays the same,
 * and is older than the newest one when an old week is asked for.
 */
const TOLD_WITHIN_DAYS = 10;

function dayOfTelling({ today, week }: DigestRequest): Day {
  const last = addDays(week, TOLD_WITHIN_DAYS);
  return today < last ? today : last;
}

/** How the newest cohort that had `days` to buy did, beside the 12 before it. Weeks in which nothing started say nothing. */
function assessCohort(history: EvaluationHistory, days: ConversionDays, newest: Day, on: Day): CohortRate {
  const week = newestMatureWeek(newest, days, on);
  const cohorts = buildCohorts(history.evaluations, weeksEndingWith(week, COHORT_WEEKS), on);
  const rates = cohortRates(cohorts, days).map((one) =>
    !history.isKnown || (one.whole === 0 && one.week !== week)
      ? { ...one, part: undefined, whole: undefined }
      : one,
  );
  const options = { provisional: false };
  return {
    week,
    days,
    assessment: assessRate(rates, week, options),
    fourWeeks: assessRate(rates, week, { ...options, comparison: FOUR_WEEKS }),
  };
}

/** How many evaluations were bought in the week, beside the weeks since the first evaluation. */
function assessBought(
  { evaluations, firstWeek, isKnown }: EvaluationHistory,
  week: Day,
  options: AssessmentOptions,
): CountAssessment {
  const sold = Map.groupBy(evaluations, ({ sale }) => sale && weekOf(sale));
  const values = weeksEndingWith(week, SCATTER_WEEKS).map((one) => {
    const isHistory = firstWeek !== undefined && one >= firstWeek;
    return {
      week: one,
      value: isKnown && (isHistory || one === week) ? (sold.get(one)?.length ?? 0) : undefined,
    };
  });
  return assessCount(values, week, options);
}

function toBought(
  { coverage, customerOf }: EvaluationHistory,
  bought: readonly Evaluation[],
): BoughtEvaluation[] {
  return bought
    .map((evaluation) => ({
      ...customerOf(evaluation),
      value: firstYearOf(evaluation, coverage),
      days: daysBetween(evaluation.start, evaluation.sale ?? evaluation.start),
    }))
    .toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0) || (a.entitlement < b.entitlement ? -1 : 1));
}

/** What runs out soon, for people. */
function toExpiring({ customerOf }: EvaluationHistory, soon: readonly OpenEvaluation[], today: Day) {
  return {
    until: addDays(today, EXPIRING_DAYS),
    list: soon.map(
      (one): RunningEvaluation => ({
        ...customerOf(one),
        endsOn: one.endsOn,
        extendedDays: one.extendedDays,
      }),
    ),
  };
}

/** Atlassian's conversions and evaluations of the week, and of the known ones among the 12 before. */
function ratioOf(series: readonly MetricSeries[], appKey: string | null, week: Day) {
  const weeks = weeksEndingWith(week, COMPARED_WEEKS);
  const [parts, wholes] = ['Conversions', 'Evaluations'].map((name) =>
    weeklyValues(series, { metric: METRIC, appKey, name }, weeks).map(({ value }) => value),
  );
  const before = (values: readonly (number | undefined)[] = []) => {
    const known = values.slice(0, -1).filter((value) => value !== undefined);
    return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
  };
  return {
    now: { part: parts?.at(-1), whole: wholes?.at(-1) },
    before: { part: before(parts), whole: before(wholes) },
  };
}

/** The conversions and evaluations of the week by app, or of the one app. */
function ratioByApp(series: readonly MetricSeries[], apps: readonly App[], week: Day) {
  const valueOf = (appKey: string, name: string) =>
    weeklyValues(series, { metric: METRIC, appKey, name }, [week])[0]?.value ?? 0;
  return apps
    .map(({ appKey, name }) => ({
      app: name,
      conversions: valueOf(appKey, 'Conversions'),
      evaluations: valueOf(appKey, 'Evaluations'),
    }))
    .filter(({ conversions, evaluations }) => conversions + evaluations > 0);
}

async function readMismatches(
  read: ReadModel,
  { app, developerId, week }: DigestRequest,
  series: readonly MetricSeries[],
) {
  const appKey = app?.appKey ?? null;
  const events = await read.readEvents({ developerId, appKey, from: week, to: addDays(week, 6) }, METRIC);
  const conversions = weeklyValues(series, { metric: METRIC, appKey, name: 'Conversions' }, [week]);
  return listMismatchSentences(conversions, events, METRIC);
}

function groupsOf({ coverage, evaluations }: EvaluationHistory, cohort: CohortRate, isAllApps: boolean) {
  const weeks = weeksEndingWith(cohort.week, GROUPED_WEEKS);
  const window = { from: weeks[0] ?? cohort.week, to: addDays(cohort.week, 6), days: cohort.days };
  const names = new Map(evaluations.map(({ appKey, license }) => [appKey, license.name]));
  const byApp = isAllApps ? groupConversions(evaluations, window, ({ appKey }) => appKey, coverage) : [];
  return {
    window,
    bySize: groupConversions(evaluations, window, ({ users }) => sizeBucketOf(users), coverage),
    byApp: byApp.map((group) => ({ ...group, key: names.get(group.key) ?? group.key })),
  };
}

/** How evaluations convert, told by cohorts that had their time; who bought; what runs out. */
export const conversion: Digest = {
  id: 'conversion',
  isDefault: true,
  aliases: ['conversions', 'converted'],
  summary: 'how evaluations convert, who bought last week and what runs out next',
  definition:
    'How the evaluations of a week convert, told once they had their time; who bought in the week, and what runs out next.',
  reads: ['conversion', 'conversion-events', 'licenses', 'transactions'],
  async build(read, request) {
    const { app, developerId, now, today, week } = request;
    const appKey = app?.appKey ?? null;
    const [history, series, changes] = await Promise.all([
      readEvaluationHistory(read, request),
      read.readSeries({
        developerId,
        metric: METRIC,
        from: addDays(week, -7 * (COMPARED_WEEKS - 1)),
        to: week,
      }),
      readChangedWeeks(read, request, { metric: METRIC, appKey, name: 'Conversions' }, METRIC),
    ]);
    const running = await readRunning(read, history, request);
    const { completeness, options, state } = await readWeekJudgement(read, request, {
      metric: METRIC,
      appKey,
      name: 'Conversions',
    });
    const on = dayOfTelling(request);
    const after30 = assessCohort(history, 30, week, on);
    const { bought, medianDays } = boughtBetween(history.evaluations, week, addDays(week, 6));
    const before = boughtBetween(
      history.evaluations,
      addDays(week, -7 * (COMPARED_WEEKS - 1)),
      addDays(week, -1),
    );
    const nameOf = (entitlements: readonly string[]) => readCustomerNames(read, developerId, entitlements);
    const chartWeeks = request.chartWeeks ?? CHART_WEEKS;
    const charted = weeksEndingWith(after30.week, chartWeeks + CHART_MARGIN_WEEKS);
    const cohorts = [
      after30,
      assessCohort(history, 60, week, on),
      assessCohort(history, 90, week, on),
    ] as const;
    const expiring = running && runningOut(running, today, EXPIRING_DAYS);
    const message = conversionDigest({
      scope: scopeName(request, 'All apps'),
      asks: asksFor('conversion', request),
      asksRunning: asksFor('evaluations', request),
      week,
      state,
      completeness,
      after30,
      after60: cohorts[1],
      after90: cohorts[2],
      bought: toBought(history, bought),
      boughtCount: assessBought(history, week, options),
      daysToBuy: { now: medianDays, before: before.medianDays },
      ratio: ratioOf(series, appKey, week),
      expiring: expiring && toExpiring(history, expiring, today),
      cohorts: buildCohorts(
        history.evaluations,
        charted.filter((one) => history.firstWeek !== undefined && one >= history.firstWeek),
        on,
      ),
      chartWeeks,
      groups: groupsOf(history, after30, app === null),
      cohortChanges: await nameChangedWeeks(await readChangedCohorts(read, request), nameOf),
      changes: await nameChangedWeeks(changes, nameOf),
      mismatches: await readMismatches(read, request, series),
      asOf: await read.readAsOf(developerId, ['licenses', 'transactions', 'conversion', 'conversion-events']),
      now,
    });
    const numbers = conversionNumbers({
      evaluations: history.evaluations,
      firstYear: (evaluation) => firstYearOf(evaluation, history.coverage),
      cohorts,
      bought,
      expiring,
      ratio: ratioByApp(series, app ? [app] : await read.readApps(developerId), week),
    });
    return { ...message, numbers };
  },
};
