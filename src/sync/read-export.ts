import { hash } from 'node:crypto';
import type { PullReport, ReportingClient } from '../reporting/client.ts';
import { readKnownRows } from '../store/known-rows.ts';
import type { SeenRows } from '../store/load.ts';
import type { RowRules } from '../store/load-rows.ts';
import type { LoadWriter, Written } from '../store/load-writer.ts';
import { LOADED, type LoadKind } from '../store/record-sync.ts';
import type { IncomingRow } from '../store/snapshots.ts';
import { createRowReader, EXPORTS } from './read-rows.ts';
import type { PlannedExport } from './started-exports.ts';

/** One data set to be read from its exports, one after the other. */
export interface ExportRequest extends RowRules {
  readonly kind: LoadKind;
  readonly developerId: string;
  readonly exports: readonly PlannedExport[];
  /** Read every row, also those whose bytes are known. */
  readonly isFresh: boolean;
}

/** What reading a data set brought; its rows are in the table of the load. */
export interface ExportSummary {
  readonly report: PullReport;
  /** Rows that were left out because their bytes are known. */
  readonly seen: SeenRows;
  readonly written: Written;
}

/** Where the rows of an export go, and how it is heard of. */
export interface ExportTarget {
  readonly writer: LoadWriter;
  /** Atlassian began to prepare the export of this index. */
  readonly onStarted: (index: number, exportId: string) => void;
}

/** Rows written at once: with fewer, more of what reading them made is gone before the garbage collector looks. */
const BATCH = 100;

/**
 * Streams the exports of a data set and writes the rows that are not known byte for byte. `databasePath`: where the known
 * ones are. Throws what a pull throws.
 */
export async function readExport(
  client: ReportingClient,
  databasePath: string,
  request: ExportRequest,
  { onStarted, writer }: ExportTarget,
  signal: AbortSignal,
): Promise<ExportSummary> {
  const { developerId, exports, isFresh, kind } = request;
  const known = readKnownRows(databasePath, LOADED[kind], isFresh);
  const reader = createRowReader(kind, request);
  let requests = 0;
  let rows: IncomingRow[] = [];

  function write(): void {
    writer.add(rows);
    rows = [];
  }

  for (const [index, { exportId, parameters }] of exports.entries()) {
    const onExportStarted = (id: string): void => onStarted(index, id);
    const resumed = exportId === undefined ? {} : { resumeExportId: exportId };
    requests += await client.streamRows(
      EXPORTS[kind],
      { developerId, parameters, signal, onExportStarted, ...resumed },
      (bytes) => {
        const fingerprint = hash('sha1', bytes, 'base64');
        if (!known.isKnown(fingerprint)) rows.push(...reader.read(bytes, fingerprint));
        if (rows.length >= BATCH) write();
      },
    );
  }
  if (rows.length > 0) write();
  return { report: { ...reader.report(), requests }, seen: known.seen(), written: writer.written() };
}
