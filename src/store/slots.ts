import type { Instant } from '../domain/day.ts';
import type { Database } from './database.ts';
import { enqueueWithin, type OutboxEntry } from './outbox.ts';
import { recordToldWithin, type Telling } from './told.ts';

/** A period of a schedule: its local nominal time, `YYYY-MM-DDTHH:MM`, and the instant it was due. */
export interface SlotPeriod {
  readonly period: string;
  readonly dueAt: Instant;
}

/** What became of one period. */
export interface Slot extends SlotPeriod {
  readonly scheduleId: string;
  /** `missed`: nobody ran it inside its window, or a later period came first. */
  readonly state: 'done' | 'missed';
  readonly recordedAt: Instant;
  /** Messages enqueued for it. */
  readonly entries: number;
  readonly note?: string;
}

/** What a claim may carry besides its messages. */
export interface ClaimExtra {
  /** One sentence for `status`. */
  readonly note?: string;
  /** Earlier periods that nobody ran: recorded as missed in the same transaction. */
  readonly missed?: readonly SlotPeriod[];
  /** What the messages tell, when they are a digest. */
  readonly telling?: Telling;
}

interface SlotRow extends SlotPeriod {
  readonly scheduleId: string;
  readonly state: 'done' | 'missed';
  readonly recordedAt: Instant;
  readonly entries: number;
  readonly note: string | null;
}

function toSlot({ note, ...slot }: SlotRow): Slot {
  return { ...slot, ...(note !== null && { note }) };
}

const SLOT =
  'schedule_id AS scheduleId, period, due_at AS dueAt, state, recorded_at AS recordedAt, entries, note';

/** Which periods of which schedules were run. The row is the claim: it is inserted once, by whoever runs the period. */
export function createSlots(db: Database) {
  const know = db.prepare<[string, string, Instant]>(
    `INSERT INTO schedules (id, spec_hash, known_since_at) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET known_since_at = excluded.known_since_at, spec_hash = excluded.spec_hash
       WHERE spec_hash <> excluded.spec_hash`,
  );
  const readKnownSince = db
    .prepare<[string, string], Instant>('SELECT known_since_at FROM schedules WHERE id = ? AND spec_hash = ?')
    .pluck();
  const readSlot = db.prepare<[string, string], SlotRow>(
    `SELECT ${SLOT} FROM schedule_slots WHERE schedule_id = ? AND period = ?`,
  );
  const readLatest = db.prepare<[string], SlotRow>(
    `SELECT ${SLOT} FROM schedule_slots WHERE schedule_id = ? ORDER BY due_at DESC, period DESC LIMIT 1`,
  );
  const readMissed = db.prepare<{ scheduleId: string }, SlotRow>(
    `SELECT ${SLOT} FROM schedule_slots WHERE schedule_id = :scheduleId AND state = 'missed' AND due_at > coalesce(
       (SELECT max(due_at) FROM schedule_slots WHERE schedule_id = :scheduleId AND state = 'done'), 0)
     ORDER BY due_at DESC`,
  );
  const insert = db.prepare(
    `INSERT INTO schedule_slots (schedule_id, period, due_at, state, recorded_at, entries, note)
     VALUES (@scheduleId, @period, @dueAt, @state, @now, @entries, @note) ON CONFLICT DO NOTHING`,
  );

  function recordMissedWithin(scheduleId: string, missed: readonly SlotPeriod[], now: Instant): number {
    let recorded = 0;
    for (const { period, dueAt } of missed) {
      const row = { scheduleId, period, dueAt, state: 'missed', now, entries: 0, note: null };
      recorded += insert.run(row).changes;
    }
    return recorded;
  }

  return {
    /**
     * Since when a schedule has had this specification. One never seen, or changed, is known from now on: nothing
     * that was due earlier is made up for.
     */
    async know(scheduleId: string, specHash: string, now: Instant): Promise<Instant> {
      const knownSinceAt = readKnownSince.get(scheduleId, specHash);
      if (knownSinceAt !== undefined) return knownSinceAt;
      know.run(scheduleId, specHash, now);
      return readKnownSince.get(scheduleId, specHash) ?? now;
    },

    async read(scheduleId: string, period: string): Promise<Slot | undefined> {
      const row = readSlot.get(scheduleId, period);
      return row && toSlot(row);
    },

    /** The newest period of a schedule that was run or missed. */
    async readLatest(scheduleId: string): Promise<Slot | undefined> {
      const row = readLatest.get(scheduleId);
      return row && toSlot(row);
    },

    /** The periods of a schedule that were missed since the last one that was run, newest first. */
    async readMissed(scheduleId: string): Promise<Slot[]> {
      return readMissed.all({ scheduleId }).map(toSlot);
    },

    /**
     * Claims a period and enqueues its messages in one transaction. False, and nothing enqueued, when the period
     * was claimed before: by an earlier tick, before a restart or the clock's going back, or by another process.
     */
    async claim(
      scheduleId: string,
      period: string,
      dueAt: Instant,
      entries: readonly OutboxEntry[],
      now: Instant,
      extra: ClaimExtra = {},
    ): Promise<boolean> {
      return db
        .transaction(() => {
          const row = { scheduleId, period, dueAt, state: 'done', now, note: extra.note ?? null };
          if (insert.run({ ...row, entries: entries.length }).changes === 0) return false;
          enqueueWithin(db, entries, now);
          if (extra.telling) recordToldWithin(db, extra.telling, now);
          recordMissedWithin(scheduleId, extra.missed ?? [], now);
          return true;
        })
        .immediate();
    },

    /** Records periods that will never run. Returns how many were not recorded before. */
    async recordMissed(scheduleId: string, missed: readonly SlotPeriod[], now: Instant): Promise<number> {
      return db.transaction(() => recordMissedWithin(scheduleId, missed, now)).immediate();
    },
  };
}

/** Which periods of which schedules were run. */
export type Slots = ReturnType<typeof createSlots>;
