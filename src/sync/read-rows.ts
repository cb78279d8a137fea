import type { PullReport } from '../reporting/client.ts';
import type { Endpoint } from '../reporting/endpoint.ts';
import { licensesExport } from '../reporting/endpoints/licenses-export.ts';
import { transactionsExport } from '../reporting/endpoints/transactions-export.ts';
import { createRowParser } from '../reporting/row-parser.ts';
import { licenseRow, lineRow, type RowRules } from '../store/load-rows.ts';
import type { LoadKind } from '../store/record-sync.ts';
import type { IncomingRow } from '../store/snapshots.ts';

/** Turns the bytes of an export's row into rows of the store: one, or none that fits. */
export interface RowReader {
  read(bytes: Buffer, fingerprint: string): IncomingRow[];
  /** What was read so far. */
  report(): PullReport;
}

function readerOf<Row>(
  endpoint: Endpoint<Row>,
  toIncoming: (row: Row, rules: RowRules, fingerprint: string) => IncomingRow,
  rules: RowRules,
): RowReader {
  const parser = createRowParser(endpoint);
  return {
    read: (bytes, fingerprint) => parser.parse(bytes).map((row) => toIncoming(row, rules, fingerprint)),
    report: () => parser.report(),
  };
}

/** The endpoint each load is filled from. */
export const EXPORTS: Readonly<Record<LoadKind, Endpoint<unknown>>> = {
  licenses: licensesExport,
  lines: transactionsExport,
};

/** Creates a reader with a report of its own. */
export function createRowReader(kind: LoadKind, rules: RowRules): RowReader {
  return kind === 'licenses'
    ? readerOf(licensesExport, licenseRow, rules)
    : readerOf(transactionsExport, lineRow, rules);
}
