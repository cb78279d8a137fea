import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { ChatPostMessageResponse } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlack } from '../../demo/slack.ts';
import type { SlackSetup, SlackSimulator } from '../../demo/slack.ts';
import { signatureHeaders } from '../../demo/slack/deliver-http.ts';

const SECRET = 'a-signing-secret';
const SETUP: SlackSetup = {
  botToken: 'xoxb-bot',
  appToken: 'xapp-app',
  signingSecret: SECRET,
  team: { id: 'T1', name: 'Northwind Apps', domain: 'northwind' },
  users: [
    { id: 'U1', name: 'ana', realName: 'Ana Lima', tz: 'Europe/Berlin' },
    { id: 'U2', name: 'gil', isRestricted: true },
    { id: 'U3', name: 'eve', teamId: 'T9' },
  ],
  channels: [
    { id: 'C1', name: 'marketplace' },
    { id: 'C2', name: 'elsewhere', hasBot: false },
    { id: 'G1', name: 'secret', isPrivate: true },
    { id: 'G2', name: 'uninvited', isPrivate: true, hasBot: false },
    { id: 'C3', name: 'old', isArchived: true },
    { id: 'C4', name: 'small', members: ['U1'] },
  ],
  scopes: ['commands', 'chat:write', 'channels:read', 'channels:history', 'groups:history', 'users:read'],
  rateLimit: false,
};
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => 'error' as never,
  setName: () => undefined,
};
const button = (actionId: string, value: string) => ({
  type: 'button' as const,
  action_id: actionId,
  value,
  text: { type: 'plain_text' as const, text: value },
});

let slack: SlackSimulator;
const endings: (() => Promise<unknown>)[] = [];

async function start(setup: Partial<SlackSetup> = {}): Promise<WebClient> {
  slack = await createSlack({ ...SETUP, ...setup });
  endings.push(() => slack.close());
  return client();
}

function client(token = 'xoxb-bot', slackApiUrl = slack.apiUrl): WebClient {
  return new WebClient(token, {
    slackApiUrl,
    logger: silent,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 5000,
  });
}

/** `chat.postMessage` by name: lint takes the typed method for the browser's postMessage. */
function postMessage(web: WebClient, args: Record<string, unknown>): Promise<ChatPostMessageResponse> {
  return web.apiCall('chat.postMessage', args);
}

/** The `error` of a refused call, with everything else Slack said. */
async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error: unknown = await call.then(
    () => ({ data: { error: 'nothing was refused' } }),
    (reason: unknown) => reason,
  );
  return (
    (error as { data?: Record<string, unknown> }).data ?? {
      thrown: (error as Error).name,
      code: (error as { code?: string }).code,
    }
  );
}

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return (await refusal(call))['error'];
}

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

