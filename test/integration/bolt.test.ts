import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { AskRequest } from '../../src/slack/answering.ts';
import { createBolt } from '../../src/slack/bolt.ts';
import { BOT_TOKEN, startSlack, until } from '../support/delivering.ts';
import { createLogBook } from '../support/log-book.ts';
import { APP_TOKEN, SIGNING_SECRET, startTalk } from '../support/talking.ts';

const ASK = { command: '/pulse', userId: 'U1', channelId: 'C1' };

describe.each(['socket', 'http'] as const)('over %s, the bot', (kind) => {
  it('answers in the ack when it knows the answer at once, for the asker only', async () => {
    const { slack } = await startTalk(kind);
    const interaction = await slack.command({ ...ASK, text: 'churn “App 1”' });
    expect(interaction.ok).toBe(true);
    expect(interaction.messages).toMatchObject([
      { text: 'You asked: churn “App 1”', via: 'ack', ephemeralTo: 'U1' },
    ]);
    expect(slack.calls('response_url')).toEqual([]);
  });

  it('gets what was typed, by whom and where', async () => {
    const requests: AskRequest[] = [];
    const { slack } = await startTalk(kind, {
      answer: async (request) => {
        requests.push(request);
        return { text: 'Fine.', blocks: [] };
      },
    });
    await slack.command({ ...ASK, text: 'AT&T <x>' });
    const text = 'AT&amp;T &lt;x&gt;';
    expect(requests).toMatchObject([
      { text, userId: 'U1', channelId: 'C1', teamId: 'T1', source: 'command' },
    ]);
  });

  it('says it is working when the answer takes long, and then answers', async () => {
    const gate = Promise.withResolvers<void>();
    const { slack } = await startTalk(kind, {
      answer: async () => {
        await gate.promise;
        return { text: 'Here it is.', blocks: [] };
      },
    });
    const asking = slack.command({ ...ASK, text: 'status', until: ({ messages }) => messages.length === 2 });
    await until(() => slack.messages().length === 1);
    gate.resolve();
    const { messages, ackMs } = await asking;
    expect(messages.map(({ text, via }) => [text, via])).toEqual([
      ['One moment …', 'ack'],
      ['Here it is.', 'response_url'],
    ]);
    expect(messages.every(({ ephemeralTo }) => ephemeralTo === 'U1')).toBe(true);
    expect(ackMs).toBeLessThan(3000);
  });

  it('apologises with a reference that stands in the log, and not with the error', async () => {
    const { slack, log } = await startTalk(kind, {
      answer: () => Promise.reject(new Error('no such table')),
    });
    const { messages } = await slack.command({ ...ASK, text: 'status' });
    const reference = /reference ([0-9a-f]{8})/.exec(messages[0]?.text ?? '')?.[1];
    expect(reference).toBeDefined();
    expect(messages[0]?.text).not.toContain('table');
    expect(log.lines).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ reference, error: 'no such table' }) }),
    );
  });

  it('points to its command when another name leads to it', async () => {
    const { slack } = await startTalk(kind);
    const { messages } = await slack.command({ ...ASK, command: '/impulse', text: 'churn' });
    expect(messages).toMatchObject([{ text: expect.stringContaining('/pulse help'), ephemeralTo: 'U1' }]);
  });

  it.each([
    ['U1', 'C2', 'here'],
    ['U3', 'C1', 'guests'],
    ['U4', 'C1', 'workspace'],
    ['U1', 'C3', 'another company'],
  ])('refuses %s in %s without asking anything of the store', async (userId, channelId, word) => {
    let asked = 0;
    const verdicts: boolean[] = [];
    const { slack } = await startTalk(kind, {
      answer: async () => {
        asked += 1;
        return { text: 'Secret.', blocks: [] };
      },
      audit: async (_request, { allowed }) => void verdicts.push(allowed),
    });
    const { messages } = await slack.command({ ...ASK, userId, channelId, text: 'acme' });
    expect(messages).toMatchObject([{ text: expect.stringContaining(word), ephemeralTo: userId }]);
    expect(asked).toBe(0);
    expect(verdicts).toEqual([false]);
  });

  it('answers a click below the message, authorising it again', async () => {
    const { slack, bolt } = await startTalk(kind);
    await post(slack.apiUrl, [button('pulse:lookup', 'E-123 "App 1"'), button('elsewhere', 'x'), link()]);
    const messageTs = slack.messages()[0]?.ts ?? '';
    const click = { channelId: 'C1', messageTs, actionId: 'pulse:lookup' };
    const allowed = await slack.click({ ...click, userId: 'U1' });
    expect(allowed.messages).toMatchObject([
      { text: 'You asked: E-123 "App 1"', via: 'response_url', ephemeralTo: 'U1' },
    ]);
    const refused = await slack.click({ ...click, userId: 'U4' });
    expect(refused.messages).toMatchObject([
      { text: expect.stringContaining('workspace'), ephemeralTo: 'U4' },
    ]);
    expect(slack.messages({ channel: 'C1', ephemeral: false })).toHaveLength(1);
    for (const actionId of ['elsewhere', 'pulse:open']) {
      const silent = await slack.click({ ...click, userId: 'U1', actionId, timeoutMs: 50 });
      expect([silent.ok, silent.messages]).toEqual([true, []]);
    }
    expect(bolt.identity()).toMatchObject({
      teamId: 'T1',
      userId: 'U0PULSEBOT',
      scopes: expect.arrayContaining(['commands']),
    });
  });

  it('answers a mention and the shortcut on a message, each to the asker alone', async () => {
    const requests: AskRequest[] = [];
    const { slack } = await startTalk(kind, {
      answer: async (request) => {
        requests.push(request);
        return { text: 'Fine.', blocks: [] };
      },
    });
    const said = slack.say('SEN-1 & more', 'U2', 'C1');
    const asker = { userId: 'U1', channelId: 'C1' };
    const mention = await slack.mention({ ...asker, text: 'SEN-1?', threadTs: said.ts, deliveries: 2 });
    const shortcut = await slack.shortcut({ ...asker, callbackId: 'pulse_lookup', messageTs: said.ts });
    expect(requests).toMatchObject([
      { ...asker, text: 'SEN-1?', teamId: 'T1', source: 'mention', threadTs: said.ts },
      { ...asker, text: 'SEN-1 &amp; more', teamId: 'T1', source: 'shortcut' },
    ]);
    const answers = [...mention.messages, ...shortcut.messages].filter(({ isBot }) => isBot);
    expect(answers.map(({ ephemeralTo, via }) => [ephemeralTo, via])).toEqual([
      ['U1', 'chat.postEphemeral'],
      ['U1', 'response_url'],
    ]);
  });

  it('answers no app that mentions it, and no other shortcut', async () => {
    let asked = 0;
    const { slack } = await startTalk(kind, {
      answer: async () => {
        asked += 1;
        return { text: 'Fine.', blocks: [] };
      },
    });
    const event = { type: 'app_mention', text: '<@U0PULSEBOT> acme', channel: 'C1', ts: '1.1', user: 'U1' };
    await slack.event({ ...event, bot_id: 'B9' }, { userId: 'U1', channelId: 'C1', timeoutMs: 50 });
    await slack.event({ ...event, user: 'U0PULSEBOT' }, { userId: 'U1', channelId: 'C1', timeoutMs: 50 });
    const said = slack.say('SEN-1', 'U1', 'C1');
    const other = { callbackId: 'elsewhere', messageTs: said.ts, timeoutMs: 50 };
    await slack.shortcut({ ...other, userId: 'U1', channelId: 'C1' });
    expect(asked).toBe(0);
    const foreign = { ...event, user_team: 'T9', team: 'T1' };
    await slack.event(foreign, { userId: 'U1', channelId: 'C1', timeoutMs: 50 });
    expect(asked).toBe(0);
    await slack.event(event, { userId: 'U1', channelId: 'C1', timeoutMs: 50 });
    expect(asked).toBe(0);
    await slack.event({ ...event, team: 'T1' }, { userId: 'U1', channelId: 'C1', timeoutMs: 200 });
    expect(asked).toBe(1);
  });

  it('handles a repeated delivery once', async () => {
    let asked = 0;
    const { slack } = await startTalk(kind, {
      answer: async () => {
        asked += 1;
        return { text: 'Once.', blocks: [] };
      },
    });
    const interaction = await slack.command({ ...ASK, text: 'churn', deliveries: 3 });
    expect(interaction.messages).toMatchObject([{ text: 'Once.', ephemeralTo: 'U1' }]);
    expect(asked).toBe(1);
  });

  it('lets an answer under way arrive before it stops', async () => {
    const gate = Promise.withResolvers<void>();
    const { slack, bolt } = await startTalk(kind, {
      answer: async () => {
        await gate.promise;
        return { text: 'Just in time.', blocks: [] };
      },
    });
    const asking = slack.command({ ...ASK, text: 'churn', until: ({ messages }) => messages.length === 2 });
    await until(() => slack.messages().length === 1);
    let isStopped = false;
    const stopping = bolt.stop().finally(() => {
      isStopped = true;
    });
    await Promise.race([stopping, setTimeout(150)]);
    expect(isStopped).toBe(false);
    gate.resolve();
    await stopping;
    expect((await asking).messages.at(-1)?.text).toBe('Just in time.');
  });
});

