import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import SQLite from 'better-sqlite3';
import { PulseError, reasonOf } from '../domain/errors.ts';
import { createPrivate, putInPlace, removeDatabase } from './safe-files.ts';
import { thisUser } from './store-trouble.ts';
import { countRows, type FileFacts, verifyFile } from './verify-file.ts';

/** Pages copied before other work gets its turn: 1 MB. */
const PAGES_AT_ONCE = 256;

/** How a copy under way is called: whoever finds one without its process may remove it. */
export const UNFINISHED = '.unfinished-';

/** Copies what a database says at this instant, however much is written meanwhile. */
async function copySnapshot(from: string, to: string): Promise<FileFacts['rows']> {
  const db = new SQLite(from, { readonly: true, fileMustExist: true });
  try {
    // A transaction that reads pins the snapshot; without one, another process's write would start the copy anew.
    db.exec('BEGIN');
    const rows = countRows(db);
    await db.backup(to, { progress: () => PAGES_AT_ONCE });
    db.exec('COMMIT');
    return rows;
  } finally {
    db.close();
  }
}

/** Makes the copy one plain file: what is copied from a database in WAL mode says that it is in WAL mode too. */
function leaveWal(path: string): void {
  const db = new SQLite(path);
  try {
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}

/**
 * Copies the store to a file of mode 0600 while the bot goes on working. The copy gets its name only after it was read
 * from end to end and found to hold the same rows, so that no file of that name is half a backup; an older file of the
 * name is replaced then. Throws STORE_UNWRITABLE or BACKUP_FAILED, and whatever verifying says.
 */
export async function backUp(databasePath: string, file: string): Promise<FileFacts> {
  const unfinished = `${file}${UNFINISHED}${randomBytes(4).toString('hex')}`;
  try {
    createPrivate(unfinished);
    const rows = await copySnapshot(databasePath, unfinished);
    leaveWal(unfinished);
    const facts = verifyFile(unfinished);
    if (!isDeepStrictEqual(facts.rows, rows)) {
      throw new PulseError('BACKUP_FAILED', 'The copy does not hold the same rows as the database.');
    }
    putInPlace(unfinished, file);
    return facts;
  } catch (error) {
    if (error instanceof PulseError) throw error;
    if (error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_CORRUPT')) {
      throw new PulseError('STORE_CORRUPT', `${databasePath} is damaged: ${reasonOf(error)}.`, {
        cause: error,
      });
    }
    throw new PulseError(
      'STORE_UNWRITABLE',
      `The backup cannot be written to ${file}: ${reasonOf(error)}. Its folder has to be writable for ${thisUser()}, with room on its disk.`,
      {
        cause: error,
      },
    );
  } finally {
    removeDatabase(unfinished);
  }
}