describe('the Web API', () => {
  let web: WebClient;
  beforeEach(async () => {
    web = await start();
  });

  it('says who the bot is and what it may do', async () => {
    const answer = await web.auth.test();
    expect(answer).toMatchObject({
      ok: true,
      team_id: 'T1',
      user_id: 'U0PULSEBOT',
      url: slack.url,
    });
    expect(answer.response_metadata?.scopes).toEqual(SETUP.scopes);
  });

  it('takes the token from the header or the form, and no other', async () => {
    expect(await errorOf(client('xoxb-other').auth.test())).toBe('invalid_auth');
    expect(await errorOf(client('xapp-app').auth.test())).toBe('not_allowed_token_type');
    expect(await errorOf(web.apps.connections.open({}))).toBe('not_allowed_token_type');
    const bare = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST' });
    expect(await bare.json()).toMatchObject({ ok: false, error: 'not_authed' });
    const form = await fetch(`${slack.apiUrl}auth.test`, {
      method: 'POST',
      body: new URLSearchParams({ token: 'xoxb-bot' }),
    });
    expect(await form.json()).toMatchObject({ ok: true });
  });

  it('answers unknown methods and bad bodies', async () => {
    expect(await errorOf(web.apiCall('chat.shout'))).toBe('unknown_method');
    expect(await errorOf(web.apiCall('constructor'))).toBe('unknown_method');
    const post = (type: string, body: string) =>
      fetch(`${slack.apiUrl}api.test`, { method: 'POST', headers: { 'content-type': type }, body }).then(
        (answer) => answer.json(),
      );
    expect(await post('application/json', '[1]')).toMatchObject({ error: 'json_not_object' });
    expect(await post('application/json', '{')).toMatchObject({ error: 'invalid_json' });
    expect(await post('text/plain', 'x')).toMatchObject({ error: 'invalid_post_type' });
    expect(await web.apiCall('api.test', { foo: 'bar' })).toMatchObject({ ok: true, args: { foo: 'bar' } });
  });

  it('posts, threads, edits, deletes, and gives every message a later timestamp', async () => {
    const parent = await postMessage(web, {
      channel: 'C1',
      text: 'parent',
      metadata: { event_type: 'pulse', event_payload: { k: 'x' } },
    });
    const reply = await postMessage(web, { channel: 'C1', text: 'reply', thread_ts: parent.ts ?? '' });
    expect(parent.ts).toMatch(/^\d{10}\.\d{6}$/);
    expect(Number(reply.ts)).toBeGreaterThan(Number(parent.ts));
    expect(slack.messages({ channel: 'C1', thread: parent.ts ?? '' }).map(({ text }) => text)).toEqual([
      'parent',
      'reply',
    ]);

    const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'x' } }];
    await web.chat.update({ channel: 'C1', ts: parent.ts ?? '', text: 'better', blocks });
    await web.chat.update({ channel: 'C1', ts: parent.ts ?? '', text: 'best' });
    const [edited] = slack.messages({ channel: 'C1' });
    expect(edited).toMatchObject({
      text: 'best',
      blocks,
      metadata: { event_type: 'pulse' },
      editions: [{ text: 'parent' }, { text: 'better' }],
    });
    expect(edited?.editedAt).toBeDefined();

    await web.chat.delete({ channel: 'C1', ts: reply.ts ?? '' });
    expect(slack.messages()).toHaveLength(1);
    expect(await errorOf(web.chat.update({ channel: 'C1', ts: reply.ts ?? '', text: 'x' }))).toBe(
      'message_not_found',
    );
  });

  it.each([
    ['a channel that does not exist', { channel: 'C9' }, 'channel_not_found'],
    ['a channel by its name', { channel: '#marketplace' }, 'channel_not_found'],
    ['a private channel it was not invited to', { channel: 'G2' }, 'channel_not_found'],
    ['a public channel it was not invited to', { channel: 'C2' }, 'not_in_channel'],
    ['an archived channel', { channel: 'C3' }, 'is_archived'],
    ['a thread that does not exist', { thread_ts: '1.2' }, 'thread_not_found'],
    ['nothing', { text: '' }, 'no_text'],
    ['nothing but spaces', { text: '  ' }, 'no_text'],
    ['40,001 characters', { text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['blocks that are no list', { blocks: { type: 'divider' } }, 'invalid_blocks_format'],
    ['blocks that are no JSON', { blocks: '[' }, 'invalid_blocks_format'],
    [
      '15,000 characters of blocks',
      {
        blocks: Array.from({ length: 5 }, () => ({
          type: 'section',
          text: { type: 'mrkdwn', text: 'x'.repeat(3000) },
        })),
      },
      'msg_blocks_too_long',
    ],
    [
      '101 attachments',
      { attachments: Array.from({ length: 101 }, () => ({ text: 'x' })) },
      'too_many_attachments',
    ],
    ['metadata without a type', { metadata: { event_payload: {} } }, 'invalid_metadata_format'],
    [
      'metadata of deep values',
      { metadata: { event_type: 'x', event_payload: { a: { b: { c: 1 } } } } },
      'invalid_metadata_schema',
    ],
    [
      'metadata of 2,001 characters',
      { metadata: { event_type: 'x', event_payload: { a: 'x'.repeat(2001) } } },
      'metadata_too_large',
    ],
  ])('refuses to post to or with %s', async (_, change, error) => {
    expect(await errorOf(web.apiCall('chat.postMessage', { channel: 'C1', text: 'x', ...change }))).toBe(
      error,
    );
    expect(slack.messages()).toEqual([]);
  });

  it('names what is missing', async () => {
    expect(await refusal(web.apiCall('chat.postMessage', { text: 'x' }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: channel'] },
    });
  });

  it('explains invalid blocks with a JSON pointer, in form and JSON bodies alike', async () => {
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }];
    const expected = {
      error: 'invalid_blocks',
      response_metadata: {
        messages: ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
      },
    };
    expect(
      await refusal(web.apiCall('chat.postMessage', { channel: 'C1', text: 'x', blocks })),
    ).toMatchObject(expected);
    const answer = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', authorization: 'Bearer xoxb-bot' },
      body: JSON.stringify({ channel: 'C1', text: 'x', blocks }),
    });
    expect(await answer.json()).toMatchObject(expected);
  });

  it('refuses what the token has no scope for, and says which', async () => {
    slack.setScopes(['commands', 'users:read']);
    expect(await refusal(postMessage(web, { channel: 'C1', text: 'x' }))).toMatchObject({
      error: 'missing_scope',
      needed: 'chat:write',
      provided: 'commands,users:read',
    });
    expect(await refusal(web.conversations.history({ channel: 'C1' }))).toMatchObject({
      error: 'missing_scope',
      needed: 'channels:history',
    });
    expect(await refusal(web.conversations.info({ channel: 'G1' }))).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:read',
    });
  });

  it('posts to a public channel it is not in with the public scope only', async () => {
    slack.setScopes([...(SETUP.scopes ?? []), 'chat:write.public']);
    await postMessage(web, { channel: 'C2', text: 'x' });
    expect(await errorOf(postMessage(web, { channel: 'G2', text: 'x' }))).toBe('channel_not_found');
  });

  it('shows history newest first, pages it, and gives metadata back when asked', async () => {
    const metadata = { event_type: 'pulse_delivery', event_payload: { k: 'abc' } };
    const first = await postMessage(web, { channel: 'C1', text: '1', metadata });
    const second = await postMessage(web, { channel: 'C1', text: '2' });
    await postMessage(web, { channel: 'C1', text: 'reply', thread_ts: first.ts ?? '' });
    await web.chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'hush' });

    const texts = (answer: { messages?: { text?: string }[] }) => answer.messages?.map(({ text }) => text);
    const page = await web.conversations.history({ channel: 'C1', limit: 1 });
    expect(texts(page)).toEqual(['2']);
    expect(page.has_more).toBe(true);
    expect(
      texts(
        await web.conversations.history({
          channel: 'C1',
          limit: 1,
          cursor: page.response_metadata?.next_cursor ?? '',
        }),
      ),
    ).toEqual(['1']);
    expect(texts(await web.conversations.history({ channel: 'C1', oldest: first.ts ?? '' }))).toEqual(['2']);
    expect(
      texts(await web.conversations.history({ channel: 'C1', oldest: first.ts ?? '', inclusive: true })),
    ).toEqual(['2', '1']);
    expect(texts(await web.conversations.history({ channel: 'C1', latest: second.ts ?? '' }))).toEqual(['1']);
    expect(texts(await web.conversations.replies({ channel: 'C1', ts: first.ts ?? '' }))).toEqual([
      '1',
      'reply',
    ]);

    const plain = await web.conversations.history({ channel: 'C1' });
    expect(plain.messages?.[1]).toMatchObject({ reply_count: 1, bot_id: 'B0PULSEBOT' });
    expect(plain.messages?.[1]).not.toHaveProperty('metadata');
    const full = await web.conversations.history({ channel: 'C1', include_all_metadata: true });
    expect(full.messages?.[1]?.metadata).toEqual(metadata);
    expect(await errorOf(web.conversations.history({ channel: 'C2' }))).toBe('not_in_channel');
    expect(await errorOf(web.conversations.history({ channel: 'C1', limit: 1000 }))).toBe('invalid_limit');
  });

  it('whispers to members only', async () => {
    const answer = await web.chat.postEphemeral({ channel: 'C4', user: 'U1', text: 'hush' });
    expect(slack.messages({ ephemeral: true })).toMatchObject([{ ts: answer.message_ts, ephemeralTo: 'U1' }]);
    expect(await errorOf(web.chat.postEphemeral({ channel: 'C4', user: 'U2', text: 'x' }))).toBe(
      'user_not_in_channel',
    );
    expect(await errorOf(web.chat.update({ channel: 'C4', ts: answer.message_ts ?? '', text: 'x' }))).toBe(
      'message_not_found',
    );
  });

  it('knows channels and people, guests and strangers', async () => {
    slack.setChannel('C1', { name: 'renamed', isExtShared: true });
    const { channel } = await web.conversations.info({ channel: 'C1' });
    expect(channel).toMatchObject({
      name: 'renamed',
      is_member: true,
      is_archived: false,
      is_ext_shared: true,
    });
    expect((await web.users.info({ user: 'U1' })).user).toMatchObject({
      tz: 'Europe/Berlin',
      is_restricted: false,
      is_stranger: false,
    });
    expect((await web.users.info({ user: 'U2' })).user).toMatchObject({ is_restricted: true });
    expect((await web.users.info({ user: 'U3' })).user).toMatchObject({ team_id: 'T9', is_stranger: true });
    expect(await errorOf(web.users.info({ user: 'U9' }))).toBe('user_not_found');
  });

  it('publishes a Home tab and refuses a broken one with a pointer', async () => {
    const view = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
    const first = await web.views.publish({ user_id: 'U1', view });
    expect(slack.home('U1')?.view.blocks).toEqual(view.blocks);
    expect(await errorOf(web.views.publish({ user_id: 'U1', view, hash: 'old' }))).toBe('hash_conflict');
    await web.views.publish({ user_id: 'U1', view, hash: String(first.view?.hash) });
    expect(
      await refusal(
        web.apiCall('views.publish', {
          user_id: 'U1',
          view: { type: 'home', blocks: [{ type: 'alert', text: {} }] },
        }),
      ),
    ).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] unsupported type: alert [json-pointer:/view/blocks/0/type]'] },
    });
    expect(
      await errorOf(
        web.views.open({
          trigger_id: '1.2.3',
          view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] },
        }),
      ),
    ).toBe('invalid_trigger_id');
  });

  it('keeps a ledger of every call, without the token', async () => {
    await postMessage(web, { channel: 'C1', text: 'x', token: 'xoxb-bot' });
    await errorOf(postMessage(web, { channel: 'C9', text: 'x' }));
    expect(slack.calls('chat.postMessage')).toMatchObject([
      { status: 200, isOk: true, channel: 'C1', arguments: { text: 'x' } },
      { status: 200, isOk: false, error: 'channel_not_found' },
    ]);
    expect(JSON.stringify(slack.calls())).not.toContain('xoxb-bot');
  });
});

