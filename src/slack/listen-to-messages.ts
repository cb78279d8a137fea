import type { App, MessageShortcut, RespondFn } from '@slack/bolt';
import type { AskRequest } from './answering.ts';
import type { Identity } from './identity.ts';
import { SHORTCUT_ID, toMentionRequest, toShortcutRequest } from './message-payloads.ts';
import type { createSeen } from './seen.ts';

/** What listening works with. */
export interface MessageListenerDeps {
  readonly identity: () => Identity | undefined;
  /** Events are delivered again when Slack saw no ack. */
  readonly seen: ReturnType<typeof createSeen>;
  /** Answers the asker alone. `respond`: Slack's response URL, which a mention does not have. */
  readonly answer: (request: AskRequest, ack: () => Promise<void>, respond?: RespondFn) => Promise<void>;
}

/** Messages that mention the bot, in a thread too where slash commands do not work, and the shortcut on any message. */
export function listenToMessages(app: App, { answer, identity, seen }: MessageListenerDeps): void {
  app.event('app_mention', async ({ body, event }) => {
    const own = identity();
    const request = own && toMentionRequest(event, own);
    // Slack was told already: events are confirmed before they are handled.
    if (request && seen.note(body.event_id)) await answer(request, async () => undefined);
  });
  app.shortcut<MessageShortcut>(
    { type: 'message_action', callback_id: SHORTCUT_ID },
    async ({ ack, body, respond }) => {
      const own = identity();
      if (own) await answer(toShortcutRequest(body, own), ack, respond);
      else await ack();
    },
  );
}
