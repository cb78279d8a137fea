import type { SyncReport } from '../sync/sync-space.ts';

/** Runs syncs one at a time: the hourly one and those somebody asks for. */
export interface SyncRunner {
  /** Runs a sync, or joins the one under way. */
  run(signal: AbortSignal): Promise<readonly SyncReport[]>;
  /** Starts a sync unless one is under way; does not wait for it. */
  request(): 'started' | 'running';
  /** Aborts a requested sync and waits for it. */
  stop(): Promise<void>;
}

/** `sync` does the work; `onFailed` hears of a requested sync that threw. */
export function createSyncRunner(
  sync: (signal: AbortSignal) => Promise<readonly SyncReport[]>,
  onFailed: (error: unknown) => void,
): SyncRunner {
  const stopping = new AbortController();
  let current: Promise<readonly SyncReport[]> | undefined;

  async function run(signal: AbortSignal): Promise<readonly SyncReport[]> {
    current ??= sync(AbortSignal.any([signal, stopping.signal])).finally(() => {
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
    async stop() {
      stopping.abort();
      await Promise.allSettled([current]);
    },
  };
}