describe('the posting limit', () => {
  it('lets a burst through, then one message per second and channel', async () => {
    let now = 1_742_288_400_000;
    const web = await start({ rateLimit: { perSecond: 1, burst: 2 }, clock: () => now });
    const post = (channel: string) => postMessage(web, { channel, text: 'x' });
    await post('C1');
    await post('C1');
    await expect(post('C1')).rejects.toMatchObject({ retryAfter: 1 });
    await post('G1');
    now += 1_000;
    await post('C1');
    await expect(post('C1')).rejects.toMatchObject({ retryAfter: 1 });
    expect(slack.messages().map(({ channel }) => channel)).toEqual(['C1', 'C1', 'G1', 'C1']);
    expect(slack.calls().filter(({ status }) => status === 429)).toHaveLength(2);
  });
});

describe('scripted trouble', () => {
  const post = (web: WebClient) => postMessage(web, { channel: 'C1', text: 'x' });

  it.each([
    ['an error', { kind: 'error', error: 'fatal_error' }, { error: 'fatal_error' }],
    ['a 503', { kind: 'status', status: 503 }, { code: 'slack_webapi_http_error' }],
    ['HTML', { kind: 'html' }, { error: expect.stringContaining('<html>') }],
    ['a cut body', { kind: 'cut' }, { thrown: 'TypeError' }],
    ['a reset', { kind: 'reset' }, { code: 'slack_webapi_request_error' }],
    ['another answer', { kind: 'answer', body: '{"ok":false}' }, { ok: false }],
  ] as const)('answers %s before or after the message was taken', async (_, mode, expected) => {
    const web = await start();
    slack.fail({ method: 'chat.postMessage', mode });
    expect(await refusal(post(web))).toMatchObject(expected);
    expect(slack.messages()).toHaveLength(0);
    slack.fail({ method: 'chat.postMessage', mode: { ...mode, accept: true } });
    expect(await refusal(post(web))).toMatchObject(expected);
    expect(slack.messages()).toHaveLength(1);
    await post(web);
    expect(slack.messages()).toHaveLength(2);
    expect(slack.calls().map(({ isOk }) => isOk)).toEqual([false, false, true]);
  });

  it('limits the rate with any Retry-After, or none', async () => {
    const web = await start();
    slack.fail({ method: 'chat.postMessage', mode: { kind: 'rate-limited', retryAfter: 7 } });
    await expect(post(web)).rejects.toMatchObject({ retryAfter: 7 });
    slack.fail({ method: 'chat.postMessage', mode: { kind: 'rate-limited' } });
    await expect(post(web)).rejects.toThrow('Retry header did not contain a valid timeout');
    expect(slack.messages()).toEqual([]);
  });

  it('hits only the named channel, only after and for as often as told', async () => {
    const web = await start();
    const fault = slack.fail({
      method: '*',
      channel: 'C1',
      after: 1,
      times: 2,
      mode: { kind: 'error', error: 'internal_error' },
    });
    const outcomes: unknown[] = [];
    for (const channel of ['C1', 'G1', 'C1', 'G1', 'C1', 'C1']) {
      outcomes.push(await errorOf(postMessage(web, { channel, text: 'x' })));
    }
    const [ok, bad] = ['nothing was refused', 'internal_error'];
    expect(outcomes).toEqual([ok, ok, bad, ok, bad, ok]);
    expect(fault.hits).toBe(2);
  });

  it('lets a hanging call go on when released', async () => {
    const web = await start();
    const fault = slack.fail({ method: 'chat.postMessage', mode: { kind: 'hang', accept: true } });
    let isAnswered = false;
    const pending = post(web).finally(() => {
      isAnswered = true;
    });
    await expect.poll(() => slack.messages().length).toBe(1);
    await web.auth.test();
    expect(isAnswered).toBe(false);
    fault.release();
    expect((await pending).ok).toBe(true);
  });
});

