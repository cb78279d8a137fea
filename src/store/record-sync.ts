import { createHash } from 'node:crypto';
import { bookingDay } from '../domain/booking.ts';
import { type Day, dayOf, type Instant } from '../domain/day.ts';
import type { Feedback } from '../domain/feedback.ts';
import { fold } from '../domain/fold.ts';
import type { EventKind, LicenseEvent } from '../domain/license-event.ts';
import type { License } from '../domain/license.ts';
import type { MetricName, MetricSeries } from '../domain/metric-series.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import type { TransactionLine } from '../domain/transaction-line.ts';
import type { Database } from './database.ts';
import { FEEDBACK, LICENSE_EVENTS, LICENSES, TRANSACTION_LINES } from './datasets.ts';
import type { Entitlements } from './entitlements.ts';
import { enqueueWithin, type OutboxEntry } from './outbox.ts';
import { createRowReader } from './rows.ts';
import type { Series } from './series.ts';
import {
  createSnapshot,
  type IncomingRow,
  type RecordOptions,
  type Snapshot,
  type SnapshotChange,
} from './snapshots.ts';
import type { DatasetName, SyncMode, SyncRuns } from './sync-runs.ts';

/** The rows of one pull. Events and feedback say which dates the pull covered: only those can be missed. */
export type PulledRows =
  | { readonly kind: 'licenses'; readonly rows: readonly License[] }
  | { readonly kind: 'lines'; readonly rows: readonly TransactionLine[] }
  | {
      readonly kind: 'events';
      readonly event: EventKind;
      readonly from: Day;
      readonly to: Day;
      readonly rows: readonly LicenseEvent[];
    }
  | { readonly kind: 'feedback'; readonly from: Day; readonly to: Day; readonly rows: readonly Feedback[] }
  | { readonly kind: 'series'; readonly metric: MetricName; readonly rows: readonly MetricSeries[] };

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

/** What the transaction lines of a sync changed, for those who announce it. */
export interface RecordedNews {
  readonly developerId: string;
  readonly at: Instant;
  /** Lines first seen in this sync; empty on a first import or back-fill. */
  readonly newLines: readonly RecordedLine[];
  /** All lines of an entitlement, this sync's included. */
  linesOf(entitlement: string): readonly RecordedLine[];
  /** The licences of an entitlement, this sync's included. */
  licensesOf(entitlement: string): readonly RecordedLicense[];
}

/** Turns news into messages, inside the transaction that records them. Must not throw and must not await. */
export type Announce = (news: RecordedNews) => readonly OutboxEntry[];

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

/** A full pull with less than this share of the known rows is not believed when it says that rows are gone. */
const SHORT_BELOW = 0.9;

const OF_ENTITLEMENT = 't.entitlement_id = (SELECT id FROM entitlements WHERE developer_id = ? AND key = ?)';

function eventKey(event: LicenseEvent): string {
  const { appEntitlementId, appEntitlementNumber, licenseId, addonLicenseId } = event.aliases;
  const who =
    appEntitlementId ?? appEntitlementNumber ?? licenseId ?? addonLicenseId ?? event.transactionId ?? '';
  return [who, event.appKey, event.eventDate, event.maintenanceEnd ?? ''].join('|');
}

/** Feedback has no id: a row is its content, and the n-th identical row of a pull is the n-th of the store. */
function* keyedFeedback(rows: readonly Feedback[]): Generator<IncomingRow> {
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
    yield { row, extra: { row_key: `${content}#${ordinal}` } };
  }
}

