import type { BlockAction, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import {
  toClickRequest,
  toCommandRequest,
  toEphemeral,
  toFormRequest,
  toView,
} from '../../../src/slack/payloads.ts';

const OWN = { teamId: 'T1', userId: 'UBOT' };

function click(change: object = {}, action: object = {}): BlockAction {
  return {
    type: 'block_actions',
    user: { id: 'U1', team_id: 'T1' },
    team: { id: 'T1', domain: 'acme' },
    channel: { id: 'C1', name: 'one' },
    container: { type: 'message', channel_id: 'C1' },
    actions: [{ type: 'button', action_id: 'pulse:lookup', value: 'E-123', ...action }],
    ...change,
  } as unknown as BlockAction;
}

const teamOf = (change: object, identity: Parameters<typeof toClickRequest>[1] = OWN) =>
  toClickRequest(click(change), identity)?.teamId;

describe('a click', () => {
  it('on a button of ours asks for its value', () => {
    expect(toClickRequest(click(), OWN)).toEqual({
      userId: 'U1',
      channelId: 'C1',
      teamId: 'T1',
      text: 'E-123',
      source: 'button',
    });
  });

  it.each([
    ['another app', { action_id: 'other:lookup' }],
    ['no value, but a link', { value: undefined, url: 'https://example.com/' }],
    ['an empty value', { value: '' }],
    ['a menu without a choice', { type: 'static_select' }],
    ['another kind of menu', { type: 'users_select', selected_user: 'U2' }],
  ])('on a button of %s asks nothing', (_what, action) => {
    expect(toClickRequest(click({}, action), OWN)).toBeUndefined();
  });

  it('on a choice of a menu of ours asks for its value', () => {
    const chosen = {
      type: 'static_select',
      value: undefined,
      selected_option: { value: 'alerts snooze 1 1d' },
    };
    expect(toClickRequest(click({}, chosen), OWN)).toMatchObject({ text: 'alerts snooze 1 1d' });
    expect(toClickRequest(click({}, { ...chosen, action_id: 'other:0' }), OWN)).toBeUndefined();
  });

  it('comes from another workspace when either the person or the channel does', () => {
    expect(teamOf({ user: { id: 'U1', team_id: 'T9' } })).toBe('T9');
    expect(teamOf({ team: { id: 'T9', domain: 'other' } })).toBe('T9');
    expect(teamOf({ user: { id: 'U1' }, team: null })).toBe('');
  });

  it('comes from its own workspace within the same organisation', () => {
    const team = { id: 'T2', domain: 'sister', enterprise_id: 'E1' };
    expect(teamOf({ team }, { ...OWN, enterpriseId: 'E1' })).toBe('T1');
    expect(teamOf({ team }, { ...OWN, enterpriseId: 'E2' })).toBe('T2');
    expect(teamOf({ team })).toBe('T2');
  });

  it('without a channel is nowhere', () => {
    const container = { type: 'view' };
    expect(toClickRequest(click({ channel: undefined, container }), OWN)?.channelId).toBe('');
    expect(toClickRequest(click({ channel: undefined }), OWN)?.channelId).toBe('C1');
  });
});

it('a command without words asks for nothing in particular', () => {
  const body = { user_id: 'U1', channel_id: 'C1', team_id: 'T1' } as SlashCommand;
  expect(toCommandRequest(body)).toMatchObject({ text: '', source: 'command' });
});

it('an answer is for the asker only and leaves what is there', () => {
  const { text, ...rest } = toEphemeral({ text: 'Fine.', blocks: [] });
  expect([text, rest]).toEqual(['Fine.', { response_type: 'ephemeral', replace_original: false }]);
});

describe('a form', () => {
  const field = (id: string, element: object) => ({ type: 'input', block_id: id, element });
  const blocks = [
    field('alerts refund', { type: 'plain_text_input', action_id: 'a', initial_value: 'on' }),
    field('alerts days', { type: 'plain_text_input', action_id: 'b' }),
    field('alerts owner', { type: 'users_select', action_id: 'c', initial_user: 'U5' }),
    field('alerts snooze 7', { type: 'datepicker', action_id: 'd', initial_date: '2026-03-18' }),
  ];

  /** The form as Slack sends it, with other values in some fields. */
  function filledIn(values: Record<string, object>, change: object = {}): ViewSubmitAction {
    const shown = {
      'alerts refund': { a: { type: 'plain_text_input', value: 'on' } },
      'alerts days': { b: { type: 'plain_text_input', value: null } },
      'alerts owner': { c: { type: 'users_select', selected_user: 'U5' } },
    };
    return {
      type: 'view_submission',
      user: { id: 'U1', team_id: 'T1' },
      team: { id: 'T1', domain: 'acme' },
      view: { private_metadata: 'C1', blocks, state: { values: { ...shown, ...values } } },
      ...change,
    } as unknown as ViewSubmitAction;
  }

  it('says where it was opened, and that it is ours', () => {
    expect(toView({ title: 'Alerts here', submit: 'Set', blocks: [] }, 'C1')).toMatchObject({
      type: 'modal',
      callback_id: 'pulse:form',
      private_metadata: 'C1',
      submit: { type: 'plain_text', text: 'Set' },
    });
  });

  const changedIn = (values: Record<string, object>) =>
    toFormRequest(filledIn(values), OWN).entries.filter(({ isKept }) => !isKept);

  it('that is sent as it was opened has kept every field', () => {
    expect(toFormRequest(filledIn({}), OWN)).toEqual({
      userId: 'U1',
      channelId: 'C1',
      teamId: 'T1',
      source: 'form',
      entries: [
        { id: 'alerts refund', text: 'alerts refund on', isKept: true },
        { id: 'alerts days', text: 'alerts days default', isKept: true },
        { id: 'alerts owner', text: 'alerts owner U5', isKept: true },
      ],
    });
    expect(changedIn({})).toEqual([]);
  });

  it.each([
    ['alerts refund', { a: { value: ' off ' } }, 'alerts refund off'],
    ['alerts refund', { a: { value: null } }, 'alerts refund default'],
    ['alerts days', { b: { value: 'mon-fri' } }, 'alerts days mon-fri'],
    ['alerts owner', { c: { selected_user: 'U6' } }, 'alerts owner U6'],
    ['alerts owner', { c: { selected_user: null } }, 'alerts owner default'],
    ['alerts snooze 7', { d: { selected_date: '2026-03-18' } }, 'alerts snooze 7 2026-03-18'],
  ])('whose field %s was filled in asks what its block names', (id, value, text) => {
    expect(changedIn({ [id]: value })).toEqual([{ id, text }]);
  });

  it.each([
    ['static_select', { initial_option: { value: 'tue' } }, { selected_option: { value: 'wed' } }, 'wed'],
    ['conversations_select', { initial_conversation: 'C1' }, { selected_conversation: 'C2' }, 'C2'],
    ['timepicker', { initial_time: '09:00' }, { selected_time: '10:30' }, '10:30'],
  ])('with a %s tells what was chosen, and whether it was so before', (type, initial, chosen, value) => {
    const id = 'subscribe field';
    const view = { blocks: [field(id, { type, action_id: 'a', ...initial })], private_metadata: 'C1' };
    const entriesOf = (filled: object) =>
      toFormRequest(
        filledIn({}, { view: { ...view, state: { values: { [id]: { a: { type, ...filled } } } } } }),
        OWN,
      ).entries;
    const [name = '', before] = Object.entries(initial)[0] ?? [];
    const kept = { [name.replace('initial', 'selected')]: before };
    expect(entriesOf(chosen)).toEqual([{ id, text: `${id} ${value}` }]);
    expect(entriesOf(kept)).toMatchObject([{ id, isKept: true }]);
  });

  it('of another workspace is that workspace’s', () => {
    const other = { user: { id: 'U1', team_id: 'T9' } };
    expect(toFormRequest(filledIn({}, other), OWN).teamId).toBe('T9');
  });
});
