import type { Day, Instant } from '../domain/day.ts';
import type { EventKind } from '../domain/license-event.ts';
import type { MetricSeries, ObservedMetric } from '../domain/metric-series.ts';
import type {
  Recorded,
  RecordedEvent,
  RecordedFeedback,
  RecordedLicense,
  RecordedLine,
} from '../domain/recorded.ts';
import type { Cell } from './columns.ts';
import type { Database } from './database.ts';
import { type Dataset, FEEDBACK, LICENSE_EVENTS, LICENSES, TRANSACTION_LINES } from './datasets.ts';
import { createRowReader, recordedRows } from './rows.ts';
import type { ObservedQuery, Series, SeriesQuery } from './series.ts';
import type { DatasetName } from './sync-runs.ts';

/** A row as it is now and as it was before the sync. */
export interface Changed<Row> {
  readonly row: Row;
  readonly before: Row;
}

/** What a sync changed, for those who announce it. Silent pulls are left out: nothing in them is news. */
export interface RecordedNews {
  readonly developerId: string;
  readonly at: Instant;
  /** Lines first seen in this sync. */
  readonly newLines: readonly RecordedLine[];
  readonly changedLines: readonly Changed<RecordedLine>[];
  /** Lines taken for vanished in this sync. */
  readonly vanishedLines: readonly RecordedLine[];
  readonly newLicenses: readonly RecordedLicense[];
  readonly changedLicenses: readonly Changed<RecordedLicense>[];
  /** Churn events. */
  readonly newEvents: readonly RecordedEvent[];
  readonly newFeedback: readonly RecordedFeedback[];
  /** Data sets of which so many rows were new or different that they are not listed: a restatement, no news. */
  readonly bulk: readonly DatasetName[];
  /** All lines of an entitlement, this sync's included. */
  linesOf(entitlement: string): readonly RecordedLine[];
  licensesOf(entitlement: string): readonly RecordedLicense[];
  eventsOf(entitlement: string): readonly RecordedEvent[];
  feedbackOf(entitlement: string): readonly RecordedFeedback[];
  /** Licences on a site (`cloudId`), whatever the app. */
  licensesOnSite(cloudId: string): readonly RecordedLicense[];
  /** The earliest end of maintenance a licence of an entitlement ever had, where its end was moved. */
  firstEndOf(entitlement: string): Day | undefined;
  readSeries(query: Omit<SeriesQuery, 'developerId' | 'knownAt'>): readonly MetricSeries[];
  /** Every value that one app (null: all of them) ever had in a metric. */
  readObserved(query: Omit<ObservedQuery, 'developerId'>): ObservedMetric;
  /** How many rows of a data set were taken for vanished in this sync. */
  vanishedOf(dataset: DatasetName): number;
  /** Whether what was first seen at that instant came with a first import or a back-fill of the data set. */
  isHistory(dataset: DatasetName, firstSeenAt: Instant): boolean;
  /** When a data set was first imported, or filled again, for the last time; undefined: never. */
  silentAt(dataset: DatasetName): Instant | undefined;
}

/** What the recorder knows of a pull. */
export interface RecordedPull {
  readonly dataset: DatasetName;
  readonly vanished: number;
  readonly silent: boolean;
}

/** More rows than this are a restatement of the store. A large partner's hour has hundreds. */
const MOST_NEWS = 20_000;

const TABLES = { lines: TRANSACTION_LINES, licenses: LICENSES, events: LICENSE_EVENTS, feedback: FEEDBACK };
type Table = keyof typeof TABLES;

/** Where the tables ended before a sync was recorded: whatever has a larger id is new. */
export type NewsMark = Readonly<Record<Table | 'versions', number>>;

const OF_ENTITLEMENT = 't.developer_id = ? AND t.entitlement = ?';
const EVENT_SETS: readonly (readonly [EventKind, DatasetName])[] = [['churn', 'churn-events']];

/** Reads something when it is first asked for: thousands of changed rows are kept for nobody who does not want them. */
function once<Value>(read: () => Value): () => Value {
  let known: { readonly value: Value } | undefined;
  return () => (known ??= { value: read() }).value;
}

