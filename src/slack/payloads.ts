import type { ViewsUpdateArguments } from '@slack/web-api';
import type { BlockAction, MessageShortcut, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import type { Block, Form, Message } from '../domain/message.ts';
import type { AskRequest, FormRequest } from './answering.ts';
import type { Identity } from './identity.ts';

/** Buttons that ask something begin so, and their value is the text of a command. */
const ASKS = 'pulse:';

/** A slash command as a question. */
export function toCommandRequest(body: SlashCommand): AskRequest {
  const { user_id: userId, channel_id: channelId, team_id: teamId, text, trigger_id: origin } = body;
  return { userId, channelId, teamId, text: text ?? '', source: 'command', ...(origin && { origin }) };
}

/** Who did something in Slack, and in which workspace. */
type WhoActed = Pick<BlockAction | MessageShortcut | ViewSubmitAction, 'team' | 'user'>;

/** The workspace a click comes from: another one's member may click in a channel that two companies share. */
export function teamOf(body: WhoActed, identity: Identity): string {
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
  const channelId = body.channel?.id ?? container['channel_id'] ?? body.view?.private_metadata;
  const origin = container['message_ts'];
  return {
    userId: body.user.id,
    channelId: typeof channelId === 'string' ? channelId : '',
    teamId: teamOf(body, identity),
    text,
    source: 'button',
    ...(typeof origin === 'string' && { origin }),
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

type FilledView = Pick<ViewSubmitAction['view'], 'blocks' | 'private_metadata' | 'state'>;
type FilledIn = ViewSubmitAction['view']['state']['values'][string][string];

/** What stands in a field; an empty one asks for the default. */
function valueOf(filled: FilledIn): string {
  const { selected_conversation: channel, selected_option: option, selected_time: time } = filled;
  const { selected_date: day, selected_user: user, value } = filled;
  return value ?? day ?? user ?? option?.value ?? channel ?? time ?? '';
}

/** What stood in a field when the form was opened. A date stands there as a proposal: it counts as filled in. */
function initialOf({ blocks }: FilledView, blockId: string): string {
  const block = blocks.find((one) => one.block_id === blockId);
  const element = (block && 'element' in block ? block.element : {}) as Readonly<Record<string, unknown>>;
  const option = element['initial_option'] as { readonly value?: unknown } | undefined;
  const initial =
    element['initial_value'] ??
    element['initial_user'] ??
    option?.value ??
    element['initial_conversation'] ??
    element['initial_time'];
  return typeof initial === 'string' ? initial : '';
}

function toEntries(view: FilledView): FormRequest['entries'] {
  return Object.entries(view.state.values).map(([id, filled]) => {
    const [first] = Object.values(filled);
    const value = first ? valueOf(first).trim() : '';
    const text = `${id} ${value === '' ? 'default' : value}`;
    return value === initialOf(view, id) ? { id, text, isKept: true } : { id, text };
  });
}

/** A form that was filled in: each field as the command that its block names, with its value. */
export function toFormRequest(
  body: WhoActed & { readonly view: FilledView },
  identity: Identity,
): FormRequest {
  return {
    userId: body.user.id,
    channelId: body.view.private_metadata,
    teamId: teamOf(body, identity),
    source: 'form',
    entries: toEntries(body.view),
  };
}

/** The view of one of our forms in which somebody changed a field; undefined for clicks anywhere else. */
export function changedForm(
  body: BlockAction,
): (ViewSubmitAction['view'] & { readonly hash: string }) | undefined {
  const { view } = body;
  return view?.callback_id === FORM_ID ? view : undefined;
}

/** A form with one block replaced by another of its id. Everything else stays, so that Slack keeps what is filled in. */
export function withBlock(view: ViewSubmitAction['view'], block: Block): ViewsUpdateArguments['view'] {
  const { callback_id: callbackId, close, private_metadata: metadata, submit, title } = view;
  return {
    type: 'modal' as const,
    callback_id: callbackId,
    private_metadata: metadata,
    title,
    ...(submit && { submit }),
    ...(close && { close }),
    blocks: view.blocks.map((one) => (one.block_id === block['block_id'] ? block : one)),
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
