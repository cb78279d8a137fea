import type { Instant } from '../domain/day.ts';
import type { Database } from './database.ts';

/** Which digest goes where and when. One per developer space, channel, digest and app. */
export interface SubscriptionInput {
  readonly developerId: string;
  readonly channel: string;
  readonly digest: string;
  /** `null`: all apps together. */
  readonly appKey: string | null;
  /** Five fields; checked before it comes here. */
  readonly cron: string;
  /** IANA zone. */
  readonly zone: string;
}

/** A subscription as it is kept. */
export interface Subscription extends SubscriptionInput {
  /** Derived from what it is about, so that it names the same schedule after a restart or on another host. */
  readonly id: string;
  readonly state: 'active' | 'paused';
  /** `environment`: from the configuration; `slack`: somebody typed `subscribe`. */
  readonly origin: 'environment' | 'slack';
  /** The user id of who subscribed. */
  readonly createdBy?: string;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

/** A subscription as it is after somebody subscribed; `same`: it was there already, and active. */
export interface PutSubscription extends Subscription {
  readonly outcome: 'new' | 'changed' | 'resumed' | 'same';
}

/** The name of a subscription: it is the schedule's id and stands in the keys of its digests. */
export function subscriptionId({
  digest,
  channel,
  appKey,
  developerId,
}: Omit<SubscriptionInput, 'cron' | 'zone'>) {
  return [digest, channel, appKey ?? '*', developerId].map((part) => encodeURIComponent(part)).join(':');
}

interface Row extends Omit<Subscription, 'createdBy'> {
  readonly createdBy: string | null;
}

function toSubscription({ createdBy, ...subscription }: Row): Subscription {
  return { ...subscription, ...(createdBy !== null && { createdBy }) };
}

const FIELDS = `id, developer_id AS developerId, channel, digest, app_key AS appKey, cron, zone, state, origin,
  created_by AS createdBy, created_at AS createdAt, changed_at AS changedAt`;

/** Who gets which digest, where and when. */
export function createSubscriptions(db: Database) {
  const readAll = db.prepare<[], Row>(`SELECT ${FIELDS} FROM subscriptions ORDER BY channel, digest, id`);
  const readOne = db.prepare<[string], Row>(`SELECT ${FIELDS} FROM subscriptions WHERE id = ?`);
  const put = db.prepare(
    `INSERT INTO subscriptions (id, developer_id, channel, digest, app_key, cron, zone, state, origin, created_by, created_at, changed_at)
     VALUES (@id, @developerId, @channel, @digest, @appKey, @cron, @zone, 'active', 'slack', @createdBy, @now, @now)
     ON CONFLICT (id) DO UPDATE SET cron = excluded.cron, zone = excluded.zone, state = 'active', origin = 'slack',
       created_by = excluded.created_by, changed_at = excluded.changed_at`,
  );
  const putFromEnvironment = db.prepare(
    `INSERT INTO subscriptions (id, developer_id, channel, digest, app_key, cron, zone, state, origin, created_by, created_at, changed_at)
     VALUES (@id, @developerId, @channel, @digest, @appKey, @cron, @zone, 'active', 'environment', NULL, @now, @now)
     ON CONFLICT (id) DO UPDATE SET cron = excluded.cron, zone = excluded.zone, changed_at = excluded.changed_at
       WHERE origin = 'environment' AND (cron <> excluded.cron OR zone <> excluded.zone)`,
  );
  const setState = db.prepare(
    'UPDATE subscriptions SET state = @state, changed_at = @now WHERE id = @id AND state <> @state',
  );
  const removeOne = db.prepare('DELETE FROM subscriptions WHERE id = ?');
  const makeDefault = db.prepare(
    "UPDATE subscriptions SET state = 'paused', origin = 'environment', created_by = NULL, changed_at = ? WHERE id = ?",
  );
  const startAnew = db.prepare('UPDATE schedules SET known_since_at = ? WHERE id = ?');

  return {
    async list(channel?: string): Promise<Subscription[]> {
      const rows = readAll.all();
      return (channel === undefined ? rows : rows.filter((row) => row.channel === channel)).map(
        toSubscription,
      );
    },

    async read(id: string): Promise<Subscription | undefined> {
      const row = readOne.get(id);
      return row && toSubscription(row);
    },

    /**
     * Subscribes from Slack, or changes the subscription that exists; it then belongs to Slack, and is active. What came
     * due while it was paused, or before it was there, is not made up for.
     */
    async put(input: SubscriptionInput, createdBy: string, now: Instant): Promise<PutSubscription> {
      return db
        .transaction((): PutSubscription => {
          const id = subscriptionId(input);
          const before = readOne.get(id);
          const isEqual = before?.cron === input.cron && before.zone === input.zone;
          if (before && isEqual && before.state === 'active')
            return { ...toSubscription(before), outcome: 'same' };
          put.run({ ...input, id, createdBy, now });
          if (before?.state !== 'active') startAnew.run(now, id);
          const outcome = before === undefined ? 'new' : isEqual ? 'resumed' : 'changed';
          return { ...toSubscription(readOne.get(id) as Row), outcome };
        })
        .immediate();
    },

    /**
     * Pauses or resumes; what came due while it was paused is not made up for. False when there is no such
     * subscription, or it is in that state already.
     */
    async setState(id: string, state: 'active' | 'paused', now: Instant): Promise<boolean> {
      return db
        .transaction(() => {
          const isChanged = setState.run({ state, now, id }).changes === 1;
          if (isChanged && state === 'active') startAnew.run(now, id);
          return isChanged;
        })
        .immediate();
    },

    /**
     * Ends a subscription. One that is a default of the configuration, changed in Slack or not, is paused instead: the
     * next start would bring it back. Undefined when there is no such subscription.
     */
    async remove(id: string, now: Instant, isDefault = false): Promise<'removed' | 'paused' | undefined> {
      return db
        .transaction(() => {
          const row = readOne.get(id);
          if (!row) return undefined;
          if (row.origin === 'slack' && !isDefault) {
            removeOne.run(id);
            return 'removed';
          }
          makeDefault.run(now, id);
          return 'paused';
        })
        .immediate();
    },

    /**
     * Makes the configuration's subscriptions equal to the list. Those made or changed in Slack stay as they are,
     * and one paused in Slack stays paused.
     */
    async putEnvironment(inputs: readonly SubscriptionInput[], now: Instant): Promise<void> {
      db.transaction(() => {
        const wanted = new Set(inputs.map(subscriptionId));
        for (const row of readAll.all()) {
          if (row.origin === 'environment' && !wanted.has(row.id)) removeOne.run(row.id);
        }
        for (const input of inputs) putFromEnvironment.run({ ...input, id: subscriptionId(input), now });
      }).immediate();
    },
  };
}

/** Who gets which digest, where and when. */
export type Subscriptions = ReturnType<typeof createSubscriptions>;
