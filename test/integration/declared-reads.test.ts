/** What digests, alerts and commands say they read is what they read: docs/reporting-api.md is made from it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSubscriptionDesk } from '../../src/schedule/subscription-desk.ts';
import { buildHere } from '../../src/schedule/prepare-digests.ts';
import { createStage, MARKETPLACE, type Stage } from '../../demo/stage.ts';
import { ALERTS } from '../../src/alerts/index.ts';
import { createAlertDesk } from '../../src/alerts/alert-desk.ts';
import type { App } from '../../src/app.ts';
import type { CommandContext } from '../../src/commands/command.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { DIGESTS } from '../../src/digests/index.ts';
import { addDays, dayOf, lastCompleteWeek } from '../../src/domain/day.ts';
import type { MetricName, MetricSeries } from '../../src/domain/metric-series.ts';
import type { Recorded } from '../../src/domain/recorded.ts';
import type { ReadModel } from '../../src/store/read-model.ts';
import type { RecordedNews } from '../../src/store/recorded-news.ts';
import type { Search } from '../../src/store/search.ts';
import type { DatasetName } from '../../src/store/sync-runs.ts';
import { DATA_SETS } from '../../src/sync/data-sets/index.ts';
import { createLogBook } from '../support/log-book.ts';
import { aTrace } from '../support/traces.ts';

type Told<Reads> = {
  readonly [Name in keyof Reads]: Reads[Name] extends (...given: infer Given) => unknown
    ? (...given: Given) => readonly DatasetName[]
    : readonly DatasetName[];
};

/** Which data sets each read is about; a new read has to say. */
/** Data sets that hold several series. */
const DATASET_OF: Partial<Record<MetricName, DatasetName>> = {
  'app-search-keywords': 'search-keywords',
  'search-keywords-by-source': 'market-keywords',
  'zero-result-keywords': 'market-keywords',
  'customers-by-activity': 'customers',
  'customers-by-edition': 'customers',
  'customers-by-region': 'customers',
  'customers-by-tier': 'customers',
};
const datasetOf = (metric: MetricName): DatasetName => DATASET_OF[metric] ?? (metric as DatasetName);

const OF_READS: Told<ReadModel> = {
  readApps: () => [],
  readDeveloperIds: () => [],
  readFreshness: () => [],
  readAsOf: () => [],
  readSeries: ({ metric }) => [datasetOf(metric)],
  readEvents: (_span, kind) => [`${kind}-events`],
  readFeedback: () => ['feedback'],
  readEventsOf: () => ['churn-events', 'conversion-events', 'renewal-events'],
  readFeedbackOf: () => ['feedback'],
  readLicenses: () => ['licenses'],
  readCancelled: () => ['licenses'],
  readEvaluations: () => ['licenses'],
  readLicensesEnding: () => ['licenses'],
  readFirstEnds: () => ['licenses'],
  readLicensesOf: () => ['licenses'],
  readLicensesOnSites: () => ['licenses'],
  readLicensesOnHosts: () => ['licenses'],
  readLinesOfTransactions: () => ['transactions'],
  readObserved: ({ metric }) => [datasetOf(metric)],
  readLinesOf: () => ['transactions'],
  readLinesBooked: () => ['transactions'],
  readBookedEntitlements: () => ['licenses', 'transactions'],
  readLinesCovering: () => ['transactions'],
};

const OF_SEARCHES: Told<Search> = {
  findByIdentifier: () => ['licenses'],
  findLinesByIdentifier: () => ['transactions'],
  findTransaction: () => ['transactions'],
  findBySite: () => ['licenses'],
  findCompanies: () => ['licenses'],
  findSimilarCompanies: () => ['licenses'],
  findByAddress: () => ['licenses'],
  findCompany: () => ['licenses'],
  findEntitlementsOf: () => ['licenses', 'transactions'],
  findNamelessLines: () => ['transactions'],
};

