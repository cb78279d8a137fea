/** How long trouble may last and how often it may come: hours and days of it, in virtual time. */
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { entryOf, newDatabasePath } from '../support/delivery-store.ts';
import { deliverAll, type Sender, startSender, startSlack } from '../support/delivering.ts';
import { createVirtualTime } from '../support/virtual-time.ts';
import { createRandom } from '../unit/analytics/rows.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const POST = 'chat.postMessage';

/** Starts a sender that does not wait for the disk: no power fails here, and thousands of commits take their time. */
function startQuickly(...[path, slack, time]: Parameters<typeof startSender>): Sender {
  const sender = startSender(path, slack, time);
  sender.db.pragma('synchronous = OFF');
  return sender;
}

async function setUp() {
  const time = createVirtualTime();
  const slack = await startSlack({ clock: time.clock });
  const sender = startQuickly(newDatabasePath(), slack, time);
  const texts = (channel = 'C1') => slack.messages({ channel }).map(({ text }) => text);
  return { time, slack, ...sender, sender, texts };
}

const entries = (count: number, name = 'm') =>
  Array.from({ length: count }, (_, index) => entryOf({ key: `${name}${index}` }));
const textsOf = (count: number, name = 'm') =>
  Array.from({ length: count }, (_, index) => `text of ${name}${index}`);

it('a hundred limits, of a second to two minutes, are each waited out, and nothing comes twice or out of order', async () => {
  const { delivery, outbox, sender, slack, texts, time } = await setUp();
  const random = createRandom(7);
  await outbox.enqueue(entries(250), time.clock());
  const limits: { call: number; seconds: number }[] = [];
  while (limits.length < 100) {
    const seconds = random.whole(1, 120);
    const fault = slack.fail({
      method: POST,
      after: random.whole(0, 2),
      mode: { kind: 'rate-limited', retryAfter: seconds },
    });
    for (let tick = 0; fault.hits === 0 && tick < 100; tick += 1) {
      await delivery.tick();
      time.advance(10_000);
    }
    // The channel waits, so the call that was limited is the last one.
    limits.push({ call: slack.calls(POST).length - 1, seconds });
  }
  await deliverAll(sender, time);
  expect(texts()).toEqual(textsOf(250));
  const calls = slack.calls(POST);
  const early = limits.filter(
    ({ call, seconds }) => (calls[call + 1]?.at ?? 0) - (calls[call]?.at ?? 0) < seconds * 1000,
  );
  expect(early).toEqual([]);
});

describe('a channel that refuses for hours', () => {
  it.each([
    ['channel_not_found', 3, 3],
    ['not_in_channel', 3, 3],
    ['channel_is_limited_access', 3, 3],
    ['ekm_access_denied', 3, 3],
    ['is_archived', 72, 3],
    ['restricted_action', 72, 3],
    ['restricted_action_read_only_channel', 72, 3],
  ])(
    'with %s, for %i hours, is tried %i times, and then gets everything in order',
    async (error, hours, tries) => {
      const { delivery, outbox, sender, slack, texts, time } = await setUp();
      const fault = slack.fail({
        method: POST,
        channel: 'C1',
        times: Infinity,
        mode: { kind: 'error', error },
      });
      await outbox.enqueue([...entries(3), entryOf({ key: 'x', channel: 'C2' })], time.clock());
      for (let quarter = 0; quarter < hours * 4; quarter += 1) {
        await delivery.tick();
        time.advance(HOUR / 4);
      }
      expect(slack.calls(POST).filter(({ channel }) => channel === 'C1')).toHaveLength(tries);
      expect(texts('C2')).toEqual(['text of x']);
      await outbox.enqueue(entries(2, 'later'), time.clock());
      fault.stop();
      await deliverAll(sender, time, { stepMs: HOUR / 4 });
      expect(texts()).toEqual([...textsOf(3), ...textsOf(2, 'later')]);
    },
  );
});

