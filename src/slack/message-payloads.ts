import type { MessageShortcut } from '@slack/bolt';
import type { AskRequest } from './answering.ts';
import type { Identity } from './identity.ts';
import { teamOf } from './payloads.ts';

/** What names the shortcut on messages to Slack: `manifest.yml`. */
export const SHORTCUT_ID = 'pulse_lookup';

/** The fields of an `app_mention` event that a question is made of. Slack sends more. */
export interface Mention {
  readonly text?: string;
  readonly user?: string;
  /** The workspace of the person; another one's in a channel that two companies share. */
  readonly user_team?: string;
  readonly team?: string;
  readonly channel?: string;
  /** What names the message in its channel. */
  readonly ts?: string;
  readonly thread_ts?: string;
  /** Another app wrote it. */
  readonly bot_id?: string;
}

/** A message that mentions the bot as a question, answered where it was asked; undefined when no person wrote it. */
export function toMentionRequest(mention: Mention, identity: Identity): AskRequest | undefined {
  const { bot_id: botId, channel, text = '', thread_ts: threadTs, user } = mention;
  if (botId !== undefined || user === undefined || channel === undefined || user === identity.userId)
    return undefined;
  const teams = [mention.user_team, mention.team].filter((team) => team !== undefined);
  return {
    userId: user,
    channelId: channel,
    teamId: teams.find((team) => team !== identity.teamId) ?? teams[0] ?? '',
    text: text.replaceAll(new RegExp(`<@${identity.userId}(?:\\|[^>]*)?>`, 'g'), ' ').trim(),
    source: 'mention',
    ...(threadTs !== undefined && { threadTs }),
    ...(mention.ts !== undefined && { origin: mention.ts }),
  };
}

/** Longer messages are not read to their end. */
const LONGEST = 4000;

/** Parts of a message that hold words or links. Ids, styles and colours are none. */
const SPOKEN = new Set([
  'text',
  'url',
  'title',
  'title_link',
  'pretext',
  'fallback',
  'value',
  'fields',
  'elements',
  'rows',
]);

/** All words of blocks and attachments: apps write messages whose text says less than what is shown. */
function spokenIn(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  if (Array.isArray(node)) return node.flatMap(spokenIn);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, inner]) => (SPOKEN.has(name) ? spokenIn(inner) : []));
}

/** The shortcut on a message as a question about what stands in it. */
export function toShortcutRequest(body: MessageShortcut, identity: Identity): AskRequest {
  const { blocks, attachments, text } = body.message as MessageShortcut['message'] & {
    readonly blocks?: unknown;
    readonly attachments?: unknown;
  };
  const words = [text ?? '', ...spokenIn(blocks), ...spokenIn(attachments)];
  return {
    userId: body.user.id,
    channelId: body.channel.id,
    teamId: teamOf(body, identity),
    text: words.join(' ').slice(0, LONGEST),
    source: 'shortcut',
  };
}
