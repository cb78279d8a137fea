import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHANNELS, createStage, ELSEWHERE, GUEST, PERSON, SLACK, type Stage } from '../../demo/stage.ts';
import type { SlackMessage } from '../../demo/slack.ts';
import type { App } from '../../src/app.ts';
import { Secret } from '../../src/domain/secret.ts';
import { createLogBook } from '../support/log-book.ts';

const COLLEAGUE = 'U0COLLEAGUE';
const DIRECT = `D${PERSON.slice(1)}`;
let stage: Stage;
let app: App;

const start = (changes: Parameters<Stage['configure']>[0] = {}) =>
  stage.startApp(
    stage.configure({
      allowedUsers: [PERSON],
      contacts: 'full',
      slack: {
        botToken: new Secret(SLACK.botToken),
        mode: { kind: 'http', signingSecret: new Secret(SLACK.signingSecret), port: 0 },
        apiUrl: stage.slack.apiUrl,
      },
      ...changes,
    }),
  );

beforeAll(async () => {
  stage = await createStage({
    seed: 5,
    log: createLogBook(),
    now: Date.parse('2026-11-24T09:30:00Z'),
    also: { users: [{ id: COLLEAGUE, name: 'kim' }] },
  });
  app = await start();
}, 120_000);

afterAll(() => stage.stop());

// Nobody asks more often than is answered.
beforeEach(() => stage.setTime(stage.clock() + 60_000));

const isShown = ({ views }: { views: readonly unknown[] }) => views.length > 0;
const hasAnswer = ({ messages }: { messages: readonly SlackMessage[] }) =>
  messages.some(({ isBot, text }) => isBot && text !== 'One moment …');

async function openHome(userId: string): Promise<string> {
  const { views } = await stage.slack.openHome({ userId, until: isShown });
  expect(views).toHaveLength(1);
  return stage.slack.renderText({ text: '', blocks: stage.slack.home(userId)?.view.blocks ?? [] });
}

interface Control {
  readonly action_id: string;
  readonly text?: { readonly text: string };
  readonly value: string;
}

function controlOf(blocks: SlackMessage['blocks'], name: string): Control {
  const controls = blocks
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements }) => elements as Control[]);
  const found = controls.find(({ text }) => text?.text === name);
  if (!found) throw new Error(`no button ${name} among ${JSON.stringify(controls)}`);
  return found;
}