/** Tells what a sync changed, from the ids of the rows and versions it added. Used inside its transaction. */
export function createNewsReader(db: Database, series: Series) {
  const lines = createRowReader<RecordedLine>(db, TRANSACTION_LINES);
  const goneLines = createRowReader<RecordedLine>(db, TRANSACTION_LINES, { withVanished: true });
  const licenses = createRowReader<RecordedLicense>(db, LICENSES);
  const events = createRowReader<RecordedEvent>(db, LICENSE_EVENTS);
  const feedback = createRowReader<RecordedFeedback>(db, FEEDBACK);
  const versions = db.prepare<[string, number], { row: number; before: string }>(
    `SELECT row_id AS row, before FROM versions WHERE dataset = ? AND id > ? ORDER BY id DESC LIMIT ${MOST_NEWS + 1}`,
  );
  const silences = db.prepare<[string, string], { from: Instant; to: Instant }>(
    `SELECT started_at AS "from", finished_at AS "to" FROM sync_runs
     WHERE developer_id = ? AND dataset = ? AND is_silent = 1 ORDER BY id`,
  );
  const firstEnd = db
    .prepare<[string, string], Day | null>(
      `SELECT min(v.before ->> '$.maintenance_end') FROM licenses t
       JOIN versions v ON v.dataset = 'licenses' AND v.row_id = t.id
       WHERE ${OF_ENTITLEMENT} AND v.before ->> '$.maintenance_end' > t.maintenance_start`,
    )
    .pluck();
  // Not prepared: the first load of a table puts another one in its place.
  const lastId = (table: string): number =>
    Number(db.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get());

  /** The rows that changed and were there before, unless there are too many. */
  function readChanged<Row extends Recorded>(dataset: Dataset, mark: NewsMark, last: number) {
    const found = versions.all(dataset.table, mark.versions);
    if (found.length > MOST_NEWS) return undefined;
    const before = new Map<number, Readonly<Record<string, Cell>>>();
    // Newest first: the values it had at the beginning are written last.
    for (const { before: cells, row } of found)
      if (row <= last)
        before.set(row, { ...before.get(row), ...(JSON.parse(cells) as Record<string, Cell>) });
    const { make, names } = recordedRows<Row>(dataset);
    const read = db
      .prepare<[string], Cell[]>(
        `SELECT ${names.join(', ')}, id FROM ${dataset.table}
         WHERE id IN (SELECT value FROM json_each(?)) AND vanished_at IS NULL`,
      )
      .raw();
    return read.all(JSON.stringify([...before.keys()])).map((cells): Changed<Row> => {
      const was = before.get(Number(cells.at(-1))) ?? {};
      return {
        row: make(cells),
        before: make(names.map((name, at) => (name in was ? (was[name] ?? null) : (cells[at] ?? null)))),
      };
    });
  }

  return {
    /** Call before anything is recorded. */
    mark(): NewsMark {
      const last = (table: Table): number => lastId(TABLES[table].table);
      return {
        lines: last('lines'),
        licenses: last('licenses'),
        events: last('events'),
        feedback: last('feedback'),
        versions: lastId('versions'),
      };
    },

    /** What was recorded since the mark. */
    read(developerId: string, at: Instant, mark: NewsMark, pulls: readonly RecordedPull[]): RecordedNews {
      const heard = new Set(pulls.filter(({ silent }) => !silent).map(({ dataset }) => dataset));
      const bulk: DatasetName[] = [];

      function isTooMuch(name: DatasetName, table: Table): boolean {
        if (!heard.has(name)) return true;
        if (lastId(TABLES[table].table) - mark[table] <= MOST_NEWS) return false;
        bulk.push(name);
        return true;
      }

      function news<Row extends Recorded>(name: DatasetName, table: Table, read: (from: number) => Row[]) {
        if (isTooMuch(name, table)) return { added: [], changed: [] };
        const changed = readChanged<Row>(TABLES[table], mark, mark[table]);
        if (!changed) bulk.push(name);
        return { added: read(mark[table]), changed: changed ?? [] };
      }

      const ofLines = once(() => news('transactions', 'lines', (from) => lines('t.id > ?', from)));
      const ofLicenses = once(() => news('licenses', 'licenses', (from) => licenses('t.id > ?', from)));
      const ofEvents = once(() =>
        EVENT_SETS.flatMap(([kind, name]) =>
          isTooMuch(name, 'events') ? [] : events('t.id > ? AND t.kind = ?', mark.events, kind),
        ),
      );
      const ofFeedback = once(() =>
        isTooMuch('feedback', 'feedback') ? [] : feedback('t.id > ?', mark.feedback),
      );
      const vanished = once(() =>
        heard.has('transactions')
          ? goneLines('t.missed_runs > 0 AND t.vanished_at = ? AND t.developer_id = ?', at, developerId)
          : [],
      );
      const silentAt = new Map<DatasetName, readonly { from: Instant; to: Instant }[]>();
      const silencesOf = (name: DatasetName) => {
        const known = silentAt.get(name) ?? silences.all(developerId, name);
        silentAt.set(name, known);
        return known;
      };
      return {
        developerId,
        at,
        get newLines() {
          return ofLines().added;
        },
        get changedLines() {
          return ofLines().changed;
        },
        get vanishedLines() {
          return vanished();
        },
        get newLicenses() {
          return ofLicenses().added;
        },
        get changedLicenses() {
          return ofLicenses().changed;
        },
        get newEvents() {
          return ofEvents();
        },
        get newFeedback() {
          return ofFeedback();
        },
        get bulk() {
          for (const read of [ofLines, ofLicenses, ofEvents, ofFeedback]) read();
          return [...new Set(bulk)];
        },
        linesOf: (entitlement) => lines(OF_ENTITLEMENT, developerId, entitlement),
        licensesOf: (entitlement) => licenses(OF_ENTITLEMENT, developerId, entitlement),
        eventsOf: (entitlement) => events(`${OF_ENTITLEMENT} AND t.kind = 'churn'`, developerId, entitlement),
        feedbackOf: (entitlement) => feedback(OF_ENTITLEMENT, developerId, entitlement),
        licensesOnSite: (cloudId) => licenses('t.developer_id = ? AND t.cloud_id = ?', developerId, cloudId),
        firstEndOf: (entitlement) => firstEnd.get(developerId, entitlement) ?? undefined,
        readSeries: (query) => series.read({ ...query, developerId }),
        readObserved: (query) => series.readObserved({ ...query, developerId }),
        vanishedOf: (name) =>
          pulls
            .filter(({ dataset, silent }) => dataset === name && !silent)
            .reduce((sum, { vanished }) => sum + vanished, 0),
        isHistory: (name, seenAt) => silencesOf(name).some(({ from, to }) => seenAt >= from && seenAt <= to),
        silentAt: (name) => silencesOf(name).at(-1)?.to,
      };
    },
  };
}