/** The real Bolt app with a few listeners, as an app author would write them. */
function listeners(app: App): App {
  app.command('/pulse', async ({ ack, respond, command, client: web }) => {
    const [word] = command.text.split(' ');
    if (word === 'silent') return;
    if (word === 'public') return ack({ response_type: 'in_channel', text: 'for all' });
    if (word === 'broken') return ack({ text: 'x', blocks: [{ type: 'section' }] });
    if (word === 'modal') {
      await ack();
      const title = { type: 'plain_text' as const, text: 'Hi' };
      const open = { trigger_id: command.trigger_id, view: { type: 'modal' as const, title, blocks: [] } };
      await web.views.open(open);
      await respond(String(await errorOf(web.views.open(open))));
      return;
    }
    if (word === 'many') {
      await ack();
      for (const text of ['1', '2', '3', '4', '5']) await respond(text);
      await respond('6').catch(async (error: { statusCode?: number; message: string }) => {
        await web.chat.postEphemeral({
          channel: command.channel_id,
          user: command.user_id,
          text: error.message,
        });
      });
      return;
    }
    await ack('Looking…');
    await respond({ text: `Found ${command.text}`, replace_original: true });
  });
  app.action('card', async ({ ack, respond, action }) => {
    await ack();
    await respond({
      text: `card of ${'value' in action ? action.value : ''}`,
      replace_original: false,
    });
  });
  app.action('handled', async ({ ack, respond }) => {
    await ack();
    await respond({ text: 'Handled', replace_original: true });
  });
  app.action('snooze', async ({ ack, respond, action }) => {
    await ack();
    await respond({
      text: `snoozed ${'selected_option' in action ? (action.selected_option?.value ?? '') : ''}`,
      delete_original: true,
    }).then(() => respond('gone'));
  });
  app.shortcut('help', async ({ ack, body, client: web }) => {
    await ack();
    await web.chat.postEphemeral({ channel: 'C1', user: body.user.id, text: `help for ${body.type}` });
  });
  app.event('app_mention', async ({ event, say }) => {
    await say({ text: `you said ${event.text}`, thread_ts: event.ts });
  });
  app.event('app_home_opened', async ({ event, client: web }) => {
    await web.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'actions', elements: [button('card', 'from home')] }] },
    });
  });
  return app;
}

