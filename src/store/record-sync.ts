import { createHash } from 'node:crypto';
import type { Day, Instant } from '../domain/day.ts';
import type { Feedback } from '../domain/feedback.ts';
import type { EventKind, LicenseEvent } from '../domain/license-event.ts';
import type { MetricName, MetricSeries } from '../domain/metric-series.ts';
import type { AlertBook, AlertWrites } from './alert-book.ts';
import type { Alerts } from './alerts.ts';
import { cellWriter } from './columns.ts';
import { createApps } from './apps.ts';
import { createCompanies } from './companies.ts';
import type { Database } from './database.ts';
import { type ExportedDataset, FEEDBACK, LICENSE_EVENTS, LICENSES, TRANSACTION_LINES } from './datasets.ts';
import type { Entitlements } from './entitlements.ts';
import { createFirstLoad } from './first-load.ts';
import { type ForgottenHashes, forgottenOf, readForgotten } from './forgotten.ts';
import type { Load } from './load.ts';
import { enqueueWithin } from './outbox.ts';
import { createNewsReader, type RecordedNews, type RecordedPull } from './recorded-news.ts';
import type { Series } from './series.ts';
import {
  createSnapshot,
  type IncomingRow,
  type Scope,
  type Snapshot,
  type SnapshotChange,
} from './snapshots.ts';
import { createStagedLoad, SHORT_BELOW } from './staged-load.ts';
import type { DatasetName, SyncMode, SyncRuns } from './sync-runs.ts';

/** What is filled from an export, row by row while it arrives. */
export type LoadKind = 'licenses' | 'lines';

/** The rows of one pull. Events and feedback say which dates the pull covered: only those can be missed. */
export type PulledRows =
  | { readonly kind: LoadKind; readonly load: Load }
  | {
      readonly kind: 'events';
      readonly event: EventKind;
      readonly from: Day;
      readonly to: Day;
      readonly rows: readonly LicenseEvent[];
    }
  | { readonly kind: 'feedback'; readonly from: Day; readonly to: Day; readonly rows: readonly Feedback[] }
  | {
      readonly kind: 'series';
      /** What the rows are of: one metric, or several that are pulled together. */
      readonly metric: MetricName | readonly MetricName[];
      readonly rows: readonly MetricSeries[];
    };

/** One pull that came back whole. */
export interface Pull {
  readonly runId: number;
  readonly dataset: DatasetName;
  readonly mode: SyncMode;
  readonly pulled: PulledRows;
  /** First import or back-fill: nothing in it is news. */
  readonly silent: boolean;
  readonly quarantinedRows: number;
  readonly quarantined: readonly { path: string; expected: string; count: number }[];
  readonly unmappedFields: ReadonlyMap<string, number>;
}

/**
 * Turns news into what is to be said, inside the transaction that records them. Must not throw and must not await. Also
 * called when nothing is new: something may have waited.
 */
export type Announce = (news: RecordedNews, book: AlertBook) => AlertWrites;

/** The pulls of one developer space that are recorded together. */
export interface SyncBatch {
  readonly developerId: string;
  readonly at: Instant;
  readonly pulls: readonly Pull[];
  readonly announce: Announce;
}

/** What one pull changed in the store. */
export interface DatasetChange extends SnapshotChange {
  readonly dataset: DatasetName;
  readonly quarantined: number;
  /** The pull brought so little that nothing was taken for vanished. */
  readonly isShort: boolean;
}

/** The data sets that are filled from exports. */
export const LOADED: Readonly<Record<LoadKind, ExportedDataset>> = {
  licenses: LICENSES,
  lines: TRANSACTION_LINES,
};

function eventKey(event: LicenseEvent): string {
  const { appEntitlementId, appEntitlementNumber, licenseId, addonLicenseId } = event.aliases;
  const who =
    appEntitlementId ?? appEntitlementNumber ?? licenseId ?? addonLicenseId ?? event.transactionId ?? '';
  return [who, event.appKey, event.eventDate, event.maintenanceEnd ?? ''].join('|');
}

const writeEvent = cellWriter(LICENSE_EVENTS.columns);
const writeFeedback = cellWriter(FEEDBACK.columns);

/**
 * Feedback has no id: a row is its content, and the n-th identical row of a pull is the n-th of the store. Addresses of the
 * forgotten are taken out of what is stored.
 */
function* keyedFeedback(rows: readonly Feedback[], list: readonly ForgottenHashes[]): Generator<IncomingRow> {
  const forgotten = forgottenOf(list);
  const seen = new Map<string, number>();
  for (const row of rows) {
    const { appEntitlementId, appEntitlementNumber } = row.aliases;
    const parts = [
      row.appKey,
      row.date,
      row.feedbackType,
      row.reasonKey,
      row.message,
      appEntitlementId ?? appEntitlementNumber,
      row.host.cloudId,
    ];
    const content = createHash('md5').update(JSON.stringify(parts)).digest('base64');
    const ordinal = (seen.get(content) ?? 0) + 1;
    seen.set(content, ordinal);
    const message = row.message && forgotten ? { message: forgotten.clean(row.message) } : {};
    yield { cells: writeFeedback({ ...row, ...message }), fixed: [`${content}#${ordinal}`] };
  }
}

