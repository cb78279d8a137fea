import { chmodSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { PulseError } from '../domain/errors.ts';

/** What one process at a time may do with a store. */
const SOLE = {
  bot: {
    suffix: '.lock',
    refusal: (path: string) =>
      new PulseError(
        'INSTANCE_RUNNING',
        `Another bot uses ${path}. Stop it first, or give this one a database of its own (DATABASE_PATH).`,
      ),
  },
  sync: {
    suffix: '.sync.lock',
    refusal: (path: string) =>
      new PulseError(
        'SYNC_RUNNING',
        `Another sync of ${path} is under way. Wait until it is done, then try again.`,
      ),
  },
} as const;

/**
 * Makes this process the only one that does something with a store: an exclusive transaction on a file beside the
 * database, held until the returned release is called. The kernel frees it however the process ends, so there is no
 * stale lock. Throws INSTANCE_RUNNING or SYNC_RUNNING when another process holds it.
 */
export function takeLock(databasePath: string, what: keyof typeof SOLE): () => void {
  const { refusal, suffix } = SOLE[what];
  const lock = new SQLite(`${databasePath}${suffix}`, { timeout: 0 });
  try {
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
    chmodSync(`${databasePath}${suffix}`, 0o600);
  } catch {
    lock.close();
    throw refusal(databasePath);
  }
  return () => lock.close();
}
