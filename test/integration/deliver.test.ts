import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { FaultMode } from '../../demo/slack/faults.ts';
import type { DeadIdentity } from '../../src/slack/circuit.ts';
import { backoffMs } from '../../src/slack/backoff.ts';
import type { ParkedNotice, RefusedNotice } from '../../src/slack/deliver.ts';
import { sayRepeated } from '../../src/slack/say-repeated.ts';
import { entryOf, newDatabasePath } from '../support/delivery-store.ts';
import { deliverAll, INSTANCE, startSender, startSlack, until } from '../support/delivering.ts';
import { createVirtualTime } from '../support/virtual-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const REPETITION = 'This may be a repetition: I could not look whether it stands above already.';
const POST = 'chat.postMessage';

async function setUp(change: Parameters<typeof startSender>[3] = {}, scopes?: readonly string[]) {
  const time = createVirtualTime();
  const slack = await startSlack({ clock: time.clock, ...(scopes && { scopes }) });
  const sender = startSender(newDatabasePath(), slack, time, { ...change, ...(scopes && { scopes }) });
  const texts = (channel = 'C1') => slack.messages({ channel }).map(({ text }) => text);
  return { time, slack, ...sender, sender, texts };
}

describe('delivery', () => {
  it('posts a message with its blocks, a hidden id and nothing that unfurls', async () => {
    const { slack, outbox, delivery, time, db } = await setUp();
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '*Seven* left.' } }];
    await outbox.enqueue([entryOf({ key: 'a', message: { text: 'Seven left.', blocks } })], time.clock());
    await delivery.tick();
    const [message] = slack.messages();
    expect(message).toMatchObject({ channel: 'C1', text: 'Seven left.', blocks });
    expect(message?.sent).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
    const uuid = db.prepare('SELECT uuid FROM outbox').pluck().get();
    expect(message?.metadata).toEqual({
      event_type: 'pulse_delivery',
      event_payload: { k: uuid, i: INSTANCE },
    });
    expect(await outbox.readRow('a')).toMatchObject({ state: 'sent', ts: message?.ts });
  });

  it('keeps the order of a channel, one message per second, channels beside each other', async () => {
    const { slack, outbox, delivery, time, texts } = await setUp();
    const entries = Array.from({ length: 12 }, (_, index) =>
      entryOf({ key: `m${index}`, channel: index % 2 === 0 ? 'C1' : 'C2' }),
    );
    await outbox.enqueue(entries, time.clock());
    await delivery.tick();
    expect(texts('C1')).toEqual([0, 2, 4, 6, 8, 10].map((index) => `text of m${index}`));
    expect(texts('C2')).toEqual([1, 3, 5, 7, 9, 11].map((index) => `text of m${index}`));
    const times = slack.messages({ channel: 'C1' }).map(({ postedAt }) => postedAt);
    for (const [index, at] of times.slice(1).entries()) {
      expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(1000);
    }
  });

  it('is within the limits of a workspace that allows a message per second and no burst', async () => {
    const time = createVirtualTime();
    const slack = await startSlack({ clock: time.clock, rateLimit: { burst: 1 } });
    const { outbox, delivery } = startSender(newDatabasePath(), slack, time);
    await outbox.enqueue(
      Array.from({ length: 10 }, (_, index) => entryOf({ key: `m${index}` })),
      time.clock(),
    );
    await delivery.tick();
    expect(slack.calls(POST).filter(({ isOk }) => !isOk)).toEqual([]);
    expect(slack.messages()).toHaveLength(10);
  });

  it('posts the thread below its message', async () => {
    const { slack, outbox, delivery, time } = await setUp();
    const reply = entryOf({ key: 'd/thread/1', kind: 'reply', parentKey: 'd' });
    await outbox.enqueue([entryOf({ key: 'd' }), reply, entryOf({ key: 'e' })], time.clock());
    await delivery.tick();
    const [head, answer, next] = slack.messages();
    expect(answer).toMatchObject({ text: 'text of d/thread/1', threadTs: head?.ts, isBroadcast: false });
    expect(next?.threadTs).toBeUndefined();
  });

  it('lets two senders on one file post every message once', async () => {
    const path = newDatabasePath();
    const time = createVirtualTime();
    const slack = await startSlack({ clock: time.clock });
    const [one, two] = [startSender(path, slack, time), startSender(path, slack, time)];
    await one.outbox.enqueue(
      Array.from({ length: 20 }, (_, index) => entryOf({ key: `m${index}` })),
      time.clock(),
    );
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([one.delivery.tick(), two.delivery.tick()]);
      time.advance(1000);
    }
    const texts = slack.messages().map(({ text }) => text);
    expect(texts).toEqual(Array.from({ length: 20 }, (_, index) => `text of m${index}`));
  });
});

