import type { Day, Instant } from '../domain/day.ts';
import type { Database } from './database.ts';
import { enqueueWithin, type OutboxEntry } from './outbox.ts';

/** What a digest told in a channel. */
export interface Told {
  readonly week: Day;
  /** When the newest sync that it knew was recorded: what came later it did not know, whenever it was posted. */
  readonly knownAt: Instant;
  /** When it was handed over to be posted. */
  readonly toldAt: Instant;
}

/** What a digest is about to tell: which one, where, and by which message. */
export interface Telling extends Omit<Told, 'toldAt'> {
  readonly subscriptionId: string;
  /** The key of its parent message in the outbox. */
  readonly messageKey: string;
}

/** The newest digest of a subscription that Slack took. */
export interface PostedDigest {
  readonly subscriptionId: string;
  readonly week: Day;
  readonly channel: string;
  /** Slack's name of the message in its channel. */
  readonly ts: string;
}

/** Remembers a telling; must run inside the transaction that enqueues its message. Said before means told before. */
export function recordToldWithin(db: Database, telling: Telling, now: Instant): void {
  db.prepare(
    `INSERT INTO told_digests (message_key, subscription_id, week, known_at, told_at)
     VALUES (@messageKey, @subscriptionId, @week, @knownAt, @now) ON CONFLICT DO NOTHING`,
  ).run({ ...telling, now });
}

/** What digests have told, by subscription: one digest in one channel. */
export function createTold(db: Database) {
  const readLast = db.prepare<[string], Told>(
    `SELECT t.week, t.known_at AS knownAt, t.told_at AS toldAt
     FROM told_digests t JOIN outbox o ON o.key = t.message_key
     WHERE t.subscription_id = ? AND o.state IN ('pending', 'sending', 'sent')
     ORDER BY t.week DESC, t.known_at DESC LIMIT 1`,
  );
  const readPosted = db.prepare<[], PostedDigest>(
    `SELECT subscriptionId, week, channel, ts FROM (
       SELECT t.subscription_id AS subscriptionId, t.week, t.told_at, o.channel, o.ts,
         row_number() OVER (PARTITION BY t.subscription_id ORDER BY t.told_at DESC, t.message_key) AS place
       FROM told_digests t JOIN outbox o ON o.key = t.message_key
       WHERE o.state = 'sent' AND o.ts IS NOT NULL)
     WHERE place = 1 ORDER BY subscriptionId`,
  );
  return {
    /** The newest posted digest of each subscription. */
    async readNewestPosted(): Promise<PostedDigest[]> {
      return readPosted.all();
    },

    /**
     * What a subscription told last: of its newest week, the telling that knew most, however it came about (scheduled or
     * asked for). A message that Slack never took told nothing, and an older week told again changes nothing.
     */
    async readLast(subscriptionId: string): Promise<Told | undefined> {
      return readLast.get(subscriptionId);
    },

    /** Enqueues the messages of a digest that somebody asked to be posted, and remembers that it was told. */
    async tell(entries: readonly OutboxEntry[], telling: Telling, now: Instant): Promise<{ added: number }> {
      return db
        .transaction(() => {
          const added = enqueueWithin(db, entries, now);
          recordToldWithin(db, telling, now);
          return { added };
        })
        .immediate();
    },
  };
}

/** What digests have told. */
export type ToldDigests = ReturnType<typeof createTold>;