const OF_NEWS: Told<RecordedNews> = {
  developerId: [],
  at: [],
  newLines: ['transactions'],
  changedLines: ['transactions'],
  vanishedLines: ['transactions'],
  newLicenses: ['licenses'],
  changedLicenses: ['licenses'],
  newEvents: ['churn-events'],
  newFeedback: ['feedback'],
  bulk: [],
  linesOf: () => ['transactions'],
  licensesOf: () => ['licenses'],
  eventsOf: () => ['churn-events'],
  feedbackOf: () => ['feedback'],
  licensesOnSite: () => ['licenses'],
  firstEndOf: () => ['licenses'],
  readSeries: ({ metric }) => [datasetOf(metric)],
  readObserved: ({ metric }) => [datasetOf(metric)],
  vanishedOf: (dataset) => [dataset],
  isHistory: (dataset) => [dataset],
  silentAt: (dataset) => [dataset],
};

/** The same, noting the data sets of whatever is read. */
function noting<Reads extends object>(reads: Reads, told: Told<Reads>, into: Set<DatasetName>): Reads {
  return new Proxy(reads, {
    get(target, name) {
      const one: unknown = Reflect.get(target, name);
      const about: unknown = Reflect.get(told, name);
      if (about === undefined) throw new Error(`Say above which data set ${String(name)} is about.`);
      if (typeof one !== 'function') {
        for (const dataset of about as DatasetName[]) into.add(dataset);
        return one;
      }
      return (...given: unknown[]): unknown => {
        for (const dataset of (about as (...given: unknown[]) => DatasetName[])(...given)) into.add(dataset);
        return Reflect.apply(one, target, given);
      };
    },
  });
}

const NOW = Date.parse('2026-11-24T09:00:00Z');
const TODAY = dayOf(NOW);
const TOLD = {
  week: addDays(lastCompleteWeek(NOW), -7),
  knownAt: NOW - 7 * 24 * 3_600_000,
  toldAt: NOW - 7 * 24 * 3_600_000,
};
let stage: Stage;
let app: App;

beforeAll(async () => {
  stage = await createStage({ seed: 11, log: createLogBook(), now: NOW });
  app = await stage.startApp(stage.configure());
  await app.sync();
}, 60_000);

afterAll(() => stage.stop());

const sorted = (names: Iterable<DatasetName>) => [...names].toSorted();