describe('trouble that is surely not a delivery', () => {
  it.each([
    [30, 30_000],
    [undefined, 30_000],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 30_000],
    [0, 1000],
  ])('a limit with Retry-After %s is obeyed, in its channel only', async (retryAfter, waitMs) => {
    const { slack, outbox, sender, time, texts } = await setUp();
    const mode: FaultMode = { kind: 'rate-limited', ...(retryAfter !== undefined && { retryAfter }) };
    slack.fail({ method: POST, channel: 'C1', mode });
    await outbox.enqueue(
      [entryOf({ key: 'a' }), entryOf({ key: 'b' }), entryOf({ key: 'x', channel: 'C2' })],
      time.clock(),
    );
    await deliverAll(sender, time, { stepMs: 500 });
    const [refused, repeated] = slack.calls(POST).filter(({ channel }) => channel === 'C1');
    expect((repeated?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(waitMs);
    expect((repeated?.at ?? 0) - (refused?.at ?? 0)).toBeLessThan(waitMs + 2000);
    expect(slack.messages({ channel: 'C2' })[0]?.postedAt).toBeLessThan(repeated?.at ?? 0);
    expect(texts('C1')).toEqual(['text of a', 'text of b']);
  });

  it('a refused connection is tried again, ever later, until Slack is back', async () => {
    const time = createVirtualTime();
    const slack = await startSlack({ clock: time.clock });
    const path = newDatabasePath();
    const gone = await startSlack();
    await gone.close();
    const nowhere = { ...slack, apiUrl: gone.apiUrl };
    const away = startSender(path, nowhere, time);
    await away.outbox.enqueue([entryOf({ key: 'a' })], time.clock());
    for (let minute = 0; minute < 60; minute += 1) {
      await away.delivery.tick();
      time.advance(60_000);
    }
    const row = await away.outbox.readRow('a');
    expect(row).toMatchObject({ state: 'pending', reason: 'ECONNREFUSED' });
    expect(row?.attempts).toBeGreaterThanOrEqual(60);
    expect(row?.attempts).toBeLessThan(90);
    await deliverAll(startSender(path, slack, time), time);
    expect(slack.messages()).toHaveLength(1);
  });

  it('backs off from 2 to 40 seconds, with full jitter', () => {
    const longest = [1, 2, 3, 5, 6, 50].map((attempts) => backoffMs(attempts, () => 1));
    expect(longest).toEqual([2000, 4000, 8000, 32_000, 40_000, 40_000]);
    expect(backoffMs(9, () => 0.5)).toBe(20_000);
    expect(backoffMs(9, () => 0)).toBe(1000);
  });
});

describe('trouble nobody can judge', () => {
  const KINDS: readonly (readonly [string, FaultMode])[] = [
    ['HTTP 500', { kind: 'status', status: 500 }],
    ['HTTP 503 with HTML', { kind: 'status', status: 503, body: '<html>' }],
    ['a reset', { kind: 'reset' }],
    ['a cut answer', { kind: 'cut' }],
    ['HTML with status 200', { kind: 'html' }],
    ['ok without a timestamp', { kind: 'answer', body: '{"ok":true}' }],
    ['JSON that is no object', { kind: 'answer', body: 'null' }],
    ['fatal_error', { kind: 'error', error: 'fatal_error' }],
    ['internal_error', { kind: 'error', error: 'internal_error' }],
    ['service_unavailable', { kind: 'error', error: 'service_unavailable' }],
    ['request_timeout', { kind: 'error', error: 'request_timeout' }],
    ['an unknown code', { kind: 'error', error: 'out_of_cheese' }],
  ];

  for (const accept of [true, false]) {
    it.each(KINDS)(
      `is settled by reading back, ${accept ? 'after' : 'before'} Slack posted: %s`,
      async (_name, mode) => {
        const { slack, outbox, sender, time } = await setUp();
        slack.fail({ method: POST, mode: { ...mode, accept } as FaultMode });
        await outbox.enqueue([entryOf({ key: 'a' }), entryOf({ key: 'b' })], time.clock());
        await sender.delivery.tick();
        expect(await outbox.readRow('a')).toMatchObject({ state: 'sending' });
        expect(slack.calls('conversations.history')).toEqual([]);
        await deliverAll(sender, time);
        expect(slack.messages().map(({ text }) => text)).toEqual(['text of a', 'text of b']);
        expect(await outbox.readCounts()).toMatchObject({ sent: 2, possibleDuplicates: 0 });
      },
    );
  }

  it('of a reply is settled by reading the thread', async () => {
    const { slack, outbox, sender, time } = await setUp();
    slack.fail({ method: POST, after: 1, mode: { kind: 'reset', accept: true } });
    const reply = entryOf({ key: 'd/thread/1', kind: 'reply', parentKey: 'd' });
    await outbox.enqueue([entryOf({ key: 'd' }), reply], time.clock());
    await deliverAll(sender, time);
    expect(slack.messages()).toHaveLength(2);
    expect(slack.calls('conversations.replies')).toHaveLength(1);
  });

  it('is read back five seconds after the try, not before', async () => {
    const { slack, outbox, sender, time } = await setUp();
    slack.fail({ method: POST, mode: { kind: 'reset', accept: true } });
    await outbox.enqueue([entryOf({ key: 'a' })], time.clock());
    await deliverAll(sender, time, { stepMs: 500 });
    const [tried] = slack.calls(POST);
    const [read] = slack.calls('conversations.history');
    expect((read?.at ?? 0) - (tried?.at ?? 0)).toBeGreaterThanOrEqual(5000);
    expect((read?.at ?? 0) - (tried?.at ?? 0)).toBeLessThan(7000);
    expect(await outbox.readRow('a')).toMatchObject({ state: 'sent' });
  });

  it('finds a message among three hundred others', async () => {
    const { slack, outbox, sender, time } = await setUp();
    slack.fail({ method: POST, mode: { kind: 'reset', accept: true } });
    await outbox.enqueue([entryOf({ key: 'a' })], time.clock());
    await sender.delivery.tick();
    for (let index = 0; index < 300; index += 1) slack.say(`chat ${index}`, 'U1', 'C1');
    await deliverAll(sender, time);
    expect(slack.messages({ by: 'bot' })).toHaveLength(1);
    expect(slack.calls('conversations.history').length).toBeGreaterThan(3);
  });

  it('without the history scope is repeated, counted, and says that it may be a repetition', async () => {
    const { slack, outbox, sender, time } = await setUp({}, ['commands', 'chat:write']);
    slack.fail({ method: POST, mode: { kind: 'reset', accept: true } });
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '*Seven* left.' } }];
    await outbox.enqueue([entryOf({ key: 'a', message: { text: 'Seven left.', blocks } })], time.clock());
    await deliverAll(sender, time);
    const [first, second, ...others] = slack.messages();
    expect(others).toEqual([]);
    expect(JSON.stringify([first?.text, first?.blocks])).not.toContain('repetition');
    expect(second?.text).toBe(`${first?.text} (${REPETITION})`);
    expect(second?.blocks).toEqual([
      ...blocks,
      { type: 'context', elements: [{ type: 'mrkdwn', text: REPETITION }] },
    ]);
    expect(await outbox.readCounts()).toMatchObject({ sent: 1, possibleDuplicates: 1 });
    expect(slack.calls('conversations.history')).toEqual([]);
  });

  it('of text alone says so in its text', () => {
    const plain = { text: 'Churn was 3.', blocks: [] };
    expect(sayRepeated(plain)).toEqual({ text: `Churn was 3. (${REPETITION})`, blocks: [] });
  });

  it('in a private channel whose history the scope does not cover is repeated, and counted', async () => {
    const { slack, outbox, sender, time } = await setUp();
    slack.setChannel('C1', { isPrivate: true });
    slack.fail({ method: POST, mode: { kind: 'reset' } });
    await outbox.enqueue([entryOf({ key: 'a' })], time.clock());
    await deliverAll(sender, time);
    expect(slack.messages()).toHaveLength(1);
    expect(await outbox.readCounts()).toMatchObject({ possibleDuplicates: 1 });
  });

  it('waits for a history that is only out of order for a while', async () => {
    const { slack, outbox, sender, time } = await setUp();
    slack.fail({ method: POST, mode: { kind: 'reset', accept: true } });
    slack.fail({ method: 'conversations.history', times: 4, mode: { kind: 'status', status: 500 } });
    await outbox.enqueue([entryOf({ key: 'a' })], time.clock());
    await deliverAll(sender, time);
    expect(slack.messages()).toHaveLength(1);
    expect(slack.calls('conversations.history')).toHaveLength(5);
  });

  it.each([
    [
      'refused eight times without a known reason',
      { kind: 'error', error: 'method_deprecated' },
      Infinity,
      2,
    ],
    ['not answered for two hours', { kind: 'status', status: 500 }, 12, 1],
    ['not answered for more than a day', { kind: 'status', status: 500 }, Infinity, 2],
  ] as const)('whose history is %s is settled', async (_, mode, times, posts) => {
    const { slack, outbox, sender, time } = await setUp();
    slack.fail({ method: POST, mode: { kind: 'reset', accept: true } });
    slack.fail({ method: 'conversations.history', times, mode });
    await outbox.enqueue([entryOf({ key: 'a' })], time.clock());
    await deliverAll(sender, time, { stepMs: 600_000 });
    expect(slack.messages()).toHaveLength(posts);
  });
});

