import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { readStoreConfig } from '../config/read-config.ts';
import { reasonOf } from '../domain/errors.ts';
import { backUp } from '../store/backup.ts';
import { verifyFile } from '../store/verify-file.ts';
import { configSources, print, UsageError } from './context.ts';

/** Throws unless the file may be written: it is not the database, and what is there is an older backup, or nothing. */
function checkTarget(file: string, databasePath: string): void {
  if (!existsSync(databasePath)) {
    throw new UsageError(`There is no database at ${databasePath}: check DATABASE_PATH.`);
  }
  if (!existsSync(file)) return;
  if (realpathSync(file) === realpathSync(databasePath)) {
    throw new UsageError(`${file} is the database itself: give another file.`);
  }
  try {
    verifyFile(file);
  } catch (error) {
    throw new UsageError(`${reasonOf(error)} It is not replaced: give another file.`);
  }
}

/** `pulse backup FILE`: a checked copy of the store, of one moment, while the bot goes on. */
export async function backup(file: string): Promise<void> {
  const { databasePath } = readStoreConfig(configSources());
  checkTarget(file, databasePath);
  const { rows } = await backUp(databasePath, resolve(file));
  const count = Object.values(rows).reduce((sum, one) => sum + one, 0);
  print(`${file}: ${count.toLocaleString('en-US')} rows, read back and sound`);
}