describe('the data sets that are named', () => {
  it.each(DIGESTS)('by the digest $id are those it reads', async (digest) => {
    const read = new Set<DatasetName>();
    const model = noting(app.store.read, OF_READS, read);
    const [one] = await app.store.read.readApps(MARKETPLACE.developerId);
    const newest = lastCompleteWeek(NOW);
    for (const week of [newest, addDays(newest, -70)]) {
      for (const scope of [null, one ?? null]) {
        const request = { developerId: MARKETPLACE.developerId, app: scope, week, now: NOW, today: TODAY };
        await digest.build(model, request);
        await digest.build(model, { ...request, lastSpokeAt: NOW - 7 * 24 * 3_600_000 });
      }
    }
    expect(sorted(read)).toEqual(sorted(digest.reads));
  });

  /** The others are digests on demand. */
  const OWN_COMMANDS = COMMANDS.filter(({ words }) => !DIGESTS.some(({ id }) => id === words[0]));

  /** A number whose row has a customer to be named. */
  const TRACE = aTrace({
    developerId: MARKETPLACE.developerId,
    numbers: [
      {
        id: 'left',
        title: 'Left',
        explained: 'Left, of customers due',
        unit: 'count',
        value: 1,
        combined: 'sum',
        rows: [{ entitlement: 'E-111-AAA-AAA-11A', amount: 1 }],
      },
    ],
  });

  /** What people type after the command's word, so that it has something to read. */
  const typed: Readonly<Record<string, readonly (readonly string[])[]>> = {
    numbers: [['0123456789ab'], ['0123456789ab', 'left']],
    lookup: [['acme'], ['E-111-AAA-AAA-11A'], ['IN-0'], ['no such thing']],
  };

  it.each(OWN_COMMANDS.map((command) => [command.words[0], command] as const))(
    'by the command %s are those it reads',
    async (word, command) => {
      const read = new Set<DatasetName>();
      const model = noting(app.store.read, OF_READS, read);
      const context: CommandContext = {
        read: model,
        buildDigest: buildHere({ read: model }),
        search: noting(app.store.search, OF_SEARCHES, read),
        now: NOW,
        today: TODAY,
        slash: '/pulse',
        showContacts: false,
        isNamed: false,
        subscriptions: createSubscriptionDesk({
          store: { ...app.store, read: model },
          buildDigest: buildHere({ read: model }),
          defaults: [],
          cron: '0 9 * * 2',
          zone: 'UTC',
          clock: () => NOW,
        }),
        places: {
          check: async () => ({ kind: 'open' }),
          find: async () => undefined,
          readZone: async () => undefined,
        },
        asker: { userId: 'U1', channelId: 'C1' },
        alerts: createAlertDesk({
          store: app.store,
          developerIds: [MARKETPLACE.developerId],
          channels: { alert: 'C1', ops: 'C9' },
          zone: 'UTC',
          clock: () => NOW,
        }),
        askLive: async () => ({ kind: 'failed', code: 'NOT_CONNECTED' }),
        sendFiles: async () => ({ kind: 'unavailable' }),
        readLastTold: async () => TOLD,
        readNumbers: async () => TRACE,
        readAge: async () => ({ asOf: NOW, now: NOW }),
        readStatus: async () => ({
          spaces: [],
          waiting: 0,
          refused: 0,
          parked: [],
          nextRuns: [],
          alerts: [],
          timeZone: 'UTC',
        }),
        requestSync: async () => 'unavailable',
      };
      for (const words of typed[word] ?? [[]]) await command.answer(words, context);
      expect(sorted(read)).toEqual(sorted(command.reads));
    },
  );

  it.each(ALERTS)('by the alert $id are those it reads', async (alert) => {
    const span = { developerId: MARKETPLACE.developerId, appKey: null, from: addDays(TODAY, -14), to: TODAY };
    const { developerId } = span;
    const { read: model } = app.store;
    const newLines = await model.readLinesBooked(span);
    const licenses = await model.readLicenses(span);
    const newEvents = await model.readEvents(span, 'churn');
    const newFeedback = await model.readFeedback(span);
    const series = new Map<MetricName, readonly MetricSeries[]>();
    for (const metric of ['churn', 'conversion', 'evaluations'] as const)
      series.set(metric, await model.readSeries({ developerId, metric, from: '2020-01-01', to: TODAY }));
    const read = new Set<DatasetName>();
    const own = <Row extends Recorded>(rows: readonly Row[]) => {
      const groups = Map.groupBy(rows, (row) => row.entitlement);
      return (entitlement: string) => groups.get(entitlement) ?? [];
    };
    const news: RecordedNews = {
      developerId,
      at: NOW,
      newLines,
      changedLines: newLines.map((row) => ({ row, before: { ...row, vendorAmount: 1 } })),
      vanishedLines: [],
      newLicenses: licenses,
      changedLicenses: licenses.map((row) => ({ row, before: { ...row, status: 'active' } })),
      newEvents,
      newFeedback,
      bulk: [],
      linesOf: own(newLines),
      licensesOf: own(licenses),
      eventsOf: own(newEvents),
      feedbackOf: own(newFeedback),
      licensesOnSite: (cloudId) => licenses.filter(({ host }) => host.cloudId === cloudId),
      firstEndOf: () => undefined,
      readSeries: ({ metric }) => series.get(metric) ?? [],
      readObserved: () => ({ points: [], firstSeenAt: new Map() }),
      vanishedOf: () => 0,
      isHistory: () => false,
      silentAt: () => NOW - 90 * 24 * 3_600_000,
    };
    const facts = alert.find(noting(news, OF_NEWS, read), {
      today: TODAY,
      now: NOW,
      apps: [],
      watched: new Set(),
      threshold: () => ({ amount: 1, source: 'fixed', movements: 0 }),
      known: () => [],
    });
    for (const fact of facts) fact.tell();
    expect(sorted(read)).toEqual(sorted(alert.reads));
  });

  it('are all that a sync pulls', () => {
    const read = new Set<DatasetName>([...DIGESTS, ...ALERTS, ...COMMANDS].flatMap(({ reads }) => reads));
    expect(sorted(read)).toEqual(sorted(DATA_SETS.map(({ name }) => name)));
  });
});
