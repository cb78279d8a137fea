import { DIGESTS } from '../digests/index.ts';
import { type BuildDigest, type BuiltDigest, buildDigest } from '../digests/build-digest.ts';
import type { DigestRequest } from '../digests/digest.ts';
import { type Instant, lastCompleteWeek } from '../domain/day.ts';
import { PulseError } from '../domain/errors.ts';
import type { PreparedKey } from '../store/prepared-digests.ts';
import { troubleOf } from '../store/store-trouble.ts';
import type { Store } from '../store/store.ts';
import { readSubscribedRequest } from './subscribed-request.ts';

function keyOf(digest: string, request: DigestRequest): PreparedKey {
  const { app, chartWeeks, developerId, isAsked, lastSpokeAt, lastToldWeek, space, today, week } = request;
  const asked = JSON.stringify([
    week,
    today,
    lastSpokeAt ?? null,
    lastToldWeek ?? null,
    chartWeeks ?? null,
    space ?? null,
    isAsked ?? false,
  ]);
  return { developerId, digest, appKey: app?.appKey ?? null, asked };
}

/** Builds a digest from the store, in this thread. */
export function buildHere(store: Pick<Store, 'read'>): BuildDigest {
  return async (id, request) => {
    const digest = DIGESTS.find((one) => one.id === id);
    if (!digest) throw new PulseError('DIGEST_UNKNOWN', `There is no digest "${id}".`);
    return buildDigest(digest, store.read, request);
  };
}

/**
 * Gives a digest that was built after the newest sync; builds it otherwise: here in a small store, `elsewhere` in a large
 * one, so that whoever answers meanwhile is not kept waiting. It is built to be shown: its numbers are kept.
 */
export function createDigestBuilder(
  store: Pick<Store, 'read' | 'prepared' | 'numbers'>,
  elsewhere: BuildDigest = buildHere(store),
): BuildDigest {
  const here = buildHere(store);
  const build: BuildDigest = async (id, request) => {
    if (!(await store.prepared.isLarge())) return here(id, request);
    const known = await store.prepared.read(keyOf(id, request));
    return known ?? elsewhere(id, request);
  };
  return async (id, request) => {
    const built = await build(id, request);
    try {
      await store.numbers.keep(built.trace, request.now);
    } catch (error) {
      // Shown all the same: whoever asks for the rows behind it is told that they are not kept.
      if (!troubleOf(error)) throw error;
    }
    return built;
  };
}

/** Builds a digest and keeps it for those who ask for the same before the next sync. */
export async function prepareDigest(
  store: Pick<Store, 'read' | 'prepared'>,
  id: string,
  request: DigestRequest,
): Promise<BuiltDigest> {
  const built = await buildHere(store)(id, request);
  await store.prepared.record(keyOf(id, request), built);
  return built;
}

/**
 * Asks `build`, which is to keep them, for the digests people will most likely want next: of the newest week, for every
 * scope that is subscribed to. Does nothing in a small store.
 */
export async function prepareDigests(
  store: Pick<Store, 'read' | 'prepared' | 'told' | 'subscriptions'>,
  build: BuildDigest,
  developerId: string,
  now: Instant,
): Promise<void> {
  if (!(await store.prepared.isLarge())) return;
  const subscriptions = await store.subscriptions.list();
  const wanted = subscriptions.filter((one) => one.state === 'active' && one.developerId === developerId);
  for (const subscription of wanted) {
    const request = await readSubscribedRequest(store, subscription, lastCompleteWeek(now), now);
    await build(subscription.digest, { ...request, isAsked: true });
  }
}
