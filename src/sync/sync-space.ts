import PQueue from 'p-queue';
import type { Clock } from '../domain/clock.ts';
import type { ContactLevel } from '../domain/contact.ts';
import { dayOf, type Instant } from '../domain/day.ts';
import { PulseError, reasonOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { PullReport, ReportingClient } from '../reporting/client.ts';
import type { Meta } from '../store/meta.ts';
import type { Announce, DatasetChange, Pull } from '../store/record-sync.ts';
import type { Store } from '../store/store.ts';
import type { DatasetName, SyncMode } from '../store/sync-runs.ts';
import type { DataSet } from './data-set.ts';
import { DATA_SETS } from './data-sets/index.ts';

/** A data set that could not be pulled; the others were. */
export interface SyncFailure {
  readonly dataset: DatasetName;
  /** The error's code, as docs/operations.md lists it. */
  readonly code: string;
  readonly message: string;
}

/** What one sync of one developer space did. */
export interface SyncReport {
  readonly developerId: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** The store knew nothing of this developer space before: nothing in it was news. */
  readonly isFirst: boolean;
  readonly changes: readonly DatasetChange[];
  readonly failures: readonly SyncFailure[];
}

/** What a sync uses. */
export interface SyncDependencies {
  readonly client: ReportingClient;
  readonly store: Pick<Store, 'recorder' | 'syncRuns'> & { readonly meta: Meta };
  readonly contacts: ContactLevel;
  readonly announce: Announce;
  readonly clock: Clock;
  readonly log: Log;
}

/** What one sync is asked for. */
export interface SyncOptions {
  /** Pull everything, whatever was pulled before. */
  readonly full: boolean;
  readonly signal: AbortSignal;
}

/** Every night or so everything is pulled again: incremental pulls miss rows whose `lastUpdated` did not move. */
const FULL_EVERY_MS = 24 * 3_600_000;

/** Requests under way at once. The API publishes no limit; exports and lists are heavy on its side. */
const CONCURRENCY = 3;

/**
 * The flags of the licence and transaction pulls. When they change, rows appear whose `lastUpdated` does not move, so
 * one full pull is due, and nothing in it is news. Change this text together with the flags.
 */
const FLAGS =
  'withDataInsights includeAtlassianLicenses showLifeTimeFreeLicenses includeManualInvoice boundaries:3';

function codeOf(error: unknown): string {
  return error instanceof PulseError ? error.code : 'UNEXPECTED';
}

function merged(reports: readonly PullReport[]) {
  const unmappedFields = new Map<string, number>();
  for (const { unmappedFields: fields } of reports) {
    for (const [field, rows] of fields) unmappedFields.set(field, (unmappedFields.get(field) ?? 0) + rows);
  }
  return {
    quarantinedRows: reports.reduce((sum, report) => sum + report.quarantinedRows, 0),
    quarantined: reports.flatMap((report) => report.quarantined),
    unmappedFields,
  };
}

/**
 * Pulls every data set of one developer space and records what came back, in one transaction with the messages that
 * announce it. A data set that fails is left as it was; the others are recorded. Never throws for a failed pull.
 */
export async function syncSpace(
  developerId: string,
  { announce, client, clock, contacts, log, store }: SyncDependencies,
  { full, signal }: SyncOptions,
): Promise<SyncReport> {
  const { meta, recorder, syncRuns } = store;
  const startedAt = clock();
  const today = dayOf(startedAt);
  const flagsName = `flags:${developerId}`;
  const knownFlags = await meta.read(flagsName);
  const isBackfill = knownFlags !== FLAGS;
  const failures: SyncFailure[] = [];

  async function plan(dataSet: DataSet): Promise<{ mode: SyncMode; since: Instant | undefined }> {
    const lastFull = await syncRuns.readLastFull(developerId, dataSet.name);
    const isDue = lastFull === undefined || startedAt - lastFull >= FULL_EVERY_MS;
    const freshness = await syncRuns.readFreshness(developerId);
    const since = freshness.find(({ dataset }) => dataset === dataSet.name)?.goodAt;
    return { mode: full || isDue || isBackfill ? 'full' : 'incremental', since };
  }

  async function pullOne(dataSet: DataSet): Promise<Pull | undefined> {
    const { mode, since } = await plan(dataSet);
    const runId = await syncRuns.start(developerId, dataSet.name, mode, startedAt);
    try {
      const { pulled, reports } = await dataSet.pull({
        client,
        developerId,
        mode,
        since: since === undefined ? undefined : dayOf(since),
        today,
        at: startedAt,
        contacts,
        signal,
      });
      return {
        runId,
        dataset: dataSet.name,
        mode,
        pulled,
        silent: since === undefined || isBackfill,
        ...merged(reports),
      };
    } catch (error) {
      if (signal.aborted) {
        await syncRuns.recordFailure(runId, 'failed', 'STOPPED', clock());
        return undefined;
      }
      const code = codeOf(error);
      failures.push({ dataset: dataSet.name, code, message: reasonOf(error) });
      await syncRuns.recordFailure(runId, code === 'SYNC_REFUSED' ? 'refused' : 'failed', code, clock());
      log.warn({ dataset: dataSet.name, code }, 'data set not updated');
      return undefined;
    }
  }

  const queue = new PQueue({ concurrency: CONCURRENCY });
  const pulls = await queue.addAll(DATA_SETS.map((dataSet) => () => pullOne(dataSet)));
  signal.throwIfAborted();
  const whole = pulls.filter((pull) => pull !== undefined);
  const changes = await recorder.recordSync({ developerId, at: clock(), pulls: whole, announce });
  const pulled = new Set(whole.map(({ dataset }) => dataset));
  if (pulled.has('licenses') && pulled.has('transactions')) await meta.record(flagsName, FLAGS);
  const report = {
    developerId,
    startedAt,
    finishedAt: clock(),
    isFirst: knownFlags === undefined,
    changes,
    failures,
  };
  log.info(
    { rows: changes.reduce((sum, change) => sum + change.rows, 0), failures: failures.length },
    'sync finished',
  );
  return report;
}
