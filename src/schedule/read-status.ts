import type { AlertsHere } from '../alerts/alerts-here.ts';
import type { Instant } from '../domain/day.ts';
import type { Store } from '../store/store.ts';
import type { Freshness } from '../store/sync-runs.ts';
import { DATA_SETS } from '../sync/data-sets/index.ts';
import { nextPullAt } from '../sync/plan-pull.ts';
import { parseCron } from './cron.ts';
import { nextDues } from './due.ts';

function withNextPull(freshness: Freshness) {
  const dataSet = DATA_SETS.find(({ name }) => name === freshness.dataset);
  const nextAt = dataSet && nextPullAt(dataSet.rhythm, freshness);
  return { ...freshness, ...(nextAt !== undefined && { nextAt }) };
}

/** What the store does not know: who is alerted on what, and why the bot's newest sync came to nothing. */
interface AlsoKnown {
  readonly readAlerts?: () => Promise<readonly AlertsHere[]>;
  readonly syncFailure?: string | undefined;
}

/** The state of data, delivery and schedules. */
export async function readStatus(
  store: Pick<Store, 'outbox' | 'read' | 'subscriptions'>,
  developerIds: readonly string[],
  timeZone: string,
  now: Instant,
  { readAlerts = async () => [], syncFailure }: AlsoKnown = {},
) {
  const counts = await store.outbox.readCounts();
  const subscriptions = (await store.subscriptions.list()).filter(({ state }) => state === 'active');
  const nextRuns = subscriptions.flatMap(({ channel, cron, digest, zone }) =>
    nextDues(parseCron(cron), zone, now, 1).map(({ dueAt }) => ({ name: digest, channel, at: dueAt })),
  );
  const spaces = developerIds.length > 0 ? developerIds : await store.read.readDeveloperIds();
  return {
    spaces: await Promise.all(
      spaces.map(async (developerId) => ({
        developerId,
        datasets: (await store.read.readFreshness(developerId)).map(withNextPull),
      })),
    ),
    waiting: counts.pending + counts.sending + counts.parked,
    refused: counts.refused,
    parked: await store.outbox.readParkedChannels(),
    nextRuns: nextRuns.toSorted((a, b) => a.at - b.at),
    alerts: await readAlerts(),
    timeZone,
    ...(syncFailure !== undefined && { syncFailure }),
  };
}
