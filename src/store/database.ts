import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { PulseError } from '../domain/errors.ts';
import { held, troubleOf, unwritable } from './store-trouble.ts';

/** The open SQLite file. Only `store/` sees it; everything else gets functions that return promises. */
export type Database = SQLite.Database;

/** Marks the file as ours ("MBPU"): a zero-length or foreign file opens as a valid empty database otherwise. */
export const APPLICATION_ID = 0x4d425055;

const BUSY_TIMEOUT_MS = 5000;

/** 8 MB: as quick as 16, and a sort takes as much again twice. */
const BULK_CACHE_KB = 8_192;
/** 40 MB: whoever writes rows by the million looks for old pages of the write-ahead log less often. */
export const BULK_CHECKPOINT_PAGES = 10_000;

/** How a connection behaves beside others. */
export interface ConnectionOptions {
  /** Waits for other writers by itself, blocking its thread; otherwise `retryWhenBusy` does. */
  readonly waits?: boolean;
  /** Looks for damage first; a connection beside one that did need not. */
  readonly checks?: boolean;
  /** Writes exports: a larger cache, and fewer, larger checkpoints. */
  readonly bulk?: boolean;
}

/** Makes the folder of the database, for this user alone. Throws STORE_UNWRITABLE. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unwritable(path, error);
  }
}

function openFile(path: string, waits: boolean): Database {
  const isFile = path !== ':memory:';
  if (isFile) makeFolder(path);
  try {
    const isNew = isFile && !existsSync(path);
    const db = new SQLite(path, { timeout: waits ? BUSY_TIMEOUT_MS : 0 });
    if (isNew) chmodSync(path, 0o600);
    return db;
  } catch (error) {
    throw unwritable(path, error);
  }
}

function checkOwner(db: Database, path: string): void {
  const id = db.pragma('application_id', { simple: true });
  const tables = db.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").pluck().get();
  if (id === 0 && tables === 0) {
    db.pragma(`application_id = ${APPLICATION_ID}`);
  } else if (id !== APPLICATION_ID) {
    throw new PulseError(
      'STORE_FOREIGN',
      `${path} is a database of another program. Set DATABASE_PATH to a file of its own.`,
    );
  }
}

/**
 * Opens (or creates, mode 0600 in a 0700 folder) the store's file with the settings it relies on, read back.
 * `synchronous=FULL` is set because better-sqlite3 compiles NORMAL as the WAL default, which may lose the last
 * commits on power loss; `secure_delete` because deleted contacts would stay readable in the file.
 * Throws STORE_UNWRITABLE, STORE_BUSY, STORE_FOREIGN or STORE_CORRUPT.
 */
export function openDatabase(path: string, options: ConnectionOptions = {}): Database {
  const { bulk = false, checks = true, waits = true } = options;
  const db = openFile(path, waits);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('secure_delete = ON');
    if (bulk) {
      // Sorting a million index entries in memory would take hundreds of megabytes.
      db.pragma('temp_store = FILE');
      db.pragma(`cache_size = -${BULK_CACHE_KB}`);
      db.pragma(`wal_autocheckpoint = ${BULK_CHECKPOINT_PAGES}`);
      // Sorting the entries of an index is half of making it, and the other processor is idle then.
      db.pragma('threads = 1');
    }
    checkOwner(db, path);
    const verdict = checks ? db.pragma('quick_check(1)', { simple: true }) : 'ok';
    if (verdict !== 'ok') throw new PulseError('STORE_CORRUPT', `${path} is damaged: ${String(verdict)}.`);
    return db;
  } catch (error) {
    db.close();
    if (error instanceof PulseError) throw error;
    if (error instanceof SQLite.SqliteError && /NOTADB|CORRUPT/.test(error.code)) {
      throw new PulseError(
        'STORE_CORRUPT',
        `${path} is damaged or no database. Restore a backup, or move it away to start anew.`,
        { cause: error },
      );
    }
    throw troubleOf(error) === 'STORE_BUSY' ? held(path, error) : unwritable(path, error);
  }
}

/** How long emptying the log waits for readers, in ms: whoever wants to write waits as long. */
const EMPTYING_MS = 250;

/**
 * Moves everything into the file itself and empties the write-ahead log, which holds what was there before and grows
 * otherwise to as many pages as a checkpoint waits for. False: somebody reads what is in it, so it stays. Throws where the
 * disk takes nothing.
 */
export function emptyLog(db: Database): boolean {
  const usual = Number(db.pragma('busy_timeout', { simple: true }));
  db.pragma(`busy_timeout = ${EMPTYING_MS}`);
  try {
    const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return result?.busy === 0;
  } finally {
    db.pragma(`busy_timeout = ${usual}`);
  }
}
