import type { PullReport } from './client.ts';
import type { Endpoint } from './endpoint.ts';
import { createIntake } from './intake.ts';
import { parseRow } from './json-rows.ts';

/** Reads rows whose bytes came from `streamRows`. */
export interface RowParser<Row> {
  /** The row in our words; none when it was refused. Throws an ApiNotJsonError. */
  parse(bytes: Buffer): readonly Row[];
  /** What was read so far; `requests` is 0. */
  report(): PullReport;
}

/** Creates a parser with a ledger of its own. */
export function createRowParser<Row>(endpoint: Endpoint<Row>): RowParser<Row> {
  const intake = createIntake();
  let number = 0;
  let rows = 0;
  return {
    parse(bytes) {
      number += 1;
      const read = endpoint.read(parseRow(bytes, number), intake, {});
      rows += read.length;
      return read;
    },
    report: () => ({
      rows,
      quarantined: intake.quarantined(),
      quarantinedRows: intake.quarantinedRows(),
      unmappedFields: intake.unmappedFields(),
      requests: 0,
    }),
  };
}

/** Several reports of one data set as one. */
export function mergeReports(reports: readonly PullReport[]): PullReport {
  const quarantined = new Map<string, { path: string; expected: string; count: number }>();
  const unmappedFields = new Map<string, number>();
  for (const report of reports) {
    for (const { count, expected, path } of report.quarantined) {
      const key = `${path}\n${expected}`;
      quarantined.set(key, { path, expected, count: count + (quarantined.get(key)?.count ?? 0) });
    }
    for (const [field, count] of report.unmappedFields) {
      unmappedFields.set(field, count + (unmappedFields.get(field) ?? 0));
    }
  }
  const sum = (pick: (report: PullReport) => number): number =>
    reports.reduce((total, report) => total + pick(report), 0);
  return {
    rows: sum(({ rows }) => rows),
    quarantined: [...quarantined.values()],
    quarantinedRows: sum(({ quarantinedRows }) => quarantinedRows),
    unmappedFields,
    requests: sum(({ requests }) => requests),
  };
}
