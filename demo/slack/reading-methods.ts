import { apiMessage, flag, optional, required, visibleChannel } from './api-method.ts';
import type { ApiContext, ApiMethod, Arguments } from './api-method.ts';
import { explained, SlackRefusal } from './refusal.ts';
import type { Channel, SlackMessage, UserSetup, Workspace } from './workspace.ts';

/** `channels:history` for a public channel, `groups:history` for a private one, `im:history` for a direct message. */
function scopesOf(right: 'history' | 'read') {
  return (args: Arguments, { workspace }: ApiContext): readonly string[] => {
    const channel = workspace.channels.get(optional(args, 'channel') ?? '');
    if (channel?.imUserId !== undefined) return [`im:${right}`];
    return [channel?.isPrivate === true ? `groups:${right}` : `channels:${right}`];
  };
}

function readableChannel(args: Arguments, workspace: Workspace): Channel {
  const channel = visibleChannel(workspace, required(args, 'channel'));
  if (!channel.hasBot) throw new SlackRefusal('not_in_channel');
  return channel;
}

function page(
  args: Arguments,
  messages: readonly SlackMessage[],
  workspace: Workspace,
): Record<string, unknown> {
  const limit = Number(optional(args, 'limit') ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > 999) {
    throw explained('invalid_limit', [{ message: 'limit must be from 1 to 999' }]);
  }
  const cursor = optional(args, 'cursor');
  const from =
    cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString('utf8').replace('from:', ''));
  if (!Number.isInteger(from) || from < 0) throw new SlackRefusal('invalid_cursor');
  const isInclusive = flag(args, 'inclusive');
  const inRange = messages.filter(({ ts }) => {
    const oldest = optional(args, 'oldest') ?? '0';
    const latest = optional(args, 'latest') ?? '9999999999';
    const [at, low, high] = [Number(ts), Number(oldest), Number(latest)];
    return isInclusive ? at >= low && at <= high : at > low && at < high;
  });
  const shown = inRange.slice(from, from + limit);
  const hasMore = from + limit < inRange.length;
  const next = hasMore ? Buffer.from(`from:${from + limit}`).toString('base64') : '';
  return {
    messages: shown.map((message) => apiMessage(message, workspace, flag(args, 'include_all_metadata'))),
    has_more: hasMore,
    response_metadata: { next_cursor: next },
  };
}

/** Newest first, replies only when they were broadcast; ephemeral messages are in no history. */
function history(args: Arguments, { workspace }: ApiContext): Record<string, unknown> {
  const channel = readableChannel(args, workspace);
  const messages = workspace
    .select({ channel: channel.id, ephemeral: false })
    .filter((message) => message.threadTs === undefined || message.isBroadcast)
    .reverse();
  return { ...page(args, messages, workspace), pin_count: 0 };
}

/** The parent, then its replies, oldest first. */
function replies(args: Arguments, { workspace }: ApiContext): Record<string, unknown> {
  const channel = readableChannel(args, workspace);
  const messages = workspace.select({ channel: channel.id, thread: required(args, 'ts'), ephemeral: false });
  if (messages.length === 0) throw new SlackRefusal('thread_not_found');
  return page(args, messages, workspace);
}

function conversationInfo(args: Arguments, { workspace }: ApiContext): Record<string, unknown> {
  const channel = visibleChannel(workspace, required(args, 'channel'));
  const isIm = channel.imUserId !== undefined;
  return {
    channel: {
      id: channel.id,
      ...(isIm ? { user: channel.imUserId } : { name: channel.name, name_normalized: channel.name }),
      is_channel: !channel.isPrivate,
      is_group: channel.isPrivate && !isIm,
      is_im: isIm,
      is_mpim: false,
      is_private: channel.isPrivate,
      is_archived: channel.isArchived,
      is_general: channel.name === 'general',
      is_member: channel.hasBot,
      is_shared: channel.isExtShared,
      is_ext_shared: channel.isExtShared,
      is_org_shared: false,
      is_pending_ext_shared: false,
      created: Math.floor(channel.createdAt / 1000),
      creator: [...workspace.users.keys()][0] ?? workspace.bot.userId,
      context_team_id: workspace.team.id,
      topic: { value: channel.topic, creator: '', last_set: 0 },
      purpose: { value: '', creator: '', last_set: 0 },
    },
  };
}

function userInfo(args: Arguments, { workspace }: ApiContext): Record<string, unknown> {
  const user = workspace.users.get(required(args, 'user'));
  if (user === undefined) throw new SlackRefusal('user_not_found');
  return { user: apiUser(user, workspace) };
}

function usergroupUsers(args: Arguments, { workspace }: ApiContext): Record<string, unknown> {
  const users = workspace.usergroups.get(required(args, 'usergroup'));
  if (users === undefined) throw new SlackRefusal('no_such_subteam');
  return { users };
}

function apiUser(user: UserSetup, workspace: Workspace): Record<string, unknown> {
  const realName = user.realName ?? user.name;
  const zone = user.tz ?? 'UTC';
  return {
    id: user.id,
    team_id: user.teamId ?? workspace.team.id,
    name: user.name,
    real_name: realName,
    deleted: user.isDeleted ?? false,
    tz: zone,
    tz_label: zone,
    tz_offset: zoneOffsetSeconds(zone, workspace.clock()),
    profile: { real_name: realName, display_name: user.name, team: user.teamId ?? workspace.team.id },
    is_admin: false,
    is_owner: false,
    is_restricted: user.isRestricted ?? false,
    is_ultra_restricted: user.isUltraRestricted ?? false,
    is_bot: false,
    is_app_user: false,
    is_stranger: user.teamId !== undefined && user.teamId !== workspace.team.id,
  };
}

function zoneOffsetSeconds(zone: string, at: number): number {
  const name = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '') ?? [];
  return sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 3600 + Number(minutes) * 60);
}

/** `conversations.*`, `users.*` and `usergroups.*`. */
export const READING_METHODS: Readonly<Record<string, ApiMethod>> = {
  'conversations.info': { token: 'bot', scopes: scopesOf('read'), run: conversationInfo },
  'conversations.history': { token: 'bot', scopes: scopesOf('history'), run: history },
  'conversations.replies': { token: 'bot', scopes: scopesOf('history'), run: replies },
  'usergroups.users.list': { token: 'bot', scopes: () => ['usergroups:read'], run: usergroupUsers },
  'users.info': { token: 'bot', scopes: () => ['users:read'], run: userInfo },
};
