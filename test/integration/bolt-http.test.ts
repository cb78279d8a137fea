import { describe, expect, it } from 'vitest';
import { until } from '../support/delivering.ts';
import { commandBody, SIGNING_SECRET, signed, startTalk, type Talk } from '../support/talking.ts';

async function setUp(change: Parameters<typeof startTalk>[1] = {}) {
  let handled = 0;
  const talk = await startTalk('http', {
    answer: async () => {
      handled += 1;
      return { text: 'Fine.', blocks: [] };
    },
    ...change,
  });
  const origin = `http://127.0.0.1:${talk.bolt.port()}`;
  const send = async (body: string, headers: Record<string, string>, path = '/slack/events') => {
    const response = await fetch(`${origin}${path}`, { method: 'POST', body, headers });
    return { status: response.status, text: await response.text() };
  };
  return { ...talk, origin, send, handled: () => handled };
}

const seconds = (offset = 0) => Math.floor(Date.now() / 1000) + offset;

describe('a request to /slack/events', () => {
  it('that Slack signed is handled', async () => {
    const { send, handled } = await setUp();
    const body = commandBody('churn');
    expect(await send(body, signed(body))).toMatchObject({
      status: 200,
      text: expect.stringContaining('Fine.'),
    });
    expect(handled()).toBe(1);
  });

  it('that comes a hundred times, one after the other and all at once, is handled once', async () => {
    const { send, handled } = await setUp();
    const body = commandBody('churn');
    const headers = signed(body);
    const first = [await send(body, headers), await send(body, headers)];
    expect(first.map(({ status }) => status)).toEqual([200, 401]);
    const others = await Promise.all(Array.from({ length: 98 }, () => send(body, headers)));
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set([401]));
    expect(handled()).toBe(1);
  });

  it('that Slack sends again, signed afresh, is handled again', async () => {
    const { send, handled } = await setUp();
    const body = commandBody('churn');
    await send(body, signed(body, { seconds: seconds(-2) }));
    await send(body, signed(body, { seconds: seconds(-1) }));
    expect(handled()).toBe(2);
  });

  it('that brings the same event again, signed afresh, is handled once', async () => {
    const asked: string[] = [];
    const { send } = await setUp({
      answer: async ({ text }) => {
        asked.push(text);
        return { text: 'Fine.', blocks: [] };
      },
    });
    const bodyOf = (id: string) => {
      const event = { type: 'app_mention', user: 'U1', team: 'T1', channel: 'C1', ts: '1.1', text: id };
      return JSON.stringify({ type: 'event_callback', team_id: 'T1', api_app_id: 'A1', event_id: id, event });
    };
    for (const [id, offset] of [
      ['Ev1', -3],
      ['Ev1', -2],
      ['Ev2', -1],
    ] as const) {
      const body = bodyOf(id);
      const answer = await send(body, signed(body, { seconds: seconds(offset), type: 'application/json' }));
      expect(answer.status).toBe(200);
    }
    // What comes last is handled last.
    await until(() => asked.includes('Ev2'));
    expect(asked).toEqual(['Ev1', 'Ev2']);
  });

  it.each([
    ['five minutes ago and a bit', -302, 401],
    ['almost five minutes ago', -295, 200],
    ['almost five minutes ahead', 295, 200],
    ['five minutes ahead and a bit', 302, 401],
    ['an hour ahead', 3600, 401],
    ['an hour ago', -3600, 401],
  ])('signed %s is answered with its due', async (_when, offset, status) => {
    const { send, handled } = await setUp();
    const body = commandBody('churn');
    expect((await send(body, signed(body, { seconds: seconds(offset) }))).status).toBe(status);
    expect(handled()).toBe(status === 200 ? 1 : 0);
  });

  it.each([
    ['another secret', (body: string) => signed(body, { secret: 'another' })],
    ['an empty secret', (body: string) => signed(body, { secret: '' })],
    ['the signature of another body', () => signed(commandBody('renewal'))],
    ['no signature', (body: string) => ({ ...signed(body), 'x-slack-signature': '' })],
    ['half a signature', (body: string) => ({ ...signed(body), 'x-slack-signature': 'v0=abcd' })],
    [
      'a signature of another version',
      (body: string) => ({ ...signed(body), 'x-slack-signature': 'v1=abcd' }),
    ],
    ['no time', (body: string) => ({ ...signed(body), 'x-slack-request-timestamp': '' })],
    ['a time that is none', (body: string) => ({ ...signed(body), 'x-slack-request-timestamp': 'NaN' })],
    ['a fraction of a time', (body: string) => ({ ...signed(body), 'x-slack-request-timestamp': '1.5' })],
    ['nothing at all', () => ({ 'content-type': 'application/x-www-form-urlencoded' })],
  ])('with %s is refused', async (_what, headersOf) => {
    const { send, handled } = await setUp();
    const body = commandBody('churn');
    expect((await send(body, headersOf(body))).status).toBe(401);
    expect(handled()).toBe(0);
  });

  it('that checks the certificate is answered, and carries nothing in', async () => {
    const { send, handled } = await setUp();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await send(`${commandBody('churn')}&ssl_check=1`, headers)).toEqual({ status: 200, text: '' });
    expect(handled()).toBe(0);
  });

  it('with a charset in its type is handled: some proxies add one', async () => {
    const { send } = await setUp();
    const body = commandBody('churn');
    const type = 'application/x-www-form-urlencoded; charset=utf-8';
    expect((await send(body, signed(body, { type }))).status).toBe(200);
  });

  it('of more than 256 KB is refused, however it is signed', async () => {
    const { send, handled } = await setUp();
    const body = commandBody('x'.repeat(300_000));
    expect((await send(body, signed(body))).status).toBe(413);
    expect(handled()).toBe(0);
  });

  it('that Slack signed but nobody can read is answered with 400', async () => {
    const { send, handled } = await setUp();
    const body = 'payload=%7Bbroken';
    expect((await send(body, signed(body))).status).toBe(400);
    expect(handled()).toBe(0);
  });

  it('tells the log nothing of what it carried', async () => {
    const { send, log } = await setUp({ answer: () => Promise.reject(new Error('broken')) });
    for (const secret of [SIGNING_SECRET, 'another']) {
      const body = commandBody('acme-canary');
      await send(body, signed(body, { secret }));
    }
    expect(log.asText()).not.toMatch(/acme-canary|a-signing-secret|xoxb-/);
  });
});