/** Records what a sync pulled: one transaction for all of it and for the messages that announce it. */
export function createSyncRecorder(
  db: Database,
  parts: { readonly entitlements: Entitlements; readonly series: Series; readonly syncRuns: SyncRuns },
) {
  const snapshots = {
    licenses: createSnapshot(db, parts.entitlements, {
      dataset: LICENSES,
      extraColumns: [],
      // One licence row per entitlement; Data Center entitlements have one per add-on licence over time.
      match: `entitlement_id = :entitlement_id AND (addon_license_id IS :addon_license_id OR addon_license_id IS NULL
        OR :addon_license_id IS NULL)`,
      prefer: 'addon_license_id IS :addon_license_id DESC, id',
    }),
    lines: createSnapshot(db, parts.entitlements, {
      dataset: TRANSACTION_LINES,
      extraColumns: ['booked_on'],
      match: 'transaction_id = :transaction_id AND line_id = :line_id',
    }),
    events: createSnapshot(db, parts.entitlements, {
      dataset: LICENSE_EVENTS,
      extraColumns: ['row_key'],
      match: 'kind = :kind AND row_key = :row_key',
    }),
    feedback: createSnapshot(db, parts.entitlements, {
      dataset: FEEDBACK,
      extraColumns: ['row_key'],
      match: 'row_key = :row_key',
    }),
  };
  const readLines = createRowReader<RecordedLine>(db, TRANSACTION_LINES);
  const readLicenses = createRowReader<RecordedLicense>(db, LICENSES);
  const addCompany = db.prepare(
    'INSERT OR IGNORE INTO companies (developer_id, name, folded) VALUES (?, ?, ?)',
  );

  function recordRows(
    snapshot: Snapshot,
    rows: Iterable<IncomingRow>,
    count: number,
    scope: { where: string; parameters: readonly (string | number)[] },
    pull: Pull,
    options: RecordOptions,
    onRow?: (id: number, change: 'added' | 'changed') => void,
  ) {
    const isFull = pull.mode === 'full';
    const isShort = isFull && count < SHORT_BELOW * snapshot.countKnown(options.developerId, scope);
    const change = snapshot.record(rows, { ...options, ...(isFull && !isShort && { sweep: scope }) }, onRow);
    return { change, isShort };
  }

  function recordPull(pull: Pull, batch: SyncBatch, newLineIds: number[]) {
    const { pulled } = pull;
    const options = { developerId: batch.developerId, runId: pull.runId, at: batch.at };
    const everything = { where: '1 = 1', parameters: [] };
    switch (pulled.kind) {
      case 'licenses': {
        const rows = pulled.rows.map((row) => ({ row, extra: {} }));
        return recordRows(snapshots.licenses, rows, rows.length, everything, pull, options);
      }
      case 'lines': {
        const seenOn = dayOf(batch.at);
        const rows = pulled.rows.map((row) => ({
          row,
          extra: { booked_on: bookingDay(row, seenOn, pull.silent) },
        }));
        return recordRows(snapshots.lines, rows, rows.length, everything, pull, options, (id, change) => {
          if (change === 'added' && !pull.silent) newLineIds.push(id);
        });
      }
      case 'events': {
        const rows = pulled.rows.map((row) => ({ row, extra: { row_key: eventKey(row) } }));
        const scope = {
          where: 'kind = ? AND event_date BETWEEN ? AND ?',
          parameters: [pulled.event, pulled.from, pulled.to],
        };
        return recordRows(snapshots.events, rows, rows.length, scope, pull, options);
      }
      case 'feedback': {
        const scope = { where: 'date BETWEEN ? AND ?', parameters: [pulled.from, pulled.to] };
        return recordRows(
          snapshots.feedback,
          keyedFeedback(pulled.rows),
          pulled.rows.length,
          scope,
          pull,
          options,
        );
      }
      case 'series': {
        const change = parts.series.record(batch.developerId, pulled.metric, pulled.rows, batch.at);
        return { change: { ...change, vanished: 0 }, isShort: false };
      }
    }
  }

  function addCompanies({ developerId, pulls }: SyncBatch): void {
    for (const { pulled } of pulls) {
      if (pulled.kind !== 'licenses' && pulled.kind !== 'lines') continue;
      const names = new Set(pulled.rows.flatMap(({ customer }) => customer.company ?? []));
      for (const name of names) addCompany.run(developerId, name, fold(name));
    }
  }

  function newsOf({ developerId, at }: SyncBatch, newLineIds: readonly number[]): RecordedNews {
    const list = JSON.stringify(newLineIds);
    return {
      developerId,
      at,
      newLines: readLines('t.id IN (SELECT value FROM json_each(?))', list),
      linesOf: (entitlement) => readLines(OF_ENTITLEMENT, developerId, entitlement),
      licensesOf: (entitlement) => readLicenses(OF_ENTITLEMENT, developerId, entitlement),
    };
  }

  const record = db.transaction((batch: SyncBatch): DatasetChange[] => {
    const newLineIds: number[] = [];
    const changes = batch.pulls.map((pull) => {
      const { change, isShort } = recordPull(pull, batch, newLineIds);
      const counts = { ...change, quarantined: pull.quarantinedRows };
      parts.syncRuns.recordWithin(pull.runId, isShort ? 'short' : 'ok', counts, batch.at);
      parts.syncRuns.noteWithin(pull.runId, pull.quarantined, pull.unmappedFields);
      return { dataset: pull.dataset, ...counts, isShort };
    });
    addCompanies(batch);
    if (newLineIds.length > 0) enqueueWithin(db, batch.announce(newsOf(batch, newLineIds)), batch.at);
    return changes;
  });

  return {
    /** All of the batch or nothing of it; readers see the old state until it is done. */
    async recordSync(batch: SyncBatch): Promise<DatasetChange[]> {
      return record.immediate(batch);
    },
  };
}
