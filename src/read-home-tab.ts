import type { AlertDesk } from './alerts/alert-desk.ts';
import type { StartConfig } from './config/read-config.ts';
import type { Instant } from './domain/day.ts';
import type { Block } from './domain/message.ts';
import { homeBlocks } from './messages/home.ts';
import { readHome } from './schedule/read-home.ts';
import type { SyncRunner } from './schedule/sync-runner.ts';
import type { Bolt } from './slack/bolt.ts';
import type { Store } from './store/store.ts';

/** What the Home tab is made from. */
export interface HomeTabSources {
  readonly config: StartConfig;
  readonly store: Store;
  readonly desk: Pick<AlertDesk, 'readEverywhere'>;
  readonly bolt: Pick<Bolt, 'connectedSince' | 'identity'>;
  readonly sync: Pick<SyncRunner, 'readFailure'>;
}

/** The Home tab as it is now. `mayAsk`: whether its buttons would be answered. */
export async function readHomeTab(
  { bolt, config, desk, store, sync }: HomeTabSources,
  mayAsk: boolean,
  now: Instant,
): Promise<readonly Block[]> {
  const { allowedUsergroups = [], allowedUsers = [], channels, command: slash, marketplace, slack } = config;
  const { setUp, ...home } = await readHome(
    {
      store,
      developerIds: marketplace.developerIds,
      zone: config.timeZone,
      digestChannel: channels.digest,
      readAlerts: () => desk.readEverywhere(),
      syncFailure: sync.readFailure(),
      workspaceUrl: bolt.identity()?.url,
    },
    now,
  );
  const known = { slash, ...(marketplace.tokenExpires && { tokenExpires: marketplace.tokenExpires }) };
  const connectedAt = bolt.connectedSince();
  const isAnybodyNamed = allowedUsers.length + allowedUsergroups.length > 0;
  return homeBlocks({
    ...home,
    ...known,
    slack: { kind: slack.mode.kind, ...(connectedAt !== undefined && { connectedAt }) },
    mayAsk,
    ...(home.latest.length === 0 && { setUp: { ...setUp, ...known, isAnybodyNamed } }),
  });
}
