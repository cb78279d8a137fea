import type { BlockAction, MessageShortcut, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import type { Form, Message } from '../domain/message.ts';
import type { AskRequest, FormRequest } from './answering.ts';
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
  body: Pick<BlockAction | MessageShortcut | ViewSubmitAction, 'team' | 'user'>,
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

/** What names our forms to Slack. */
export const FORM_ID = 'pulse:form';

/** A form as Slack's view. Slack gives back where it was opened, and by whom it was filled in. */
export function toView(form: Form, channelId: string) {
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  return {
    type: 'modal' as const,
    callback_id: FORM_ID,
    private_metadata: channelId,
    title: plain(form.title),
    submit: plain(form.submit),
    close: plain('Cancel'),
    blocks: form.blocks as never,
  };
}

type FilledIn = ViewSubmitAction['view']['state']['values'][string][string];

/** What stands in a field; an empty one asks for the default. */
function valueOf({ selected_date: day, selected_user: user, value }: FilledIn): string {
  return value ?? day ?? user ?? '';
}

/** What stood in a field when the form was opened. */
function initialOf(view: ViewSubmitAction['view'], blockId: string): string {
  const block = view.blocks.find((one) => one.block_id === blockId);
  const element = (block && 'element' in block ? block.element : {}) as Readonly<Record<string, unknown>>;
  const initial = element['initial_value'] ?? element['initial_user'];
  return typeof initial === 'string' ? initial : '';
}

/** A form that was filled in: each field that was changed as the command that its block names, with its value. */
export function toFormRequest(body: ViewSubmitAction, identity: Identity): FormRequest {
  const { private_metadata: channelId, state } = body.view;
  const filledIn = Object.entries(state.values).flatMap(([id, actions]) => {
    const [first] = Object.values(actions);
    const value = first ? valueOf(first).trim() : '';
    return value === initialOf(body.view, id)
      ? []
      : [{ id, text: `${id} ${value === '' ? 'default' : value}` }];
  });
  return {
    userId: body.user.id,
    channelId,
    teamId: teamOf(body, identity),
    source: 'button',
    entries: filledIn,
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
