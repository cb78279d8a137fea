import { readChurnBenchmark, benchmarkMonths } from '../analytics/benchmarks.ts';
import { cancelledButPaid } from '../analytics/cancelled-licenses.ts';
import { paidLines } from '../analytics/counted.ts';
import { buildCoverage } from '../analytics/coverage.ts';
import { findLeavers, type Leaver, totalLeavers } from '../analytics/leavers.ts';
import { runRateAt } from '../analytics/run-rate.ts';
import { assessRate } from '../analytics/unusual-rate.ts';
import type { AssessmentOptions } from '../analytics/usual.ts';
import { rateOfSeries, weeklyValues } from '../analytics/weekly-series.ts';
import { addDays, type Day, lastCompleteWeek, weeksEndingWith } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import type { Cents } from '../domain/money.ts';
import type { RecordedEvent } from '../domain/recorded.ts';
import { type AppChurn, churnDigest } from '../messages/churn-digest.ts';
import type { AppBenchmark } from '../messages/churn-benchmark.ts';
import type { ReadModel } from '../store/read-model.ts';
import { nameChangedWeeks, readChangedWeeks } from './changed-weeks.ts';
import { readCustomerNames } from './customer-names.ts';
import { CHART_WEEKS, type Digest, type DigestRequest } from './digest.ts';
import { imbalanceSentences, listMismatchSentences } from './mismatch-sentences.ts';
import { asksFor, scopeName } from './scope-words.ts';
import { readWeekJudgement } from './week-judgement.ts';

const METRIC = 'churn';

/** Weeks of history: 24 for the comparison, 4 for the newest ones. */
const HISTORY_WEEKS = 28;

/** Weeks before the chart's first that complete its rolling sum of four. */
const ROLLING_WEEKS = 3;

/** Feedback this long before or after a cancellation can explain it. */
const FEEDBACK_DAYS = 60;

/** What Atlassian counts, of how many. */
const RATE = { metric: METRIC, part: 'Cancellations', whole: 'Customers' } as const;

async function readLeavers(
  read: ReadModel,
  { developerId, week }: DigestRequest,
  events: readonly RecordedEvent[],
) {
  const end = addDays(week, 6);
  const entitlements = [...new Set(events.map(({ entitlement }) => entitlement))];
  const sites = [...new Set(events.flatMap(({ host }) => host.cloudId ?? []))];
  const everything = { developerId, appKey: null };
  const [own, onSites, lines, feedback] = await Promise.all([
    read.readLicensesOf(developerId, entitlements),
    read.readLicensesOnSites(developerId, sites),
    read.readLinesOf(developerId, entitlements),
    read.readFeedback({
      ...everything,
      from: addDays(week, -FEEDBACK_DAYS),
      to: addDays(end, FEEDBACK_DAYS),
    }),
  ]);
  const licenses = [...own, ...onSites.filter(({ entitlement }) => !entitlements.includes(entitlement))];
  return findLeavers({ events, licenses, lines, feedback }, week, end);
}

/** Run-rate a year on a day: what the loss of a week is compared with. */
async function readYearlyRunRate(
  read: ReadModel,
  { app, developerId }: DigestRequest,
  day: Day,
): Promise<Cents> {
  const scope = { developerId, appKey: app?.appKey ?? null };
  const licenses = await read.readLicenses(scope);
  const lines = await read.readLinesCovering({ ...scope, from: addDays(day, -7), to: day });
  return runRateAt(buildCoverage(paidLines(lines, licenses)), day).total * 12;
}

async function readPaidUntil(read: ReadModel, { app, developerId, now, today, week }: DigestRequest) {
  // It is a list about today, so only the newest digest carries it.
  if (week !== lastCompleteWeek(now)) return [];
  const licenses = await read.readLicenses({ developerId, appKey: app?.appKey ?? null });
  const cancelled = licenses.filter(({ status }) => status === 'cancelled');
  const lines = await read.readLinesOf(
    developerId,
    cancelled.map(({ entitlement }) => entitlement),
  );
  return cancelledButPaid(licenses, lines, today);
}

/** The newest benchmark month of each app, where this digest has not told it yet or it reads differently now. */
async function readBenchmark(
  read: ReadModel,
  { app, developerId, lastSpokeAt, week }: DigestRequest,
): Promise<AppBenchmark[]> {
  const query = {
    developerId,
    metric: 'churn-benchmark',
    from: addDays(week, -460),
    to: addDays(week, 6),
  } as const;
  const series = await read.readSeries(query);
  const [month] = benchmarkMonths(series, query.metric);
  if (month === undefined) return [];
  const told = lastSpokeAt === undefined ? [] : await read.readSeries({ ...query, knownAt: lastSpokeAt });
  const apps = (await read.readApps(developerId)).filter(
    ({ appKey }) => app === null || appKey === app.appKey,
  );
  return apps.flatMap(({ appKey, name }) => {
    const benchmark = readChurnBenchmark(series, appKey, month);
    const before = readChurnBenchmark(told, appKey, month);
    if (!benchmark || JSON.stringify(before) === JSON.stringify(benchmark)) return [];
    return [{ app: name, benchmark }];
  });
}

