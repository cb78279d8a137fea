import { randomBytes } from 'node:crypto';
import { copyFileSync, chmodSync, constants, existsSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import type { Instant } from '../domain/day.ts';
import { PulseError, reasonOf } from '../domain/errors.ts';
import { UNFINISHED } from './backup.ts';
import { carryOver, silence } from './carry-over.ts';
import { type Database, makeFolder, openDatabase } from './database.ts';
import { forgottenOf, readForgotten } from './forgotten.ts';
import { takeLock } from './lock.ts';
import { migrate } from './migrate.ts';
import { purge } from './purge.ts';
import { putAside, putInPlace, removeDatabase } from './safe-files.ts';
import { type FileFacts, verifyFile } from './verify-file.ts';

/** What restoring a backup did. */
export interface RestoreReport {
  readonly facts: FileFacts;
  /** Where the replaced database is now; undefined when there was none. */
  readonly replaced?: string;
  /** What was said since the backup is known from the replaced database. */
  readonly knowsWhatWasSaid: boolean;
}

/** The name under which the next sync finds that the store was restored, and to when. */
export const RESTORED = 'restored-at';

/** The name under which a store tells how far its quiet start came; none once it was restored. */
export const QUIET_START = 'quiet-start';

/** `2026-03-10T09-15-00Z`: an instant as part of a file's name. */
export function fileTime(at: Instant): string {
  return new Date(at).toISOString().slice(0, 19).replaceAll(':', '-').concat('Z');
}

/** Takes out who asked to be forgotten after the backup was made. */
function forgetAgain(db: Database): void {
  const forgotten = forgottenOf(readForgotten(db));
  if (!forgotten) return;
  const contacts = ['licenses', 'transaction_lines'].flatMap((table) =>
    ['technical_email', 'billing_email'].map((column) => `SELECT ${column} AS email FROM ${table}`),
  );
  const emails = db
    .prepare<[], string>(`SELECT DISTINCT email FROM (${contacts.join(' UNION ')}) WHERE email LIKE '%@%'`)
    .pluck()
    .all();
  const found = emails.filter((email) => forgotten.has(email));
  for (const email of found) purge(db, { email, companies: [] });
  if (found.length > 0) db.exec('VACUUM');
}

/** Makes a copy of a backup ready to take the place of the database. Returns whether it knows what was said since. */
function prepare(copy: string, databasePath: string, at: Instant): boolean {
  const db = openDatabase(copy);
  try {
    migrate(db);
    const isKnown = existsSync(databasePath) && carryOver(db, databasePath);
    if (!isKnown) silence(db, at);
    forgetAgain(db);
    db.prepare(
      'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    ).run(RESTORED, String(at));
    db.prepare('DELETE FROM meta WHERE name = ?').run(QUIET_START);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
    return isKnown;
  } finally {
    db.close();
  }
}

/** Empties the log of the database, so that its file holds everything. A damaged one keeps its log beside it. */
function settleLog(databasePath: string): void {
  try {
    const db = new SQLite(databasePath, { fileMustExist: true, timeout: 5000 });
    try {
      db.pragma('journal_mode = DELETE');
    } finally {
      db.close();
    }
  } catch {
    // It cannot be opened: it is put aside as it is.
  }
}

/** Reads a backup from end to end. Throws STORE_NEWER, or BACKUP_UNUSABLE with the reason. */
function checkBackup(path: string): void {
  try {
    verifyFile(path);
  } catch (error) {
    if (error instanceof PulseError && error.code === 'STORE_NEWER') throw error;
    throw new PulseError('BACKUP_UNUSABLE', `${reasonOf(error)} The database was not touched.`, {
      cause: error,
    });
  }
}

/**
 * Puts a backup in the place of the database, which is kept under another name. Nothing is touched before a copy of the backup
 * was read from end to end. Nothing that the replaced database said is said again; where it cannot be read, nothing older than
 * now is said at all. For callers that hold both locks.
 */
export function replaceStore(databasePath: string, backup: string, at: Instant): RestoreReport {
  const copy = `${databasePath}${UNFINISHED}${randomBytes(4).toString('hex')}`;
  try {
    checkBackup(backup);
    copyFileSync(backup, copy, constants.COPYFILE_EXCL);
    chmodSync(copy, 0o600);
    const knowsWhatWasSaid = prepare(copy, databasePath, at);
    const facts = verifyFile(copy);
    const replaced = existsSync(databasePath) ? `${databasePath}.replaced-${fileTime(at)}` : undefined;
    if (replaced !== undefined) {
      settleLog(databasePath);
      putAside(databasePath, replaced);
    }
    putInPlace(copy, databasePath);
    return { facts, knowsWhatWasSaid, ...(replaced !== undefined && { replaced }) };
  } catch (error) {
    if (error instanceof PulseError) throw error;
    throw new PulseError('STORE_UNWRITABLE', `The backup cannot be restored: ${reasonOf(error)}.`, {
      cause: error,
    });
  } finally {
    removeDatabase(copy);
  }
}

/**
 * Restores a backup. Throws INSTANCE_RUNNING or SYNC_RUNNING while somebody uses the store, and what verifying the file says;
 * the store is as it was then.
 */
export function restoreBackup(databasePath: string, backup: string, at: Instant): RestoreReport {
  makeFolder(databasePath);
  const releaseBot = takeLock(databasePath, 'bot');
  try {
    const releaseSync = takeLock(databasePath, 'sync');
    try {
      return replaceStore(databasePath, backup, at);
    } finally {
      releaseSync();
    }
  } finally {
    releaseBot();
  }
}
