import { apiMessage, flag, optional, required, visibleChannel } from './api-method.ts';
import type { ApiContext, ApiMethod, Arguments } from './api-method.ts';
import { MAX_TEXT, readContent } from './message-content.ts';
import { SlackRefusal } from './refusal.ts';
import type { Channel, SlackMessage, Workspace } from './workspace.ts';

const chatWrite = (): readonly string[] => ['chat:write'];

/** A channel the bot may post to now. */
function writableChannel(args: Arguments, context: ApiContext): Channel {
  const channel = visibleChannel(context.workspace, required(args, 'channel'), true);
  if (channel.isArchived) throw new SlackRefusal('is_archived');
  // A private channel without the bot is not even visible: what remains here is public.
  if (!channel.hasBot && !context.scopes().includes('chat:write.public'))
    throw new SlackRefusal('not_in_channel');
  return channel;
}

/** The parent of a reply: a message of the channel that is itself no reply. */
function threadOf(args: Arguments, workspace: Workspace, channel: Channel): string | undefined {
  const ts = optional(args, 'thread_ts');
  if (ts === undefined) return undefined;
  const parent = workspace.find(channel.id, ts);
  if (parent === undefined || parent.threadTs !== undefined || parent.ephemeralTo !== undefined) {
    throw new SlackRefusal('thread_not_found');
  }
  return parent.ts;
}

function ownMessage(
  args: Arguments,
  { bot, workspace }: ApiContext,
  channel: Channel,
  foreign: string,
): SlackMessage {
  const message = workspace.find(channel.id, required(args, 'ts'));
  if (message === undefined || message.ephemeralTo !== undefined) throw new SlackRefusal('message_not_found');
  if (message.userId !== bot.userId) throw new SlackRefusal(foreign);
  return message;
}

function postMessage(args: Arguments, context: ApiContext): Record<string, unknown> {
  const { workspace } = context;
  const channel = writableChannel(args, context);
  const content = readContent(args);
  const threadTs = threadOf(args, workspace, channel);
  const message = workspace.add({
    channel: channel.id,
    text: content.text,
    blocks: content.blocks ?? [],
    userId: context.bot.userId,
    isBot: true,
    via: 'chat.postMessage',
    isBroadcast: threadTs !== undefined && flag(args, 'reply_broadcast'),
    sent: args,
    ...(threadTs !== undefined && { threadTs }),
    ...(content.metadata !== undefined && { metadata: content.metadata }),
  });
  return { channel: channel.id, ts: message.ts, message: apiMessage(message, workspace, true) };
}

function postEphemeral(args: Arguments, context: ApiContext): Record<string, unknown> {
  const { workspace } = context;
  const channel = writableChannel(args, context);
  const userId = required(args, 'user');
  if (!workspace.users.has(userId) || !workspace.isMember(channel, userId)) {
    throw new SlackRefusal('user_not_in_channel');
  }
  const content = readContent(args);
  const threadTs = threadOf(args, workspace, channel);
  const message = workspace.add({
    channel: channel.id,
    text: content.text,
    blocks: content.blocks ?? [],
    userId: context.bot.userId,
    isBot: true,
    via: 'chat.postEphemeral',
    ephemeralTo: userId,
    sent: args,
    ...(threadTs !== undefined && { threadTs }),
  });
  return { message_ts: message.ts };
}

/** Without `blocks` the message keeps its blocks, without `metadata` its metadata; an empty array removes blocks. */
function update(args: Arguments, context: ApiContext): Record<string, unknown> {
  const { workspace } = context;
  const channel = writableChannel(args, context);
  const message = ownMessage(args, context, channel, 'cant_update_message');
  const content = readContent(
    args['blocks'] === undefined && args['text'] === undefined ? { ...args, text: ' ' } : args,
    MAX_TEXT.update,
  );
  const edited = workspace.edit(message, {
    text: content.text === '' ? message.text : content.text,
    blocks: content.blocks ?? message.blocks,
    sent: args,
    ...(content.metadata !== undefined && { metadata: content.metadata }),
  });
  return {
    channel: channel.id,
    ts: edited.ts,
    text: edited.text,
    message: apiMessage(edited, workspace, true),
  };
}

function remove(args: Arguments, context: ApiContext): Record<string, unknown> {
  const channel = writableChannel(args, context);
  const message = ownMessage(args, context, channel, 'cant_delete_message');
  context.workspace.remove(message);
  return { channel: channel.id, ts: message.ts };
}

/** The `chat.*` methods. */
export const CHAT_METHODS: Readonly<Record<string, ApiMethod>> = {
  'chat.postMessage': { token: 'bot', scopes: chatWrite, run: postMessage },
  'chat.postEphemeral': { token: 'bot', scopes: chatWrite, run: postEphemeral },
  'chat.update': { token: 'bot', scopes: chatWrite, run: update },
  'chat.delete': { token: 'bot', scopes: chatWrite, run: remove },
};