describe('other requests', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/slack/events'],
    ['PUT', '/slack/events'],
    ['POST', '/'],
    ['POST', '/healthz'],
    ['GET', '/slack/install'],
    ['GET', '/slack/events/'],
    ['GET', '/.env'],
    ['GET', '//evil/healthz'],
    ['GET', '/slack'],
    ['GET', '/slack/oauth_redirect'],
    ['GET', '/Slack/Events'],
    ['POST', '/slack/events%2f'],
    ['POST', '/slack//events'],
    ['POST', '/slack/events/../events2'],
    ['DELETE', '/slack/events'],
    ['OPTIONS', '/slack/events'],
    ['GET', '/metrics'],
    ['GET', '/pulse.db'],
    ['GET', '/..%2f..%2fetc/passwd'],
    ['GET', '/server-status'],
    ['POST', '/readyz'],
    ['GET', '/healthz/'],
  ])('%s %s are not found', async (method, path) => {
    const { origin } = await setUp();
    const response = await fetch(`${origin}${path}`, { method });
    expect([response.status, await response.text()]).toEqual([404, '']);
  });
});

describe('the health routes', () => {
  async function ask({ bolt }: Pick<Talk, 'bolt'>, path: string) {
    const response = await fetch(`http://127.0.0.1:${bolt.port()}${path}`);
    return { status: response.status, body: await response.json() };
  }

  it('answer for themselves when nobody says more', async () => {
    const talk = await setUp();
    expect(await ask(talk, '/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await ask(talk, '/readyz?full')).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it('tell ill from unready, with the details they are given', async () => {
    let isHealthy = true;
    const talk = await setUp({ health: () => ({ isHealthy, isReady: false, details: { dataAgeS: 7 } }) });
    expect(await ask(talk, '/healthz')).toEqual({ status: 200, body: { status: 'ok', dataAgeS: 7 } });
    expect(await ask(talk, '/readyz')).toEqual({ status: 503, body: { status: 'failing', dataAgeS: 7 } });
    isHealthy = false;
    expect((await ask(talk, '/healthz')).status).toBe(503);
  });
});
