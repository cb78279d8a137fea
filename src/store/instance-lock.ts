import { chmodSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { PulseError } from '../domain/errors.ts';

/**
 * Makes this process the only bot of a store: an exclusive transaction on a file beside the database, held for life.
 * The kernel frees it however the process ends, so there is no stale lock. Throws INSTANCE_RUNNING when another bot
 * holds it. Returns the release.
 */
export function takeInstanceLock(databasePath: string): () => void {
  const lock = new SQLite(`${databasePath}.lock`, { timeout: 0 });
  try {
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
    chmodSync(`${databasePath}.lock`, 0o600);
  } catch (error) {
    lock.close();
    throw new PulseError(
      'INSTANCE_RUNNING',
      `Another bot uses ${databasePath}. Stop it first, or give this one a database of its own (DATABASE_PATH).`,
      { cause: error },
    );
  }
  return () => lock.close();
}
