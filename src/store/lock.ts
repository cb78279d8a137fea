import { chmodSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { PulseError } from '../domain/errors.ts';
import { makeFolder } from './database.ts';
import { unwritable } from './store-trouble.ts';

/**
 * How long the lock is asked for again. Of several that ask at the same instant each can be refused because of another one,
 * so that none gets it (1 of 800 races of eight): whoever holds it holds it for longer than this.
 */
const ASKED_FOR_MS = 60;

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
 * stale lock. Throws INSTANCE_RUNNING or SYNC_RUNNING when another process holds it, STORE_UNWRITABLE where no file can
 * be written.
 */
export function takeLock(databasePath: string, what: keyof typeof SOLE): () => void {
  const { refusal, suffix } = SOLE[what];
  const path = `${databasePath}${suffix}`;
  makeFolder(databasePath);
  let lock: SQLite.Database | undefined;
  try {
    lock = new SQLite(path, { timeout: ASKED_FOR_MS });
    const held = lock;
    held.pragma('journal_mode = DELETE');
    held.exec('BEGIN EXCLUSIVE');
    chmodSync(path, 0o600);
    return () => held.close();
  } catch (error) {
    lock?.close();
    if (error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw refusal(databasePath);
    throw unwritable(path, error);
  }
}
