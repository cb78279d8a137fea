import { findRenewers } from '../analytics/renewers.ts';
import { assessRate } from '../analytics/unusual-rate.ts';
import { type AssessmentOptions, FOUR_WEEKS } from '../analytics/usual.ts';
import { rateOfSeries, weeklyValues } from '../analytics/weekly-series.ts';
import type { App } from '../domain/app.ts';
import { addDays, type Day, lastCompleteWeek, weeksEndingWith } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import type { RecordedEvent } from '../domain/recorded.ts';
import { type AppRenewals, RADAR_DAYS as SHOWN_DAYS, renewalDigest } from '../messages/renewal-digest.ts';
import type { ReadModel } from '../store/read-model.ts';
import { entitlementsOf } from './booked-lines.ts';
import { nameChangedWeeks, readChangedWeeks } from './changed-weeks.ts';
import { readCustomerNames } from './customer-names.ts';
import { CHART_WEEKS, type Digest, type DigestRequest } from './digest.ts';
import { readDueEvents } from './due-events.ts';
import { imbalanceSentences, listMismatchSentences } from './mismatch-sentences.ts';
import { renewalNumbers } from './numbers/renewal.ts';
import { readRenewalRadar } from './renewal-radar.ts';
import { asksFor, scopeName } from './scope-words.ts';
import { readWeekJudgement } from './week-judgement.ts';

const METRIC = 'renewal';

/** Weeks of history: 24 for the comparison, 4 for the newest ones; 26 tell how much weeks scatter. */
const HISTORY_WEEKS = 30;

/** How far ahead the lists of the radar look. */
const RADAR_DAYS = 90;

/** Weeks before the chart's first that complete its rolling sum of four. */
const ROLLING_WEEKS = 3;

/** The two billing periods, told apart: a monthly customer is due every month. */
const PLANS = ['Monthly', 'Annual'] as const;

/** What Atlassian counts, of how many. */
const RATE = { metric: METRIC, part: 'Renewals', whole: 'Renewal opportunities' } as const;

async function readRenewers(
  read: ReadModel,
  { developerId, week }: DigestRequest,
  events: readonly RecordedEvent[],
) {
  const entitlements = entitlementsOf(events);
  const [licenses, lines] = await Promise.all([
    read.readLicensesOf(developerId, entitlements),
    read.readLinesOf(developerId, entitlements),
  ]);
  return findRenewers({ events, licenses, lines }, week, addDays(week, 6));
}

async function readMismatches(
  read: ReadModel,
  { app, developerId, week }: DigestRequest,
  series: readonly MetricSeries[],
  events: readonly RecordedEvent[],
): Promise<string[]> {
  const appKey = app?.appKey ?? null;
  const churn = await read.readSeries({ developerId, metric: 'churn', from: week, to: week });
  const renewals = weeklyValues(series, { metric: METRIC, appKey, name: 'Renewals' }, [week]);
  // Lists of renewals are pulled for the newest 13 weeks only: an older week has none, which is no disagreement.
  const lists = events.length === 0 ? [] : listMismatchSentences(renewals, events, 'renewal');
  return [...lists, ...imbalanceSentences([...series, ...churn], appKey, week)];
}

function byApp(
  apps: readonly App[],
  week: Day,
  series: readonly MetricSeries[],
  weeks: readonly Day[],
  options: AssessmentOptions,
): AppRenewals[] {
  return apps
    .map(({ appKey, name }) => ({
      app: name,
      rate: assessRate(rateOfSeries(series, RATE, appKey, weeks), week, options),
    }))
    .filter(({ rate }) => (rate.whole ?? 0) > 0)
    .toSorted((a, b) => (b.rate.whole ?? 0) - (a.rate.whole ?? 0));
}

/** How many of those due renewed in a week, who, whether that is usual, and what is due next. */
export const renewal: Digest = {
  id: 'renewal',
  isDefault: true,
  aliases: ['renewed', 'renewal-rate'],
  summary: 'who renewed last week, and which renewals are due next',
  definition:
    'How many of those due renewed in a week and what that brings; which renewals are next, and which of them need a look.',
  reads: ['renewal', 'renewal-events', 'churn', 'churn-events', 'feedback', 'licenses', 'transactions'],
  async build(read, request) {
    const { app, developerId, now, today, week } = request;
    const appKey = app?.appKey ?? null;
    const scope = { developerId, appKey };
    const shownWeeks = request.chartWeeks ?? CHART_WEEKS;
    const weeks = weeksEndingWith(week, HISTORY_WEEKS);
    const [series, due, changes] = await Promise.all([
      read.readSeries({ developerId, metric: METRIC, from: weeks[0] ?? week, to: week }),
      readDueEvents(read, request),
      readChangedWeeks(read, request, { metric: METRIC, appKey, name: 'Renewals' }, 'renewal', RATE.whole),
    ]);
    const judgement = await readWeekJudgement(read, request, { metric: METRIC, appKey, name: RATE.part });
    const { completeness, state } = judgement;
    const apps = app ? [] : await read.readApps(developerId);
    const options = { ...judgement.options, tested: 1 + PLANS.length + apps.length };
    const events = due.renewed.filter(({ eventDate }) => eventDate >= week);
    const rates = rateOfSeries(series, RATE, appKey, weeks);
    const plans = PLANS.map((plan) => {
      const own = rateOfSeries(series, RATE, appKey, weeks, plan);
      const fourWeeks = assessRate(own, week, { ...options, comparison: FOUR_WEEKS });
      const pooled = due.pooled(plan, fourWeeks.whole);
      return { plan, week: assessRate(own, week, options), fourWeeks, pooled };
    });
    const assessment = assessRate(rates, week, options);
    const renewers = await readRenewers(read, request, events);
    // It is about today, so only the digest of the newest complete week carries it.
    const radar =
      week === lastCompleteWeek(now) ? await readRenewalRadar(read, scope, today, RADAR_DAYS) : undefined;
    const message = renewalDigest({
      scope: scopeName(request, 'All cloud apps'),
      asks: asksFor('renewal', request),
      week,
      state,
      completeness,
      assessment,
      fourWeeks: assessRate(rates, week, { ...options, comparison: FOUR_WEEKS }),
      plans,
      renewers,
      rates: rates.slice(-(shownWeeks + ROLLING_WEEKS)),
      shownWeeks,
      byApp: byApp(apps, week, series, weeks, options),
      changes: await nameChangedWeeks(changes, (entitlements) =>
        readCustomerNames(read, developerId, entitlements),
      ),
      mismatches: await readMismatches(read, request, series, events),
      radar,
      asOf: await read.readAsOf(developerId, ['renewal', 'renewal-events', 'transactions', 'licenses']),
      now,
    });
    const sources = { week, assessment, plans, renewers, due, rates, radar, radarDays: SHOWN_DAYS };
    return { ...message, numbers: renewalNumbers(sources) };
  },
};
