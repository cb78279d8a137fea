import type { Instant } from '../domain/day.ts';
import type { ContactLevel } from '../domain/contact.ts';
import type { PullReport, ReportingClient } from '../reporting/client.ts';
import { licensesExport } from '../reporting/endpoints/licenses-export.ts';
import { transactionsExport } from '../reporting/endpoints/transactions-export.ts';
import type { KnownRows } from '../store/known-rows.ts';
import type { SeenRows } from '../store/load.ts';
import { licenseRow, lineRow, type RowRules } from '../store/load-rows.ts';
import type { LoadKind } from '../store/record-sync.ts';
import type { IncomingRow } from '../store/snapshots.ts';

/** One data set to be read from its exports, one after the other. */
export interface ExportRequest {
  readonly kind: LoadKind;
  readonly developerId: string;
  /** The parameters of each export. */
  readonly pulls: readonly Readonly<Record<string, string>>[];
  readonly contacts: ContactLevel;
  readonly at: Instant;
  readonly silent: boolean;
  /** Read every row, also those whose bytes are known. */
  readonly isFresh: boolean;
}

/** What reading a data set brought besides its rows. */
export interface ExportSummary {
  readonly reports: readonly PullReport[];
  readonly seen: SeenRows;
}

/** Takes rows as they come; the reader goes on when it is done. */
export type TakeRows = (rows: readonly IncomingRow[]) => Promise<void>;

/** Rows given on at once. */
const BATCH = 500;

async function readAll<Row>(
  rows: AsyncIterable<readonly { readonly row: Row; readonly fingerprint: string }[]>,
  toIncoming: (row: Row, rules: RowRules) => IncomingRow,
  rules: RowRules,
  take: TakeRows,
): Promise<void> {
  let batch: IncomingRow[] = [];
  for await (const some of rows) {
    for (const { fingerprint, row } of some) batch.push({ ...toIncoming(row, rules), fingerprint });
    if (batch.length < BATCH) continue;
    await take(batch);
    batch = [];
  }
  if (batch.length > 0) await take(batch);
}

/** Reads the exports of a data set and gives on the rows whose bytes are not known. Throws what a pull throws. */
export async function readExport(
  client: ReportingClient,
  known: KnownRows,
  request: ExportRequest,
  take: TakeRows,
  signal: AbortSignal,
): Promise<ExportSummary> {
  const { developerId, kind, pulls } = request;
  const reports: PullReport[] = [];
  for (const parameters of pulls) {
    const asked = { developerId, parameters, signal, isKnown: (print: string) => known.isKnown(print) };
    if (kind === 'licenses') {
      const pull = client.pullChanged(licensesExport, asked);
      await readAll(pull, licenseRow, request, take);
      reports.push(pull.report);
    } else {
      const pull = client.pullChanged(transactionsExport, asked);
      await readAll(pull, lineRow, request, take);
      reports.push(pull.report);
    }
  }
  return { reports, seen: known.seen() };
}
