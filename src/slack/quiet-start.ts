import type { Clock } from '../domain/clock.ts';
import type { Instant } from '../domain/day.ts';
import type { Outbox } from '../store/outbox.ts';
import type { ReadModel } from '../store/read-model.ts';
import { QUIET_START } from '../store/restore.ts';
import type { Store } from '../store/store.ts';

/** A time after the start in which nothing is posted, and what follows it. */
export interface QuietStart {
  readonly forMs: number;
  /**
   * Has what waits read back before it is posted. For each look at the outbox after the quiet time, before anything is posted,
   * until it answers true: from then on nobody else can have said what is new.
   */
  readonly doubt: () => Promise<boolean>;
}

/** Longer than Heroku lets the old instance live beside the new one: 30 seconds. */
export const QUIET_MS = 40_000;

/** Digests that came due during the first import are built after it, one by one. */
const BUILT_MS = 5 * 60_000;

const OVER = 'over';

/** What decides about a quiet start. */
export interface QuietStartOptions {
  readonly store: Pick<Store, 'meta'> & {
    readonly outbox: Pick<Outbox, 'doubtWaiting'>;
    readonly read: Pick<ReadModel, 'readAsOf'>;
  };
  readonly developerIds: readonly string[];
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

/** Notes that a bot kept quiet with this store: later ones need not. */
export async function endQuietStart(store: Pick<Store, 'meta'>): Promise<void> {
  await store.meta.record(QUIET_START, OVER);
}

/** Says whether the first import is over, and what came due during it had the time to be built. */
function createImportWatch({ clock, developerIds, store }: QuietStartOptions): () => Promise<boolean> {
  let missedAt: Instant | undefined;
  return async () => {
    const readAt = developerIds.map((id) => store.read.readAsOf(id, ['licenses', 'transactions']));
    if ((await Promise.all(readAt)).includes(undefined)) missedAt = clock();
    return missedAt === undefined || clock() - missedAt >= BUILT_MS;
  };
}

/**
 * The time in which this instance posts nothing, because another one may be saying the same and is about to end: after the
 * first start with a store that is new or was restored, and wherever instances overlap. What waits at its end, and what the
 * first import brings later, is read back before it is posted. Undefined when there is no reason to be quiet.
 */
export async function planQuietStart(options: QuietStartOptions): Promise<QuietStart | undefined> {
  const { clock, mayOverlap, quietMs, store } = options;
  if (quietMs === 0) return undefined;
  const startedAt = clock();
  const restMs = await readRestMs(options, startedAt);
  const forMs = mayOverlap ? quietMs : restMs;
  if (forMs === undefined) return undefined;
  const isImported = createImportWatch(options);
  return {
    forMs,
    async doubt() {
      const isOver = await isImported();
      await store.outbox.doubtWaiting(startedAt, clock());
      if (isOver) await endQuietStart(store);
      return isOver;
    },
  };
}
