import type { Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import type { Database } from './database.ts';
import { isDue } from './outbox-due.ts';

/** The condition of the partial index `outbox_open`, word for word: SQLite uses the index only then. */
export const OPEN = "state IN ('pending', 'sending', 'parked')";

/** One message in the hands of one sender, until its lease runs out. */
export interface Claim {
  readonly id: number;
  readonly key: string;
  /** The id that travels in the message's metadata. */
  readonly uuid: string;
  readonly channel: string;
  readonly message: Message;
  /** The parent's `ts`, on replies. */
  readonly threadTs?: string;
  /** The `ts` of the message whose content this replaces. */
  readonly editTs?: string;
  /** A reply that is shown in the channel as well. */
  readonly isBroadcast: boolean;
  /** An earlier try of this host may have arrived, and nobody could look. */
  readonly mayBeRepeated: boolean;
  /** `post` it, or `reconcile`: it may have been posted, by a sender that never said how its try ended or by another instance. */
  readonly step: 'post' | 'reconcile';
  /** Tries so far, this one included. */
  readonly attempts: number;
  /** Read-backs so far, this one included. */
  readonly checks: number;
  /** How many steps plainer than built it has become. */
  readonly degraded: number;
  readonly firstTryAt: Instant;
  /** The token of the compare-and-swap: a later claim has another one. */
  readonly lease: number;
}

/** How a claim ends. */
export type Settlement =
  | { readonly to: 'sent'; readonly ts: string }
  | { readonly to: 'refused'; readonly reason: string }
  /** Given up, and nobody has to do anything about it: what it was to change is gone. */
  | { readonly to: 'expired'; readonly reason: string }
  /** Surely not sent, or to be sent again all the same. */
  | {
      readonly to: 'pending';
      readonly nextAt: Instant;
      readonly reason: string;
      /** Nobody could look whether an earlier try arrived. */
      readonly possibleDuplicate?: boolean;
      readonly degraded?: number;
      /** From now on a message of its own, because its channel allows no threads. */
      readonly detached?: boolean;
    }
  /** In doubt: read back at `nextAt`. */
  | { readonly to: 'sending'; readonly nextAt: Instant; readonly reason: string };

/** Why a channel takes nothing, and when to try it again. */
export interface Refusal {
  readonly code: string;
  readonly reason: string;
  readonly fix: string;
  readonly nextProbeAt: Instant;
}

/** A message given up because it came too late, or because the message it belongs to was. */
export interface ExpiredMessage {
  readonly key: string;
  readonly kind: string;
  readonly channel: string;
}

interface HeadRow {
  readonly id: number;
  readonly key: string;
  readonly uuid: string;
  readonly channel: string;
  readonly parent_key: string | null;
  readonly act: 'post' | 'edit' | 'broadcast';
  readonly body: string;
  readonly state: 'pending' | 'sending' | 'parked';
  readonly lease: number;
  readonly attempts: number;
  readonly checks: number;
  readonly degraded: number;
  readonly possible_duplicates: number;
  readonly next_at: Instant;
  readonly not_after_at: Instant | null;
  readonly first_try_at: Instant | null;
  readonly next_probe_at: Instant | null;
  readonly parent_ts: string | null;
}

/**
 * The steps of posting. Each is a compare-and-swap on state and lease, so that any number of senders may run: a claim
 * whose lease has run out belongs to whoever claims the row next, and the late owner's settlement changes nothing.
 */
export function createOutboxSteps(db: Database) {
  const openChannels = db
    .prepare<[], string>(`SELECT DISTINCT channel FROM outbox WHERE ${OPEN} ORDER BY channel`)
    .pluck();
  const readHead = db.prepare<[string], HeadRow>(
    `SELECT outbox.*, parked_channels.next_probe_at, parent.ts AS parent_ts
     FROM outbox LEFT JOIN parked_channels ON parked_channels.channel = outbox.channel
     LEFT JOIN outbox AS parent ON parent.key = outbox.parent_key
     WHERE outbox.channel = ? AND outbox.${OPEN} ORDER BY outbox.id LIMIT 1`,
  );
  const take = db.prepare(
    `UPDATE outbox SET state = 'sending', lease = lease + 1, next_at = @leaseEndsAt,
       attempts = attempts + @isPost, checks = checks + 1 - @isPost, first_try_at = coalesce(first_try_at, @now)
     WHERE id = @id AND state = @state AND lease = @lease`,
  );
  const MINE = "id = @id AND state = 'sending' AND lease = @lease";
  const markSent = db.prepare(
    `UPDATE outbox SET state = 'sent', ts = @ts, settled_at = @now, last_error = NULL WHERE ${MINE}`,
  );
  const markGivenUp = db.prepare(
    `UPDATE outbox SET state = @to, settled_at = @now, last_error = @reason WHERE ${MINE}`,
  );
  const markDoubt = db.prepare(
    `UPDATE outbox SET next_at = @nextAt, last_error = @reason, lease = lease + 1 WHERE ${MINE}`,
  );
  const markPending = db.prepare(
    `UPDATE outbox SET next_at = @nextAt, last_error = @reason, degraded = @degraded, checks = 0,
       possible_duplicates = possible_duplicates + @possibleDuplicate,
       parent_key = CASE WHEN @detached THEN NULL ELSE parent_key END,
       state = CASE WHEN EXISTS (SELECT 1 FROM parked_channels WHERE parked_channels.channel = outbox.channel)
         THEN 'parked' ELSE 'pending' END
     WHERE ${MINE}`,
  );
  const endLeases = db.prepare(
    "UPDATE outbox SET next_at = @dueAt WHERE state = 'sending' AND next_at > @dueAt",
  );
  const delayProbe = db.prepare('UPDATE parked_channels SET next_probe_at = ? WHERE channel = ?');
  const forgetParked = db.prepare('DELETE FROM parked_channels WHERE channel = ?');
  const release = db.prepare(
    "UPDATE outbox SET state = 'pending', next_at = ? WHERE channel = ? AND state = 'parked'",
  );
  const markParked = db.prepare(`UPDATE outbox SET state = 'parked', last_error = @reason WHERE ${MINE}`);
  const parkRest = db.prepare("UPDATE outbox SET state = 'parked' WHERE channel = ? AND state = 'pending'");
  const knownParked = db.prepare('SELECT 1 FROM parked_channels WHERE channel = ?');
  const park = db.prepare(
    `INSERT INTO parked_channels (channel, code, reason, fix, since_at, next_probe_at)
     VALUES (@channel, @code, @reason, @fix, @now, @nextProbeAt)
     ON CONFLICT (channel) DO UPDATE SET code = excluded.code, reason = excluded.reason, fix = excluded.fix,
       next_probe_at = excluded.next_probe_at`,
  );
  const doubt = db.prepare(
    `UPDATE outbox SET state = 'sending', next_at = @now
     WHERE state = 'pending' AND act <> 'edit' AND coalesce(first_try_at, 0) < @since`,
  );
  // A message that was never tried is in nobody's hands, whatever is thought of another instance.
  const IDLE = `${OPEN} AND (state <> 'sending' OR first_try_at IS NULL)`;
  const expireLate = db.prepare<[Instant, Instant], ExpiredMessage>(
    `UPDATE outbox SET state = 'expired', settled_at = ?, last_error = coalesce(last_error, 'too late')
     WHERE ${IDLE} AND not_after_at < ? RETURNING key, kind, channel`,
  );
  const expireReplies = db.prepare<[Instant], ExpiredMessage>(
    `UPDATE outbox SET state = 'expired', settled_at = ?, last_error = 'its message was not posted'
     WHERE ${IDLE} AND EXISTS (SELECT 1 FROM outbox AS parent WHERE parent.key = outbox.parent_key
       AND parent.state IN ('expired', 'refused', 'baseline')) RETURNING key, kind, channel`,
  );

  function toClaim(head: HeadRow, isPost: boolean, now: Instant): Claim {
    const { id, key, uuid, channel, degraded } = head;
    return {
      id,
      key,
      uuid,
      channel,
      degraded,
      message: JSON.parse(head.body) as Message,
      ...(head.parent_ts !== null && { [head.act === 'edit' ? 'editTs' : 'threadTs']: head.parent_ts }),
      isBroadcast: head.act === 'broadcast',
      mayBeRepeated: head.possible_duplicates > 0 && head.attempts > 0 && head.act !== 'edit',
      step: isPost ? 'post' : 'reconcile',
      attempts: head.attempts + (isPost ? 1 : 0),
      checks: head.checks + (isPost ? 0 : 1),
      firstTryAt: head.first_try_at ?? now,
      lease: head.lease + 1,
    };
  }

  function markPendingWithin(claim: Claim, settlement: Settlement & { to: 'pending' }): boolean {
    const { nextAt, reason, possibleDuplicate, degraded, detached } = settlement;
    const { changes } = markPending.run({
      id: claim.id,
      lease: claim.lease,
      nextAt,
      reason,
      degraded: degraded ?? claim.degraded,
      possibleDuplicate: possibleDuplicate ? 1 : 0,
      detached: detached ? 1 : 0,
    });
    if (changes === 1) delayProbe.run(nextAt, claim.channel);
    return changes === 1;
  }

  function settleWithin(claim: Claim, settlement: Settlement, now: Instant): boolean {
    const mine = { id: claim.id, lease: claim.lease };
    if (settlement.to === 'pending') return markPendingWithin(claim, settlement);
    if (settlement.to === 'sending') {
      return markDoubt.run({ ...mine, nextAt: settlement.nextAt, reason: settlement.reason }).changes === 1;
    }
    if (settlement.to === 'refused' || settlement.to === 'expired') {
      const { reason, to } = settlement;
      return markGivenUp.run({ ...mine, reason, to, now }).changes === 1;
    }
    const { changes } = markSent.run({ ...mine, ts: settlement.ts, now });
    if (changes === 0) return false;
    // The channel takes messages: whatever waited for it goes on.
    forgetParked.run(claim.channel);
    release.run(now, claim.channel);
    return true;
  }

  return {
    /** The channels that have something to post, parked ones included. */
    async readOpenChannels(): Promise<string[]> {
      return openChannels.all();
    },

    /**
     * Takes the oldest open message of a channel if it is due and nobody holds it: the order of a channel is kept
     * because a later message is never taken before an earlier one is settled.
     */
    async claim(channel: string, now: Instant, leaseMs: number): Promise<Claim | undefined> {
      return db
        .transaction((): Claim | undefined => {
          const head = readHead.get(channel);
          if (!head || !isDue(head, now)) return undefined;
          // The same edit twice is the same message: there is nothing to look for.
          const isPost = head.state !== 'sending' || head.act === 'edit';
          const taken = take.run({
            id: head.id,
            state: head.state,
            lease: head.lease,
            now,
            leaseEndsAt: now + leaseMs,
            isPost: isPost ? 1 : 0,
          });
          return taken.changes === 1 ? toClaim(head, isPost, now) : undefined;
        })
        .immediate();
    },

    /**
     * Ends the leases of senders that are gone, for the only sender of a store before it starts: what they were posting is read
     * back from `dueAt` on.
     */
    async endLeases(dueAt: Instant): Promise<void> {
      endLeases.run({ dueAt });
    },

    /**
     * Puts what waits, and was not in anybody's hands since an instant, in doubt: another instance may have posted it, so it is read
     * back first. Not edits: the same edit twice is the same message. Nor what a parked channel refuses: it refuses the other too.
     */
    async doubtWaiting(since: Instant, now: Instant): Promise<void> {
      doubt.run({ since, now });
    },

    /** Ends a claim. False: the lease had run out and somebody else took the message over. */
    async settle(claim: Claim, settlement: Settlement, now: Instant): Promise<boolean> {
      return db.transaction(() => settleWithin(claim, settlement, now)).immediate();
    },

    /** Parks the claim's channel with all that waits for it. `parked` the first time, `still-parked` after a probe. */
    async park(claim: Claim, refusal: Refusal, now: Instant): Promise<'parked' | 'still-parked' | 'lost'> {
      return db
        .transaction(() => {
          const { channel } = claim;
          const mine = { id: claim.id, lease: claim.lease, reason: refusal.code };
          if (markParked.run(mine).changes === 0) return 'lost';
          const isKnown = knownParked.get(channel) !== undefined;
          park.run({ ...refusal, channel, now });
          parkRest.run(channel);
          return isKnown ? 'still-parked' : 'parked';
        })
        .immediate();
    },

    /** Gives up what is too late, and the replies of messages that were given up. A message in doubt is settled first. */
    async expire(now: Instant): Promise<ExpiredMessage[]> {
      return db
        .transaction(() => {
          const late = expireLate.all(now, now);
          return [...late, ...expireReplies.all(now)];
        })
        .immediate();
    },
  };
}
