import { announceCircumstances, type Circumstances } from '../alerts/operator-news.ts';
import type { Clock } from '../domain/clock.ts';
import type { Day } from '../domain/day.ts';
import { readDisk } from '../store/disk.ts';
import type { Store } from '../store/store.ts';

/** What is watched, and who is told. */
export interface WatchDependencies {
  readonly store: Pick<Store, 'outbox' | 'read'>;
  readonly databasePath: string;
  readonly developerIds: readonly string[];
  readonly tokenExpires: Day | undefined;
  /** This machine's clock minus Slack's, in ms. */
  readonly clockOffsetMs: () => number | undefined;
  /** Looks for another instance that posts as this bot. */
  readonly lookForTwin: () => Promise<Circumstances['twin']>;
  readonly opsChannel: string;
  readonly clock: Clock;
}

/** Looks whether anything needs the operator, and enqueues what does: once per cause and day. */
export async function watch(deps: WatchDependencies): Promise<void> {
  const { clock, databasePath, developerIds, opsChannel, store, tokenExpires } = deps;
  const [disk, clockOffsetMs] = [readDisk(databasePath), deps.clockOffsetMs()];
  const twin = await deps.lookForTwin();
  const found: Circumstances = {
    spaces: await Promise.all(
      developerIds.map(async (developerId) => ({
        developerId,
        goodAt: await store.read.readAsOf(developerId, ['licenses', 'transactions']),
      })),
    ),
    ...(tokenExpires !== undefined && { tokenExpires }),
    ...(disk && { disk }),
    ...(clockOffsetMs !== undefined && { clockOffsetMs }),
    ...(twin && { twin }),
  };
  const now = clock();
  await store.outbox.enqueue(announceCircumstances(found, opsChannel, now), now);
}
