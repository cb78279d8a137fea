import type { BlockAction, SlashCommand } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { toClickRequest, toCommandRequest, toEphemeral } from '../../../src/slack/payloads.ts';

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
    ['a menu', { type: 'static_select' }],
  ])('on a button of %s asks nothing', (_what, action) => {
    expect(toClickRequest(click({}, action), OWN)).toBeUndefined();
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
