import { hash } from 'node:crypto';
import type { PullReport, ReportingClient } from '../reporting/client.ts';
import type { KnownRows } from '../store/known-rows.ts';
import type { SeenRows } from '../store/load.ts';
import type { RowRules } from '../store/load-rows.ts';
import type { LoadKind } from '../store/record-sync.ts';
import { EXPORTS } from './read-rows.ts';
import type { PlannedExport } from './started-exports.ts';
import { createBatch, type RowBatch } from './row-batch.ts';

/** One data set to be read from its exports, one after the other. */
export interface ExportRequest extends RowRules {
  readonly kind: LoadKind;
  readonly developerId: string;
  readonly exports: readonly PlannedExport[];
  /** Read every row, also those whose bytes are known. */
  readonly isFresh: boolean;
}

/** What reading a data set brought besides its rows. */
export interface ExportSummary {
  readonly report: PullReport;
  readonly seen: SeenRows;
}

/** What hears of an export while it is read. */
export interface ExportHandlers {
  readonly take: (batch: RowBatch) => void | Promise<void>;
  /** Atlassian began to prepare the export of this index. */
  readonly onStarted: (index: number, exportId: string) => void;
}

/** Rows given on at once. */
const BATCH = 500;

/**
 * Streams the exports of a data set and gives on, as bytes, the rows that are not known byte for byte. Gives the number of
 * requests. Throws what a pull throws.
 */
export async function readExport(
  client: ReportingClient,
  known: Pick<KnownRows, 'isKnown'>,
  { developerId, exports, kind }: ExportRequest,
  { onStarted, take }: ExportHandlers,
  signal: AbortSignal,
): Promise<number> {
  let requests = 0;
  let batch = createBatch();

  async function give(): Promise<void> {
    const full = batch.batch();
    batch = createBatch();
    await take(full);
  }

  for (const [index, { exportId, parameters }] of exports.entries()) {
    const onExportStarted = (id: string): void => onStarted(index, id);
    const resumed = exportId === undefined ? {} : { resumeExportId: exportId };
    requests += await client.streamRows(
      EXPORTS[kind],
      { developerId, parameters, signal, onExportStarted, ...resumed },
      (bytes) => {
        const fingerprint = hash('sha1', bytes, 'base64');
        if (!known.isKnown(fingerprint)) batch.add(bytes, fingerprint);
      },
      () => (batch.size() >= BATCH ? give() : undefined),
    );
  }
  if (batch.size() > 0) await give();
  return requests;
}
