import type { ContactLevel } from '../domain/contact.ts';
import type { Day, Instant } from '../domain/day.ts';
import { PulseError } from '../domain/errors.ts';
import type { PullReport, ReportingClient } from '../reporting/client.ts';
import type { Endpoint } from '../reporting/endpoint.ts';
import type { PulledRows } from '../store/record-sync.ts';
import type { DatasetName, SyncMode } from '../store/sync-runs.ts';

/** What pulling one data set needs to know. */
export interface PullContext {
  readonly client: ReportingClient;
  readonly developerId: string;
  readonly mode: SyncMode;
  /** The day of the last good pull: an incremental pull asks for what changed since, with an overlap. */
  readonly since: Day | undefined;
  readonly today: Day;
  readonly at: Instant;
  readonly contacts: ContactLevel;
  readonly signal: AbortSignal;
}

/** What a pull brought, and what of it did not fit. */
export interface PullResult {
  readonly pulled: PulledRows;
  readonly reports: readonly PullReport[];
}

/** One set of rows that a sync keeps. */
export interface DataSet {
  readonly name: DatasetName;
  pull(context: PullContext): Promise<PullResult>;
}

/** Rows that did not fit are set aside, but when they are more than this share something else is wrong. */
const REFUSE_SHARE = 0.01;

/** A handful of odd rows in a small answer is no reason to refuse it. */
const REFUSE_FROM = 10;

function refuseMisfits({ quarantinedRows, rows }: PullReport): void {
  if (quarantinedRows <= Math.max(REFUSE_FROM, REFUSE_SHARE * (rows + quarantinedRows))) return;
  throw new PulseError(
    'SYNC_REFUSED',
    `${quarantinedRows} of ${rows + quarantinedRows} rows do not fit what is known of the API, so none is recorded.`,
  );
}

/** All rows of one endpoint, with the report of what did not fit. Throws SYNC_REFUSED when too much did not. */
export async function pullAll<Row>(
  context: PullContext,
  endpoint: Endpoint<Row>,
  parameters: Record<string, string | readonly string[]>,
): Promise<{ rows: Row[]; report: PullReport }> {
  const { client, developerId, signal } = context;
  const pull = client.pull(endpoint, { developerId, parameters, signal });
  const rows: Row[] = [];
  for await (const row of pull) rows.push(row);
  refuseMisfits(pull.report);
  return { rows, report: pull.report };
}
