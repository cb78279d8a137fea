import type { Day } from '../../src/domain/day.ts';
import { createAggregates, type EvaluationFact, type RawDataset, type RawSeries } from './aggregates.ts';
import { createAgenda } from './agenda.ts';
import { createAppRequests, type RawAppRequests } from './app-requests.ts';
import type { DemoApp } from './apps.ts';
import { type Arrival, shownOn } from './arrivals.ts';
import { createBenchmarks, type RawChurnBenchmark, type RawEvaluationBenchmark } from './benchmarks.ts';
import { createBilling } from './billing.ts';
import type { AggregateRange, Grouped, RawAggregate } from './buckets.ts';
import { createCalendar } from './calendar.ts';
import { createCustomerInsights, type InsightGroup, type RawInsightMonth } from './customer-insights.ts';
import { createCustomers } from './customers.ts';
import { writeEvent, writeFeedback } from './event-rows.ts';
import { createHistory, createNumbers } from './history.ts';
import { planLandmarks } from './landmark-plan.ts';
import { describeLandmarks, type Landmarks } from './landmarks.ts';
import { createLicenseWriter } from './license-rows.ts';
import { createLineWriter } from './line-rows.ts';
import { createLives } from './lives.ts';
import { createMarket } from './market.ts';
import { HORIZON, planArrivals } from './population.ts';
import { createRandom } from './random.ts';
import type { RawEvent, RawFeedback, RawLicense, RawTransaction } from './raw-rows.ts';
import { createSales, type RawSales, type SalesGroup, type SoldLine } from './sales.ts';
import { createSalesBenchmark, type RawSalesBenchmark } from './sales-benchmark.ts';
import {
  createSearches,
  type RawAppKeyword,
  type RawAppSearches,
  type Searches,
  type SearchSource,
} from './searches.ts';
import { planSpecialLives } from './special-lives.ts';

/** What `sales/metrics/{kind}` is asked for. */
export type EventKind = 'churn' | 'conversion' | 'renewal';

/** By what `evaluations/{metric}` groups. */
export type EvaluationGroup = 'hosting' | 'country' | 'region' | 'partner';

/** By what `feedback/metrics/{metric}` groups. */
export type FeedbackGroup = 'reason' | 'type';

/** The developer space as the API shows it on one day. Rows are shared between answers: do not change them. */
export interface WorldSnapshot {
  readonly asOf: Day;
  /** Everything, including what the API hides unless a flag asks for it. */
  readonly licenses: readonly RawLicense[];
  readonly transactions: readonly RawTransaction[];
  readonly feedback: readonly RawFeedback[];
  events(kind: EventKind): readonly RawEvent[];
  retention(kind: 'churn' | 'renewal', range: AggregateRange): RawAggregate<{ datasets: RawDataset[] }>;
  conversion(range: AggregateRange): RawAggregate<{ series: RawSeries[] }>;
  evaluations(group: EvaluationGroup, range: AggregateRange): RawAggregate<{ series: RawSeries[] }>;
  feedbackBy(group: FeedbackGroup, range: AggregateRange): RawAggregate<{ series: RawSeries[] }>;
  salesBy(group: SalesGroup, range: AggregateRange): RawAggregate<{ series: Grouped<RawSales>[] }>;
  churnBenchmark(): readonly RawChurnBenchmark[];
  evaluationBenchmark(): RawEvaluationBenchmark;
  salesBenchmark(): RawSalesBenchmark;
  appRequests(): RawAppRequests;
  customersBy(group: InsightGroup): readonly RawInsightMonth[];
  /** The searches that showed each app. */
  appSearches(range: AggregateRange): readonly RawAppSearches[];
  /** The keywords that showed one app. */
  appKeywords(app: DemoApp, range: AggregateRange): readonly RawAppKeyword[];
  /** What everybody searches for in the month of a day. */
  topKeywords(source: SearchSource, day: Day): ReturnType<Searches['topKeywords']>;
  /** What nobody finds in the month of a day. */
  missingKeywords(day: Day): ReturnType<Searches['missingKeywords']>;
}

/** A generated developer space: three years of history, and five weeks of what has not happened yet. */
export interface World {
  readonly today: Day;
  /** The last day for which anything new was generated. */
  readonly lastDay: Day;
  readonly landmarks: Landmarks;
  at(asOf: Day): WorldSnapshot;
}

/** Snapshots kept, so that many requests on one day build it once. */
const KEPT_SNAPSHOTS = 4;

/**
 * Generates a partner with six apps, about 3,600 licences and 8,000 transaction lines, whose run-rate is $60,000 to
 * $100,000 a month. Equal arguments give equal worlds; all dates are relative to `today`. Rows arrive, change and
 * vanish with the days, so that `at(monday)` and `at(tuesday)` differ as two answers of the API would.
 *
 * The dose of misbehaviour: rows appear 0 or 1 days after the fact, but 2 % of lines and of churn and conversion
 * events, 1.5 % of evaluations and 0.8 % of renewals 9 to 62 days late; a fifth of the late lines keep an old
 * `lastUpdated`. 0.8 % of lines are restated, 4 % of new sales are entered twice and vanish again, 0.3 % of
 * licences and 0.1 % of lines are exported twice. 15 % of annual renewals are invoiced up to ten days late. In the
 * last seven days churn of earlier weeks is restated once only: by the landmark. The aggregates always agree with
 * the events of the same day; FedRAMP subscriptions are in neither.
 */
