import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Message } from '../domain/message.ts';
import type { AskRequest, ReplyPaths } from './answering.ts';
import { toEphemeral, toView } from './payloads.ts';

/** The ways back that Slack gives with a request. */
export type Ways = Pick<ReplyPaths, 'ack' | 'respond'>;

/** How answers reach the asker. */
export function createReplyPaths(client: WebClient) {
  /** To the asker alone, where it was asked. */
  function postEphemeral(asker: Pick<AskRequest, 'channelId' | 'threadTs' | 'userId'>) {
    return async ({ text, blocks }: Message): Promise<void> => {
      const thread = asker.threadTs === undefined ? {} : { thread_ts: asker.threadTs };
      const place = { channel: asker.channelId, user: asker.userId, ...thread };
      await client.apiCall('chat.postEphemeral', { ...place, text, ...(blocks.length > 0 && { blocks }) });
    };
  }

  /** Into the direct message with the bot: who looks at the Home tab would not see an ephemeral one there. */
  function postDirect(channel: string) {
    return async ({ text, blocks }: Message): Promise<void> => {
      const quiet = { unfurl_links: false, unfurl_media: false };
      const body = { channel, text, ...quiet, ...(blocks.length > 0 && { blocks }) };
      await client.apiCall('chat.postMessage', body);
    };
  }

  /** Opens a form in answer to a command or click. */
  function openForm({ trigger_id: trigger }: { readonly trigger_id: string }, channelId: string) {
    return async (form: Parameters<NonNullable<ReplyPaths['openForm']>>[0]): Promise<void> => {
      await client.views.open({ trigger_id: trigger, view: toView(form, channelId) });
    };
  }

  /** `respond` is missing where Slack gave no response URL. */
  function toWays(ack: Ways['ack'], respond: RespondFn | undefined): Ways {
    if (!respond) return { ack };
    return { ack, respond: async (message) => void (await respond(toEphemeral(message))) };
  }

  return { openForm, postDirect, postEphemeral, toWays };
}
