/** Two bots that post as one, each with a database of its own: for the time of a deploy, and for good. */
import SQLite from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { BOT } from '../../demo/slack/workspace.ts';
import { CHANNELS } from '../../demo/stage.ts';
import type { App } from '../../src/app.ts';
import type { OutboxEntry } from '../../src/store/outbox.ts';
import { createTwoHosts, dueMessages, playOverlap, type TwoHosts } from './twins.ts';

const LONG = 120_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Long enough for the old bot to be told to stop, on a busy machine too. */
const QUIET_MS = 12_000;

describe('a deploy in which the old bot posts until it is told to stop', () => {
  it.concurrent(
    'loses nothing and says nothing twice, the greeting included: the new one is quiet, then reads back',
    async () => {
      const outcome = await playOverlap({ messages: 50, quiet: QUIET_MS });
      expect(outcome).toMatchObject({ messages: 50, isHalfSaid: true, lost: 0, extra: 0, starts: 1 });
    },
    LONG,
  );

  it.concurrent(
    'is as good on Heroku with a store that was used before',
    async () => {
      const outcome = await playOverlap({ messages: 50, quiet: QUIET_MS, isUsed: true, isHeroku: true });
      expect(outcome).toMatchObject({ isHalfSaid: true, lost: 0, extra: 0, starts: 1 });
    },
    LONG,
  );

  it.concurrent(
    'says things twice where the new one is not quiet: the two cases above could tell',
    async () => {
      const outcome = await playOverlap({ messages: 50, quiet: 0 });
      expect(outcome.lost).toBe(0);
      // One of them is the greeting.
      expect(outcome.extra).toBeGreaterThan(1);
    },
    LONG,
  );
});

