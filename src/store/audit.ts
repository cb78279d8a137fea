import { createHmac, randomBytes } from 'node:crypto';
import type { Instant } from '../domain/day.ts';
import type { Database } from './database.ts';

/** One attempt to ask the bot something. */
export interface AuditEntry {
  readonly at: Instant;
  readonly teamId: string;
  readonly userId: string;
  readonly channelId: string;
  readonly source: 'command' | 'button' | 'form' | 'home' | 'mention' | 'shortcut';
  /** What kind of thing was asked: `lookup`, `churn`, `status`. Never the words themselves. */
  readonly topic: string;
  readonly verdict: 'allowed' | 'refused';
  /** Why it was refused, as a code. */
  readonly reason?: string;
  /** A keyed hash of what was looked up: tells that two people asked about the same thing, not which. */
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
function hmacOf(secret: string, subject: string): string {
  return createHmac('sha256', secret).update(subject.trim().toLowerCase()).digest('hex').slice(0, 32);
}

const READ_KEY = "SELECT value FROM delivery_meta WHERE name = 'audit-key'";

/** The keyed hashes under which lookups of these texts are recorded here; none where nothing was looked up. */
export function hashesOf(db: Database, subjects: readonly string[]): string[] {
  const key = db.prepare<[], string>(READ_KEY).pluck().get();
  return key === undefined ? [] : subjects.map((subject) => hmacOf(key, subject));
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
  const putKey = db.prepare(
    "INSERT INTO delivery_meta (name, value) VALUES ('audit-key', ?) ON CONFLICT DO NOTHING",
  );
  const readKey = db.prepare<[], string>(READ_KEY).pluck();
  const forget = db.prepare('DELETE FROM audit WHERE at < ?');

  /** By a key of this store's own, made when it is first needed. */
  function hmacHere(subject: string): string {
    if (readKey.get() === undefined) putKey.run(randomBytes(32).toString('hex'));
    return hmacOf(readKey.get() ?? '', subject);
  }

  return {
    /** `subject`: what was looked up, of which only a keyed hash is kept. */
    async record(entry: Omit<AuditEntry, 'subjectHmac'>, subject?: string): Promise<void> {
      const subjectHmac = subject === undefined ? null : hmacHere(subject);
      insert.run({ ...entry, reason: entry.reason ?? null, subjectHmac });
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
