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
  return {
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
