import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Form, Message } from '../domain/message.ts';
import type { AskRequest, ReplyPaths } from './answering.ts';
import { toEphemeral, toView } from './payloads.ts';

type Ways = Pick<ReplyPaths, 'ack' | 'respond'>;

/** `respond` is missing where Slack gave no response URL. */
export function toWays(ack: Ways['ack'], respond: RespondFn | undefined): Ways {
  if (!respond) return { ack };
  return { ack, respond: async (message) => void (await respond(toEphemeral(message))) };
}

/** The ways back to a person that need the Web API. */
export function createReplyWays(client: WebClient) {
  return {
    /** Shown to the asker alone, where it was asked. */
    toAsker({ channelId, threadTs, userId }: Pick<AskRequest, 'channelId' | 'threadTs' | 'userId'>) {
      return async ({ blocks, text }: Message): Promise<void> => {
        const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
        const place = { channel: channelId, user: userId, ...thread };
        await client.apiCall('chat.postEphemeral', { ...place, text, ...(blocks.length > 0 && { blocks }) });
      };
    },

    /** Into the direct message with the bot: whoever looks at the Home tab would not see an ephemeral one there. */
    toDirectMessage(channel: string) {
      return async ({ blocks, text }: Message): Promise<void> => {
        const quiet = { unfurl_links: false, unfurl_media: false };
        await client.apiCall('chat.postMessage', {
          channel,
          text,
          ...quiet,
          ...(blocks.length > 0 && { blocks }),
        });
      };
    },

    toForm({ trigger_id: trigger }: { readonly trigger_id: string }, channelId: string) {
      return async (form: Form): Promise<void> => {
        await client.views.open({ trigger_id: trigger, view: toView(form, channelId) });
      };
    },
  };
}
