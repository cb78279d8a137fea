/** What a Web API method of the simulated Slack is made of. */
import { explained, SlackRefusal } from './refusal.ts';
import type { Bot, Channel, SlackMessage, Workspace } from './workspace.ts';

/** Arguments as sent, JSON strings of a form already parsed. */
export type Arguments = Readonly<Record<string, unknown>>;

/** What the methods work on. */
export interface ApiContext {
  readonly workspace: Workspace;
  /** Whose token the call carries. */
  readonly bot: Bot;
  /** Scopes granted to the bot token now. */
  readonly scopes: () => readonly string[];
  /** Where the workspace is, without a slash at the end. */
  readonly origin: () => string;
  /** A fresh one-time WebSocket address. */
  readonly socketUrl: () => string;
  /** Uses up a trigger id and answers whose click it was; throws as `views.open` answers. */
  readonly useTrigger: (triggerId: string) => { readonly userId: string };
}

/** One method. */
export interface ApiMethod {
  readonly token: 'bot' | 'app' | 'none';
  /** Scopes it needs, by its arguments. */
  readonly scopes?: (args: Arguments, context: ApiContext) => readonly string[];
  readonly run: (args: Arguments, context: ApiContext) => Readonly<Record<string, unknown>>;
}

/** A required string argument; a number is taken as Slack takes it in a form. */
export function required(args: Arguments, name: string): string {
  const value = args[name];
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string' && value !== '') return value;
  throw explained('invalid_arguments', [{ message: `missing required field: ${name}` }]);
}

/** An optional string argument. */
export function optional(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An optional boolean argument; forms spell it `true` or `1`. */
export function flag(args: Arguments, name: string): boolean {
  const value = args[name];
  return value === true || value === 'true' || value === '1' || value === 1;
}

/**
 * The channel the bot may see under this id. A private channel it was not invited to does not exist for it.
 * A person's id means the direct message with them, where `opensIm` allows it.
 */
export function visibleChannel(workspace: Workspace, id: string, opensIm = false): Channel {
  if (opensIm && workspace.users.has(id)) return workspace.imOf(id);
  const channel = workspace.channels.get(id);
  if (channel === undefined || (channel.isPrivate && !channel.hasBot))
    throw new SlackRefusal('channel_not_found');
  return channel;
}

/** A message as the API shows it; blocks without an id get one, as Slack gives them. */
export function apiMessage(
  message: SlackMessage,
  workspace: Workspace,
  withMetadata = false,
): Record<string, unknown> {
  const { team } = workspace;
  const bot = workspace.bots.get(message.userId) ?? workspace.bot;
  const replies = workspace
    .select({ channel: message.channel, thread: message.ts, ephemeral: false })
    .filter((other) => other.ts !== message.ts);
  const last = replies.at(-1);
  return {
    type: 'message',
    user: message.userId,
    ...(message.isBot && {
      bot_id: bot.botId,
      app_id: bot.appId,
      bot_profile: { id: bot.botId, app_id: bot.appId, name: bot.name, deleted: false, team_id: team.id },
    }),
    ts: message.ts,
    team: team.id,
    text: message.text,
    ...(message.blocks.length > 0 && { blocks: withBlockIds(message) }),
    ...(withMetadata && message.metadata !== undefined && { metadata: message.metadata }),
    ...(message.editedAt !== undefined && {
      edited: { user: message.userId, ts: `${Math.floor(message.editedAt / 1000)}.000000` },
    }),
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs, parent_user_id: message.userId }),
    ...(last !== undefined && {
      thread_ts: message.ts,
      reply_count: replies.length,
      reply_users: [...new Set(replies.map((reply) => reply.userId))],
      latest_reply: last.ts,
    }),
  };
}

/** The blocks with the ids Slack would have generated: five characters, different for every edition. */
export function withBlockIds(
  message: Pick<SlackMessage, 'blocks' | 'ts' | 'editions'>,
): Record<string, unknown>[] {
  const seed = Number(message.ts.replace('.', '').slice(-9)) + message.editions.length * 7_919;
  return message.blocks.map((block, index) => ({
    ...block,
    block_id: block['block_id'] ?? (seed * 64 + index).toString(36).slice(-5).padStart(5, '0'),
  }));
}
