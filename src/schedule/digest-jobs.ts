import { type BuildDigest, sayLate, sayMissed } from '../digests/build-digest.ts';
import { DIGESTS } from '../digests/index.ts';
import type { Clock } from '../domain/clock.ts';
import { lastCompleteWeek } from '../domain/day.ts';
import { PulseError } from '../domain/errors.ts';
import { toEntries } from '../store/outbox.ts';
import type { Store } from '../store/store.ts';
import type { Subscription } from '../store/subscriptions.ts';
import { catchUpWindowMs, type DuePeriod } from './due.ts';
import { cronProblem, parseCron } from './cron.ts';
import type { Job, JobResult } from './scheduler.ts';
import { readSubscribedRequest } from './subscribed-request.ts';

/** What building scheduled digests needs. */
export interface DigestJobsDependencies {
  readonly store: Pick<Store, 'read' | 'told' | 'subscriptions'>;
  readonly buildDigest: BuildDigest;
  readonly clock: Clock;
}

/**
 * The messages of one subscription for one period: the newest week that was complete when the period was due, told
 * from the store as it is now. Throws DIGEST_NOT_READY before the first sync, so that the run is tried again.
 */
async function buildPeriod(
  { buildDigest, clock, store }: DigestJobsDependencies,
  subscription: Subscription,
  { due, missed, windowMs }: { due: DuePeriod; missed: readonly DuePeriod[]; windowMs: number },
): Promise<JobResult> {
  const { channel, developerId, id, zone } = subscription;
  if ((await store.read.readAsOf(developerId, ['licenses', 'transactions'])) === undefined) {
    throw new PulseError('DIGEST_NOT_READY', 'The first sync has not finished.');
  }
  const week = lastCompleteWeek(due.dueAt);
  const now = clock();
  const request = await readSubscribedRequest(store, subscription, week, now);
  const { knownAt, message } = await buildDigest(subscription.digest, request);
  const key = `digest/1/${channel}/${id}/${due.period}`;
  const said = sayMissed(sayLate(message, { dueAt: due.dueAt, now, zone }), { missed, zone });
  const entries = toEntries({ key, kind: 'digest', channel, notAfterAt: due.dueAt + windowMs }, said);
  return { entries, telling: { messageKey: key, subscriptionId: id, week, knownAt } };
}

/** The jobs of all active subscriptions, read anew at every tick. */
export function createDigestJobs(dependencies: DigestJobsDependencies): () => Promise<Job[]> {
  const order = new Map(DIGESTS.map(({ id }, index) => [id, index]));
  return async () => {
    const subscriptions = await dependencies.store.subscriptions.list();
    return (
      subscriptions
        // A cron that cannot be read stops its own subscription, not the others.
        .filter(({ cron, state }) => state === 'active' && cronProblem(cron) === undefined)
        .toSorted((a, b) => (order.get(a.digest) ?? 99) - (order.get(b.digest) ?? 99))
        .map((subscription): Job => {
          const { cron, id, zone } = subscription;
          const windowMs = catchUpWindowMs(parseCron(cron));
          return {
            id,
            cron,
            zone,
            windowMs,
            run: (due, missed) => buildPeriod(dependencies, subscription, { due, missed, windowMs }),
          };
        })
    );
  };
}