/** Records what a sync pulled: one transaction for all of it and for the messages that announce it. */
export function createSyncRecorder(
  db: Database,
  parts: {
    readonly alerts: Pick<Alerts, 'within'>;
    readonly entitlements: Entitlements;
    readonly series: Series;
    readonly syncRuns: SyncRuns;
  },
) {
  const snapshots = {
    licenses: createSnapshot(db, parts.entitlements, LICENSES),
    lines: createSnapshot(db, parts.entitlements, TRANSACTION_LINES),
    events: createSnapshot(db, parts.entitlements, LICENSE_EVENTS),
    feedback: createSnapshot(db, parts.entitlements, FEEDBACK),
  };
  const names = { apps: createApps(db), companies: createCompanies(db), entitlements: parts.entitlements };
  const newsReader = createNewsReader(db, parts.series);

  /** Records rows that came whole; those of the scope that did not come are missed. */
  function recordRows(
    snapshot: Snapshot,
    rows: Iterable<IncomingRow>,
    scope: Scope,
    pull: Pull,
    { at, developerId }: SyncBatch,
  ) {
    const present = pull.mode === 'full' ? [...snapshot.presentIds(developerId, scope)] : [];
    const { touched, ...change } = snapshot.record(rows, { developerId, at });
    const isShort = change.rows < SHORT_BELOW * present.length;
    const missing = isShort ? [] : present.filter((id) => !touched.has(id));
    return { change: { ...change, vanished: snapshot.recordMissed(missing, at) }, isShort };
  }

  function recordPull(pull: Pull, batch: SyncBatch) {
    const { pulled } = pull;
    switch (pulled.kind) {
      case 'licenses':
      case 'lines': {
        const { added, changed, isShort, rows, vanished } = pulled.load.publish(batch.at);
        return { change: { rows, added, changed, vanished }, isShort };
      }
      case 'events': {
        const rows = pulled.rows.map((row) => ({ cells: writeEvent(row), fixed: [eventKey(row)] }));
        const scope = {
          where: 'kind = ? AND event_date BETWEEN ? AND ?',
          parameters: [pulled.event, pulled.from, pulled.to],
        };
        return recordRows(snapshots.events, rows, scope, pull, batch);
      }
      case 'feedback': {
        const scope = { where: 'date BETWEEN ? AND ?', parameters: [pulled.from, pulled.to] };
        return recordRows(
          snapshots.feedback,
          keyedFeedback(pulled.rows, readForgotten(db)),
          scope,
          pull,
          batch,
        );
      }
      case 'series': {
        const change = parts.series.record(batch.developerId, pulled.metric, pulled.rows, batch.at);
        return { change: { ...change, vanished: 0 }, isShort: false };
      }
    }
  }

  const record = db.transaction((batch: SyncBatch): DatasetChange[] => {
    const { announce, at, developerId, pulls } = batch;
    const mark = newsReader.mark();
    const recorded: RecordedPull[] = [];
    const changes = pulls.map((pull) => {
      const { dataset, silent } = pull;
      const { change, isShort } = recordPull(pull, batch);
      const counts = { ...change, quarantined: pull.quarantinedRows };
      parts.syncRuns.recordWithin(pull.runId, { state: isShort ? 'short' : 'ok', counts, silent }, at);
      parts.syncRuns.noteWithin(pull.runId, pull.quarantined, pull.unmappedFields);
      recorded.push({ dataset, silent, vanished: counts.vanished });
      return { dataset, ...counts, isShort };
    });
    parts.entitlements.settle();
    const { within } = parts.alerts;
    const said = announce(newsReader.read(developerId, at, mark, recorded), within.book);
    within.write(said);
    enqueueWithin(db, said.entries, at);
    return changes;
  });

  return {
    /**
     * Begins to take the rows of an export. One sync at a time may do so; a load that is not published must be
     * discarded.
     */
    beginLoad(
      kind: LoadKind,
      options: { readonly developerId: string; readonly at: Instant; readonly isFull: boolean },
    ): Load {
      const dataset = LOADED[kind];
      const isEmpty = db.prepare(`SELECT 1 FROM ${dataset.table} LIMIT 1`).get() === undefined;
      return isEmpty
        ? createFirstLoad(db, names, dataset, options)
        : createStagedLoad(db, { ...names, snapshot: snapshots[kind] }, dataset, options);
    },

    /** Who asked to be forgotten: what an export brings of them is left out. */
    readForgotten: () => readForgotten(db),

    /** All of the batch or nothing of it; readers see the old state until it is done. */
    async recordSync(batch: SyncBatch): Promise<DatasetChange[]> {
      return record.immediate(batch);
    },
  };
}