describe('the Home tab', () => {
  it('of a new installation lists the first steps, and what the first import changes of them', async () => {
    const fresh = await openHome(PERSON);
    expect(fresh).toContain('No data yet');
    expect(fresh).toContain('To do: wait for the first import');
    expect(fresh).toContain('To do: invite me to #marketplace-pulse');
    expect(fresh).toContain('Done: the configuration names who may ask');
    await app.sync();
    expect(await openHome(PERSON)).toContain('Done: the first import of your data is complete');
  });

  it('shows health, subscriptions with their next run, alert rules, and links to the posted digests', async () => {
    await stage.syncAndPost(app);
    // The digests of the next Tuesday.
    stage.setTime(Date.parse('2026-12-01T09:01:00Z'));
    await stage.syncAndPost(app);
    const home = await openHome(PERSON);
    expect(home).not.toContain('First steps');
    expect(home).toContain('Everything works.');
    expect(home).toMatch(/churn in #marketplace-pulse: active, next Tue 8 Dec 09:00 UTC/);
    expect(home).toMatch(/#marketplace-alerts: large-transaction, upgrade/);
    const links = [
      ...JSON.stringify(stage.slack.home(PERSON)?.view).matchAll(
        /<http:\/\/127[\d.:]+\/archives\/(\w+)\/p(\d+)\|([^>]*)>/g,
      ),
    ];
    expect(links.length).toBe(5);
    for (const [, channel = '', digits = '', words = ''] of links) {
      const ts = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
      const linked = stage.slack.messages({ channel }).find((message) => message.ts === ts);
      const [digest] = words.split(',');
      expect(JSON.stringify(linked?.blocks)).toContain(`"explain ${digest}"`);
    }
  });

  it('tells of a parked channel with the fix, and that it works again', async () => {
    stage.slack.setChannel(CHANNELS.alert, { hasBot: false });
    const entry = { kind: 'alert' as const, channel: CHANNELS.alert, message: { text: 'x', blocks: [] } };
    await app.store.outbox.enqueue([{ ...entry, key: 'alert/1/test' }], stage.clock());
    await app.delivery.tick();
    const home = await openHome(PERSON);
    expect(home).toMatch(/Channels that cannot be posted to[\s\S]*#marketplace-alerts: .*\/invite/);
    stage.slack.setChannel(CHANNELS.alert, { hasBot: true });
    await app.store.outbox.unpark(CHANNELS.alert, stage.clock());
    await stage.drain(app);
    expect(await openHome(PERSON)).not.toContain('cannot be posted to');
  });

  it('answers its buttons in the direct message, for the clicker alone', async () => {
    const { action_id: actionId, value } = controlOf(
      stage.slack.home(PERSON)?.view.blocks ?? [],
      'Full Status',
    );
    const hasPosted = () =>
      stage.slack.messages({ channel: DIRECT, by: 'bot' }).some(({ text }) => text.startsWith('Everything'));
    const click = { userId: PERSON, actionId, value, until: hasPosted, timeoutMs: 300 };
    await stage.slack.click(click);
    await expect.poll(hasPosted).toBe(true);
    const [answer] = stage.slack.messages({ channel: DIRECT, by: 'bot' });
    expect(answer).toMatchObject({ via: 'chat.postMessage' });
  });

  it('of a guest, and of somebody who is not named, says so and nothing else', async () => {
    expect(await openHome(GUEST)).toContain('not guests');
    expect(await openHome(COLLEAGUE)).toContain('You are not among the people who may ask me');
    for (const user of [GUEST, COLLEAGUE])
      expect(stage.slack.home(user)?.view.blocks.map(({ type }) => type)).toEqual(['header', 'section']);
    const [entry] = await app.store.audit.list(0, 1);
    expect(entry).toMatchObject({ source: 'home', topic: 'home', verdict: 'refused' });
  });

  it('is built once for an event that comes twice, and not for the tab of messages', async () => {
    const published = () => stage.slack.calls('views.publish').length;
    const before = published();
    await stage.slack.openHome({ userId: PERSON, deliveries: 2, until: isShown });
    const opened = { type: 'app_home_opened', user: PERSON, channel: DIRECT };
    await stage.slack.event({ ...opened, tab: 'messages' }, { userId: PERSON, timeoutMs: 300 });
    expect(published()).toBe(before + 1);
  });

  it('that Slack does not take is replaced by a sentence', async () => {
    stage.slack.fail({
      method: 'views.publish',
      mode: { kind: 'error', error: 'invalid_arguments' },
      times: 1,
    });
    await stage.slack.openHome({ userId: PERSON, until: isShown });
    const blocks = JSON.stringify(stage.slack.home(PERSON)?.view.blocks);
    expect(blocks).toContain('This page is too much for Slack');
  });
});

describe('Share in Channel', () => {
  const here = { userId: PERSON, channelId: CHANNELS.digest, until: hasAnswer };
  const ask = async (text: string, channelId: string = CHANNELS.digest) => {
    const { messages } = await stage.slack.command({ ...here, channelId, command: '/pulse', text });
    const answer = messages.find((one) => one.text !== 'One moment …');
    if (!answer) throw new Error('no answer');
    return answer;
  };
  const share = async (answer: SlackMessage, userId = PERSON) => {
    const { action_id: actionId, value } = controlOf(answer.blocks, 'Share in Channel');
    const click = { ...here, userId, channelId: answer.channel, actionId, value, messageTs: answer.ts };
    const { messages } = await stage.slack.click(click);
    return messages.map(({ text }) => text).join('\n');
  };
  const shared = () =>
    stage.slack
      .messages({ channel: CHANNELS.digest, by: 'bot', ephemeral: false })
      .filter(({ text }) => text.includes('Shared by'));

  it('posts a card once, however often it is clicked, without contacts and with the name of who shared it', async () => {
    const { acme } = stage.world.landmarks;
    const card = await ask(acme.entitlementNumber ?? '');
    expect(JSON.stringify(card.blocks)).toContain('Technical contact');
    const [first, second] = [await share(card), await share(card)];
    expect([first, second]).toEqual([
      expect.stringContaining('posted in this channel for all'),
      expect.stringContaining('shared already'),
    ]);
    await stage.drain(app);
    const posted = shared();
    expect(posted).toHaveLength(1);
    const [message] = posted;
    expect(message).toMatchObject({ via: 'chat.postMessage' });
    expect(message?.text).toContain(`Shared by <@${PERSON}>.`);
    const words = JSON.stringify(message?.blocks);
    expect(words).toContain(acme.company);
    expect(words).not.toMatch(/contact|@(?!U0)[a-z]|Share in Channel/i);
  });

  it('posts the digest that was shown, also when a newer one is out', async () => {
    const digest = await ask('churn 2026-11-10');
    expect(controlOf(digest.blocks, 'Share in Channel').value).toBe('share churn 2026-11-08');
    await share(digest);
    await stage.drain(app);
    expect(shared().at(-1)?.text).toContain(digest.text);
  });

  it('posts the same answer again when it was asked for again', async () => {
    const before = shared().length;
    await share(await ask('churn'));
    await share(await ask('churn'));
    await stage.drain(app);
    expect(shared()).toHaveLength(before + 2);
  });

  it('is not offered where nothing may be posted, nor for what shows no customer', async () => {
    const offers = async (text: string, channelId?: string) =>
      JSON.stringify((await ask(text, channelId)).blocks).includes('"value":"share ');
    expect(await offers('churn')).toBe(true);
    expect(await offers('gmbh')).toBe(true);
    for (const text of ['status', 'xyzzyx plugh', 'help', 'alerts', 'churn 2026-99-99'])
      expect(await offers(text)).toBe(false);
    expect(await offers('churn', DIRECT)).toBe(false);
    expect((await ask('share churn', DIRECT)).text).toContain('Nothing can be shared here');
  });

  it('never posts what was found by the address of a person, nor what found nothing', async () => {
    const before = shared().length;
    for (const text of ['share somebody@example.com', 'share xyzzyx plugh', 'share status', 'share'])
      expect((await ask(text)).text).toMatch(/nothing to share|Share what/);
    await stage.drain(app);
    expect(shared()).toHaveLength(before);
  });

  it('is decided anew at the click: who is not named any more shares nothing', async () => {
    const card = await ask('gmbh');
    await app.stop();
    app = await start({ allowedUsers: [COLLEAGUE] });
    const before = shared().length;
    expect(await share(card)).toContain('You are not among the people who may ask me');
    await stage.drain(app);
    expect(shared()).toHaveLength(before);
    const elsewhere = await stage.slack.command({
      ...here,
      userId: COLLEAGUE,
      channelId: ELSEWHERE,
      command: '/pulse',
      text: 'share churn',
    });
    expect(elsewhere.messages[0]?.text).toContain('I do not answer here');
  });
});
