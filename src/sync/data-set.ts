import type { Day, Instant } from '../domain/day.ts';
import { PulseError } from '../domain/errors.ts';
import type { PullReport, ReportingClient } from '../reporting/client.ts';
import type { Endpoint } from '../reporting/endpoint.ts';
import type { LoadKind, PulledRows } from '../store/record-sync.ts';
import type { DatasetName, SyncMode } from '../store/sync-runs.ts';

/** How often a data set is pulled, and how much of it. */
export interface Rhythm {
  /** Hours between two full pulls. */
  readonly fullHours: number;
  /** Hours between two pulls of what is recent; 0: with every sync. Absent: only full pulls. */
  readonly recentHours?: number;
  /** What a full and a recent pull ask for, for people. */
  readonly asks: string;
}

/** What pulling one data set needs to know. */
export interface PullPlan {
  readonly mode: SyncMode;
  /** The day of the last good pull: an incremental pull asks for what changed since, with an overlap. */
  readonly since: Day | undefined;
  readonly today: Day;
  readonly at: Instant;
}

/** What pulling one data set uses. */
export interface PullContext extends PullPlan {
  readonly client: ReportingClient;
  readonly developerId: string;
  readonly signal: AbortSignal;
}

/** What a pull brought, and what of it did not fit. */
export interface PullResult {
  readonly pulled: PulledRows;
  readonly reports: readonly PullReport[];
}

interface AnyDataSet {
  readonly name: DatasetName;
  /** Ids of the endpoints it is pulled from. */
  readonly endpoints: readonly string[];
  readonly rhythm: Rhythm;
}

/** A set of rows small enough to be held in memory. */
export interface PulledDataSet extends AnyDataSet {
  pull(context: PullContext): Promise<PullResult>;
}

/** A set of rows that is streamed into the store. */
export interface ExportedDataSet extends AnyDataSet {
  readonly loads: LoadKind;
  /** The parameters of each export to be read. */
  exports(plan: PullPlan): Readonly<Record<string, string>>[];
}

/** One set of rows that a sync keeps. */
export type DataSet = PulledDataSet | ExportedDataSet;

/** Rows that did not fit are set aside, but when they are more than this share something else is wrong. */
const REFUSE_SHARE = 0.01;

/** A handful of odd rows in a small answer is no reason to refuse it. */
const REFUSE_FROM = 10;

/** Throws SYNC_REFUSED when too many rows did not fit. `known`: rows that were not read because nothing changed. */
export function refuseMisfits({ quarantinedRows, rows }: PullReport, known = 0): void {
  const all = rows + known + quarantinedRows;
  if (quarantinedRows <= Math.max(REFUSE_FROM, REFUSE_SHARE * all)) return;
  throw new PulseError(
    'SYNC_REFUSED',
    `${quarantinedRows} of ${all} rows do not fit what is known of the API, so none is recorded.`,
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
