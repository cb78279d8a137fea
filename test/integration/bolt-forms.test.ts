import { describe, expect, it } from 'vitest';
import type { Form } from '../../src/domain/message.ts';
import type { FormRequest } from '../../src/slack/answering.ts';
import type { BoltDeps } from '../../src/slack/bolt.ts';
import { startTalk } from '../support/talking.ts';

const ASK = { command: '/pulse', userId: 'U1', channelId: 'C1' };

const FORM: Form = {
  title: 'Alerts here',
  submit: 'Set',
  blocks: [
    {
      type: 'input',
      block_id: 'alerts refund',
      optional: true,
      label: { type: 'plain_text', text: 'refund' },
      element: { type: 'plain_text_input', action_id: 'a', initial_value: 'on' },
    },
    {
      type: 'input',
      block_id: 'alerts owner',
      optional: true,
      label: { type: 'plain_text', text: 'Owner' },
      element: { type: 'users_select', action_id: 'b' },
    },
  ],
};

describe.each(['socket', 'http'] as const)('over %s, a form', (kind) => {
  async function talk(errors?: Readonly<Record<string, string>>, change: Partial<BoltDeps> = {}) {
    const requests: FormRequest[] = [];
    const talking = await startTalk(kind, {
      answer: async () => ({ text: 'Type it.', blocks: [], form: FORM }),
      submit: async (request) => {
        requests.push(request);
        return errors ? { errors } : { message: { text: 'Set.', blocks: [] } };
      },
      ...change,
    });
    return { ...talking, requests };
  }

  it('is opened by a command, filled in, and its outcome is said to that person alone', async () => {
    const { requests, slack } = await talk();
    const { messages, views } = await slack.command({ ...ASK, text: 'alerts form' });
    expect(messages).toEqual([]);
    expect(views).toMatchObject([{ userId: 'U1', view: { private_metadata: 'C1' } }]);
    const sent = await slack.submit({
      userId: 'U1',
      values: { 'alerts refund': 'off', 'alerts owner': 'U2' },
    });
    expect(sent.refused).toEqual([]);
    expect(sent.messages).toMatchObject([{ text: 'Set.', via: 'chat.postEphemeral', ephemeralTo: 'U1' }]);
    expect(slack.forms('U1')).toEqual([]);
    expect(requests).toEqual([
      {
        userId: 'U1',
        channelId: 'C1',
        teamId: 'T1',
        source: 'form',
        entries: [
          { id: 'alerts refund', text: 'alerts refund off' },
          { id: 'alerts owner', text: 'alerts owner U2' },
        ],
      },
    ]);
  });

  it('stays open with what is wrong beside its field', async () => {
    const { slack } = await talk({ 'alerts refund': 'I cannot read it.' });
    await slack.command({ ...ASK, text: 'alerts form' });
    const sent = await slack.submit({ userId: 'U1', values: { 'alerts refund': 'maybe' } });
    expect(sent).toMatchObject({
      errors: { 'alerts refund': 'I cannot read it.' },
      messages: [],
      refused: [],
    });
    expect(slack.forms('U1')).toHaveLength(1);
  });

  it('that Slack delivers twice is taken once', async () => {
    const { requests, slack } = await talk();
    await slack.command({ ...ASK, text: 'alerts form' });
    await slack.submit({ userId: 'U1', values: { 'alerts refund': 'off' }, deliveries: 2 });
    expect(requests).toHaveLength(1);
  });

  it('opened by somebody who has lost access since is refused', async () => {
    const channels = ['C1'];
    const { requests, slack } = await talk(undefined, { access: { channels } });
    await slack.command({ ...ASK, text: 'alerts form' });
    channels.pop();
    const sent = await slack.submit({ userId: 'U1', values: { 'alerts refund': 'off' } });
    expect(sent.messages).toMatchObject([{ text: expect.stringMatching(/^I do not answer here/) }]);
    expect(requests).toEqual([]);
  });

  it('is nobody’s who may not ask', async () => {
    const { requests, slack } = await talk();
    const { views, messages } = await slack.command({ ...ASK, userId: 'U3', text: 'alerts form' });
    expect(views).toEqual([]);
    expect(messages).toHaveLength(1);
    expect(requests).toEqual([]);
  });

  it('that Slack does not open is answered in words', async () => {
    const { slack } = await talk();
    slack.fail({ method: 'views.open', mode: { kind: 'error', error: 'expired_trigger_id' } });
    const { messages, views } = await slack.command({ ...ASK, text: 'alerts form' });
    expect(views).toEqual([]);
    expect(messages).toMatchObject([{ text: 'Type it.', ephemeralTo: 'U1' }]);
  });
});