describe('a channel that takes nothing', () => {
  it('is parked with all that waits for it, told once, probed hourly, and goes on in order', async () => {
    const notices: ParkedNotice[] = [];
    const { slack, outbox, delivery, time, texts } = await setUp({
      onParked: (notice) => void notices.push(notice),
    });
    slack.setChannel('C1', { hasBot: false });
    await outbox.enqueue(
      [entryOf({ key: 'a' }), entryOf({ key: 'b' }), entryOf({ key: 'x', channel: 'C2' })],
      time.clock(),
    );
    for (let quarter = 0; quarter < 12; quarter += 1) {
      await delivery.tick();
      time.advance(HOUR / 4);
    }
    expect(notices).toMatchObject([
      { channel: 'C1', code: 'not_in_channel', fix: expect.stringContaining('/invite') },
    ]);
    expect(slack.calls(POST).filter(({ channel }) => channel === 'C1')).toHaveLength(3);
    expect(texts('C2')).toEqual(['text of x']);
    expect(await outbox.readParkedChannels()).toMatchObject([{ channel: 'C1', waiting: 2 }]);
    slack.setChannel('C1', { hasBot: true });
    time.advance(HOUR);
    await delivery.tick();
    expect(texts('C1')).toEqual(['text of a', 'text of b']);
    expect(await outbox.readParkedChannels()).toEqual([]);
  });

  it('is probed once a day when it is archived', async () => {
    const { slack, outbox, delivery, time } = await setUp();
    slack.setChannel('C1', { isArchived: true });
    await outbox.enqueue([entryOf({ key: 'a' })], time.clock());
    for (let hour = 0; hour < 72; hour += 1) {
      await delivery.tick();
      time.advance(HOUR);
    }
    expect(slack.calls(POST)).toHaveLength(3);
  });

  it('keeps alerts for seven days and digests until their window ends', async () => {
    const { slack, outbox, delivery, time } = await setUp();
    slack.setChannel('C1', { isArchived: true });
    const digest = entryOf({ key: 'd', kind: 'digest', notAfterAt: time.clock() + 3 * DAY });
    await outbox.enqueue([entryOf({ key: 'a' }), digest], time.clock());
    await delivery.tick();
    time.advance(4 * DAY);
    await delivery.tick();
    expect(await outbox.readCounts()).toMatchObject({ expired: 1, parked: 1 });
    slack.setChannel('C1', { isArchived: false });
    time.advance(DAY);
    await delivery.tick();
    expect(slack.messages().map(({ text }) => text)).toEqual(['text of a']);
  });
});