const clientOptions = () => ({ slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });

async function startHttpApp(): Promise<void> {
  const app = listeners(
    new App({
      token: 'xoxb-bot',
      signingSecret: SECRET,
      logger: silent,
      clientOptions: clientOptions(),
    }),
  );
  const server = (await app.start(0)) as unknown as Server;
  endings.push(() => app.stop());
  slack.connectHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
}

async function startSocketApp(): Promise<void> {
  const app = listeners(
    new App({
      token: 'xoxb-bot',
      appToken: 'xapp-app',
      socketMode: true,
      logger: silent,
      clientOptions: clientOptions(),
    }),
  );
  await app.start();
  endings.push(() => app.stop());
  await slack.whenConnected();
}

describe.each([
  ['HTTP', startHttpApp],
  ['Socket Mode', startSocketApp],
])('a person and the real Bolt app over %s', (_, connect) => {
  const command = (text: string, extra: { count?: number; deliveries?: number } = {}) =>
    slack.command({
      command: '/pulse',
      text,
      userId: 'U1',
      channelId: 'C1',
      deliveries: extra.deliveries ?? 1,
      until: ({ messages, refused, views }) =>
        messages.length + refused.length + views.length >= (extra.count ?? 1),
    });

  beforeEach(async () => {
    await start();
    await connect();
  });

  it('shows the acknowledgement, then what replaced it, to that person alone', async () => {
    const seen = await slack.command({
      command: '/pulse',
      text: ' acme <& co> ',
      userId: 'U1',
      channelId: 'C1',
      until: ({ messages }) => messages[0]?.editions.length === 1,
    });
    expect(seen).toMatchObject({ ok: true, refused: [] });
    expect(seen.messages).toMatchObject([
      { text: 'Found acme &lt;&amp; co&gt;', ephemeralTo: 'U1', editions: [{ text: 'Looking…' }] },
    ]);
  });

  it('shows the whole channel what was said in_channel', async () => {
    const { messages } = await command('public');
    expect(messages).toMatchObject([{ text: 'for all', via: 'ack' }]);
    expect(messages[0]).not.toHaveProperty('ephemeralTo');
  });

  it('tells an app error that Slack would not have shown', async () => {
    const seen = await command('broken');
    expect(seen.messages).toEqual([]);
    expect(seen.refused).toMatchObject([{ where: 'ack', code: 'invalid_blocks' }]);
  });

  it('gives up after the acknowledgement limit and says so to the person', async () => {
    await start({ ackLimitMs: 50 });
    await connect();
    const seen = await command('silent');
    expect(seen).toMatchObject({ ok: false, error: 'operation_timeout' });
    expect(slack.messages({ ephemeral: true })).toMatchObject([
      { userId: 'USLACKBOT', text: '/pulse failed with the error "operation_timeout"' },
    ]);
  });

  it('lets a response URL be used five times', async () => {
    const { messages } = await command('many', { count: 6 });
    expect(messages.map(({ text }) => text)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      expect.stringContaining('404'),
    ]);
    expect(slack.calls('response_url').map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 404]);
  });

  it('opens one view for a fresh trigger', async () => {
    const { views, messages } = await command('modal', { count: 2 });
    expect(views).toMatchObject([{ type: 'modal', userId: 'U1' }]);
    expect(messages).toMatchObject([{ text: 'exchanged_trigger_id' }]);
  });

  it('delivers the same request or envelope again when told, as Slack sometimes does', async () => {
    await command('acme', { deliveries: 2, count: 1 });
    await expect.poll(() => slack.calls('response_url').length).toBe(2);
  });

  it('clicks buttons and menus, whispers the answer or replaces the message', async () => {
    const web = client();
    const options = [{ text: { type: 'plain_text' as const, text: 'A week' }, value: '7' }];
    const elements = [
      button('card', 'E-1'),
      button('handled', 'x'),
      { type: 'overflow' as const, action_id: 'snooze', options },
    ];
    const post = async () =>
      (await postMessage(web, { channel: 'C1', text: 'alert', blocks: [{ type: 'actions', elements }] }))
        .ts ?? '';
    const click = (messageTs: string, actionId: string, value?: string) =>
      slack.click({
        channelId: 'C1',
        messageTs,
        actionId,
        userId: 'U1',
        ...(value !== undefined && { value }),
        until: ({ messages }) => messages.length > 0,
      });
    const ts = await post();
    expect((await click(ts, 'card', 'E-1')).messages).toMatchObject([
      { text: 'card of E-1', ephemeralTo: 'U1' },
    ]);
    expect((await click(ts, 'handled')).messages).toMatchObject([{ ts, text: 'Handled', blocks: [] }]);
    const other = await post();
    expect((await click(other, 'snooze', '7')).messages).toMatchObject([{ text: 'gone' }]);
    expect(slack.messages({ channel: 'C1' }).map((message) => message.ts)).not.toContain(other);
    await expect(click(other, 'card')).rejects.toThrow('no message');
    await expect(click(ts, 'nothing')).rejects.toThrow('no element');
  });

  it('mentions the bot and sees the answer in the thread', async () => {
    const { messages } = await slack.mention({
      text: 'hello',
      userId: 'U1',
      channelId: 'C1',
      until: (sofar) => sofar.messages.length > 0,
    });
    const [question] = slack.messages({ by: 'people' });
    expect(messages).toMatchObject([{ text: 'you said <@U0PULSEBOT> hello', threadTs: question?.ts }]);
  });

  it('opens the Home tab and clicks in it', async () => {
    const { views } = await slack.openHome({ userId: 'U1', until: (sofar) => sofar.views.length > 0 });
    expect(views).toMatchObject([{ type: 'home', userId: 'U1' }]);
    const clicked = await slack.click({
      userId: 'U1',
      actionId: 'card',
      value: 'from home',
      until: () => true,
    });
    expect(clicked.ok).toBe(true);
  });

  it('runs shortcuts, global and on a message', async () => {
    const { ts } = slack.say('look', 'U1', 'C1');
    const until = ({ messages }: { messages: readonly unknown[] }) => messages.length > 0;
    const global = await slack.shortcut({ callbackId: 'help', userId: 'U1', until });
    const onMessage = await slack.shortcut({
      callbackId: 'help',
      userId: 'U1',
      channelId: 'C1',
      messageTs: ts,
      until,
    });
    expect([...global.messages, ...onMessage.messages].map(({ text }) => text)).toEqual([
      'help for shortcut',
      'help for message_action',
    ]);
  });
});

