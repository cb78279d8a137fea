import { createHash } from 'node:crypto';
import type { BuildDigest, BuiltDigest } from '../digests/build-digest.ts';
import type { Clock } from '../domain/clock.ts';
import { type Instant, lastCompleteWeek } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import type { NewSubscription, SubscriptionPlan } from '../domain/subscription-plan.ts';
import { toEntries } from '../store/outbox.ts';
import type { Store } from '../store/store.ts';
import {
  type PutSubscription,
  type Subscription,
  subscriptionId,
  type SubscriptionInput,
} from '../store/subscriptions.ts';
import { cronProblem, parseCron } from './cron.ts';
import { catchUpWindowMs, duesUntil, nextDues } from './due.ts';
import { readSubscribedRequest } from './subscribed-request.ts';

/** What the desk works with. */
export interface SubscriptionDeskDependencies {
  readonly store: Pick<Store, 'outbox' | 'read' | 'subscriptions' | 'told'>;
  readonly buildDigest: BuildDigest;
  /** What comes without anybody's subscribing. */
  readonly defaults: readonly SubscriptionInput[];
  /** When a digest comes unless somebody says otherwise, and by which clocks. */
  readonly cron: string;
  readonly zone: string;
  readonly clock: Clock;
}

const SHOWN_RUNS = 3;
const MOST_MISSED = 99;

/** Short enough for every button and menu, and as lasting as the subscription's own name. */
function refOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 10);
}

/** What people can do about subscriptions from Slack. What is posted goes through the outbox, like everything. */
export function createSubscriptionDesk(deps: SubscriptionDeskDependencies) {
  const { buildDigest, clock, store } = deps;
  const defaults = new Set(deps.defaults.map(subscriptionId));

  function nextRuns(cron: string, zone: string): Instant[] {
    if (cronProblem(cron) !== undefined) return [];
    return nextDues(parseCron(cron), zone, clock(), SHOWN_RUNS).map(({ dueAt }) => dueAt);
  }

  async function readTrouble(channel: string): Promise<SubscriptionPlan['trouble']> {
    const parked = await store.outbox.readParkedChannels();
    const trouble = parked.find((one) => one.channel === channel);
    return trouble && { reason: trouble.reason, fix: trouble.fix };
  }

  async function toPlan(subscription: Subscription): Promise<SubscriptionPlan> {
    const { appKey, channel, createdBy, cron, developerId, digest, id, origin, state, zone } = subscription;
    const apps = await store.read.readApps(developerId);
    const trouble = await readTrouble(channel);
    return {
      ref: refOf(id),
      developerId,
      hasOtherSpaces: (await store.read.readDeveloperIds()).length > 1,
      channel,
      digest,
      app: appKey === null ? null : (apps.find((app) => app.appKey === appKey) ?? { appKey, name: appKey }),
      cron,
      zone,
      state,
      isDefault: origin === 'environment',
      ...(createdBy !== undefined && { createdBy }),
      next: nextRuns(cron, zone),
      ...(trouble && { trouble }),
    };
  }

  async function find(ref: string): Promise<Subscription | undefined> {
    return (await store.subscriptions.list()).find(({ id }) => refOf(id) === ref);
  }

  /** How often it came due while it was paused: none of these is made up for. */
  function missedSince({ changedAt, cron, zone }: Subscription): number {
    let missed = 0;
    for (const { dueAt } of duesUntil(parseCron(cron), zone, clock())) {
      if (dueAt <= changedAt || missed === MOST_MISSED) break;
      missed += 1;
    }
    return missed;
  }

  /** The digest as it would be posted now; undefined before the first sync. */
  async function build(subscription: Subscription): Promise<BuiltDigest | undefined> {
    const { developerId, digest } = subscription;
    if ((await store.read.readAsOf(developerId, ['licenses', 'transactions'])) === undefined)
      return undefined;
    const now = clock();
    return buildDigest(digest, await readSubscribedRequest(store, subscription, lastCompleteWeek(now), now));
  }

  return {
    cron: deps.cron,
    zone: deps.zone,
    nextRuns,
    readTrouble,

    /** Every subscription, in the order of channels and digests. */
    async list(): Promise<SubscriptionPlan[]> {
      return Promise.all((await store.subscriptions.list()).map(toPlan));
    },

    /** Subscribes; `instead` of another subscription, which then ends where it is about something else. */
    async put(
      { app, ...wanted }: NewSubscription,
      by: string,
      instead?: string,
    ): Promise<{ readonly plan: SubscriptionPlan; readonly outcome: PutSubscription['outcome'] }> {
      const input = { ...wanted, appKey: app?.appKey ?? null };
      const before = instead === undefined ? undefined : await find(instead);
      const subscription = await store.subscriptions.put(input, by, clock());
      if (before && before.id !== subscription.id)
        await store.subscriptions.remove(before.id, clock(), defaults.has(before.id));
      return { plan: await toPlan(subscription), outcome: subscription.outcome };
    },

    /** Pauses or resumes. `missed`: how often it came due while it was paused. */
    async setState(
      ref: string,
      state: SubscriptionPlan['state'],
    ): Promise<
      { readonly plan: SubscriptionPlan; readonly isChanged: boolean; readonly missed: number } | undefined
    > {
      const before = await find(ref);
      if (!before) return undefined;
      const isChanged = await store.subscriptions.setState(before.id, state, clock());
      const missed = isChanged && state === 'active' ? missedSince(before) : 0;
      return { plan: await toPlan({ ...before, state }), isChanged, missed };
    },

    /** Ends a subscription; a default is paused. */
    async remove(ref: string): Promise<'removed' | 'paused' | undefined> {
      const before = await find(ref);
      return before && store.subscriptions.remove(before.id, clock(), defaults.has(before.id));
    },

    /** Posts it now, once for each `run`: a second click on the same button finds it known. */
    async post(ref: string, run: string): Promise<'posted' | 'known' | 'not-ready' | undefined> {
      const subscription = await find(ref);
      if (!subscription) return undefined;
      const { channel, cron, id } = subscription;
      const key = `digest/1/${channel}/${id}/now/${run}`;
      if (await store.outbox.readRow(key)) return 'known';
      const built = await build(subscription);
      if (!built) return 'not-ready';
      const now = clock();
      const notAfterAt = now + catchUpWindowMs(parseCron(cron));
      const entries = toEntries({ key, kind: 'digest', channel, notAfterAt }, built.message);
      const telling = {
        messageKey: key,
        subscriptionId: id,
        week: lastCompleteWeek(now),
        knownAt: built.knownAt,
      };
      const { added } = await store.told.tell(entries, telling, now);
      return added > 0 ? 'posted' : 'known';
    },

    /** The message as it would be posted now. */
    async preview(ref: string): Promise<Message | 'not-ready' | undefined> {
      const subscription = await find(ref);
      if (!subscription) return undefined;
      const built = await build(subscription);
      return built ? { text: built.message.text, blocks: built.message.blocks } : 'not-ready';
    },
  };
}