describe('a token that does not work', () => {
  it('stops everything, is told once, is probed every quarter of an hour, and loses nothing', async () => {
    const notices: DeadIdentity[] = [];
    const { slack, outbox, delivery, time, texts } = await setUp({
      onDead: (notice) => void notices.push(notice),
    });
    const fault = slack.fail({
      method: POST,
      times: Infinity,
      mode: { kind: 'error', error: 'token_revoked' },
    });
    await outbox.enqueue([entryOf({ key: 'a' }), entryOf({ key: 'x', channel: 'C2' })], time.clock());
    for (let minute = 0; minute < 6 * 60; minute += 5) {
      await delivery.tick();
      time.advance(5 * 60_000);
    }
    expect(notices).toMatchObject([{ code: 'token_revoked' }]);
    expect(delivery.readDeadIdentity()).toMatchObject({ code: 'token_revoked' });
    expect(slack.calls(POST).length).toBeLessThanOrEqual(6 * 4 + 1);
    expect(slack.calls(POST).length).toBeGreaterThan(20);
    fault.stop();
    time.advance(15 * 60_000);
    await delivery.tick();
    await delivery.tick();
    expect(delivery.readDeadIdentity()).toBeUndefined();
    expect([texts('C1'), texts('C2')]).toEqual([['text of a'], ['text of x']]);
  });

  it('is probed with whatever is due, though the first channel is parked', async () => {
    const { slack, outbox, delivery, time, texts } = await setUp();
    slack.setChannel('C1', { isArchived: true });
    await outbox.enqueue([entryOf({ key: 'a' })], time.clock());
    await delivery.tick();
    slack.fail({ method: POST, mode: { kind: 'error', error: 'invalid_auth' } });
    await outbox.enqueue([entryOf({ key: 'x', channel: 'C2' })], time.clock());
    await delivery.tick();
    expect(delivery.readDeadIdentity()).toBeDefined();
    time.advance(15 * 60_000);
    await delivery.tick();
    expect(texts('C2')).toEqual(['text of x']);
    expect(delivery.readDeadIdentity()).toBeUndefined();
  });

  it('leaves a message in doubt as it is until it can be read back', async () => {
    const { slack, outbox, delivery, time, sender } = await setUp();
    slack.fail({ method: POST, mode: { kind: 'reset', accept: true } });
    const fault = slack.fail({
      method: '*',
      times: Infinity,
      mode: { kind: 'error', error: 'invalid_auth' },
    });
    await outbox.enqueue([entryOf({ key: 'a' })], time.clock());
    for (let hour = 0; hour < 12; hour += 1) {
      await delivery.tick();
      time.advance(HOUR);
    }
    fault.stop();
    await deliverAll(sender, time);
    expect(slack.messages()).toHaveLength(1);
  });
});

