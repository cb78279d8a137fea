import type { Instant } from '../domain/day.ts';
import { RESTORED } from '../store/restore.ts';
import type { Store } from '../store/store.ts';

/** Without licences and transactions for longer, the bot was away. A daily sync may be two hours late. */
const AWAY_AFTER_MS = 26 * 3_600_000;

/**
 * Since when the bot was away, for a developer space: the data is old, because nothing was read for a day or because the store
 * is a restored backup. What a sync then finds is history. Undefined when it was not away, and before the first sync, which is
 * silent anyway.
 */
export async function readAwaySince(
  store: Pick<Store, 'meta' | 'read'>,
  developerId: string,
  now: Instant,
): Promise<Instant | undefined> {
  const goodAt = await store.read.readAsOf(developerId, ['licenses', 'transactions']);
  if (goodAt === undefined) return undefined;
  const isRestored = Number((await store.meta.read(RESTORED)) ?? 0) > goodAt;
  return isRestored || now - goodAt > AWAY_AFTER_MS ? goodAt : undefined;
}