describe('a token that does not work for a day', () => {
  it.each(['account_inactive', 'token_revoked', 'invalid_auth', 'not_authed', 'token_expired'])(
    '(%s) is tried once and then every quarter of an hour, and loses nothing',
    async (error) => {
      const { delivery, outbox, sender, slack, texts, time } = await setUp();
      const fault = slack.fail({ method: '*', times: Infinity, mode: { kind: 'error', error } });
      await outbox.enqueue([...entries(3), entryOf({ key: 'x', channel: 'C2' })], time.clock());
      for (let minute = 0; minute < 24 * 60; minute += 5) {
        await delivery.tick();
        time.advance(5 * MINUTE);
      }
      expect(slack.calls().length).toBeGreaterThan(80);
      expect(slack.calls().length).toBeLessThanOrEqual(1 + 24 * 4);
      fault.stop();
      await deliverAll(sender, time, { stepMs: MINUTE });
      expect([texts(), texts('C2')]).toEqual([textsOf(3), ['text of x']]);
    },
  );
});

it('Slack away for twelve hours loses no alert and posts of the digests the newest, repeats nothing, and goes on within a minute', async () => {
  const { delivery, outbox, sender, slack, texts, time } = await setUp();
  const fault = slack.fail({ method: '*', times: Infinity, mode: { kind: 'reset' } });
  const digest = (key: string) =>
    entryOf({ key, kind: 'digest', channel: 'C2', notAfterAt: time.clock() + 11 * HOUR });
  await outbox.enqueue([digest('old')], time.clock());
  for (let minute = 0; minute < 12 * 60; minute += 5) {
    if (minute % 60 === 0) await outbox.enqueue([entryOf({ key: `m${minute / 60}` })], time.clock());
    if (minute === 11 * 60) await outbox.enqueue([digest('new')], time.clock());
    await delivery.tick();
    time.advance(5 * MINUTE);
  }
  expect(slack.messages()).toEqual([]);
  fault.stop();
  const backAt = time.clock();
  await deliverAll(sender, time, { rounds: 400, stepMs: 1000 });
  expect(texts()).toEqual(textsOf(12));
  expect(texts('C2')).toEqual(['text of new']);
  const [first] = slack.messages({ channel: 'C1' });
  expect((first?.postedAt ?? Infinity) - backAt).toBeLessThan(MINUTE);
});

it('a sender that is stopped at any of a hundred moments of a digest loses nothing and repeats nothing', async () => {
  const time = createVirtualTime();
  const slack = await startSlack({ clock: time.clock });
  const random = createRandom(11);
  const path = newDatabasePath();
  const left = { pending: 0, sending: 0, sent: 0 };
  for (let trial = 0; trial < 100; trial += 1) {
    const first = startQuickly(path, slack, time);
    const key = `d${trial}`;
    const thread = [1, 2].map((number) =>
      entryOf({ key: `${key}/thread/${number}`, kind: 'reply', parentKey: key }),
    );
    await first.outbox.enqueue([entryOf({ key, kind: 'digest' }), ...thread], time.clock());
    first.delivery.start();
    for (let turns = random.whole(0, 60); turns > 0; turns -= 1) await setImmediate();
    await first.delivery.stop();
    const counts = await first.outbox.readCounts();
    for (const state of ['pending', 'sending'] as const) left[state] += counts[state];
    left.sent += counts.sent - 3 * trial;
    const next = startQuickly(path, slack, time);
    await next.delivery.takeOver();
    await deliverAll(next, time);
    first.db.close();
    next.db.close();
  }
  const expected = Array.from({ length: 100 }, (_, trial) =>
    [`d${trial}`, `d${trial}/thread/1`, `d${trial}/thread/2`].map((key) => `text of ${key}`),
  ).flat();
  expect(slack.messages().map(({ text }) => text)).toEqual(expected);
  // Some were stopped before a post, some during one, some after.
  expect(Math.min(left.pending, left.sending, left.sent)).toBeGreaterThan(5);
});
