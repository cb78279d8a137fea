import type { Clock } from '../domain/clock.ts';
import type { Instant } from '../domain/day.ts';
import { QUIET_START } from '../store/restore.ts';
import type { Store } from '../store/store.ts';

/** A time after the start in which nothing is posted. */
export interface QuietStart {
  readonly forMs: number;
  /** What is to be done when it is over, before anything is posted; tried again until it succeeds. */
  readonly end: () => Promise<void>;
}

/** Longer than Heroku lets the old instance live beside the new one: 30 seconds. */
export const QUIET_MS = 40_000;

const OVER = 'over';

/** What decides about a quiet start. */
export interface QuietStartOptions {
  readonly store: Pick<Store, 'meta' | 'outbox'>;
  /** The instance before this one may be up, whatever the store says. */
  readonly mayOverlap: boolean;
  readonly quietMs: number;
  readonly clock: Clock;
}

/** How long the first bot of a store is still to keep quiet; undefined when it did. A restart goes on with the same time. */
async function readRestMs({ quietMs, store }: QuietStartOptions, now: Instant): Promise<number | undefined> {
  const known = await store.meta.read(QUIET_START);
  if (known === OVER) return undefined;
  if (known === undefined) await store.meta.record(QUIET_START, String(now));
  const restMs = Number(known ?? now) + quietMs - now;
  // Negative where the bot was down since; longer than the whole where the clock was set back.
  return Math.min(Math.max(restMs, 0), quietMs);
}

/** Has what waits read back before it is posted, and notes that a bot kept quiet with this store: later ones need not. */
export async function endQuietStart({
  clock,
  store,
}: Pick<QuietStartOptions, 'clock' | 'store'>): Promise<void> {
  await store.outbox.doubtWaiting(clock());
  await store.meta.record(QUIET_START, OVER);
}

/**
 * The time in which this instance posts nothing, because another one may be saying the same and is about to end: after the
 * first start with a store that is new or was restored, and wherever instances overlap. What waits at its end is read back
 * before it is posted. Undefined when there is no reason to be quiet.
 */
export async function planQuietStart(options: QuietStartOptions): Promise<QuietStart | undefined> {
  const { clock, mayOverlap, quietMs } = options;
  if (quietMs === 0) return undefined;
  const restMs = await readRestMs(options, clock());
  const forMs = mayOverlap ? quietMs : restMs;
  if (forMs === undefined) return undefined;
  return { forMs, end: () => endQuietStart(options) };
}
