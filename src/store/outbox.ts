import type { Instant } from '../domain/day.ts';
import type { Message, ThreadedMessage } from '../domain/message.ts';
import type { Database } from './database.ts';
import { deliveryId } from './delivery-id.ts';
import { createOutboxSteps, OPEN } from './outbox-steps.ts';

/** What a message is: it decides how long it stays worth posting and how `status` counts it. */
export type OutboxKind = 'digest' | 'alert' | 'ops' | 'reply';

/** One message to be posted once. */
export interface OutboxEntry {
  /**
   * The business key, equal on every host and for every retry, without clock, amount or chance in it:
   * `alert/1/<channel>/<rule>/<transaction id>:<line id>`, `digest/1/<channel>/<schedule>/<period>`,
   * `ops/1/<code>/<utc date>`, `share/1/<channel>/<what was clicked>`, `<parent key>/thread/<n>` for replies, and `<parent key>/edit/<n>` for edits.
   */
  readonly key: string;
  readonly kind: OutboxKind;
  /** Channel id; names are never resolved. */
  readonly channel: string;
  readonly message: Message;
  /** The key of the message this one replies to or edits. It must be in the outbox already, in the same channel. */
  readonly parentKey?: string;
  /**
   * `edit`: the message replaces what its parent says now; while that is not posted, or an earlier edit waits, it takes
   * their place instead. `broadcast`: a reply that is shown in the channel as well.
   */
  readonly act?: 'edit' | 'broadcast';
  /** After this instant it is not worth posting any more; default seven days after it is enqueued. */
  readonly notAfterAt?: Instant;
  /** Recorded as said without ever being posted: first imports, and alerts collapsed into one message. */
  readonly silent?: boolean;
}

/** Where a message stands. The last four are final; `refused`: Slack took neither its blocks nor its plain text. */
export type OutboxState = 'pending' | 'sending' | 'parked' | 'sent' | 'expired' | 'refused' | 'baseline';

/** The outbox in numbers, for `status` and `/healthz`. */
export type OutboxCounts = Readonly<Record<OutboxState, number>> & {
  /** Sendings that were repeated without being able to look whether the first one arrived. */
  readonly possibleDuplicates: number;
  /** When the oldest message still to be posted was enqueued. */
  readonly oldestOpenAt?: Instant;
};

/** A channel that refuses the bot, and what a person can do about it. */
export interface ParkedChannel {
  readonly channel: string;
  readonly code: string;
  readonly reason: string;
  readonly fix: string;
  readonly sinceAt: Instant;
  readonly nextProbeAt: Instant;
  /** Messages waiting for it. */
  readonly waiting: number;
}

/** One row as `status` shows it. */
export interface OutboxRow {
  readonly key: string;
  readonly kind: OutboxKind;
  readonly channel: string;
  readonly state: OutboxState;
  readonly attempts: number;
  readonly ts?: string;
  readonly reason?: string;
  readonly settledAt?: Instant;
}

const KEPT_TRYING_MS = 7 * 86_400_000;

/** The entries of a message and its thread: the parent first, then `<key>/thread/1` and so on. */
export function toEntries(head: Omit<OutboxEntry, 'message'>, message: ThreadedMessage): OutboxEntry[] {
  const { text, blocks, thread } = message;
  const replies = thread.map(
    (reply, index): OutboxEntry => ({
      key: `${head.key}/thread/${index + 1}`,
      kind: 'reply',
      channel: head.channel,
      message: reply,
      parentKey: head.key,
      ...(head.silent && { silent: true }),
    }),
  );
  return [{ ...head, message: { text, blocks } }, ...replies];
}

/**
 * Enqueues inside the caller's transaction, so that a fact and its announcement commit together. Returns how many
 * keys were new; known keys are left as they are, whatever their state. Throws when a parent is unknown.
 */
export function enqueueWithin(db: Database, entries: readonly OutboxEntry[], now: Instant): number {
  const rewrite = db.prepare(
    `UPDATE outbox SET body = @body, degraded = 0 WHERE state IN ('pending', 'parked') AND (
       (key = @parentKey AND attempts = 0) OR (parent_key = @parentKey AND act = 'edit'))`,
  );
  const insert = db.prepare(
    `INSERT INTO outbox (key, uuid, kind, channel, parent_key, act, body, state, enqueued_at, next_at, not_after_at, settled_at)
     VALUES (@key, @uuid, @kind, @channel, @parentKey, @act, @body,
       CASE WHEN @silent THEN 'baseline' WHEN EXISTS (SELECT 1 FROM parked_channels WHERE channel = @channel)
       THEN 'parked' ELSE 'pending' END,
       @now, @now, @notAfterAt, CASE WHEN @silent THEN @now END)
     ON CONFLICT (key) DO NOTHING`,
  );
  let added = 0;
  for (const { act, key, kind, channel, message, parentKey, notAfterAt, silent } of entries) {
    const body = JSON.stringify({ text: message.text, blocks: message.blocks });
    if (act === 'edit' && rewrite.run({ body, parentKey }).changes > 0) continue;
    added += insert.run({
      key,
      kind,
      channel,
      now,
      uuid: deliveryId(key),
      parentKey: parentKey ?? null,
      act: act ?? 'post',
      body: silent ? null : body,
      silent: silent ? 1 : 0,
      notAfterAt: notAfterAt ?? now + KEPT_TRYING_MS,
    }).changes;
  }
  return added;
}

interface StoredRow {
  readonly key: string;
  readonly kind: OutboxKind;
  readonly channel: string;
  readonly state: OutboxState;
  readonly attempts: number;
  readonly ts: string | null;
  readonly last_error: string | null;
  readonly settled_at: Instant | null;
}

