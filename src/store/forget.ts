import { randomBytes } from 'node:crypto';
import { copyFileSync, constants, existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import type { Instant } from '../domain/day.ts';
import { PulseError, reasonOf } from '../domain/errors.ts';
import { UNFINISHED } from './backup.ts';
import { type Database, emptyLog, openDatabase } from './database.ts';
import { recordForgotten } from './forgotten.ts';
import { listBackups } from './kept-backups.ts';
import { takeLock } from './lock.ts';
import type { Person } from './person-places.ts';
import { purge, type Purged } from './purge.ts';
import { putInPlace, removeDatabase } from './safe-files.ts';
import { verifyFile } from './verify-file.ts';

/** What forgetting a person did. */
export interface ForgetReport {
  readonly rows: Purged['rows'];
  /** Backups that were written anew without the person. */
  readonly backups: readonly string[];
  /** Files beside the database that may still hold the person and could not be rewritten: they have to be deleted. */
  readonly left: readonly string[];
}

const LONGEST_WAIT_MS = 60_000;

/** Empties the write-ahead log, which holds the person too, as soon as nobody reads it. */
async function waitUntilEmpty(db: Database): Promise<void> {
  for (const until = Date.now() + LONGEST_WAIT_MS; ; await pause(100)) {
    if (emptyLog(db)) return;
    if (Date.now() > until) {
      throw new PulseError(
        'FORGET_UNFINISHED',
        'Somebody reads the database without end, so old pages stay in its write-ahead log. Stop the bot and run this again.',
      );
    }
  }
}

/** Writes the whole file anew: what was deleted is in no page of it. */
function rewrite(db: Database): void {
  db.pragma('secure_delete = ON');
  db.exec('VACUUM');
}

/** Takes the person out of a file that nobody uses; the old file is there until the new one is whole. */
function purgeFile(path: string, person: Person, at: Instant): void {
  const unfinished = `${path}${UNFINISHED}${randomBytes(4).toString('hex')}`;
  try {
    copyFileSync(path, unfinished, constants.COPYFILE_EXCL);
    const db = new SQLite(unfinished);
    try {
      db.pragma('journal_mode = DELETE');
      db.pragma('secure_delete = ON');
      const { companies } = purge(db, person);
      const canKeep = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'forgotten'").get() !== undefined;
      if (canKeep) recordForgotten(db, [person.email, ...companies], at);
      rewrite(db);
    } finally {
      db.close();
    }
    verifyFile(unfinished);
    putInPlace(unfinished, path);
  } finally {
    removeDatabase(unfinished);
  }
}

/** Files that were put aside beside the database: damaged ones, and those that a restored backup took the place of. */
export function filesAside(databasePath: string): string[] {
  const folder = dirname(databasePath);
  const isAside = new RegExp(String.raw`\.(corrupt|replaced)-[\dTZ-]+(-wal)?$`);
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${basename(databasePath)}.`) && isAside.test(name))
    .map((name) => join(folder, name));
}

/**
 * Takes a person out of the store, its search index, its write-ahead log and its backups, and remembers a keyed hash so that
 * the next sync does not bring them back. A running bot may go on. Throws SYNC_RUNNING while a sync writes, FORGET_UNFINISHED.
 */
export async function forgetPerson(databasePath: string, email: string, at: Instant): Promise<ForgetReport> {
  const release = takeLock(databasePath, 'sync');
  try {
    const db = openDatabase(databasePath);
    let purged: Purged;
    try {
      const run = db.transaction((): Purged => {
        const found = purge(db, { email, companies: [] });
        recordForgotten(db, [email, ...found.companies], at);
        return found;
      });
      purged = run.immediate();
      rewrite(db);
      await waitUntilEmpty(db);
    } finally {
      db.close();
    }
    const backups: string[] = [];
    const left: string[] = [];
    for (const file of [...listBackups(databasePath).map(({ path }) => path), ...filesAside(databasePath)]) {
      if (!existsSync(file)) continue;
      try {
        purgeFile(file, { email, companies: purged.companies }, at);
        backups.push(file);
      } catch (error) {
        left.push(`${file} (${reasonOf(error).slice(0, 80)})`);
      }
    }
    return { rows: purged.rows, backups, left };
  } finally {
    release();
  }
}
