import { App } from '@slack/bolt';
import type { ViewSubmitAction } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { createSlack } from '../../demo/slack.ts';
import type { SlackSimulator } from '../../demo/slack.ts';

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => 'error' as never,
  setName: () => undefined,
};
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const input = (block_id: string, element: object, optional = false) => ({
  type: 'input' as const,
  block_id,
  optional,
  label: plain(block_id),
  element: { action_id: `${block_id} value`, ...element } as never,
});
const BLOCKS = [
  input('name', { type: 'plain_text_input', initial_value: 'Ana', max_length: 10 }),
  input('who', { type: 'users_select' }, true),
  input('day', { type: 'datepicker' }, true),
  input('size', { type: 'static_select', options: [{ text: plain('Big'), value: 'big' }] }, true),
];

let slack: SlackSimulator;
const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A workspace with an app that opens a form on any command, and acknowledges it with `answer`. */
async function start(answer?: unknown): Promise<ViewSubmitAction[]> {
  slack = await createSlack({
    botToken: 'xoxb-bot',
    appToken: 'xapp-app',
    team: { id: 'T1', name: 'Northwind Apps', domain: 'northwind' },
    users: [
      { id: 'U1', name: 'ana' },
      { id: 'U2', name: 'bob' },
    ],
    channels: [{ id: 'C1', name: 'marketplace' }],
    settleMs: 1,
    answerTimeoutMs: 50,
  });
  const sent: ViewSubmitAction[] = [];
  const app = new App({
    token: 'xoxb-bot',
    appToken: 'xapp-app',
    socketMode: true,
    logger: silent,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  });
  app.command('/pulse', async ({ ack, client, command }) => {
    await ack();
    const view = {
      type: 'modal' as const,
      callback_id: 'form',
      title: plain('Form'),
      submit: plain('Send'),
      blocks: BLOCKS,
    };
    await client.views.open({ trigger_id: command.trigger_id, view });
  });
  app.view('form', async ({ ack, body }) => {
    sent.push(body as ViewSubmitAction);
    await ack(answer as never);
  });
  await app.start();
  await slack.whenConnected();
  endings.push(
    () => slack.close(),
    () => app.stop(),
  );
  await slack.command({
    command: '/pulse',
    text: '',
    userId: 'U1',
    channelId: 'C1',
    until: ({ views }) => views.length > 0,
  });
  return sent;
}

const submit = (values: Readonly<Record<string, string>> = {}, userId = 'U1') =>
  slack.submit({ userId, values });

describe('a form', () => {
  it('is sent with every field, as Slack writes them, and closes', async () => {
    const sent = await start();
    await submit({ who: 'U2', day: '2026-03-18', size: 'big' });
    expect(sent[0]?.view.state.values).toEqual({
      name: { 'name value': { type: 'plain_text_input', value: 'Ana' } },
      who: { 'who value': { type: 'users_select', selected_user: 'U2' } },
      day: { 'day value': { type: 'datepicker', selected_date: '2026-03-18' } },
      size: {
        'size value': { type: 'static_select', selected_option: { text: plain('Big'), value: 'big' } },
      },
    });
    expect(slack.forms('U1')).toEqual([]);
    await expect(submit()).rejects.toThrow('no open form for U1');
  });

  it('sends null for what is empty', async () => {
    const sent = await start();
    await submit();
    expect(sent[0]?.view.state.values).toMatchObject({
      who: { 'who value': { selected_user: null } },
      day: { 'day value': { selected_date: null } },
      size: { 'size value': { selected_option: null } },
    });
  });

  it.each([
    [{ name: '' }, 'must be filled in'],
    [{ name: 'A name that is too long' }, 'takes 10 characters'],
    [{ who: 'U404' }, 'knows no person'],
    [{ day: 'tomorrow' }, 'is no date'],
    [{ other: 'x' }, 'no field other'],
  ])('cannot be sent with %j', async (values, why) => {
    const sent = await start();
    await expect(submit(values as never)).rejects.toThrow(why);
    expect(sent).toEqual([]);
  });

  it('is nobody else’s', async () => {
    await start();
    await expect(submit({}, 'U2')).rejects.toThrow('no open form for U2');
  });

  it('stays open with the errors beside its fields', async () => {
    await start({ response_action: 'errors', errors: { name: 'Who?' } });
    expect(await submit()).toMatchObject({ ok: true, errors: { name: 'Who?' }, refused: [] });
    expect(slack.forms('U1')).toHaveLength(1);
  });

  it.each([
    [{ response_action: 'errors', errors: {} }, 'missing_errors'],
    [{ response_action: 'errors', errors: { nothing: 'x' } }, 'unknown_block_id'],
    [{ response_action: 'errors', errors: { name: '' } }, 'empty_error'],
    [{ response_action: 'whatever' }, 'invalid_response'],
    [{ response_action: 'update', view: { type: 'modal', title: plain('x') } }, 'invalid_arguments'],
  ])('refuses the answer %j', async (answer, code) => {
    await start(answer);
    expect(await submit()).toMatchObject({ refused: [{ where: 'ack', code }] });
  });

  it('can be filled in on the page', async () => {
    await start({ response_action: 'errors', errors: { name: 'Who?' } });
    const page = await (await fetch(new URL('/?channel=C1&as=U1', slack.url))).text();
    for (const part of [
      'data-view=',
      'name="name"',
      'value="Ana"',
      'type="date"',
      '<option value="U2">bob',
      'Send',
    ])
      expect(page).toContain(part);
    const [form] = slack.forms('U1');
    const answer = await fetch(new URL('/page/act', slack.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        kind: 'submit',
        as: 'U1',
        channel: 'C1',
        view: form?.id,
        values: { name: 'Bob' },
      }),
    });
    expect(await answer.json()).toEqual({ errors: { name: 'Who?' } });
  });
});
