import { LogLevel, WebClient } from '@slack/web-api';
import type { Log } from '../domain/log.ts';
import type { Message } from '../domain/message.ts';
import {
  createChannelReader,
  DELIVERY_EVENT,
  type OwnMessages,
  type ReadBack,
  type ReadBackRequest,
} from './channel-reader.ts';
import type { Identity } from './identity.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { createSlackLogger } from './slack-logger.ts';

/** One message to post. */
export interface PostRequest {
  readonly channel: string;
  readonly message: Message;
  /** Travels in the message's metadata, invisible to readers; it is how a read-back knows the message. */
  readonly uuid: string;
  /** The parent's `ts`, for a reply. */
  readonly threadTs?: string;
  /** The `ts` of the message whose content is to be replaced; then nothing new is posted. */
  readonly editTs?: string;
  /** A reply that is shown in the channel as well. */
  readonly isBroadcast?: boolean;
}

/** Posts and edits messages and looks whether one arrived. */
export interface Poster {
  /** Tries once. Never rejects. */
  readonly post: (request: PostRequest) => Promise<Outcome>;
  /** Looks through the newest messages of the channel, or through the thread. Never rejects. */
  readonly readBack: (request: ReadBackRequest) => Promise<ReadBack>;
  /** What this bot posted to a channel, among its newest messages. Never rejects. */
  readonly readOwn: (channel: string) => Promise<OwnMessages>;
  /** Aborts what is under way; its outcome is in doubt. */
  readonly stop: () => void;
}

/** What the poster works with. */
export interface PosterDeps {
  readonly token: string;
  /** The Web API's base, such as `https://slack.com/api/`. */
  readonly slackApiUrl: string;
  /** Whom the token belongs to, and the scopes it was granted; undefined before Slack was asked. */
  readonly identity: () => Identity | undefined;
  /** Names this instance in what it posts, so that two of them are told apart. */
  readonly instance: string;
  readonly log: Log;
}

const POST_TIMEOUT_MS = 15_000;
const READ_TIMEOUT_MS = 5000;

/**
 * The posting client. It is not Bolt's: the SDK re-sends after resets, timeouts and 5xx, which stored four copies of
 * one message in a measured run, waits without limit for an answer and sleeps through a 429 with everything queued
 * behind it. Here one try is one request with a deadline, and what follows is the outbox's to decide.
 */
export function createPoster({ identity, instance, log, slackApiUrl, token }: PosterDeps): Poster {
  const stopping = new AbortController();
  const fetchUntilStop: typeof fetch = (url, init) =>
    fetch(url, {
      ...init,
      signal: AbortSignal.any([stopping.signal, ...(init?.signal ? [init.signal] : [])]),
    });
  const options = {
    slackApiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: createSlackLogger(log, LogLevel.INFO),
    fetch: fetchUntilStop as NonNullable<ConstructorParameters<typeof WebClient>[1]>['fetch'] & {},
  };
  const poster = new WebClient(token, { ...options, timeout: POST_TIMEOUT_MS });
  const reader = createChannelReader({
    client: new WebClient(token, { ...options, timeout: READ_TIMEOUT_MS }),
    identity,
  });

  function call({ channel, editTs, isBroadcast, message, threadTs, uuid }: PostRequest) {
    const { blocks, text } = message;
    // Without `blocks` an edited message would keep those it has.
    if (editTs !== undefined) return poster.apiCall('chat.update', { channel, ts: editTs, text, blocks });
    return poster.apiCall('chat.postMessage', {
      channel,
      text,
      ...(blocks.length > 0 && { blocks }),
      ...(threadTs !== undefined && { thread_ts: threadTs }),
      ...(threadTs !== undefined && isBroadcast && { reply_broadcast: true }),
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: DELIVERY_EVENT, event_payload: { k: uuid, i: instance } },
    });
  }

  return {
    async post(request) {
      try {
        return outcomeOf({ answer: await call(request) });
      } catch (error) {
        return outcomeOf({ error });
      }
    },

    readBack: reader.readBack,
    readOwn: reader.readOwn,

    stop() {
      stopping.abort();
    },
  };
}
