import PQueue from 'p-queue';
import type { Clock } from '../domain/clock.ts';
import type { ContactLevel } from '../domain/contact.ts';
import type { Instant } from '../domain/day.ts';
import { PulseError, reasonOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { ReportingClient } from '../reporting/client.ts';
import { mergeReports } from '../reporting/row-parser.ts';
import type { Announce, DatasetChange, Pull } from '../store/record-sync.ts';
import type { Store } from '../store/store.ts';
import { troubleOf } from '../store/store-trouble.ts';
import type { DatasetName } from '../store/sync-runs.ts';
import type { DataSet, PullPlan, PullResult } from './data-set.ts';
import { DATA_SETS } from './data-sets/index.ts';
import type { ExportReader } from './export-reader.ts';
import { createLoader } from './load-export.ts';
import { createStartedExports } from './started-exports.ts';
import { planPull, readFlags, readingOf, recordFlags } from './plan-pull.ts';

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
  /** The API did not answer at all when this sync gave up: it is worth looking whether it is back. */
  readonly isAway: boolean;
}

/** What a sync uses. */
export interface SyncDependencies {
  readonly client: ReportingClient;
  readonly reader: ExportReader;
  readonly store: Pick<Store, 'recorder' | 'syncRuns' | 'meta'>;
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

/** Errors that an outage of the whole API brings; a gateway may answer for it. */
const OUTAGE = new Set(['API_UNAVAILABLE', 'API_NOT_JSON', 'API_TRUNCATED']);

/** Requests under way at once, besides the two exports. The API publishes no limit; lists are heavy on its side. */
const CONCURRENCY = 2;

function codeOf(error: unknown): string {
  return error instanceof PulseError ? error.code : 'UNEXPECTED';
}

/**
 * Pulls every data set of one developer space that is due and records what came back, in one transaction with the
 * messages that announce it. A data set that fails is left as it was; the others are recorded. Never throws for a failed
 * pull.
 */
export async function syncSpace(
  developerId: string,
  { announce, client, clock, contacts, log, reader, store }: SyncDependencies,
  { full, signal }: SyncOptions,
): Promise<SyncReport> {
  const { meta, recorder, syncRuns } = store;
  const startedAt = clock();
  const freshness = await syncRuns.readFreshness(developerId);
  const isFirst = freshness.every(({ goodAt }) => goodAt === undefined);
  const started = createStartedExports(meta, developerId);
  const loader = createLoader({ recorder, reader, started, developerId, contacts, signal, log });
  const failures: SyncFailure[] = [];
  let refusal: unknown;
  let isAway = false;

  async function pullWith(dataSet: DataSet, plan: PullPlan, isSilent: boolean): Promise<PullResult> {
    if ('pull' in dataSet) return dataSet.pull({ ...plan, client, developerId, signal });
    const reading = await meta.read(`reading:${dataSet.name}:${developerId}`);
    return loader.load(dataSet, plan, { isSilent, isFresh: reading !== readingOf(dataSet, contacts) });
  }

  async function isThere(): Promise<boolean> {
    if (isAway) return false;
    return client.isThere({ developerId, signal }).catch(() => true);
  }

  async function pullOne(dataSet: DataSet): Promise<Pull | undefined> {
    const hasNewFlags = (await readFlags(meta, dataSet, developerId)) === 'changed';
    const plan = planPull(dataSet, {
      goodAt: freshness.find(({ dataset }) => dataset === dataSet.name)?.goodAt,
      fullAt: await syncRuns.readLastFull(developerId, dataSet.name),
      startedAt,
      full: full || hasNewFlags,
    });
    if (!plan) return undefined;
    const silent = plan.since === undefined || hasNewFlags;
    const runId = await syncRuns.start(developerId, dataSet.name, plan.mode, startedAt);
    try {
      // A refused token is refused everywhere, and an API that is away is away for all: one answer is enough.
      if (refusal) throw refusal;
      const { pulled, reports } = await pullWith(dataSet, plan, silent);
      return { runId, dataset: dataSet.name, mode: plan.mode, pulled, silent, ...mergeReports(reports) };
    } catch (error) {
      if (signal.aborted) {
        await syncRuns.recordFailure(runId, 'failed', 'STOPPED', clock());
        return undefined;
      }
      // What keeps one data set from being written keeps all of them, and is no fault of the API's.
      if (troubleOf(error)) throw error;
      const code = codeOf(error);
      if (OUTAGE.has(code) && !(await isThere())) isAway = true;
      if (code === 'API_UNAUTHORIZED' || isAway) refusal ??= error;
      failures.push({ dataset: dataSet.name, code, message: reasonOf(error) });
      await started.noteFailure(dataSet.name, code);
      await syncRuns.recordFailure(runId, code === 'SYNC_REFUSED' ? 'refused' : 'failed', code, clock());
      log.warn({ dataset: dataSet.name, code }, 'data set not updated');
      return undefined;
    }
  }

  async function pullAll(): Promise<Pull[]> {
    const queue = new PQueue({ concurrency: CONCURRENCY });
    const small = queue.addAll(DATA_SETS.filter((one) => 'pull' in one).map((one) => () => pullOne(one)));
    // A full disk fails both at once: the large ones are thrown, and these must not reject where nobody listens.
    small.catch(() => undefined);
    // Both to their end, whatever becomes of one: a load that is still written to cannot be discarded.
    const large = await Promise.allSettled(DATA_SETS.filter((one) => 'exports' in one).map(pullOne));
    const pulled = large.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
    return [...pulled, ...(await small)].filter((pull) => pull !== undefined);
  }

  try {
    const pulls = await pullAll();
    signal.throwIfAborted();
    // The instant of recording, not of asking: what a digest said in between it did not know yet.
    const changes = await recorder.recordSync({
      developerId,
      at: clock(),
      pulls,
      announce,
    });
    for (const dataSet of DATA_SETS) {
      if (!pulls.some(({ dataset }) => dataset === dataSet.name) || 'pull' in dataSet) continue;
      await started.forget(dataSet.name);
      await recordFlags(meta, dataSet, developerId);
      await meta.record(`reading:${dataSet.name}:${developerId}`, readingOf(dataSet, contacts));
    }
    const rows = changes.reduce((sum, change) => sum + change.rows, 0);
    log.info({ rows, failures: failures.length }, 'sync finished');
    return { developerId, startedAt, finishedAt: clock(), isFirst, changes, failures, isAway };
  } catch (error) {
    loader.discard();
    throw error;
  }
}
