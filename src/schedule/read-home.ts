import type { AlertsHere } from '../alerts/alerts-here.ts';
import { dayOf, type Instant } from '../domain/day.ts';
import type { Store } from '../store/store.ts';
import type { Subscription } from '../store/subscriptions.ts';
import { cronProblem, parseCron } from './cron.ts';
import { nextDues } from './due.ts';
import { readStatus } from './read-status.ts';

/** What the Home tab is read from, and what only the running bot knows. */
export interface HomeSources {
  readonly store: Pick<Store, 'alerts' | 'outbox' | 'read' | 'subscriptions' | 'told'>;
  readonly developerIds: readonly string[];
  readonly zone: string;
  readonly digestChannel: string;
  readonly readAlerts: () => Promise<readonly AlertsHere[]>;
  readonly syncFailure?: string | undefined;
  /** The beginning of addresses in the workspace, `https://example.slack.com/`. */
  readonly workspaceUrl?: string | undefined;
}

function nextRun({ cron, state, zone }: Subscription, now: Instant): Instant | undefined {
  if (state === 'paused' || cronProblem(cron) !== undefined) return undefined;
  return nextDues(parseCron(cron), zone, now, 1)[0]?.dueAt;
}

/** The address of a message, as Slack's own "Copy link" gives it. */
function permalink(workspaceUrl: string, channel: string, ts: string): string {
  return `${workspaceUrl.replace(/\/+$/, '')}/archives/${channel}/p${ts.replace('.', '')}`;
}

/** Everything the Home tab tells that the store knows: health, subscriptions, the newest digests, alerts, first steps. */
export async function readHome(sources: HomeSources, now: Instant) {
  const { developerIds, digestChannel, store, workspaceUrl, zone } = sources;
  const [status, all, posted, snoozed, spaces] = await Promise.all([
    readStatus(store, developerIds, zone, now, sources),
    store.subscriptions.list(),
    store.told.readNewestPosted(),
    store.alerts.readSnoozed(now),
    store.read.readDeveloperIds(),
  ]);
  const apps = (await Promise.all(spaces.map((id) => store.read.readApps(id)))).flat();
  const about = ({ appKey, developerId }: Pick<Subscription, 'appKey' | 'developerId'>) => ({
    ...(appKey !== null && { app: apps.find((app) => app.appKey === appKey)?.name ?? appKey }),
    ...(developerIds.length > 1 && { space: developerId }),
  });
  const subscriptions = all.map((one) => {
    const nextAt = nextRun(one, now);
    const { channel, digest, state, zone: own } = one;
    return { digest, channel, state, zone: own, ...about(one), ...(nextAt !== undefined && { nextAt }) };
  });
  const latest = all.flatMap((one) => {
    const newest = posted.find(({ subscriptionId }) => subscriptionId === one.id);
    if (!newest) return [];
    const { channel, ts, week } = newest;
    const link = workspaceUrl === undefined ? undefined : permalink(workspaceUrl, channel, ts);
    return [{ digest: one.digest, channel, week, ...about(one), ...(link && { link }) }];
  });
  const first = Math.min(...subscriptions.flatMap(({ nextAt }) => nextAt ?? []));
  return {
    status,
    subscriptions,
    latest,
    snoozed,
    setUp: {
      isImported: status.spaces.some(({ datasets }) => datasets.some(({ goodAt }) => goodAt !== undefined)),
      digestChannel,
      hasArrived: await store.outbox.hasPosted(digestChannel),
      zone,
      ...(Number.isFinite(first) && { firstDigestAt: first }),
    },
    today: dayOf(now),
    now,
  };
}
