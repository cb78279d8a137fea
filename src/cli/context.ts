import { createAlertDesk } from '../alerts/alert-desk.ts';
import {
  type Channels,
  type ConfigSources,
  DEFAULT_SCHEDULE,
  readStoreConfig,
  type StoreConfig,
} from '../config/read-config.ts';
import { loadEnvironment } from '../environment.ts';
import type { Places } from '../commands/command.ts';
import { cronProblem } from '../schedule/cron.ts';
import { createDigestBuilder } from '../schedule/prepare-digests.ts';
import { createSubscriptionDesk } from '../schedule/subscription-desk.ts';
import { createStore, type Store } from '../store/store.ts';

/** The sources of the configuration of a command-line process. */
export function configSources(): ConfigSources {
  return { ...loadEnvironment(), cronProblem };
}

/** Runs something with the store open, and closes it whatever happens. */
export async function withStore<Result>(
  run: (store: Store, config: StoreConfig) => Promise<Result>,
  config = readStoreConfig(configSources()),
): Promise<Result> {
  const store = await createStore(config.databasePath);
  try {
    return await run(store, config);
  } finally {
    await store.close();
  }
}

/** Where the bot posts, as it last said; a command may know less of the configuration than the bot. */
export async function readChannels(store: Store): Promise<Channels | undefined> {
  const known = await store.meta.read('channels');
  return known === undefined ? undefined : (JSON.parse(known) as Channels);
}

/** The alerts of the bot that runs beside this command, as far as the store tells. */
export async function openAlertDesk(store: Store, config: StoreConfig) {
  return createAlertDesk({
    store,
    developerIds: await store.read.readDeveloperIds(),
    channels: (await readChannels(store)) ?? { alert: '', ops: '' },
    zone: config.timeZone,
    largeTransaction: config.largeTransaction,
    clock: Date.now,
  });
}

/** The subscriptions of the bot that runs beside this command. What is subscribed here takes the default time. */
export function openSubscriptionDesk(store: Store, config: StoreConfig) {
  return createSubscriptionDesk({
    store,
    buildDigest: createDigestBuilder(store),
    defaults: [],
    cron: DEFAULT_SCHEDULE,
    zone: config.timeZone,
    clock: Date.now,
  });
}

/** Slack is not asked from the command line. */
export const NO_PLACES: Places = {
  check: async () => ({ kind: 'unseen' }),
  find: async () => undefined,
  readZone: async () => undefined,
};

/** Writes an answer. Logs and progress go to stderr, so that stdout can be piped. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** An error in how a command was called: exit code 64. */
export class UsageError extends Error {}