describe('delivery', () => {
  const act = { command: '/pulse', text: 'x', userId: 'U1', channelId: 'C1' };

  it('fails to dispatch when nobody is connected', async () => {
    await start();
    expect(await slack.command(act)).toMatchObject({ ok: false, error: 'dispatch_failed' });
    expect(slack.messages()).toMatchObject([
      { text: '/pulse failed with the error "dispatch_failed"', ephemeralTo: 'U1' },
    ]);
    slack.connectHttp('http://127.0.0.1:1/slack/events');
    expect(await slack.command(act)).toMatchObject({ error: 'dispatch_failed' });
  });

  it('signs a form exactly as Slack does', async () => {
    await start();
    const received = Promise.withResolvers<{ headers: Record<string, unknown>; body: string }>();
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        received.resolve({ headers: request.headers, body });
        response.end();
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    endings.push(() => new Promise((resolve) => server.close(resolve)));
    slack.connectHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
    await slack.command({ ...act, channelId: 'G1', text: 'a+b & c', until: () => true });
    const { headers, body } = await received.promise;
    const timestamp = String(headers['x-slack-request-timestamp']);
    const digest = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
    expect(headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-signature': `v0=${digest}`,
    });
    expect(signatureHeaders(SECRET, body, Number(timestamp))['x-slack-signature']).toBe(`v0=${digest}`);
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
      command: '/pulse',
      text: 'a+b &amp; c',
      team_id: 'T1',
      channel_id: 'G1',
      channel_name: 'privategroup',
      user_name: 'ana',
      is_enterprise_install: 'false',
    });
  });

  it('lets a response URL expire after thirty minutes', async () => {
    let now = 1_742_288_400_000;
    await start({ clock: () => now });
    const urls: string[] = [];
    const app = new App({
      token: 'xoxb-bot',
      appToken: 'xapp-app',
      socketMode: true,
      logger: silent,
      clientOptions: clientOptions(),
    });
    app.command('/pulse', async ({ ack, command }) => {
      urls.push(command.response_url);
      await ack();
    });
    await app.start();
    endings.push(() => app.stop());
    await slack.command({ ...act, until: () => true });
    const respond = async (body: string) => {
      const answer = await fetch(urls[0] ?? '', { method: 'POST', body });
      return [answer.status, ((await answer.json()) as { error?: string }).error];
    };
    now += 30 * 60_000;
    expect(await respond('{"text":"late"}')).toEqual([200, undefined]);
    expect(await respond('{"blocks":[{"type":"nothing"}]}')).toEqual([400, 'invalid_blocks']);
    expect(await respond('no json')).toEqual([400, 'invalid_payload']);
    slack.fail({ method: 'response_url', mode: { kind: 'status', status: 500, body: '{}' } });
    expect(await respond('{"text":"x"}')).toEqual([500, undefined]);
    now += 1;
    expect(await respond('{"text":"too late"}')).toEqual([404, 'expired_url']);
    expect(slack.messages().map(({ text }) => text)).toEqual(['late']);
  });

  it('lets a connection in once per address, and reconnects after disconnect', async () => {
    await start();
    const app = new App({
      token: 'xoxb-bot',
      socketMode: true,
      logger: silent,
      receiver: new SocketModeReceiver({
        appToken: 'xapp-app',
        logger: silent,
        clientPingTimeout: 500,
        installerOptions: { clientOptions: clientOptions() },
      }),
      clientOptions: clientOptions(),
    });
    listeners(app);
    await app.start();
    endings.push(() => app.stop());
    await slack.whenConnected();
    const opened = () => slack.calls('apps.connections.open').length;
    const before = opened();
    slack.disconnect('refresh_requested');
    await expect.poll(opened, { timeout: 10_000 }).toBeGreaterThan(before);
    await slack.whenConnected();
    expect(await slack.command({ ...act, until: ({ messages }) => messages.length > 0 })).toMatchObject({
      ok: true,
    });
    const again = opened();
    slack.cutSockets();
    await expect.poll(opened, { timeout: 10_000 }).toBeGreaterThan(again);

    const { url } = (await client('xapp-app').apps.connections.open({})) as { url: string };
    const open = (address: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(address);
        socket.addEventListener('message', ({ data }) => {
          resolve((JSON.parse(data as string) as { type: string }).type);
          socket.close();
        });
        socket.addEventListener('error', () => resolve('refused'));
      });
    expect(await open(url)).toBe('hello');
    expect(await open(url)).toBe('refused');
  });
});

