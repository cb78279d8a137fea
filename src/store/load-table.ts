import type { Database } from './database.ts';

/** The table in which the rows of a load wait until they are published. */
export const loadTable = (table: string): string => `${table}_load`;

/** Makes that table, empty: the columns of the data set's own table, and none of its indexes. */
export function makeLoadTable(db: Database, table: string): void {
  const sql = String(db.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table));
  dropLoadTable(db, table);
  db.exec(sql.replace(/^CREATE TABLE ("?)\w+\1/, `CREATE TABLE ${loadTable(table)}`));
}

/** Writes without waiting for the disk: nothing of a load counts before it is published, which makes all of it durable. */
export function writeLoosely(db: Database): void {
  db.pragma('synchronous = NORMAL');
}

/** Writes durably again, as the rest of the store is written. */
export function writeDurably(db: Database): void {
  db.pragma('synchronous = FULL');
}

/** Forgets the rows of a load. */
export function dropLoadTable(db: Database, table: string): void {
  db.exec(`DROP TABLE IF EXISTS ${loadTable(table)}`);
}