export function createWorld({ seed, today }: { readonly seed: number; readonly today: Day }): World {
  const random = createRandom(seed);
  const calendar = createCalendar(today);
  const agenda = createAgenda();
  const nextNumber = createNumbers(random.fork('numbers'));
  const history = createHistory(random.fork('history'), calendar, nextNumber);
  const billing = createBilling(random.fork('billing'), calendar, history);
  const nextCustomer = createCustomers(random.fork('customers'), nextNumber);
  const lives = createLives({
    random: random.fork('lives'),
    calendar,
    agenda,
    history,
    billing,
    nextCustomer,
  });

  const collect = planLandmarks({ calendar, agenda, history, lives });
  const first = planArrivals(random.fork('arrivals'), calendar, agenda, lives);
  planSpecialLives({ random: random.fork('special'), calendar, agenda, history, lives });
  agenda.run(first, HORIZON);

  const writeLicense = createLicenseWriter(random.fork('licenses'), calendar);
  const writeLine = createLineWriter(random.fork('lines'), calendar);
  const eventRandom = random.fork('events');
  const facts: EvaluationFact[] = [];
  const licenses = history.subscriptions.flatMap((subscription) => {
    const arrivals = writeLicense(subscription);
    const arrival = arrivals[0];
    const { evaluationStart: start, owner, boundary, grownFrom, app, hosting, customer } = subscription;
    if (arrival && start !== undefined && owner === 'customer' && boundary === 'commercial' && !grownFrom) {
      facts.push({
        appKey: app.appKey,
        start,
        visible: arrival.versions[0]?.from ?? start,
        goneFrom: arrival.goneFrom,
        hosting,
        country: customer.country,
        region: customer.region,
        partner: customer.partner?.partnerName ?? 'Direct',
        seats: customer.users,
      });
    }
    return arrivals;
  });
  const transactions = history.lines.flatMap(writeLine);
  const feedback = history.feedback.map((note) => writeFeedback(note, calendar));
  const events: Record<EventKind, Arrival<RawEvent>[]> = { churn: [], conversion: [], renewal: [] };
  for (const event of history.events) events[event.kind].push(writeEvent(event, calendar, eventRandom));

  const aggregates = createAggregates(calendar);
  const sales = createSales(calendar);
  const market = createMarket(seed, calendar);
  const benchmarks = createBenchmarks(market, calendar);
  const salesBenchmark = createSalesBenchmark(market, calendar);
  const appRequests = createAppRequests(market, calendar);
  const customersBy = createCustomerInsights(market, calendar, licenses);
  const searches = createSearches(market, calendar);
  const monthOf = (day: Day) => calendar.monthStart(calendar.offset(day));
  const snapshots = new Map<Day, WorldSnapshot>();

  function snapshot(asOf: Day): WorldSnapshot {
    const offset = calendar.offset(asOf);
    const known = facts.filter(({ visible, goneFrom = Infinity }) => visible <= offset && goneFrom > offset);
    const shown = {
      churn: shownOn(events.churn, offset),
      conversion: shownOn(events.conversion, offset),
      renewal: shownOn(events.renewal, offset),
    };
    const lines = shownOn(transactions, offset);
    let lazySold: SoldLine[] | undefined;
    const sold = () => (lazySold ??= sales.lines(lines));
    const said = shownOn(feedback, offset);
    return {
      asOf,
      licenses: shownOn(licenses, offset),
      transactions: lines,
      feedback: said,
      events: (kind) => shown[kind],
      retention: (kind, range) => aggregates.retention(kind, shown.churn, shown.renewal, range),
      conversion: (range) => aggregates.conversion(known, shown.conversion, range),
      evaluations: (group, range) => aggregates.evaluations(known, (fact) => fact[group], range),
      feedbackBy: (group, range) =>
        aggregates.feedback(said, (row) => (group === 'reason' ? row.reasonKey : row.feedbackType), range),
      salesBy: (group, range) => sales.by(group, sold(), range),
      churnBenchmark: () => benchmarks.churn(history.subscriptions, offset),
      evaluationBenchmark: () => benchmarks.evaluation(facts, offset),
      salesBenchmark: () => salesBenchmark(sold(), offset),
      appRequests: () => appRequests(known, offset),
      customersBy: (group) => customersBy(group, offset),
      appSearches: (range) => searches.appsIn(known, range),
      appKeywords: (app, range) => searches.keywordsOf(app, known, range),
      topKeywords: (source, day) => searches.topKeywords(source, monthOf(day)),
      missingKeywords: (day) => searches.missingKeywords(monthOf(day)),
    };
  }

  return {
    today,
    lastDay: calendar.day(HORIZON),
    landmarks: describeLandmarks(collect(), history),
    at(asOf) {
      let found = snapshots.get(asOf);
      if (!found) {
        found = snapshot(asOf);
        const oldest = snapshots.keys().next();
        if (snapshots.size >= KEPT_SNAPSHOTS && !oldest.done) snapshots.delete(oldest.value);
        snapshots.set(asOf, found);
      }
      return found;
    },
  };
}
