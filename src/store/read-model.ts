import { setImmediate } from 'node:timers/promises';
import type { App } from '../domain/app.ts';
import type { Day, Instant } from '../domain/day.ts';
import type { Host } from '../domain/entitlement.ts';
import type { EventKind } from '../domain/license-event.ts';
import type { MetricSeries, ObservedMetric } from '../domain/metric-series.ts';
import type { RecordedEvent, RecordedFeedback, RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { createApps } from './apps.ts';
import type { Database } from './database.ts';
import { FEEDBACK, LICENSE_EVENTS, LICENSES, TRANSACTION_LINES } from './datasets.ts';
import { createPastRowReader, knownThen } from './past-rows.ts';
import { createRowReader } from './rows.ts';
import type { ObservedQuery, Series, SeriesQuery } from './series.ts';
import type { DatasetName, Freshness, SyncRuns } from './sync-runs.ts';

/** Part of a developer space: one app, or all of them (`appKey` null). */
export interface Scope {
  readonly developerId: string;
  readonly appKey: string | null;
}

/** A scope between two days, both included. */
export interface Span extends Scope {
  readonly from: Day;
  readonly to: Day;
}

/** Everything digests, alerts and commands read. Vanished rows are left out; rows come in no promised order. */
export interface ReadModel {
  /** The apps of a developer space that licences or transactions name, by name. */
  readApps(developerId: string): Promise<App[]>;
  /** Developer spaces the store holds rows of. */
  readDeveloperIds(): Promise<string[]>;
  /** The age of every data set. */
  readFreshness(developerId: string): Promise<Freshness[]>;
  /** The oldest good pull among these data sets; undefined when one of them was never pulled. */
  readAsOf(developerId: string, datasets: readonly DatasetName[]): Promise<Instant | undefined>;
  readSeries(query: SeriesQuery): Promise<MetricSeries[]>;
  /** Every value that series of one app ever had, with the instants: what tells how fast their weeks fill. */
  readObserved(query: ObservedQuery): Promise<ObservedMetric>;
  /** Events by event date; `knownAt`: those known at that past instant, vanished ones included if known then. */
  readEvents(span: Span, kind: EventKind, knownAt?: Instant): Promise<RecordedEvent[]>;
  /** Feedback by date; `knownAt`: as it was known at that past instant, vanished rows included if known then. */
  readFeedback(span: Span, knownAt?: Instant): Promise<RecordedFeedback[]>;
  /** Churn, conversion and renewal events of these entitlements, of any day. */
  readEventsOf(developerId: string, entitlements: readonly string[]): Promise<RecordedEvent[]>;
  /** Feedback about these entitlements, of any day. */
  readFeedbackOf(developerId: string, entitlements: readonly string[]): Promise<RecordedFeedback[]>;
  readLicenses(scope: Scope): Promise<RecordedLicense[]>;
  /** Licences with status `cancelled` whose maintenance ends after a day. */
  readCancelled(scope: Scope, after: Day): Promise<RecordedLicense[]>;
  /**
   * Licences by the day their evaluation started: of an EVALUATION licence whose insights are still missing (they come
   * 48 to 72 hours late) the day its maintenance started. `knownAt`: as they were known at that past instant.
   */
  readEvaluations(span: Span, knownAt?: Instant): Promise<RecordedLicense[]>;
  /** Licences whose maintenance ends in the span. An entitlement may have others that end later. */
  readLicensesEnding(span: Span): Promise<RecordedLicense[]>;
  /**
   * By entitlement, the earliest end of maintenance that a licence of it ever had since its maintenance started, of those
   * whose end was moved. Only what we saw ourselves: nothing is known from before the first import.
   */
  readFirstEnds(developerId: string, entitlements: readonly string[]): Promise<ReadonlyMap<string, Day>>;
  /** Licences of these entitlements, all apps of theirs; `knownAt`: as they were known at that past instant. */
  readLicensesOf(
    developerId: string,
    entitlements: readonly string[],
    knownAt?: Instant,
  ): Promise<RecordedLicense[]>;
  /** Licences on these sites (`cloudId`), whatever the app. */
  readLicensesOnSites(developerId: string, cloudIds: readonly string[]): Promise<RecordedLicense[]>;
  /** Licences on the same sites, by cloud site or by host entitlement, whatever the app. */
  readLicensesOnHosts(developerId: string, hosts: readonly Host[]): Promise<RecordedLicense[]>;
  /** All transaction lines of these entitlements; `knownAt`: as they were known at that past instant. */
  readLinesOf(
    developerId: string,
    entitlements: readonly string[],
    knownAt?: Instant,
  ): Promise<RecordedLine[]>;
  /** The lines of these transactions, by their ids in any case. */
  readLinesOfTransactions(developerId: string, transactionIds: readonly string[]): Promise<RecordedLine[]>;
  /** Lines by the day they count for; `knownAt`: as they were known at that past instant, vanished ones included. */
  readLinesBooked(span: Span, knownAt?: Instant): Promise<RecordedLine[]>;
  /**
   * Lines by the day they count for, with the licences of their entitlements, some hundred entitlements at a time in the
   * order of their names: begin without `after`, go on with `last` until there is none.
   */
  readBookedEntitlements(
    span: Span,
    after?: string,
  ): Promise<{
    readonly lines: RecordedLine[];
    readonly licenses: RecordedLicense[];
    readonly last?: string;
  }>;
  /** Lines whose paid window touches the span; `knownAt`: as they were known at that past instant. */
  readLinesCovering(span: Span, knownAt?: Instant): Promise<RecordedLine[]>;
}

const IN_APP = '(? IS NULL OR t.app_key = ?)';

/** Entitlements read at once where all of them are needed one after the other. */
const NAMES_AT_ONCE = 500;

/**
 * The model whose every read lets waiting input and timers go first. A digest is a dozen reads in a row, and SQLite
 * answers without ever returning to the event loop: Slack's three seconds would run out meanwhile.
 */
function yielding(model: ReadModel): ReadModel {
  return new Proxy(model, {
    get(target, name: keyof ReadModel) {
      const read = target[name] as (...parameters: unknown[]) => Promise<unknown>;
      return async (...parameters: unknown[]) => {
        await setImmediate();
        return read.apply(target, parameters);
      };
    },
  });
}

/** The read side of the store. */
export function createReadModel(
  db: Database,
  parts: { readonly series: Series; readonly syncRuns: SyncRuns },
): ReadModel {
  const licenses = createRowReader<RecordedLicense>(db, LICENSES);
  const lines = createRowReader<RecordedLine>(db, TRANSACTION_LINES);
  const events = createRowReader<RecordedEvent>(db, LICENSE_EVENTS);
  const feedback = createRowReader<RecordedFeedback>(db, FEEDBACK);
  const pastLicenses = createPastRowReader<RecordedLicense>(db, LICENSES);
  const pastLines = createPastRowReader<RecordedLine>(db, TRANSACTION_LINES);
  const feedbackKnownAt = createRowReader<RecordedFeedback>(db, FEEDBACK, { withVanished: true });
  const eventsKnownAt = createRowReader<RecordedEvent>(db, LICENSE_EVENTS, { withVanished: true });
  const apps = createApps(db);
  const developers = db.prepare<[], string>('SELECT DISTINCT developer_id FROM sync_runs ORDER BY 1').pluck();
  const ofEntitlements = 't.developer_id = ? AND t.entitlement IN (SELECT value FROM json_each(?))';

  const bookedNames = db
    .prepare<(string | null)[], string>(
      `SELECT DISTINCT t.entitlement FROM transaction_lines t WHERE (? IS NULL OR t.entitlement > ?)
       AND t.developer_id = ? AND t.booked_on BETWEEN ? AND ? AND ${IN_APP} AND t.vanished_at IS NULL
       ORDER BY t.entitlement LIMIT ${NAMES_AT_ONCE}`,
    )
    .pluck();
  const firstEnds = db.prepare<[string, string], { entitlement: string; firstEnd: Day }>(
    `SELECT t.entitlement, min(v.before ->> '$.maintenance_end') AS firstEnd
     FROM licenses t JOIN versions v ON v.dataset = 'licenses' AND v.row_id = t.id
     WHERE ${ofEntitlements} AND t.vanished_at IS NULL AND v.before ->> '$.maintenance_end' > t.maintenance_start
     GROUP BY t.entitlement`,
  );

  return yielding({
    async readApps(developerId) {
      return apps.list(developerId);
    },
    async readDeveloperIds() {
      return developers.all();
    },
    readFreshness: (developerId) => parts.syncRuns.readFreshness(developerId),
    async readAsOf(developerId, datasets) {
      const freshness = await parts.syncRuns.readFreshness(developerId);
      const ages = datasets.map((dataset) => freshness.find((entry) => entry.dataset === dataset)?.goodAt);
      const known = ages.filter((at) => at !== undefined);
      return known.length === ages.length ? Math.min(...known) : undefined;
    },
    async readSeries(query) {
      return parts.series.read(query);
    },
    async readObserved(query) {
      return parts.series.readObserved(query);
    },
    async readEvents({ developerId, appKey, from, to }, kind, knownAt) {
      const where = `t.developer_id = ? AND t.kind = ? AND t.event_date BETWEEN ? AND ? AND ${IN_APP}`;
      const parameters = [developerId, kind, from, to, appKey, appKey];
      if (knownAt === undefined) return events(where, ...parameters);
      const then = knownThen(LICENSE_EVENTS.table, knownAt);
      return eventsKnownAt(`${where} AND ${then.where}`, ...parameters, ...then.parameters);
    },
    async readFeedback({ developerId, appKey, from, to }, knownAt) {
      const where = `t.developer_id = ? AND t.date BETWEEN ? AND ? AND ${IN_APP}`;
      const parameters = [developerId, from, to, appKey, appKey];
      if (knownAt === undefined) return feedback(where, ...parameters);
      const then = knownThen(FEEDBACK.table, knownAt);
      return feedbackKnownAt(`${where} AND ${then.where}`, ...parameters, ...then.parameters);
    },
    async readEventsOf(developerId, entitlements) {
      return events(ofEntitlements, developerId, JSON.stringify(entitlements));
    },
    async readFeedbackOf(developerId, entitlements) {
      return feedback(ofEntitlements, developerId, JSON.stringify(entitlements));
    },
    async readLicenses({ developerId, appKey }) {
      return licenses(`t.developer_id = ? AND ${IN_APP}`, developerId, appKey, appKey);
    },
    async readCancelled({ developerId, appKey }, after) {
      const where = `t.developer_id = ? AND t.status = 'cancelled' AND t.maintenance_end > ? AND ${IN_APP}`;
      return licenses(where, developerId, after, appKey, appKey);
    },
    async readEvaluations({ developerId, appKey, from, to }, knownAt) {
      const where = `t.developer_id = ? AND (t.evaluation_start BETWEEN ? AND ? OR (t.evaluation_start IS NULL
        AND t.license_type = 'EVALUATION' AND t.maintenance_start BETWEEN ? AND ?)) AND ${IN_APP}`;
      const parameters = [developerId, from, to, from, to, appKey, appKey];
      return knownAt === undefined
        ? licenses(where, ...parameters)
        : pastLicenses(knownAt, where, ...parameters);
    },
    async readLicensesEnding({ developerId, appKey, from, to }) {
      const where = `t.developer_id = ? AND t.maintenance_end BETWEEN ? AND ? AND ${IN_APP}`;
      return licenses(where, developerId, from, to, appKey, appKey);
    },
    async readFirstEnds(developerId, entitlements) {
      const rows = firstEnds.all(developerId, JSON.stringify(entitlements));
      return new Map(rows.map(({ entitlement, firstEnd }) => [entitlement, firstEnd]));
    },
    async readLicensesOf(developerId, entitlements, knownAt) {
      const parameters = [developerId, JSON.stringify(entitlements)];
      return knownAt === undefined
        ? licenses(ofEntitlements, ...parameters)
        : pastLicenses(knownAt, ofEntitlements, ...parameters);
    },
    async readLicensesOnSites(developerId, cloudIds) {
      const where = 't.developer_id = ? AND t.cloud_id IN (SELECT value FROM json_each(?))';
      return licenses(where, developerId, JSON.stringify(cloudIds));
    },
    async readLicensesOnHosts(developerId, hosts) {
      const named = (pick: (host: Host) => string | undefined) =>
        JSON.stringify([...new Set(hosts.map(pick).filter((name) => name !== undefined && name !== ''))]);
      // The id has no index: it is searched for where nothing else names the site, which no cloud row does.
      const byIdAlone = hosts.filter(
        ({ cloudId, hostEntitlementNumber }) => !cloudId && !hostEntitlementNumber,
      );
      const found = licenses(
        `t.developer_id = ? AND (t.cloud_id IN (SELECT value FROM json_each(?))
         OR t.host_entitlement_number IN (SELECT value FROM json_each(?)))`,
        developerId,
        named(({ cloudId }) => cloudId),
        named(({ hostEntitlementNumber }) => hostEntitlementNumber),
      );
      const ids = [...new Set(byIdAlone.flatMap(({ hostEntitlementId }) => hostEntitlementId || []))];
      if (ids.length === 0) return found;
      const where = 't.developer_id = ? AND t.host_entitlement_id IN (SELECT value FROM json_each(?))';
      return [...found, ...licenses(where, developerId, JSON.stringify(ids))];
    },
    async readLinesOf(developerId, entitlements, knownAt) {
      const parameters = [developerId, JSON.stringify(entitlements)];
      return knownAt === undefined
        ? lines(ofEntitlements, ...parameters)
        : pastLines(knownAt, ofEntitlements, ...parameters);
    },
    async readLinesOfTransactions(developerId, transactionIds) {
      const where =
        't.developer_id = ? AND t.transaction_id COLLATE NOCASE IN (SELECT value FROM json_each(?))';
      return lines(where, developerId, JSON.stringify(transactionIds));
    },
    async readLinesBooked({ developerId, appKey, from, to }, knownAt) {
      const where = `t.developer_id = ? AND t.booked_on BETWEEN ? AND ? AND ${IN_APP}`;
      const parameters = [developerId, from, to, appKey, appKey];
      return knownAt === undefined ? lines(where, ...parameters) : pastLines(knownAt, where, ...parameters);
    },
    async readBookedEntitlements(span, after) {
      const { appKey, developerId, from, to } = span;
      const names = bookedNames.all(after ?? null, after ?? '', developerId, from, to, appKey, appKey);
      const booked = `${ofEntitlements} AND t.booked_on BETWEEN ? AND ? AND ${IN_APP}`;
      const list = JSON.stringify(names);
      const last = names.at(-1);
      return {
        lines: lines(booked, developerId, list, from, to, appKey, appKey),
        licenses: licenses(ofEntitlements, developerId, list),
        ...(last !== undefined && names.length === NAMES_AT_ONCE && { last }),
      };
    },
    async readLinesCovering({ developerId, appKey, from, to }, knownAt) {
      const where = `t.developer_id = ? AND t.maintenance_start <= ? AND t.maintenance_end >= ? AND ${IN_APP}`;
      const parameters = [developerId, to, from, appKey, appKey];
      return knownAt === undefined ? lines(where, ...parameters) : pastLines(knownAt, where, ...parameters);
    },
  });
}