describe('content that Slack refuses', () => {
  const chart = {
    type: 'data_visualization',
    title: 'Leavers',
    chart: { type: 'pie', segments: [{ label: 'A', value: 1 }] },
  };
  const table = {
    type: 'table',
    rows: [[{ type: 'raw_text', text: 'App' }], [{ type: 'raw_text', text: 'App 1' }]],
  };
  const section = { type: 'section', text: { type: 'mrkdwn', text: 'Seven left.' } };
  const message = { text: 'Seven customers left.', blocks: [section, chart, table] };

  it.each([
    [1, ['section', 'table']],
    [2, ['section', 'rich_text']],
    [3, []],
  ])('is said more plainly: after %i refusals its blocks are %j', async (times, expected) => {
    const { slack, outbox, delivery, time, log } = await setUp();
    const pointer = '[ERROR] unsupported type [json-pointer:/blocks/1]';
    slack.fail({
      method: POST,
      times,
      mode: { kind: 'error', error: 'invalid_blocks', messages: [pointer] },
    });
    await outbox.enqueue([entryOf({ key: 'a', message })], time.clock());
    await delivery.tick();
    const [posted] = slack.messages();
    expect(posted?.text).toBe('Seven customers left.');
    expect(posted?.blocks.map(({ type }) => type)).toEqual(expected);
    expect(log.asText()).toContain('/blocks/1');
  });

  it('in every form is given up, told, and holds up nobody', async () => {
    const notices: RefusedNotice[] = [];
    const { slack, outbox, delivery, time, texts } = await setUp({
      onRefused: (notice) => void notices.push(notice),
    });
    slack.fail({ method: POST, times: 4, mode: { kind: 'error', error: 'msg_too_long' } });
    await outbox.enqueue([entryOf({ key: 'a', message }), entryOf({ key: 'b' })], time.clock());
    await delivery.tick();
    expect(texts()).toEqual(['text of b']);
    expect(notices).toEqual([{ key: 'a', channel: 'C1', code: 'msg_too_long' }]);
    expect(await outbox.readTroubles(0)).toMatchObject([
      { key: 'a', state: 'refused', reason: 'msg_too_long' },
    ]);
  });

  it('because its thread is gone gives up the reply, not the message', async () => {
    const { slack, outbox, delivery, time, texts } = await setUp();
    slack.fail({ method: POST, after: 1, mode: { kind: 'error', error: 'thread_not_found' } });
    const reply = entryOf({ key: 'd/thread/1', kind: 'reply', parentKey: 'd' });
    await outbox.enqueue([entryOf({ key: 'd' }), reply, entryOf({ key: 'e' })], time.clock());
    await delivery.tick();
    expect(texts()).toEqual(['text of d', 'text of e']);
    expect(await outbox.readRow('d/thread/1')).toMatchObject({ state: 'refused' });
  });

  it('because the channel has no threads is said as a message', async () => {
    const { slack, outbox, delivery, time } = await setUp();
    const error = 'restricted_action_non_threadable_channel';
    slack.fail({ method: POST, after: 1, mode: { kind: 'error', error } });
    const reply = entryOf({ key: 'd/thread/1', kind: 'reply', parentKey: 'd' });
    await outbox.enqueue([entryOf({ key: 'd' }), reply], time.clock());
    await delivery.tick();
    expect(slack.messages().map(({ text, threadTs }) => [text, threadTs])).toEqual([
      ['text of d', undefined],
      ['text of d/thread/1', undefined],
    ]);
  });
});