it('two hosts with one configuration say the same under the same keys and ids', async () => {
  let at = Date.now();
  const hosts = await createTwoHosts();
  const overrides = { clock: () => at, paceMs: 0, runByItself: false };
  const changes = { PULSE_DIGEST_SCHEDULE: '* * * * *', PULSE_LARGE_TRANSACTION_USD: '50000' };
  const names = ['one', 'two'];
  const said = [];
  try {
    const apps = [];
    for (const name of names) apps.push(await hosts.startApp(name, overrides, changes));
    for (const isLater of [false, true]) {
      if (isLater) hosts.addSale('Big', 90_000);
      if (isLater) at += 90 * MINUTE;
      for (const app of apps) await app.sync();
      for (const app of apps) await app.scheduler.tick();
    }
    for (const name of names) {
      const db = new SQLite(hosts.databaseOf(name), { readonly: true });
      said.push(db.prepare<[], { key: string }>('SELECT key, uuid FROM outbox ORDER BY key').all());
      db.close();
    }
  } finally {
    await hosts.close();
  }
  const [one = [], two] = said;
  for (const kind of [/^ops\/1\/STARTED\//, /^alert\/1\//, /^digest\/1\/.*\d$/, /^digest\/1\/.*\/thread\/1$/])
    expect(one.map(({ key }) => key)).toContainEqual(expect.stringMatching(kind));
  expect(two).toEqual(one);
}, 60_000);

describe('two bots that both stay up', () => {
  /** The time by which both, and Slack, live. */
  let offsetMs = 0;
  let hosts: TwoHosts;
  let apps: App[] = [];

  const clock = () => Date.now() + offsetMs;
  const overrides = { clock, paceMs: 0, runByItself: false };
  const warnings = () => hosts.slack.messages().filter(({ text }) => text.startsWith('I run twice'));

  async function setUp(setup: Parameters<typeof createTwoHosts>[0] = {}): Promise<void> {
    // Far from midnight, so that hours later is the same day.
    offsetMs = Date.parse('2026-03-10T09:00:00Z') - Date.now();
    hosts = await createTwoHosts({ clock, ...setup });
    apps = [await hosts.startApp('one', overrides)];
  }

  /** Lets time pass, then both look at their circumstances and post what they have to. */
  async function pass(ms: number): Promise<void> {
    offsetMs += ms;
    for (const app of apps) await app.watch();
    for (const app of apps) await app.delivery.tick();
  }

  /** Both have this to say. */
  async function say(text: string): Promise<void> {
    const entry: OutboxEntry = {
      key: `alert/1/${CHANNELS.alert}/${text}`,
      kind: 'alert',
      channel: CHANNELS.alert,
      message: { text, blocks: [] },
    };
    for (const app of apps) {
      await app.store.outbox.enqueue([entry], clock());
      await app.delivery.tick();
    }
  }

  afterEach(async () => hosts.close());

  it('each say so once a day, with where and since when, while it lasts', async () => {
    await setUp();
    apps.push(await hosts.startApp('two', overrides));
    await pass(0);
    for (const day of [1, 2]) {
      for (const hour of [1, 2, 3]) {
        await pass(20 * MINUTE);
        await say(`day ${day}, hour ${hour}`);
        await pass(20 * MINUTE);
      }
      expect(warnings()).toHaveLength(2 * day);
      await pass(DAY - 120 * MINUTE);
    }
    const [first] = warnings();
    expect(first?.channel).toBe(CHANNELS.ops);
    expect(hosts.slack.renderText(first ?? { text: '', blocks: [] })).toMatch(
      /posted 1 message to #c0alerts1[^]*It started \w{3} \d+ \w{3} \d\d:\d\d UTC/,
    );
    // Each message came twice, which is what the warning is about.
    expect(hosts.slack.messages({ channel: CHANNELS.alert })).toHaveLength(12);
  });

  it('say nothing without a history scope, and ask Slack for nothing', async () => {
    await setUp({ scopes: ['commands', 'chat:write'] });
    apps.push(await hosts.startApp('two', overrides));
    await pass(0);
    await pass(20 * MINUTE);
    await say('an alert');
    await pass(20 * MINUTE);
    expect(warnings()).toEqual([]);
    expect(hosts.slack.calls('conversations.history')).toEqual([]);
  });

  it('say nothing where one took the place of the other, whose outbox it never saw', async () => {
    await setUp();
    const [old] = apps;
    await pass(0);
    await pass(20 * MINUTE);
    await say('the last word of the old one');
    apps = [await hosts.startApp('two', overrides)];
    await pass(0);
    await old?.stop();
    await pass(20 * MINUTE);
    await say('the first word of the new one');
    await pass(20 * MINUTE);
    expect(warnings()).toEqual([]);
  });

  it('are told apart from a test bot in the same channels: no warning, and none takes what the other posted for its own', async () => {
    const [token, signingSecret] = ['xoxb-of-the-test-bot', 'signing-secret-of-the-test-bot'];
    const bot = {
      userId: 'U0TESTBOT',
      botId: 'B0TESTBOT',
      appId: 'A0TEST',
      name: 'Pulse (test)',
      handle: 'test',
    };
    await setUp({ otherBots: [{ token, bot }] });
    const changes = {
      SLACK_BOT_TOKEN: token,
      SLACK_APP_TOKEN: '',
      SLACK_SIGNING_SECRET: signingSecret,
      PORT: '0',
    };
    const test = await hosts.startApp('test', overrides, changes);
    apps.push(test);
    await pass(0);
    await pass(20 * MINUTE);
    const entries = dueMessages(10);
    for (const app of apps) {
      await app.store.outbox.enqueue(entries, clock());
      await app.store.outbox.doubtWaiting(clock(), clock());
      await app.delivery.tick();
    }
    await pass(20 * MINUTE);
    expect(warnings()).toEqual([]);
    const posted = hosts.slack.messages();
    for (const author of [BOT.userId, bot.userId])
      expect(
        posted
          .filter(({ userId }) => userId === author)
          .map(({ text }) => text)
          .sort(),
      ).toEqual(entries.map(({ message }) => message.text).sort());
  });
});
