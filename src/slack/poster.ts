import { LogLevel, WebClient } from '@slack/web-api';
import type { Instant } from '../domain/day.ts';
import type { Log } from '../domain/log.ts';
import type { Message } from '../domain/message.ts';
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

/** A message to look for. */
export interface ReadBackRequest {
  readonly channel: string;
  readonly uuid: string;
  /** When it was first tried; older messages are not looked at. */
  readonly firstTryAt: Instant;
  readonly threadTs?: string;
}

/** `unavailable`: the bot may not read that channel. `failed`: try again. `dead`: the token works no more. */
export type ReadBack =
  | { readonly kind: 'found'; readonly ts: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'failed'; readonly code: string; readonly retryAfterMs?: number }
  | (Outcome & { readonly kind: 'dead' });

/** Posts and edits messages and looks whether one arrived. */
export interface Poster {
  /** Tries once. Never rejects. */
  readonly post: (request: PostRequest) => Promise<Outcome>;
  /** Looks through the newest messages of the channel, or through the thread. Never rejects. */
  readonly readBack: (request: ReadBackRequest) => Promise<ReadBack>;
  /** Aborts what is under way; its outcome is in doubt. */
  readonly stop: () => void;
}

/** What the poster works with. */
export interface PosterDeps {
  readonly token: string;
  /** The Web API's base, such as `https://slack.com/api/`. */
  readonly slackApiUrl: string;
  /** The scopes the token was granted; undefined when Slack did not say. */
  readonly scopes: () => readonly string[] | undefined;
  readonly log: Log;
}

const POST_TIMEOUT_MS = 15_000;
const READ_TIMEOUT_MS = 5000;
const PAGES = 5;
const PAGE_SIZE = 100;
/** Our clock and Slack's may differ: messages this much older than the first try are looked at too. */
const CLOCK_SLACK_MS = 600_000;

const HISTORY_SCOPE = /^(channels|groups|im|mpim):history$/;
/** Codes with which Slack refuses to show a channel, whatever the bot does. */
const FORBIDDEN = new Set(['missing_scope', 'not_allowed_token_type', 'no_permission', 'thread_not_found']);

interface HistoryPage {
  readonly messages?: readonly {
    readonly ts?: string;
    readonly metadata?: { readonly event_type?: string; readonly event_payload?: { readonly k?: unknown } };
  }[];
  readonly has_more?: boolean;
  readonly response_metadata?: { readonly next_cursor?: string };
}

/**
 * The posting client. It is not Bolt's: the SDK re-sends after resets, timeouts and 5xx, which stored four copies of
 * one message in a measured run, waits without limit for an answer and sleeps through a 429 with everything queued
 * behind it. Here one try is one request with a deadline, and what follows is the outbox's to decide.
 */
export function createPoster({ token, slackApiUrl, scopes, log }: PosterDeps): Poster {
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
  const reader = new WebClient(token, { ...options, timeout: READ_TIMEOUT_MS });

  async function readPage(request: ReadBackRequest, cursor: string | undefined): Promise<HistoryPage> {
    const { channel, threadTs } = request;
    const page = { channel, limit: PAGE_SIZE, include_all_metadata: true, ...(cursor && { cursor }) };
    return threadTs
      ? await reader.apiCall('conversations.replies', { ...page, ts: threadTs })
      : await reader.apiCall('conversations.history', page);
  }

  async function search(request: ReadBackRequest): Promise<ReadBack> {
    const oldest = (request.firstTryAt - CLOCK_SLACK_MS) / 1000;
    let cursor: string | undefined;
    for (let pages = 0; pages < PAGES; pages += 1) {
      const page = await readPage(request, cursor);
      const messages = page.messages ?? [];
      const hit = messages.find(({ metadata }) => metadata?.event_payload?.k === request.uuid);
      if (hit?.ts) return { kind: 'found', ts: hit.ts };
      // The newest page is looked at whatever the clocks say. A channel is listed newest first, a thread oldest first.
      const isPast = request.threadTs === undefined && messages.some(({ ts }) => Number(ts) < oldest);
      cursor = page.response_metadata?.next_cursor;
      if (!cursor || isPast) break;
    }
    return { kind: 'absent' };
  }

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
      metadata: { event_type: 'pulse_delivery', event_payload: { k: uuid } },
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

    async readBack(request) {
      const granted = scopes();
      if (granted && !granted.some((scope) => HISTORY_SCOPE.test(scope))) return { kind: 'unavailable' };
      try {
        return await search(request);
      } catch (error) {
        const outcome = outcomeOf({ error });
        const code = 'code' in outcome ? outcome.code : 'unknown';
        if (FORBIDDEN.has(code) || outcome.kind === 'parked') return { kind: 'unavailable' };
        if (outcome.kind === 'dead') return outcome;
        const retryAfterMs = outcome.kind === 'later' ? outcome.retryAfterMs : undefined;
        return { kind: 'failed', code, ...(retryAfterMs !== undefined && { retryAfterMs }) };
      }
    },

    stop() {
      stopping.abort();
    },
  };
}