describe('what Slack tells of an asker', () => {
  it('is asked once in five minutes', async () => {
    const { slack } = await startTalk('socket');
    for (const text of ['one', 'two', 'three']) await slack.command({ ...ASK, text });
    expect([slack.calls('users.info').length, slack.calls('conversations.info').length]).toEqual([1, 1]);
  });

  it('is done without where the scopes are missing', async () => {
    const { slack } = await startTalk('socket', { workspace: { scopes: ['commands', 'chat:write'] } });
    expect((await slack.command({ ...ASK, text: 'churn' })).messages).toMatchObject([
      { text: 'You asked: churn' },
    ]);
    expect(slack.calls('users.info')).toEqual([]);
  });

  it('is waited for: no answer means no', async () => {
    const { slack } = await startTalk('socket');
    slack.fail({ method: 'users.info', times: Infinity, mode: { kind: 'error', error: 'internal_error' } });
    const { messages } = await slack.command({ ...ASK, text: 'churn' });
    expect(messages).toMatchObject([{ text: expect.stringContaining('did not confirm') }]);
  });

  it('is done without in a private channel the bot is not in', async () => {
    const { slack } = await startTalk('socket');
    const { messages } = await slack.command({ ...ASK, channelId: 'C4', text: 'churn' });
    expect(messages).toMatchObject([{ text: 'You asked: churn' }]);
  });
});

