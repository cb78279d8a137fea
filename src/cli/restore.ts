import { readStoreConfig } from '../config/read-config.ts';
import { restoreBackup } from '../store/restore.ts';
import { configSources, print } from './context.ts';

/** `pulse restore FILE`: puts a backup in the place of the store, which is kept beside it. */
export async function restore(file: string): Promise<void> {
  const { databasePath } = readStoreConfig(configSources());
  const { facts, knowsWhatWasSaid, replaced } = restoreBackup(databasePath, file, Date.now());
  const count = Object.values(facts.rows).reduce((sum, one) => sum + one, 0);
  print(`${databasePath} is now ${file}: ${count.toLocaleString('en-US')} rows, read back and sound`);
  if (replaced !== undefined) print(`What it replaced is at ${replaced}`);
  print(
    knowsWhatWasSaid
      ? 'What was posted since the backup is known and not posted again.'
      : 'What was posted since the backup is not known: digests due until now, and messages that were waiting, are not posted.',
  );
}
