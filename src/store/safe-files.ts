import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Gives a finished file its name, so that after a power loss either the old file is there or the whole new one. */
export function putInPlace(finished: string, path: string): void {
  sync(finished);
  renameSync(finished, path);
  sync(dirname(path));
}

/** The files SQLite keeps beside a database. */
export const BESIDES = ['-wal', '-shm', '-journal'] as const;

/** Removes a database file and what SQLite keeps beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', ...BESIDES]) rmSync(`${path}${suffix}`, { force: true });
}

/** Creates an empty file for this user alone. Throws when there is one. */
export function createPrivate(path: string): void {
  closeSync(openSync(path, 'wx', 0o600));
}

/**
 * Keeps a database, and what SQLite keeps beside it, under another name. The file has both names until something takes its
 * place: whenever the process dies, there is a database.
 */
export function putAside(path: string, to: string): void {
  for (const suffix of BESIDES)
    if (existsSync(`${path}${suffix}`)) renameSync(`${path}${suffix}`, `${to}${suffix}`);
  try {
    linkSync(path, to);
  } catch {
    // A file system without second names.
    renameSync(path, to);
  }
  sync(dirname(to));
}
