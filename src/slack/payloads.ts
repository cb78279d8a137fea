import type { BlockAction, MessageShortcut, SlashCommand } from '@slack/bolt';
import type { Message } from '../domain/message.ts';
import type { AskRequest } from './answering.ts';
import type { Identity } from './identity.ts';

/** Buttons that ask something begin so, and their value is the text of a command. */
const ASKS = 'pulse:';

/** A slash command as a question. */
export function toCommandRequest(body: SlashCommand): AskRequest {
  const { user_id: userId, channel_id: channelId, team_id: teamId, text } = body;
  return { userId, channelId, teamId, text: text ?? '', source: 'command' };
}

/** The workspace a click comes from: another one's member may click in a channel that two companies share. */
export function teamOf(
  body: Pick<BlockAction | MessageShortcut, 'team' | 'user'>,
  identity: Identity,
): string {
  const isSameEnterprise =
    identity.enterpriseId !== undefined && body.team?.enterprise_id === identity.enterpriseId;
  const teams = [body.user.team_id, body.team?.id].filter((id) => id !== undefined && id !== '');
  if (isSameEnterprise && teams.length > 0) return identity.teamId;
  return teams.find((id) => id !== identity.teamId) ?? teams[0] ?? '';
}

/** What a click on a button, or a choice in a menu, asks; undefined for anything else. */
function askedBy(action: BlockAction['actions'][number]): string | undefined {
  if (action.type === 'button') return action.value;
  return action.type === 'static_select' ? action.selected_option?.value : undefined;
}

/** A click as a question; undefined for buttons that only open a link, and for anything that is no button of ours. */
export function toClickRequest(body: BlockAction, identity: Identity): AskRequest | undefined {
  const [action] = body.actions;
  const text = action && askedBy(action);
  if (!action?.action_id.startsWith(ASKS) || !text) return undefined;
  const container: Readonly<Record<string, unknown>> = body.container;
  const channelId = body.channel?.id ?? container['channel_id'];
  return {
    userId: body.user.id,
    channelId: typeof channelId === 'string' ? channelId : '',
    teamId: teamOf(body, identity),
    text,
    source: 'button',
  };
}

/** A message in the form that acks and response URLs take: for the asker only, leaving what is there. */
export function toEphemeral({ text, blocks }: Message) {
  return {
    response_type: 'ephemeral' as const,
    replace_original: false,
    text,
    // Slack adds block types faster than its types list them.
    ...(blocks.length > 0 && { blocks: blocks as never }),
  };
}
