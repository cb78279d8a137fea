import type { Clock } from '../domain/clock.ts';
import type { Instant } from '../domain/day.ts';
import { reasonOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { OutboxEntry } from '../store/outbox.ts';
import type { Slots } from '../store/slots.ts';
import type { Telling } from '../store/told.ts';
import { parseCron } from './cron.ts';
import { type DuePeriod, duesUntil } from './due.ts';
import { createIntervals, type IntervalJob } from './intervals.ts';
import { startTicker } from './ticker.ts';

/** What a run of a period wants said. */
export interface JobResult {
  readonly entries: readonly OutboxEntry[];
  /** One sentence for `status`. */
  readonly note?: string;
  /** What the messages tell, when they are a digest. */
  readonly telling?: Telling;
}

/** Something that happens once per period of a schedule. */
export interface Job {
  /** The schedule's name: with the period it is the key under which it runs once. */
  readonly id: string;
  /** Five fields. */
  readonly cron: string;
  readonly zone: string;
  /** How late a period may still run. */
  readonly windowMs: number;
  /** When it changes, the schedule counts as new; default cron and zone. */
  readonly specHash?: string;
  /**
   * Builds the messages of a period from the period's bounds, not from the time of the run. Enqueues nothing itself.
   * `missed`: the periods since the last run that never ran, newest first.
   */
  readonly run: (due: DuePeriod, missed: readonly DuePeriod[]) => Promise<JobResult>;
}

/** What the scheduler works with. */
export interface SchedulerDeps {
  /** Asked at every tick, so that a subscription made a minute ago counts. */
  readonly jobs: () => Promise<readonly Job[]>;
  readonly intervals?: readonly IntervalJob[];
  readonly slots: Slots;
  readonly clock: Clock;
  readonly log: Log;
}

const MOST_MISSED = 60;
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 15 * 60_000;

/**
 * Runs every period of every schedule once: the newest period that is due and unseen runs if it is inside its window,
 * older ones are recorded as missed. The row of the period and its messages are one transaction, so a crash, a clock
 * set back, a second process or a repeated tick cannot run it twice.
 */
export function createScheduler({ jobs, intervals = [], slots, clock, log }: SchedulerDeps) {
  const failures = new Map<string, { count: number; retryAt: Instant }>();
  const timers = createIntervals({ jobs: intervals, clock, log, onFinished: tick });
  let isTicking = false;
  let stopTicking: (() => void) | undefined;
  let current: Promise<void> = Promise.resolve();

  /** The periods that are due and were never recorded, newest first. */
  async function readUnseen(job: Job, knownSinceAt: Instant, now: Instant): Promise<DuePeriod[]> {
    const unseen: DuePeriod[] = [];
    for (const due of duesUntil(parseCron(job.cron), job.zone, now)) {
      if (due.dueAt < knownSinceAt || unseen.length > MOST_MISSED) break;
      if (await slots.read(job.id, due.period)) break;
      unseen.push(due);
    }
    return unseen;
  }

  async function runJob(job: Job, now: Instant): Promise<void> {
    const knownSinceAt = await slots.know(job.id, job.specHash ?? `${job.cron} ${job.zone}`, now);
    const [latest, ...older] = await readUnseen(job, knownSinceAt, now);
    if (!latest) return;
    const lateMs = now - latest.dueAt;
    if (lateMs > job.windowMs) {
      const missed = await slots.recordMissed(job.id, [latest, ...older], now);
      log.warn({ schedule: job.id, period: latest.period, missed }, 'a period came due too long ago to run');
      return;
    }
    const { entries, note, telling } = await job.run(latest, [...older, ...(await slots.readMissed(job.id))]);
    const extra = { ...(note !== undefined && { note }), ...(telling && { telling }), missed: older };
    const isOurs = await slots.claim(job.id, latest.period, latest.dueAt, entries, clock(), extra);
    const facts = { schedule: job.id, period: latest.period, lateMs, missed: older.length };
    if (isOurs) log.info({ ...facts, messages: entries.length }, 'ran a period');
    else log.info(facts, 'another process ran this period first');
  }

  async function tryJob(job: Job, now: Instant): Promise<void> {
    const failure = failures.get(job.id);
    // A retry further away than the longest pause was noted before the clock was set back.
    if (failure && now < failure.retryAt && failure.retryAt - now <= LONGEST_RETRY_MS) return;
    try {
      await runJob(job, now);
      failures.delete(job.id);
    } catch (error) {
      const count = (failure?.count ?? 0) + 1;
      const pauseMs = Math.min(FIRST_RETRY_MS * 2 ** (count - 1), LONGEST_RETRY_MS);
      failures.set(job.id, { count, retryAt: now + pauseMs });
      log.error({ schedule: job.id, error: reasonOf(error), failures: count }, 'a scheduled run failed');
    }
  }

  async function runTick(): Promise<void> {
    try {
      timers.runDue();
      for (const job of await jobs()) await tryJob(job, clock());
    } catch (error) {
      log.error({ error: reasonOf(error) }, 'the schedules could not be read');
    }
  }

  /** Looks what is due and runs it. A call during a running tick joins it. Never rejects. */
  async function tick(): Promise<void> {
    if (!isTicking) {
      isTicking = true;
      current = runTick().finally(() => {
        isTicking = false;
      });
    }
    await current;
  }

  return {
    /** Ticks at once and then every half minute. */
    async start(): Promise<void> {
      stopTicking = startTicker(() => void tick());
      await tick();
    },

    tick,

    /** Stops ticking, aborts the interval jobs and waits for what is running. */
    async stop(): Promise<void> {
      stopTicking?.();
      await Promise.all([timers.stop(), current]);
    },
  };
}
