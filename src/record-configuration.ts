import type { StartConfig } from './config/read-config.ts';
import { DIGESTS } from './digests/index.ts';
import type { Instant } from './domain/day.ts';
import type { Store } from './store/store.ts';
import type { SubscriptionInput } from './store/subscriptions.ts';

/** The subscriptions that come without anybody's subscribing: the default digests of each developer space. */
export function defaultSubscriptions({
  channels,
  digestSchedule,
  marketplace,
  timeZone,
}: StartConfig): SubscriptionInput[] {
  return marketplace.developerIds.flatMap((developerId) =>
    DIGESTS.filter(({ isDefault }) => isDefault).map(({ id }) => ({
      developerId,
      channel: channels.digest,
      digest: id,
      appKey: null,
      cron: digestSchedule,
      zone: timeZone,
    })),
  );
}

/** Writes what the configuration says into the store, where everything else reads it. */
export async function recordConfiguration(store: Store, config: StartConfig, now: Instant): Promise<void> {
  await store.subscriptions.putEnvironment(defaultSubscriptions(config), now);
  await store.alerts.putEnvironment(config.alerts, now);
  // `pulse sync` may run beside the bot with less configuration: it enqueues where the bot posts.
  await store.meta.record('channels', JSON.stringify(config.channels));
  await store.syncRuns.recordAbandoned(now);
}
