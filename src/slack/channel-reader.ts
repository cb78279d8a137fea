import type { WebClient } from '@slack/web-api';
import type { Instant } from '../domain/day.ts';
import type { Identity } from './identity.ts';
import { isRefusal, type Outcome, outcomeOf } from './outcome.ts';

/** A message to look for. */
export interface ReadBackRequest {
  readonly channel: string;
  readonly uuid: string;
  /** When it was first tried; older messages are not looked at. */
  readonly firstTryAt: Instant;
  readonly threadTs?: string;
}

/**
 * `unavailable`: the bot may not read that channel. `failed`: try again; `isRefused` where Slack said no and nobody knows why.
 * `dead`: the token works no more.
 */
export type Unread =
  | { readonly kind: 'unavailable' }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly isRefused: boolean;
      readonly retryAfterMs?: number;
    }
  | (Outcome & { readonly kind: 'dead' });

/** What became of a message that was looked for. */
export type ReadBack = { readonly kind: 'found'; readonly ts: string } | { readonly kind: 'absent' } | Unread;

/** A message of this bot in a channel, whichever of its instances posted it. */
export interface OwnMessage {
  readonly uuid: string;
  /** The name of the instance that posted it; undefined where it did not say. */
  readonly instance?: string;
  readonly ts: string;
}

/** The newest messages of a channel that this bot posted. */
export type OwnMessages = { readonly kind: 'read'; readonly messages: readonly OwnMessage[] } | Unread;

const PAGES = 5;
const PAGE_SIZE = 100;
/** Our clock and Slack's may differ: messages this much older than the first try are looked at too. */
const CLOCK_SLACK_MS = 600_000;

const HISTORY_SCOPE = /^(channels|groups|im|mpim):history$/;
/** Codes with which Slack refuses to show a channel, whatever the bot does. */
const FORBIDDEN = new Set(['missing_scope', 'not_allowed_token_type', 'no_permission', 'thread_not_found']);

interface HistoryMessage {
  readonly ts?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly metadata?: {
    readonly event_type?: string;
    readonly event_payload?: { readonly k?: unknown; readonly i?: unknown };
  };
}

interface HistoryPage {
  readonly messages?: readonly HistoryMessage[];
  readonly response_metadata?: { readonly next_cursor?: string };
}

/** The type of the metadata of every posted message; its payload: `k`, the message's id, and `i`, the instance that posted it. */
export const DELIVERY_EVENT = 'pulse_delivery';

/** A message as one of ours; undefined for people's, other apps' and another bot of this product, and for answers. */
function toOwn(
  { bot_id, metadata, ts, user }: HistoryMessage,
  who: Identity | undefined,
): OwnMessage | undefined {
  const isOurs = who?.botId === undefined ? user === who?.userId : bot_id === who.botId;
  const { i, k } = metadata?.event_payload ?? {};
  if (!isOurs || metadata?.event_type !== DELIVERY_EVENT || typeof k !== 'string' || !ts) return undefined;
  return { uuid: k, ts, ...(typeof i === 'string' && { instance: i }) };
}

/** What reading channels works with. */
export interface ChannelReaderDeps {
  /** Tries once, within a deadline. */
  readonly client: WebClient;
  /** Who the bot is: another app's messages are not its own, whatever their metadata says. */
  readonly identity: () => Identity | undefined;
}

/** Looks in channels for what this bot posted. Needs a history scope; nothing of what people wrote is kept. */
export function createChannelReader({ client, identity }: ChannelReaderDeps) {
  async function readPage(channel: string, threadTs?: string, cursor?: string): Promise<HistoryPage> {
    const page = { channel, limit: PAGE_SIZE, include_all_metadata: true, ...(cursor && { cursor }) };
    return threadTs
      ? await client.apiCall('conversations.replies', { ...page, ts: threadTs })
      : await client.apiCall('conversations.history', page);
  }

  function ownOf({ messages = [] }: HistoryPage): OwnMessage[] {
    const who = identity();
    return messages.flatMap((message) => toOwn(message, who) ?? []);
  }

  async function search({ channel, firstTryAt, threadTs, uuid }: ReadBackRequest): Promise<ReadBack> {
    const oldest = (firstTryAt - CLOCK_SLACK_MS) / 1000;
    let cursor: string | undefined;
    for (let pages = 0; pages < PAGES; pages += 1) {
      const page = await readPage(channel, threadTs, cursor);
      const hit = ownOf(page).find((message) => message.uuid === uuid);
      if (hit) return { kind: 'found', ts: hit.ts };
      // The newest page is looked at whatever the clocks say. A channel is listed newest first, a thread oldest first.
      const isPast = threadTs === undefined && page.messages?.some(({ ts }) => Number(ts) < oldest);
      cursor = page.response_metadata?.next_cursor;
      if (!cursor || isPast) break;
    }
    return { kind: 'absent' };
  }

  async function reading<Found>(read: () => Promise<Found>): Promise<Found | Unread> {
    const granted = identity()?.scopes;
    if (granted && !granted.some((scope) => HISTORY_SCOPE.test(scope))) return { kind: 'unavailable' };
    try {
      return await read();
    } catch (error) {
      const outcome = outcomeOf({ error });
      const code = 'code' in outcome ? outcome.code : 'unknown';
      if (FORBIDDEN.has(code) || outcome.kind === 'parked') return { kind: 'unavailable' };
      if (outcome.kind === 'dead') return outcome;
      const retryAfterMs = outcome.kind === 'later' ? outcome.retryAfterMs : undefined;
      return {
        kind: 'failed',
        code,
        isRefused: isRefusal(error),
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      };
    }
  }

  return {
    /** Looks through the newest messages of the channel, or through the thread. Never rejects. */
    readBack: (request: ReadBackRequest): Promise<ReadBack> => reading(() => search(request)),

    /** This bot's messages among the newest hundred of a channel; replies are not among them. Never rejects. */
    readOwn: (channel: string): Promise<OwnMessages> =>
      reading(async () => ({ kind: 'read' as const, messages: ownOf(await readPage(channel)) })),
  };
}