function toRow(row: StoredRow): OutboxRow {
  const { key, kind, channel, state, attempts } = row;
  return {
    key,
    kind,
    channel,
    state,
    attempts,
    ...(row.ts !== null && { ts: row.ts }),
    ...(row.last_error !== null && { reason: row.last_error }),
    ...(row.settled_at !== null && { settledAt: row.settled_at }),
  };
}

const ROW = 'key, kind, channel, state, attempts, ts, last_error, settled_at';

/** The messages to be posted and what became of them. The steps of posting are in `outbox-steps.ts`. */
export function createOutbox(db: Database) {
  const readRow = db.prepare<[string], StoredRow>(`SELECT ${ROW} FROM outbox WHERE key = ?`);
  const readTroubles = db.prepare<[Instant, number], StoredRow>(
    `SELECT ${ROW} FROM outbox WHERE state IN ('expired', 'refused') AND settled_at >= ? ORDER BY settled_at DESC, id DESC LIMIT ?`,
  );
  const countStates = db.prepare<[], { state: OutboxState; rows: number }>(
    'SELECT state, count(*) AS rows FROM outbox GROUP BY state',
  );
  const countOpen = db.prepare<[], { oldest: Instant | null }>(
    `SELECT min(enqueued_at) AS oldest FROM outbox WHERE ${OPEN}`,
  );
  const countDoubts = db.prepare<[], number>('SELECT total(possible_duplicates) FROM outbox').pluck();
  const readParked = db.prepare<[], ParkedChannel>(
    `SELECT channel, code, reason, fix, since_at AS sinceAt, next_probe_at AS nextProbeAt,
       (SELECT count(*) FROM outbox WHERE outbox.channel = parked_channels.channel AND ${OPEN}) AS waiting
     FROM parked_channels ORDER BY since_at, channel`,
  );
  const readPosted = db
    .prepare<[Instant, number], string>(
      `SELECT channel FROM outbox WHERE state = 'sent' AND settled_at > ?
       GROUP BY channel ORDER BY max(settled_at) DESC, channel LIMIT ?`,
    )
    .pluck();
  const readOneSent = db.prepare<[string], unknown>(
    "SELECT 1 FROM outbox WHERE channel = ? AND state = 'sent' LIMIT 1",
  );
  const requeue = db.prepare(
    `UPDATE outbox SET state = 'pending', degraded = 0, next_at = @now, not_after_at = @now + ${KEPT_TRYING_MS},
       settled_at = NULL WHERE key = @key AND state IN ('expired', 'refused') AND body IS NOT NULL`,
  );
  const release = db.prepare(
    "UPDATE outbox SET state = 'pending', next_at = ? WHERE channel = ? AND state = 'parked'",
  );
  const forgetParked = db.prepare('DELETE FROM parked_channels WHERE channel = ?');
  const dropBodies = db.prepare(
    `UPDATE outbox SET body = NULL
     WHERE state IN ('sent', 'expired', 'refused', 'baseline') AND settled_at < ? AND body IS NOT NULL`,
  );

  return {
    ...createOutboxSteps(db),

    /** Enqueues in a transaction of its own. Returns how many keys were new and how many were known already. */
    async enqueue(entries: readonly OutboxEntry[], now: Instant): Promise<{ added: number; known: number }> {
      const added = db.transaction(() => enqueueWithin(db, entries, now)).immediate();
      return { added, known: entries.length - added };
    },

    async readRow(key: string): Promise<OutboxRow | undefined> {
      const row = readRow.get(key);
      return row && toRow(row);
    },

    /** What was given up since an instant: expired and refused messages, newest first. */
    async readTroubles(since: Instant, limit = 50): Promise<OutboxRow[]> {
      return readTroubles.all(since, limit).map(toRow);
    },

    async readCounts(): Promise<OutboxCounts> {
      const rows = { pending: 0, sending: 0, parked: 0, sent: 0, expired: 0, refused: 0, baseline: 0 };
      for (const { state, rows: count } of countStates.all()) rows[state] = count;
      const oldest = countOpen.get()?.oldest ?? null;
      return {
        ...rows,
        possibleDuplicates: countDoubts.get() ?? 0,
        ...(oldest !== null && { oldestOpenAt: oldest }),
      };
    },

    /** Whether Slack ever took a message of ours for a channel. */
    async hasPosted(channel: string): Promise<boolean> {
      return readOneSent.get(channel) !== undefined;
    },

    /** The channels that got a message after an instant, those that got one last first. */
    async readPostedChannels(after: Instant, limit: number): Promise<string[]> {
      return readPosted.all(after, limit);
    },

    async readParkedChannels(): Promise<ParkedChannel[]> {
      return readParked.all();
    },

    /** Tries an expired or refused message again, for seven more days. False when it is neither or its body is gone. */
    async requeue(key: string, now: Instant): Promise<boolean> {
      return requeue.run({ key, now }).changes === 1;
    },

    /** Tries a parked channel again at once. Returns how many messages were waiting. */
    async unpark(channel: string, now: Instant): Promise<number> {
      return db
        .transaction(() => {
          forgetParked.run(channel);
          return release.run(now, channel).changes;
        })
        .immediate();
    },

    /** Drops the bodies of messages settled before an instant; their keys stay. Returns how many. */
    async dropBodies(before: Instant): Promise<number> {
      return dropBodies.run(before).changes;
    },
  };
}

/** The messages to be posted and what became of them. */
export type Outbox = ReturnType<typeof createOutbox>;
