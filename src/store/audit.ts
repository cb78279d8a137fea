import { createHmac } from 'node:crypto';
import type { Instant } from '../domain/day.ts';
import type { Database } from './database.ts';

/** One attempt to ask the bot something. */
export interface AuditEntry {
  readonly at: Instant;
  readonly teamId: string;
  readonly userId: string;
  readonly channelId: string;
  readonly source: 'command' | 'button' | 'mention' | 'shortcut';
  /** What kind of thing was asked: `lookup`, `churn`, `status`. Never the words themselves. */
  readonly topic: string;
  readonly verdict: 'allowed' | 'refused';
  /** Why it was refused, as a code. */
  readonly reason?: string;
  /** `hmacOf` what was looked up: tells that two people asked about the same thing, not which. */
  readonly subjectHmac?: string;
}

interface Row extends Omit<AuditEntry, 'reason' | 'subjectHmac'> {
  readonly reason: string | null;
  readonly subjectHmac: string | null;
}

function toEntry({ reason, subjectHmac, ...entry }: Row): AuditEntry {
  return { ...entry, ...(reason !== null && { reason }), ...(subjectHmac !== null && { subjectHmac }) };
}

/** A keyed hash of what was looked up, in lower case and without outer spaces; 32 hexadecimal digits. */
export function hmacOf(secret: string, subject: string): string {
  return createHmac('sha256', secret).update(subject.trim().toLowerCase()).digest('hex').slice(0, 32);
}

/** Who asked for what kind of thing, when and where, and whether they were let. */
export function createAudit(db: Database) {
  const insert = db.prepare(
    `INSERT INTO audit (at, team_id, user_id, channel_id, source, topic, verdict, reason, subject_hmac)
     VALUES (@at, @teamId, @userId, @channelId, @source, @topic, @verdict, @reason, @subjectHmac)`,
  );
  const read = db.prepare<[Instant, number], Row>(
    `SELECT at, team_id AS teamId, user_id AS userId, channel_id AS channelId, source, topic, verdict, reason,
       subject_hmac AS subjectHmac FROM audit WHERE at >= ? ORDER BY id DESC LIMIT ?`,
  );
  const forget = db.prepare('DELETE FROM audit WHERE at < ?');

  return {
    async record(entry: AuditEntry): Promise<void> {
      insert.run({ ...entry, reason: entry.reason ?? null, subjectHmac: entry.subjectHmac ?? null });
    },
    /** The newest attempts since an instant, newest first. */
    async list(since: Instant, limit = 100): Promise<AuditEntry[]> {
      return read.all(since, limit).map(toEntry);
    },
    /** Deletes attempts older than an instant. Returns how many. */
    async forgetBefore(before: Instant): Promise<number> {
      return forget.run(before).changes;
    },
  };
}

/** Who asked for what kind of thing. */
export type Audit = ReturnType<typeof createAudit>;
