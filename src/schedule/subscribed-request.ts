import { sinceTold } from '../digests/build-digest.ts';
import type { DigestRequest } from '../digests/digest.ts';
import { type Day, dayOf, type Instant } from '../domain/day.ts';
import type { Store } from '../store/store.ts';
import type { Subscription } from '../store/subscriptions.ts';

/** What a subscription asks its digest for: a week, and what changed since it last told its channel. */
export async function readSubscribedRequest(
  store: Pick<Store, 'read' | 'told'>,
  { appKey, developerId, id }: Pick<Subscription, 'appKey' | 'developerId' | 'id'>,
  week: Day,
  now: Instant,
): Promise<DigestRequest> {
  const apps = await store.read.readApps(developerId);
  const spaces = await store.read.readDeveloperIds();
  return {
    developerId,
    app: appKey === null ? null : (apps.find((app) => app.appKey === appKey) ?? { appKey, name: appKey }),
    week,
    now,
    today: dayOf(now),
    ...sinceTold(await store.told.readLast(id)),
    ...(spaces.length > 1 && { space: developerId }),
  };
}