describe('an answer that Slack does not take', () => {
  const slow = async () => {
    await setTimeout(450);
    return { text: 'The answer.', blocks: [{ type: 'divider' }] };
  };

  it('by its response URL is sent again without blocks, then as an ephemeral post', async () => {
    const { slack } = await startTalk('socket', { answer: slow });
    const fault = slack.fail({ method: 'response_url', times: 2, mode: { kind: 'status', status: 404 } });
    await slack.command({
      ...ASK,
      text: 'churn',
      until: ({ messages }) => messages.length === 2,
    });
    expect(fault.hits).toBe(2);
    expect(slack.messages().at(-1)).toMatchObject({
      text: 'The answer.',
      via: 'chat.postEphemeral',
      ephemeralTo: 'U1',
    });
    expect(slack.messages({ ephemeral: false })).toEqual([]);
  });

  it('in any way is never made public', async () => {
    const { slack, log } = await startTalk('socket', { answer: slow, access: { channels: ['C4'] } });
    slack.fail({ method: 'response_url', times: Infinity, mode: { kind: 'status', status: 500 } });
    const asking = slack.command({ ...ASK, channelId: 'C4', text: 'churn' });
    await until(() => log.asText().includes('could not be delivered in any way'));
    await asking;
    expect(slack.messages({ ephemeral: false })).toEqual([]);
  });
});

describe('starting', () => {
  async function start(
    change: Parameters<typeof createBolt>[0] extends infer Deps ? Partial<Deps> : never,
    workspace = {},
  ) {
    const slack = await startSlack({ appToken: APP_TOKEN, ...workspace });
    const bolt = createBolt({
      mode: { kind: 'socket', appToken: APP_TOKEN },
      botToken: BOT_TOKEN,
      slackApiUrl: slack.apiUrl,
      command: '/pulse',
      answer: async () => ({ text: 'Fine.', blocks: [] }),
      access: { channels: [] },
      log: createLogBook(),
      ...change,
    });
    return bolt.start();
  }

  it.each([
    ['a wrong bot token', { botToken: 'xoxb-wrong' }, {}, 'SLACK_TOKEN_REFUSED'],
    [
      'a wrong app token',
      { mode: { kind: 'socket', appToken: 'xapp-wrong' } },
      {},
      'SLACK_APP_TOKEN_REFUSED',
    ],
    [
      'a bot token in place of the app token',
      { mode: { kind: 'socket', appToken: BOT_TOKEN } },
      {},
      'SLACK_APP_TOKEN_REFUSED',
    ],
    ['an app token in place of the bot token', { botToken: APP_TOKEN }, {}, 'SLACK_TOKEN_REFUSED'],
    ['a token that may not post', {}, { scopes: ['commands'] }, 'SLACK_SCOPE_MISSING'],
  ] as const)(
    'with %s fails with one sentence that names no secret',
    async (_what, change, workspace, code) => {
      const error: unknown = await start(change, workspace).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code });
      expect(String(error)).not.toMatch(/xoxb-|xapp-|\n/);
    },
  );

  it('with an empty signing secret is refused', () => {
    const mode = { kind: 'http', signingSecret: '', port: 0 } as const;
    return expect(start({ mode })).rejects.toMatchObject({ code: 'CONFIGURATION' });
  });

  it('on a port that is taken says so', async () => {
    const { bolt } = await startTalk('http');
    const mode = { kind: 'http', signingSecret: SIGNING_SECRET, port: bolt.port() ?? 0 } as const;
    await expect(start({ mode })).rejects.toMatchObject({ code: 'PORT_UNAVAILABLE' });
  });
});

function button(actionId: string, value: string) {
  return { type: 'button', action_id: actionId, value, text: { type: 'plain_text', text: actionId } };
}

function link() {
  return {
    type: 'button',
    action_id: 'pulse:open',
    url: 'https://example.com/',
    text: { type: 'plain_text', text: 'Open' },
  };
}

async function post(apiUrl: string, elements: readonly object[]): Promise<void> {
  const response = await fetch(`${apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${BOT_TOKEN}` },
    body: JSON.stringify({ channel: 'C1', text: 'Buttons.', blocks: [{ type: 'actions', elements }] }),
  });
  expect(await response.json()).toMatchObject({ ok: true });
}
