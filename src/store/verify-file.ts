import SQLite from 'better-sqlite3';
import { PulseError, reasonOf } from '../domain/errors.ts';
import { APPLICATION_ID, type Database } from './database.ts';
import { refuseNewer, schemaOf } from './migrate.ts';

/** What a database file holds. */
export interface FileFacts {
  readonly schema: number;
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
}

/** Rows of every table that is not of SQLite or of a search index, in one reading of the connection. */
export function countRows(db: Database): FileFacts['rows'] {
  const tables = db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
       AND name NOT LIKE 'company_search%' AND sql LIKE 'CREATE TABLE%' ORDER BY name`,
    )
    .pluck()
    .all();
  return Object.fromEntries(
    tables.map((table) => [table, Number(db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get())]),
  );
}

/**
 * Reads a database file from end to end, without writing to it: ours, of a schema this version knows, every page sound.
 * Throws STORE_UNREADABLE, STORE_FOREIGN, STORE_NEWER or STORE_CORRUPT.
 */
export function verifyFile(path: string): FileFacts {
  let db: Database;
  try {
    db = new SQLite(path, { readonly: true, fileMustExist: true });
  } catch (error) {
    throw new PulseError('STORE_UNREADABLE', `${path} cannot be read: ${reasonOf(error)}.`, { cause: error });
  }
  try {
    if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
      throw new PulseError('STORE_FOREIGN', `${path} is no database of this product.`);
    }
    refuseNewer(db);
    const verdict = String(db.pragma('integrity_check(1)', { simple: true }));
    if (verdict !== 'ok') throw new PulseError('STORE_CORRUPT', `${path} is damaged: ${verdict}.`);
    return { schema: schemaOf(db), rows: countRows(db) };
  } catch (error) {
    if (error instanceof PulseError) throw error;
    throw new PulseError('STORE_CORRUPT', `${path} is damaged or no database: ${reasonOf(error)}.`, {
      cause: error,
    });
  } finally {
    db.close();
  }
}
