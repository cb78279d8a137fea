import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PulseError } from '../domain/errors.ts';
import type { Database } from './database.ts';

const FOLDER = join(import.meta.dirname, 'migrations');

interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** The numbered files of `migrations/`, in order. The number is the `user_version` the file leads to. */
function readMigrations(): Migration[] {
  return readdirSync(FOLDER)
    .filter((file) => /^\d{4}-.+\.sql$/.test(file))
    .sort()
    .map((file) => ({ version: Number(file.slice(0, 4)), sql: readFileSync(join(FOLDER, file), 'utf8') }));
}

/** The schema of a database: 0 before its first migration. */
export function schemaOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** The schema this version writes. */
export function newestSchema(): number {
  return readMigrations().at(-1)?.version ?? 0;
}

/** Throws STORE_NEWER when newer code wrote the database. */
export function refuseNewer(db: Database): void {
  const [current, newest] = [schemaOf(db), newestSchema()];
  if (current > newest) {
    throw new PulseError(
      'STORE_NEWER',
      `The database has schema ${current}, this version knows ${newest}. Install the newer version that wrote it.`,
    );
  }
}

/**
 * Brings the database to the newest schema, one transaction per file, so that a crash leaves a whole version.
 * Throws STORE_NEWER, without touching anything, when the file was written by newer code.
 */
export function migrate(db: Database): void {
  refuseNewer(db);
  for (const { version, sql } of readMigrations()) {
    if (version <= schemaOf(db)) continue;
    db.transaction(() => {
      // Read inside the transaction: another process may have migrated while this one waited for it.
      if (version <= schemaOf(db)) return;
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}