describe('stopping', () => {
  it('takes nothing new, and leaves a try without an answer for the next start', async () => {
    const path = newDatabasePath();
    const time = createVirtualTime();
    const slack = await startSlack({ clock: time.clock });
    const first = startSender(path, slack, time);
    const fault = slack.fail({ method: POST, mode: { kind: 'hang', accept: true } });
    await first.outbox.enqueue([entryOf({ key: 'a' }), entryOf({ key: 'b' })], time.clock());
    first.delivery.start();
    await until(() => fault.hits === 1);
    const stoppedAt = time.clock();
    await first.delivery.stop();
    expect(time.clock() - stoppedAt).toBeLessThanOrEqual(4000);
    await setTimeout(20);
    const row = await first.outbox.readRow('a');
    expect([row?.state, row?.reason]).toEqual(['sending', undefined]);
    await deliverAll(startSender(path, slack, time), time);
    expect(slack.messages().map(({ text }) => text)).toEqual(['text of a', 'text of b']);
  });

  it('waits for an answer that comes in time', async () => {
    const { slack, outbox, delivery, time } = await setUp({
      wait: (_ms, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
    });
    const fault = slack.fail({ method: POST, mode: { kind: 'hang', accept: true } });
    await outbox.enqueue([entryOf({ key: 'a' })], time.clock());
    const ticking = delivery.tick();
    await until(() => fault.hits === 1);
    const stopping = delivery.stop();
    fault.release();
    await Promise.all([ticking, stopping]);
    expect(await outbox.readRow('a')).toMatchObject({ state: 'sent' });
  });
});
