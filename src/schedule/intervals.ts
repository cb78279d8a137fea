import type { Clock } from '../domain/clock.ts';
import type { Instant } from '../domain/day.ts';
import { reasonOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';

/** Something that happens every so often and never twice at once, such as a sync. */
export interface IntervalJob {
  readonly id: string;
  /** From start to start. A run that takes longer is followed by one run, not by all it delayed. */
  readonly everyMs: number;
  /** The same after a run that achieved nothing, where that is sooner. */
  readonly retryMs?: number;
  /** The signal fires when the process stops. `false`, or an error: it achieved nothing. */
  readonly run: (signal: AbortSignal) => Promise<boolean | void>;
}

/** What intervals work with. `onFinished` hears of every run that ended, failed ones too. */
export interface IntervalDeps {
  readonly jobs: readonly IntervalJob[];
  readonly clock: Clock;
  readonly log: Log;
  readonly onFinished: () => Promise<void>;
}

/** Starts interval jobs when they are due; the first time at once. */
export function createIntervals({ jobs, clock, log, onFinished }: IntervalDeps) {
  const startedAt = new Map<string, Instant>();
  const running = new Map<string, Promise<void>>();
  const failed = new Set<string>();
  const stopping = new AbortController();

  async function run(job: IntervalJob): Promise<void> {
    failed.add(job.id);
    try {
      if ((await job.run(stopping.signal)) !== false) failed.delete(job.id);
    } catch (error) {
      if (!stopping.signal.aborted)
        log.error({ job: job.id, error: reasonOf(error) }, 'an interval job failed');
    } finally {
      running.delete(job.id);
    }
    if (!stopping.signal.aborted) await onFinished();
  }

  return {
    /** Starts what is due and not running. */
    runDue(): void {
      if (stopping.signal.aborted) return;
      const now = clock();
      for (const job of jobs) {
        const last = startedAt.get(job.id);
        // A start in the future was noted before the clock was set back.
        const { everyMs, retryMs = everyMs } = job;
        const afterMs = failed.has(job.id) ? Math.min(everyMs, retryMs) : everyMs;
        const isDue = last === undefined || now < last || now - last >= afterMs;
        if (!isDue || running.has(job.id)) continue;
        startedAt.set(job.id, now);
        // Deferred, so that a run which ends at once ends after it was noted as running.
        running.set(
          job.id,
          Promise.resolve().then(() => run(job)),
        );
      }
    },

    /** Aborts what is running and waits for it. */
    async stop(): Promise<void> {
      stopping.abort();
      await Promise.allSettled(running.values());
    },
  };
}
