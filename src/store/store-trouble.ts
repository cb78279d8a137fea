import { PulseError, reasonOf } from '../domain/errors.ts';

/** What keeps a sound database from being written: its disk, or another program that holds it. */
export type StoreTrouble = 'STORE_BUSY' | 'STORE_UNWRITABLE';

/** SQLite's own codes for a disk that takes nothing more. */
const UNWRITABLE = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/;

/** What kept the database from being written, when an error tells of that. */
export function troubleOf(error: unknown): StoreTrouble | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'STORE_BUSY' || code.startsWith('SQLITE_BUSY')) return 'STORE_BUSY';
  return code === 'STORE_UNWRITABLE' || UNWRITABLE.test(code) ? 'STORE_UNWRITABLE' : undefined;
}

/** Who may have to be let write: by number where the system has numbers. */
export function thisUser(): string {
  const uid = process.getuid?.();
  return uid === undefined ? 'this user' : `this user (uid ${uid})`;
}

/** That a file of the store cannot be opened or written. */
export function unwritable(path: string, error: unknown): PulseError {
  return new PulseError(
    'STORE_UNWRITABLE',
    `Cannot write ${path}: ${reasonOf(error)}. Make its folder writable for ${thisUser()}, make room on its disk, or set DATABASE_PATH.`,
    { cause: error },
  );
}

/** That another program did not let go of the database. */
export function held(path: string, error: unknown): PulseError {
  return new PulseError(
    'STORE_BUSY',
    `Another program holds ${path}, a backup tool or an SQLite shell for example. Nothing is lost and nothing half recorded; end it, or try again when it is done.`,
    { cause: error },
  );
}

/** An error of SQLite about the disk, or about who holds the database, as one that says what to do; any other error as it is. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof PulseError) return error;
  switch (troubleOf(error)) {
    case 'STORE_BUSY':
      return held('the database', error);
    case 'STORE_UNWRITABLE':
      return new PulseError(
        'STORE_UNWRITABLE',
        `The database cannot be written: ${reasonOf(error)}. Nothing is lost and nothing half recorded; free space on its disk, or check DATABASE_PATH and the permissions of ${thisUser()}.`,
        { cause: error },
      );
    case undefined:
      return error;
  }
}
