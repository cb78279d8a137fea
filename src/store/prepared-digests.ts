import type { Instant } from '../domain/day.ts';
import type { ThreadedMessage } from '../domain/message.ts';
import type { DigestTrace } from '../domain/traced-number.ts';
import type { Database } from './database.ts';

/** Which digest, and everything its content follows from besides the rows. */
export interface PreparedKey {
  readonly developerId: string;
  readonly digest: string;
  /** `null`: all apps. */
  readonly appKey: string | null;
  /** Equal texts are equal questions. */
  readonly asked: string;
}

/** A digest, and the newest sync that everything in it knows. */
export interface PreparedDigest {
  readonly message: ThreadedMessage;
  readonly knownAt: Instant;
  readonly trace: DigestTrace;
}

/** Rows in a store whose digests are added up while somebody waits: a tenth of a second's work. */
const FEW_ROWS = 20_000;

/** Digests built ahead. */
export function createPreparedDigests(db: Database) {
  const read = db.prepare<[string, string, string, string], { knownAt: Instant; body: string }>(
    `SELECT known_at AS knownAt, body FROM prepared_digests
     WHERE developer_id = ? AND digest = ? AND app_key = ? AND asked = ?`,
  );
  const newestSync = db
    .prepare<[string], Instant | null>(
      "SELECT max(finished_at) FROM sync_runs WHERE developer_id = ? AND state IN ('ok', 'short')",
    )
    .pluck();
  const record = db.prepare(
    `INSERT INTO prepared_digests (developer_id, digest, app_key, asked, known_at, body) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET asked = excluded.asked, known_at = excluded.known_at, body = excluded.body`,
  );
  const largest = db
    .prepare<[], number>(
      'SELECT coalesce((SELECT max(id) FROM licenses), 0) + coalesce((SELECT max(id) FROM transaction_lines), 0)',
    )
    .pluck();

  return {
    /** The digest as it was built after the newest sync; undefined when there is none. */
    async read({ appKey, asked, developerId, digest }: PreparedKey): Promise<PreparedDigest | undefined> {
      const row = read.get(developerId, digest, appKey ?? '', asked);
      if (row === undefined || row.knownAt < (newestSync.get(developerId) ?? 0)) return undefined;
      return JSON.parse(row.body) as PreparedDigest;
    },
    async record(key: PreparedKey, prepared: PreparedDigest): Promise<void> {
      const { appKey, asked, developerId, digest } = key;
      record.run(developerId, digest, appKey ?? '', asked, prepared.knownAt, JSON.stringify(prepared));
    },
    /** True when digests of this store are better built ahead, and elsewhere than in the thread that answers. */
    async isLarge(): Promise<boolean> {
      return (largest.get() ?? 0) > FEW_ROWS;
    },
  };
}

/** Digests built ahead. */
export type PreparedDigests = ReturnType<typeof createPreparedDigests>;
