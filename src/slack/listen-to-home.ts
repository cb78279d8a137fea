import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Block } from '../domain/message.ts';
import type { AskRequest, HomePaths } from './answering.ts';
import type { Identity } from './identity.ts';
import type { createSeen } from './seen.ts';

/** What listening works with. */
export interface HomeListenerDeps {
  readonly client: WebClient;
  readonly identity: () => Identity | undefined;
  /** Events are delivered again when Slack saw no ack. */
  readonly seen: ReturnType<typeof createSeen>;
  readonly show: (request: AskRequest, paths: HomePaths) => Promise<void>;
}

/** The fields of an `app_home_opened` event that matter. `tab`: people also open the messages of the app. */
export interface HomeOpened {
  readonly user: string;
  /** The person's direct message with the bot. */
  readonly channel: string;
  readonly tab?: string;
}

/** Who opened the Home tab, as a request. `teamId`: of the authorization the event came with. */
export function toHomeRequest({ channel, user }: HomeOpened, teamId: string): AskRequest {
  return { userId: user, channelId: channel, teamId, text: '', source: 'home' };
}

/** People who open the Home tab: each sees what they may, built anew each time. */
export function listenToHome(app: App, { client, identity, seen, show }: HomeListenerDeps): void {
  app.event('app_home_opened', async ({ body, event }) => {
    if (event.tab !== 'home' || !identity() || !seen.note(body.event_id)) return;
    const request = toHomeRequest(event, body.team_id);
    const publish = async (blocks: readonly Block[]): Promise<void> => {
      await client.views.publish({
        user_id: event.user,
        // Clicks in a view come without a channel: this is where they are answered.
        view: { type: 'home', private_metadata: event.channel, blocks: blocks as never },
      });
    };
    await show(request, { publish });
  });
}
