import { readStoreConfig } from '../config/read-config.ts';
import { forgetPerson } from '../store/forget.ts';
import { configSources, print, withStore } from './context.ts';
import { toPersonAddress } from './person-address.ts';

/** `pulse forget EMAIL`: takes a person out of the store and its backups, and keeps syncs from bringing them back. */
export async function forget(email: string): Promise<void> {
  const address = toPersonAddress(email);
  const config = readStoreConfig(configSources());
  // Brings the store to the newest schema first.
  await withStore(async () => undefined, config);
  const { backups, left, rows } = await forgetPerson(config.databasePath, address, Date.now());
  const found = Object.entries(rows).map(([table, count]) => `${table} ${count}`);
  print(
    found.length === 0
      ? 'The store held nothing of this address.'
      : `Removed from: ${found.join(', ')} rows.`,
  );
  print('The file was written anew; syncs leave this address out from now on.');
  if (backups.length > 0) print(`Backups written anew: ${backups.length}`);
  for (const file of left) print(`Delete by hand, it may still hold the person: ${file}`);
  print('Not in reach: backups you copied elsewhere, and what was already posted to Slack.');
}
