import { benchmarkNews } from '../analytics/benchmark-news.ts';
import { readEvaluationBenchmark } from '../analytics/benchmarks.ts';
import { evaluationStartOf } from '../analytics/evaluations.ts';
import type { OpenEvaluation } from '../analytics/open-evaluations.ts';
import { pipelineValue } from '../analytics/pipeline.ts';
import { assessCount } from '../analytics/unusual-count.ts';
import { type AssessmentOptions, FOUR_WEEKS } from '../analytics/usual.ts';
import { type WeekValue, weeklyValues, yearAgo } from '../analytics/weekly-series.ts';
import type { App } from '../domain/app.ts';
import { addDays, type Day, monthOf, weekOf, weeksEndingWith } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import type { BenchmarkCard } from '../messages/benchmark-card.ts';
import { isBigSite } from '../messages/evaluating-customer.ts';
import {
  evaluationBenchmarkDigest,
  type RunningEvaluations,
} from '../messages/evaluation-benchmark-digest.ts';
import type { AppEvaluations, StartedEvaluation } from '../messages/evaluation-lists.ts';
import type { ReadModel } from '../store/read-model.ts';
import { nameChangedWeeks, readChangedWeeks } from './changed-weeks.ts';
import { readCustomerNames } from './customer-names.ts';
import { CHART_WEEKS, type Digest, type DigestRequest } from './digest.ts';
import { addWhoStarted } from './evaluation-changes.ts';
import { type EvaluationHistory, readEvaluationHistory, readRunning } from './evaluation-history.ts';
import { type Beginning, evaluationNumbers } from './numbers/evaluation-benchmark.ts';
import { asksFor, scopeName } from './scope-words.ts';
import { readWeekJudgement } from './week-judgement.ts';

const METRIC = 'evaluations';
const BENCHMARK = 'evaluation-benchmark';

/** 52 weeks back to the same four weeks a year ago, also of the week before; the 28 of the comparison lie within. */
const HISTORY_WEEKS = 57;

/** Benchmarks keep 15 months: the year so far and the position of the month before. */
const BENCHMARK_DAYS = 460;

/** A week is told by the Wednesday after it: a month that was not over by then cannot have been published. */
const TOLD_WITHIN_DAYS = 10;

/** The week's evaluations split by one field of their series, most first; parts without any are left out. */
function splitBy(field: 'name' | 'type', series: readonly MetricSeries[], appKey: string | null, week: Day) {
  const names = new Set(series.map((one) => one[field]).filter((name) => name !== ''));
  return [...names]
    .map((name) => {
      const [one] = weeklyValues(series, { metric: METRIC, appKey, [field]: name }, [week]);
      return { name, count: one?.value ?? 0 };
    })
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
}

function byApp(
  series: readonly MetricSeries[],
  apps: readonly App[],
  week: Day,
  options: AssessmentOptions,
): AppEvaluations[] {
  const weeks = weeksEndingWith(week, HISTORY_WEEKS);
  return apps
    .map(({ appKey, name }) => {
      const values = weeklyValues(series, { metric: METRIC, appKey }, weeks);
      return { app: name, assessment: assessCount(values, week, options) };
    })
    .filter(({ assessment: { usual, value } }) => (value ?? 0) > 0 || (usual ?? 0) > 0)
    .toSorted((a, b) => (b.assessment.value ?? 0) - (a.assessment.value ?? 0) || (a.app < b.app ? -1 : 1));
}

/** Evaluations that started in the week, second tries included. */
function findStarted({ evaluations }: EvaluationHistory, week: Day): Beginning[] {
  return evaluations.flatMap((evaluation): Beginning[] => {
    const { license, retries, start } = evaluation;
    if (weekOf(start) === week) return [{ evaluation, startedOn: start }];
    const lastTry = retries > 0 ? evaluationStartOf(license) : undefined;
    return lastTry !== undefined && weekOf(lastTry) === week ? [{ evaluation, startedOn: lastTry }] : [];
  });
}

/** What started, for people: biggest site first, unknown sizes last. */
function toStarted({ customerOf }: EvaluationHistory, started: readonly Beginning[]): StartedEvaluation[] {
  return started
    .map(({ evaluation, startedOn }) => {
      const { license, previousStart, sale, start } = evaluation;
      return {
        ...customerOf(evaluation),
        startedOn,
        triedOn: startedOn === start ? previousStart : start,
        endsOn: sale === undefined ? (license.maintenanceEnd ?? license.evaluationEnd) : undefined,
      };
    })
    .toSorted((a, b) => (b.users ?? -1) - (a.users ?? -1) || (a.entitlement < b.entitlement ? -1 : 1));
}

/** The four weeks that end with a week, beside the same ones a year before. */
function yearAgoOf(values: readonly WeekValue[], until: Day) {
  const both = yearAgo(values, until);
  return both && { until, ...both };
}

/** How many run today, and what they are worth. */
function toRunning(
  { coverage, evaluations }: EvaluationHistory,
  open: readonly OpenEvaluation[],
  today: Day,
) {
  return {
    count: open.length,
    big: open.filter(isBigSite).length,
    extended: open.filter(({ extendedDays }) => extendedDays > 0).length,
    pipeline: open.length === 0 ? undefined : pipelineValue(open, evaluations, coverage, today),
  } satisfies RunningEvaluations;
}

