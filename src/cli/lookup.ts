import { answerCommand } from '../commands/index.ts';
import { findRecords } from '../commands/lookup.ts';
import { dayOf } from '../domain/day.ts';
import { plainText } from '../messages/plain-text.ts';
import { createDigestBuilder } from '../schedule/prepare-digests.ts';
import { readStatus } from '../schedule/read-status.ts';
import {
  configSources,
  NO_PLACES,
  openAlertDesk,
  openSubscriptionDesk,
  print,
  withStore,
} from './context.ts';
import { readStoreConfig } from '../config/read-config.ts';

/** `pulse lookup <text> [--json]`: who is this customer? */
export async function lookup(text: string, options: { readonly json?: boolean }): Promise<void> {
  const config = readStoreConfig(configSources());
  await withStore(async (store) => {
    const now = Date.now();
    const [developerId] = await store.read.readDeveloperIds();
    const context = {
      read: store.read,
      search: store.search,
      now,
      today: dayOf(now),
      slash: config.command,
      // Whoever can run this can read the database file.
      showContacts: true,
      isNamed: true,
      asker: { userId: '', channelId: '' },
      alerts: await openAlertDesk(store, config),
      subscriptions: openSubscriptionDesk(store, config),
      places: NO_PLACES,
      askLive: async () => ({ kind: 'failed' as const, code: 'NOT_CONNECTED' }),
      sendFiles: async () => ({ kind: 'unavailable' as const }),
      readLastTold: async () => undefined,
      readNumbers: (ref: string) => store.numbers.read(ref),
      readAge: async () => ({
        asOf: await store.read.readAsOf(developerId ?? '', ['licenses', 'transactions']),
        now,
      }),
      readStatus: () => readStatus(store, [], config.timeZone, now),
      requestSync: async () => 'unavailable' as const,
      buildDigest: createDigestBuilder(store),
    };
    if (options.json) print(JSON.stringify(await findRecords([text], context), null, 2));
    else print(plainText(await answerCommand(['lookup', text], context)));
  }, config);
}
