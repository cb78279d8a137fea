import { cancelledButPaid } from '../analytics/cancelled-licenses.ts';
import { type Leaver, totalLeavers } from '../analytics/leavers.ts';
import { assessRate } from '../analytics/unusual-rate.ts';
import { type AssessmentOptions, FOUR_WEEKS } from '../analytics/usual.ts';
import { rateOfSeries, weeklyValues } from '../analytics/weekly-series.ts';
import type { App } from '../domain/app.ts';
import { addDays, type Day, lastCompleteWeek, weeksEndingWith } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import type { RecordedEvent } from '../domain/recorded.ts';
import { churnDigest } from '../messages/churn-digest.ts';
import type { AppChurn } from '../messages/churn-lists.ts';
import type { ReadModel } from '../store/read-model.ts';
import { nameChangedWeeks, readChangedWeeks } from './changed-weeks.ts';
import { readChurnBenchmarkNews } from './churn-benchmark-news.ts';
import { readCustomerNames } from './customer-names.ts';
import { CHART_WEEKS, type Digest, type DigestRequest } from './digest.ts';
import { readDueEvents } from './due-events.ts';
import { readLeavers } from './leavers.ts';
import { churnNumbers } from './numbers/churn.ts';
import { imbalanceSentences, listMismatchSentences } from './mismatch-sentences.ts';
import { readRunRateOn } from './run-rate-on.ts';
import { asksFor, scopeName } from './scope-words.ts';
import { readWeekJudgement } from './week-judgement.ts';

const METRIC = 'churn';

/** Weeks of history: 24 for the comparison, 4 for the newest ones; 26 tell how much weeks scatter. */
const HISTORY_WEEKS = 30;

/** Weeks before the chart's first that complete its rolling sum of four. */
const ROLLING_WEEKS = 3;

/** What Atlassian counts, of how many. */
const RATE = { metric: METRIC, part: 'Cancellations', whole: 'Customers' } as const;

/** The two billing periods, told apart and never averaged: a monthly customer is due every month. */
const PLANS = ['Monthly', 'Annual'] as const;

async function readPaidUntil(read: ReadModel, { app, developerId, now, today, week }: DigestRequest) {
  // It is a list about today, so only the newest digest carries it.
  if (week !== lastCompleteWeek(now)) return [];
  const cancelled = await read.readCancelled({ developerId, appKey: app?.appKey ?? null }, today);
  const entitlements = cancelled.map(({ entitlement }) => entitlement);
  const [licenses, lines] = await Promise.all([
    read.readLicensesOf(developerId, entitlements),
    read.readLinesOf(developerId, entitlements),
  ]);
  return cancelledButPaid(licenses, lines, today);
}

function byApp(
  series: readonly MetricSeries[],
  apps: readonly App[],
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
    .filter(({ rate, value }) => (rate.whole ?? 0) > 0 || value > 0)
    .toSorted((a, b) => b.value - a.value || (b.rate.value ?? 0) - (a.rate.value ?? 0));
}

async function readMismatches(
  read: ReadModel,
  { app, developerId, week }: DigestRequest,
  series: readonly MetricSeries[],
  events: readonly RecordedEvent[],
): Promise<string[]> {
  const appKey = app?.appKey ?? null;
  const renewal = await read.readSeries({ developerId, metric: 'renewal', from: week, to: week });
  const cancellations = weeklyValues(series, { metric: METRIC, appKey, name: RATE.part }, [week]);
  return [
    ...listMismatchSentences(cancellations, events, 'churn'),
    ...imbalanceSentences([...series, ...renewal], appKey, week),
  ];
}

/** Who left in a week, what they were worth, why, and whether that is unusual. */
export const churn: Digest = {
  id: 'churn',
  isDefault: true,
  aliases: ['churns', 'cancellations', 'left', 'leavers'],
  summary: 'who left last week, what they were worth and why',
  definition:
    'Who left in a week, what they were worth, why, and whether that is unusual. Cloud only: Atlassian reports no churn of other hostings.',
  reads: [
    'churn',
    'churn-events',
    'renewal',
    'renewal-events',
    'churn-benchmark',
    'feedback',
    'licenses',
    'transactions',
  ],
  async build(read, request) {
    const { app, developerId, now, week } = request;
    const appKey = app?.appKey ?? null;
    const shownWeeks = request.chartWeeks ?? CHART_WEEKS;
    const weeks = weeksEndingWith(week, HISTORY_WEEKS);
    const filter = { metric: METRIC, appKey, name: RATE.part } as const;
    const [series, apps, due, changes, judgement] = await Promise.all([
      read.readSeries({ developerId, metric: METRIC, from: weeks[0] ?? week, to: week }),
      read.readApps(developerId),
      readDueEvents(read, request),
      readChangedWeeks(read, request, filter, 'churn', RATE.whole),
      readWeekJudgement(read, request, filter),
    ]);
    const { completeness, state } = judgement;
    const options = { ...judgement.options, tested: 1 + PLANS.length + (app ? 0 : apps.length) };
    const events = due.left.filter(({ eventDate }) => eventDate >= week);
    const { list } = await readLeavers(read, request, events);
    const rates = rateOfSeries(series, RATE, appKey, weeks);
    const { total: runRate } = await readRunRateOn(read, request, addDays(week, -1));
    const assessment = assessRate(rates, week, options);
    const yearlyRunRate = runRate * 12;
    const paidUntil = await readPaidUntil(read, request);
    const plans = PLANS.map((plan) => {
      const own = rateOfSeries(series, RATE, appKey, weeks, plan);
      const fourWeeks = assessRate(own, week, { ...options, comparison: FOUR_WEEKS });
      const pooled = due.pooled(plan, fourWeeks.whole);
      return { plan, week: assessRate(own, week, options), fourWeeks, pooled };
    });
    const message = churnDigest({
      scope: scopeName(request, 'All cloud apps'),
      asks: asksFor('churn', request),
      week,
      state,
      completeness,
      assessment,
      fourWeeks: assessRate(rates, week, { ...options, comparison: FOUR_WEEKS }),
      plans,
      leavers: list,
      yearlyRunRate,
      rates: rates.slice(-(shownWeeks + ROLLING_WEEKS)),
      shownWeeks,
      byApp: app ? [] : byApp(series, apps, { week, options }, list),
      paidUntil,
      changes: await nameChangedWeeks(changes, (entitlements) =>
        readCustomerNames(read, developerId, entitlements),
      ),
      mismatches: await readMismatches(read, request, series, events),
      benchmark: await readChurnBenchmarkNews(read, request, apps),
      asOf: await read.readAsOf(developerId, ['churn', 'churn-events', 'transactions', 'licenses']),
      now,
    });
    // The week's cancellations as they were joined: some name their subscription by a transaction alone.
    const left = [...due.left.filter(({ eventDate }) => eventDate < week), ...list.map(({ event }) => event)];
    const numbers = churnNumbers({
      week,
      assessment,
      plans,
      leavers: list,
      due: { ...due, left },
      rates,
      paidUntil,
      yearlyRunRate,
    });
    return { ...message, numbers };
  },
};
