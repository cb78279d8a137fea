import SQLite from 'better-sqlite3';
import { reasonOf } from '../domain/errors.ts';
import { findPerson, type Holding } from './find-person.ts';
import { filesAside } from './forget.ts';
import { forgottenOf, readForgotten } from './forgotten.ts';
import { listBackups } from './kept-backups.ts';

/** Everything the store holds of a person. */
export interface PersonExport {
  /** Their address as it is stored where contacts are masked; another person's may look the same. */
  readonly masked: string;
  /** They asked to be forgotten: syncs leave them out. */
  readonly isForgotten: boolean;
  /** Company names that are their own. */
  readonly companies: readonly string[];
  readonly holdings: readonly Holding[];
  /** The store's own backups, and files put aside, that hold the person, with rows by table. */
  readonly files: readonly { readonly file: string; readonly rows: Readonly<Record<string, number>> }[];
  /** Files that could not be looked into, and why. */
  readonly unread: readonly { readonly file: string; readonly reason: string }[];
}

/** How many rows of each table. */
export function countByTable(holdings: readonly Holding[]): Record<string, number> {
  const byTable = Map.groupBy(holdings, ({ table }) => table);
  return Object.fromEntries([...byTable].map(([table, rows]) => [table, rows.length]));
}

function findIn(path: string, email: string, companies: readonly string[]) {
  const db = new SQLite(path, { readonly: true, fileMustExist: true });
  try {
    const isForgotten = forgottenOf(readForgotten(db))?.has(email) ?? false;
    return { isForgotten, ...findPerson(db, { email, companies }) };
  } finally {
    db.close();
  }
}

/** Reads all that the store, its backups and files put aside hold of a person. Changes nothing; a running bot may go on. */
export function exportPerson(databasePath: string, email: string): PersonExport {
  const found = findIn(databasePath, email, []);
  const files: PersonExport['files'][number][] = [];
  const unread: PersonExport['unread'][number][] = [];
  // A write-ahead log is read with the file it belongs to.
  const aside = filesAside(databasePath).filter((file) => !file.endsWith('-wal'));
  for (const file of [...listBackups(databasePath).map(({ path }) => path), ...aside]) {
    try {
      const rows = countByTable(findIn(file, email, found.companies).holdings);
      if (Object.keys(rows).length > 0) files.push({ file, rows });
    } catch (error) {
      unread.push({ file, reason: reasonOf(error) });
    }
  }
  return { ...found, files, unread };
}