function byApp(
  series: readonly MetricSeries[],
  apps: readonly { appKey: string; name: string }[],
  { options, week }: { readonly week: Day; readonly options: AssessmentOptions },
  list: readonly Leaver[],
): AppChurn[] {
  const weeks = weeksEndingWith(week, HISTORY_WEEKS);
  return apps
    .map(({ appKey, name }) => ({
      app: name,
      rate: assessRate(rateOfSeries(series, RATE, appKey, weeks), week, options),
      value: totalLeavers(list.filter((leaver) => leaver.appKey === appKey)).value,
    }))
    .filter(({ rate }) => (rate.whole ?? 0) > 0)
    .toSorted((a, b) => b.value - a.value);
}

async function readMismatches(
  read: ReadModel,
  { app, developerId, week }: DigestRequest,
  series: readonly MetricSeries[],
  events: readonly RecordedEvent[],
): Promise<string[]> {
  const appKey = app?.appKey ?? null;
  const renewal = await read.readSeries({ developerId, metric: 'renewal', from: week, to: week });
  const cancellations = weeklyValues(series, { metric: METRIC, appKey, name: 'Cancellations' }, [week]);
  return [
    ...listMismatchSentences(cancellations, events, 'churn'),
    ...imbalanceSentences([...series, ...renewal], appKey, week),
  ];
}

/** Who left in a week, what they were worth, why, and whether that is unusual. */
export const churn: Digest = {
  id: 'churn',
  aliases: ['churns', 'cancellations', 'left', 'leavers'],
  summary: 'who left last week, what they were worth and why',
  definition:
    'Churn is the number of paying Cloud customers that had an opportunity to renew in the week and stopped paying, of all that had one (Atlassian: Cancellations of Customers). Monthly customers are due every month, annual ones once a year, so the two rates are told apart and never averaged. The usual range is what an exact test would not call unusual given the 12 weeks before. Lost revenue is the rate of the last paid term times 365 days, our share.',
  async build(read, request) {
    const { app, developerId, now, week } = request;
    const appKey = app?.appKey ?? null;
    const shownWeeks = request.chartWeeks ?? CHART_WEEKS;
    const weeks = weeksEndingWith(week, HISTORY_WEEKS);
    const from = weeks[0] ?? week;
    const span = { developerId, appKey, from: week, to: addDays(week, 6) };
    const [series, events, apps, changes] = await Promise.all([
      read.readSeries({ developerId, metric: METRIC, from, to: week }),
      read.readEvents(span, 'churn'),
      read.readApps(developerId),
      readChangedWeeks(read, request, { metric: METRIC, appKey, name: 'Cancellations' }, 'churn', RATE.whole),
    ]);
    const { list } = await readLeavers(read, request, events);
    const { completeness, options, state } = await readWeekJudgement(read, request, {
      metric: METRIC,
      appKey,
      name: RATE.part,
    });
    const rates = rateOfSeries(series, RATE, appKey, weeks);
    const planOfWeek = (dataset: string) => {
      const last = rateOfSeries(series, RATE, appKey, [week], dataset).at(0);
      return { part: last?.part, whole: last?.whole };
    };
    return churnDigest({
      scope: scopeName(request, 'All cloud apps'),
      asks: asksFor('churn', request),
      week,
      state,
      completeness,
      assessment: assessRate(rates, week, options),
      monthly: planOfWeek('Monthly'),
      annual: planOfWeek('Annual'),
      leavers: list,
      yearlyRunRate: await readYearlyRunRate(read, request, week),
      rates: rates.slice(-(shownWeeks + ROLLING_WEEKS)),
      shownWeeks,
      byApp: app ? [] : byApp(series, apps, { week, options }, list),
      paidUntil: await readPaidUntil(read, request),
      changes: await nameChangedWeeks(changes, (entitlements) =>
        readCustomerNames(read, developerId, entitlements),
      ),
      mismatches: await readMismatches(read, request, series, events),
      benchmark: await readBenchmark(read, request),
      asOf: await read.readAsOf(developerId, ['churn', 'churn-events', 'transactions', 'licenses']),
      now,
    });
  },
};
