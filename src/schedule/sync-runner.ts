import { PulseError } from '../domain/errors.ts';
import type { SyncReport } from '../sync/sync-space.ts';

/** Runs syncs one at a time: the hourly one and those somebody asks for. */
export interface SyncRunner {
  /** Runs a sync, or joins the one under way. */
  run(signal: AbortSignal): Promise<readonly SyncReport[]>;
  /** Starts a sync unless one is under way; does not wait for it. */
  request(): 'started' | 'running';
  /** Syncs as soon as the API is back, when the last sync ended because it was away. */
  lookOut(signal: AbortSignal): Promise<void>;
  /** Why the newest sync could not be done at all, as a code of docs/operations.md; undefined after one that was. */
  readFailure(): string | undefined;
  /** Aborts a requested sync and waits for it. */
  stop(): Promise<void>;
}

/** What a runner works with. */
export interface SyncRunnerDeps {
  /** Does the work. */
  readonly sync: (signal: AbortSignal) => Promise<readonly SyncReport[]>;
  /** Whether the API answers at all. */
  readonly isApiThere: (signal: AbortSignal) => Promise<boolean>;
  /** Hears of a requested sync that threw. */
  readonly onFailed: (error: unknown) => void;
}

/** Creates a runner. */
export function createSyncRunner({ isApiThere, onFailed, sync }: SyncRunnerDeps): SyncRunner {
  const stopping = new AbortController();
  let current: Promise<readonly SyncReport[]> | undefined;
  let isApiAway = false;
  let failure: string | undefined;

  async function runOnce(signal: AbortSignal): Promise<readonly SyncReport[]> {
    try {
      const reports = await sync(signal);
      isApiAway = reports.some(({ isAway }) => isAway);
      failure = undefined;
      return reports;
    } catch (error) {
      failure = error instanceof PulseError ? error.code : 'UNEXPECTED';
      throw error;
    }
  }

  async function run(signal: AbortSignal): Promise<readonly SyncReport[]> {
    current ??= runOnce(AbortSignal.any([signal, stopping.signal])).finally(() => {
      current = undefined;
    });
    return current;
  }

  return {
    run,
    request() {
      if (current) return 'running';
      run(stopping.signal).catch(onFailed);
      return 'started';
    },
    async lookOut(signal) {
      if (isApiAway && !current && (await isApiThere(signal))) await run(signal);
    },
    readFailure: () => failure,
    async stop() {
      stopping.abort();
      await Promise.allSettled([current]);
    },
  };
}