describe('the page', () => {
  const get = async (path: string) => {
    const answer = await fetch(new URL(path, slack.url));
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const act = (body: unknown, type = 'application/json') =>
    fetch(new URL('/page/act', slack.url), {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify(body),
    });

  it('shows channels with unread counts, messages, threads and whispers to the right person', async () => {
    const web = await start();
    const parent = await postMessage(web, { channel: 'C1', text: 'Churn &lt;b&gt; digest' });
    await postMessage(web, { channel: 'C1', text: 'the details', thread_ts: parent.ts ?? '' });
    await web.chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'only for ana' });
    await postMessage(web, { channel: 'G1', text: 'x' });
    await web.chat.update({ channel: 'C1', ts: parent.ts ?? '', text: 'Churn &lt;i&gt; digest' });
    const page = await get('/?channel=C1&as=U1');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Churn &lt;i&gt; digest');
    expect(page.text).toMatch(/Only visible to you.*only for ana/s);
    expect(page.text).toContain('1 reply');
    expect(page.text).toContain('(edited)');
    expect(page.text).toContain('aria-label="1 unread"');
    expect(page.text).not.toContain('the details');
    expect((await get(`/?channel=C1&as=U1&thread=${parent.ts}`)).text).toContain('the details');
    expect((await get('/?channel=C1&as=U2')).text).not.toContain('only for ana');
    expect((await get('/?channel=C4&as=U2')).text).not.toContain('# small');
  });

  it('loads nothing from elsewhere and lets no other site act', async () => {
    await start();
    const page = await get('/');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, asset = '']) => asset);
    expect(assets.filter((asset) => !/^(?:\/|data:)/.test(asset))).toEqual([]);
    for (const asset of ['/page/style.css', '/page/blocks.css', '/page/client.js']) {
      const { status, text } = await get(asset);
      expect(status).toBe(200);
      expect(text).not.toMatch(/https?:\/\/(?!www\.w3\.org)|@import|@font-face/);
    }
    expect((await act({ kind: 'send', text: 'x' }, 'text/plain')).status).toBe(415);
    expect((await get('/nothing')).status).toBe(404);
    expect(slack.messages()).toEqual([]);
  });

  it('sends commands, words, mentions and clicks as the person who looks', async () => {
    const web = await start({ settleMs: 1 });
    await startSocketApp();
    const send = (text: string, extra: Record<string, string> = {}) =>
      act({ kind: 'send', as: 'U1', channel: 'C1', text, ...extra });
    await send('/pulse acme');
    await expect
      .poll(() => slack.messages({ ephemeral: true }).map(({ text }) => text))
      .toEqual(['Found acme']);
    await send('hello <b>');
    await send('/other');
    await send('@Marketplace Pulse hi');
    await expect.poll(() => slack.messages({ by: 'bot', ephemeral: false }).length).toBe(1);
    const { ts } = await postMessage(web, {
      channel: 'C1',
      text: 'x',
      blocks: [{ type: 'actions', elements: [button('card', 'E-1')] }],
    });
    expect(
      await (await act({ kind: 'click', as: 'U1', channel: 'C1', ts, action: 'card', value: 'E-1' })).json(),
    ).toEqual({});
    await expect
      .poll(() => slack.messages({ ephemeral: true }).map(({ text }) => text))
      .toContain('card of E-1');
    expect((await act({ kind: 'click', as: 'U1', channel: 'C1', ts, action: 'nothing' })).status).toBe(400);
    expect(slack.messages({ by: 'people' }).map(({ text }) => text)).toEqual([
      'hello &lt;b&gt;',
      '/other is not a valid command.',
      '<@U0PULSEBOT> hi',
    ]);
    expect((await get('/?channel=C1&as=U1')).text).toContain('hello &lt;b&gt;');
    await act({ kind: 'home', as: 'U1' });
    await expect.poll(async () => (await get('/?channel=D1&as=U1&tab=home')).text).toContain('from home');
  });

  it('announces changes to who is looking', async () => {
    const web = await start();
    const stream = await fetch(new URL('/page/changes', slack.url));
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('retry');
    await postMessage(web, { channel: 'C1', text: 'fresh' });
    expect((await reader?.read())?.value).toBe('data: change\n\n');
    const pieces = (await (await fetch(new URL('/page/pieces?channel=C1&as=U1', slack.url))).json()) as {
      main: string;
    };
    expect(pieces.main).toContain('fresh');
    await reader?.cancel();
  });
});