/** The newest benchmark month, and what is to be said of it: only when a month is new or restated since the last time. */
async function readBenchmark(
  read: ReadModel,
  { app, developerId, lastSpokeAt, week }: DigestRequest,
  apps: readonly App[],
): Promise<{ newestMonth: Day | undefined; card: BenchmarkCard | undefined }> {
  const query = {
    developerId,
    metric: BENCHMARK,
    from: monthOf(addDays(week, -BENCHMARK_DAYS)),
    to: addDays(monthOf(addDays(week, TOLD_WITHIN_DAYS)), -1),
  } as const;
  const series = await read.readSeries(query);
  const told =
    lastSpokeAt === undefined ? undefined : await read.readSeries({ ...query, knownAt: lastSpokeAt });
  const appKeys = app ? [app.appKey] : new Set([null, ...series.map(({ appKey }) => appKey)]);
  const { isNew, newest, restated } = benchmarkNews(series, told, BENCHMARK, appKeys);
  if (newest === undefined || (!isNew && restated.length === 0))
    return { newestMonth: newest, card: undefined };

  const own = app?.appKey ?? null;
  const rows = [...appKeys].flatMap((appKey) => {
    const benchmark = readEvaluationBenchmark(series, appKey, newest);
    const name = appKey === null ? 'All apps' : (apps.find((one) => one.appKey === appKey)?.name ?? appKey);
    return benchmark ? [{ name, benchmark }] : [];
  });
  const size = ({ benchmark }: (typeof rows)[number]) =>
    benchmark.appKey === null ? Number.POSITIVE_INFINITY : (benchmark.evaluations ?? 0);
  const growthIn = (known: readonly MetricSeries[], month: Day) =>
    readEvaluationBenchmark(known, own, month)?.growth.own ?? null;
  return {
    newestMonth: newest,
    card: {
      month: newest,
      own: readEvaluationBenchmark(series, own, newest),
      others: app ? 'all apps for the same product' : 'all partners',
      rows: rows.toSorted((a, b) => size(b) - size(a)),
      restated: restated.map((month) => ({
        month,
        before: growthIn(told ?? [], month),
        after: growthIn(series, month),
      })),
    },
  };
}

/** How many evaluations started and what they may be worth; and, when a month of it is new, the benchmark. */
export const evaluationBenchmark: Digest = {
  id: 'evaluation-benchmark',
  isDefault: true,
  aliases: ['benchmark', 'benchmarks'],
  summary: 'new evaluations last week, what runs now, and the monthly comparison with the Marketplace',
  definition:
    'How many evaluations started in a week and what the running ones may bring; and, when a month of it is out, how you stand beside the Marketplace.',
  reads: ['evaluations', 'evaluation-benchmark', 'licenses', 'transactions'],
  async build(read, request) {
    const { app, developerId, now, today, week } = request;
    const appKey = app?.appKey ?? null;
    const weeks = weeksEndingWith(week, HISTORY_WEEKS);
    const [history, series, apps, changes] = await Promise.all([
      readEvaluationHistory(read, request),
      read.readSeries({ developerId, metric: METRIC, from: weeks[0] ?? week, to: week }),
      read.readApps(developerId),
      readChangedWeeks(read, request, { metric: METRIC, appKey }),
    ]);
    const open = await readRunning(read, history, request);
    const { completeness, options, state } = await readWeekJudgement(read, request, {
      metric: METRIC,
      appKey,
    });
    const settled = options.provisional ? addDays(week, -7) : week;
    const values = weeklyValues(series, { metric: METRIC, appKey }, weeks);
    const assessment = assessCount(values, week, options);
    // Four weeks of which one is still filling are no match for four that are final.
    const yearAgo = yearAgoOf(values, settled);
    const started = findStarted(history, week);
    const parts = {
      hostings: splitBy('name', series, appKey, week),
      types: splitBy('type', series, appKey, week),
      byApp: app ? [] : byApp(series, apps, week, options),
      running: open && toRunning(history, open, today),
    };
    const message = evaluationBenchmarkDigest({
      scope: scopeName(request, 'All apps'),
      asks: asksFor('evaluation-benchmark', request),
      asksRunning: asksFor('evaluations', request),
      week,
      state,
      completeness,
      assessment,
      fourWeeks: assessCount(values, week, { ...options, comparison: FOUR_WEEKS }),
      yearAgo,
      ...parts,
      values: values.slice(-(request.chartWeeks ?? CHART_WEEKS)),
      started: toStarted(history, started),
      ...(await readBenchmark(read, request, apps)),
      changes: await nameChangedWeeks(await addWhoStarted(read, request, changes), (entitlements) =>
        readCustomerNames(read, developerId, entitlements),
      ),
      asOf: await read.readAsOf(developerId, ['evaluations', 'licenses', 'transactions']),
      now,
    });
    const sources = { ...parts, week, assessment, values, started, open, yearAgo };
    return { ...message, numbers: evaluationNumbers(sources) };
  },
};
