import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CHANNELS,
  createStage,
  ELSEWHERE,
  GUEST,
  PERSON,
  PRODUCT_CHANNEL,
  type Stage,
} from '../../demo/stage.ts';
import type { SlackMessage } from '../../demo/slack/workspace.ts';
import type { App } from '../../src/app.ts';
import { createLogBook } from '../support/log-book.ts';

/** Tuesday, 24 March 2026: on the Sunday after it clocks in Berlin are set an hour forward. */
const NOW = Date.parse('2026-03-24T12:00:00Z');
const DAY = 86_400_000;
const HERE = PRODUCT_CHANNEL;
let stage: Stage;
let app: App;

const textOf = (messages: readonly SlackMessage[]): string =>
  messages
    .map((message) => stage.slack.renderText(message))
    .join('\n')
    .replace(/[\s\u00A0]+/g, ' ');

async function ask(text: string, channelId: string = HERE, userId = PERSON) {
  return stage.slack.command({ command: '/pulse', text, userId, channelId });
}

/** What the person is told. */
const told = async (...asked: Parameters<typeof ask>): Promise<string> =>
  textOf((await ask(...asked)).messages);

/** A click on a button of an answer, by its words, as often as it is delivered to the bot as a click of its own. */
async function click(message: SlackMessage | undefined, label: string, times = 1): Promise<string> {
  const button = message?.blocks
    .flatMap(({ elements }) => (Array.isArray(elements) ? (elements as Record<string, never>[]) : []))
    .find(({ text }) => (text as { text?: string } | undefined)?.text === label);
  const { action_id: actionId, value } = button ?? {};
  const act = { userId: PERSON, channelId: HERE, messageTs: message?.ts ?? '', actionId: String(actionId) };
  const clicks = Array.from({ length: times }, () => stage.slack.click({ ...act, value: String(value) }));
  const shown = await Promise.all(clicks);
  return textOf(shown.flatMap(({ messages }) => messages));
}

/** Posts to the channel, without their threads. */
const posts = (channel: string = HERE): readonly SlackMessage[] =>
  stage.slack
    .messages({ channel, by: 'bot', ephemeral: false })
    .filter(({ threadTs, ts }) => threadTs === undefined || threadTs === ts);

beforeAll(async () => {
  stage = await createStage({ seed: 7, log: createLogBook(), now: NOW });
  stage.slack.setScopes(['commands', 'chat:write', 'users:read', 'channels:read', 'groups:read']);
  app = await stage.startApp(stage.configure());
  await app.sync();
  await stage.drain(app);
}, 60_000);

afterAll(() => stage.stop());

describe('subscribing in Slack', () => {
  it('shows the defaults of the installation, with their next runs, in their channel', async () => {
    const list = await told('subscriptions', CHANNELS.digest);
    expect(list).toContain('5 digests come to this channel.');
    expect(list).toContain('churn, all apps: Tuesdays at 09:00, UTC');
    expect(list).toContain('Next: Tue 31 Mar 09:00, Tue 7 Apr 09:00, Tue 14 Apr 09:00 (UTC)');
    expect(list).toContain('A default of this installation (PULSE_DIGEST_SCHEDULE)');
    expect(await told('subscriptions')).toContain('No digest comes to this channel.');
  });

  it('takes a digest, a day, a time and a zone in words; its hour stays when clocks change', async () => {
    const answer = await told('subscribe churn here sat 09:00 Europe/Berlin');
    expect(answer).toContain(
      'Subscribed: churn, all apps, comes to this channel, Saturdays at 09:00, Europe/Berlin.',
    );
    expect(answer).toContain('Next: Sat 28 Mar 09:00, Sat 4 Apr 09:00, Sat 11 Apr 09:00 (Europe/Berlin)');
    const [subscription] = await app.store.subscriptions.list(HERE);
    expect(subscription).toMatchObject({ cron: '0 9 * * 6', zone: 'Europe/Berlin', createdBy: PERSON });
  });

  it('the same again is the same one; another time changes it', async () => {
    expect(await told('subscribe churn sat 9 Berlin')).toContain('is there already, and nothing was changed');
    expect(await told('subscribe churn tue 14:00 utc')).toContain('Changed: churn, all apps, comes');
    expect(await app.store.subscriptions.list(HERE)).toHaveLength(1);
  });

  it('posts when it is due, and not before', async () => {
    await app.scheduler.tick();
    await stage.drain(app);
    expect(posts()).toEqual([]);
    stage.setTime(NOW + 2.1 * 3_600_000);
    await app.scheduler.tick();
    await stage.drain(app);
    expect(posts()).toHaveLength(1);
  });

  it('is refused to guests, and where nobody may ask', async () => {
    expect(await told('subscribe renewal', HERE, GUEST)).toContain('not guests');
    expect(await told('subscribe renewal', ELSEWHERE)).toContain('I do not answer here');
    expect(await told('subscribe renewal #random')).toContain(
      'No digest may go to that channel: I do not answer here',
    );
    expect(await app.store.subscriptions.list(ELSEWHERE)).toEqual([]);
  });

  it('goes to another channel by its name, unless that is archived, shared, or without the bot', async () => {
    const to = (name: string) => told(`subscribe renewal mon 8 #${name}`);
    const set = (change: Parameters<Stage['slack']['setChannel']>[1]) =>
      stage.slack.setChannel(CHANNELS.alert, change);
    set({ isArchived: true });
    expect(await to('marketplace-alerts')).toContain('That channel is archived. Unarchive it');
    set({ isArchived: false, isExtShared: true });
    expect(await to('marketplace-alerts')).toContain('shared with another company');
    set({ isExtShared: false, hasBot: false });
    expect(await to('marketplace-alerts')).toContain('I am not in that channel. Type "/invite @"');
    expect(await app.store.subscriptions.list(CHANNELS.alert)).toEqual([]);
    set({ hasBot: true });
    expect(await to('marketplace-alerts')).toMatch(
      /Subscribed: renewal, all apps, comes to #marketplace-alerts/,
    );
    expect(await told('subscriptions', CHANNELS.alert)).toContain('renewal, all apps: Mondays at 08:00');
  });
});

describe('the buttons of a list', () => {
  it('post a digest at once, and once for each list however often it is clicked', async () => {
    const { messages } = await ask('subscriptions');
    const before = posts().length;
    const words = await click(messages[0], 'Run Now', 2);
    await stage.drain(app);
    expect(words).toContain('is on its way to');
    expect(posts()).toHaveLength(before + 1);
    expect(await click(messages[0], 'Run Now')).toContain('posts once');
    await stage.drain(app);
    expect(posts()).toHaveLength(before + 1);
    stage.setTime(stage.clock() + 1000);
    const { messages: later } = await ask('subscriptions');
    await click(later[0], 'Run Now');
    await stage.drain(app);
    expect(posts()).toHaveLength(before + 2);
  });

  it('preview it to one person', async () => {
    const before = posts().length;
    const { messages } = await ask('subscriptions');
    const words = await click(messages[0], 'Preview');
    expect(words).toContain('Preview for you alone');
    expect(words).toContain('left');
    await stage.drain(app);
    expect(posts()).toHaveLength(before);
  });

  it('pause it, and resume it without making up for what was due, and say so', async () => {
    const { messages } = await ask('subscriptions');
    expect(await click(messages[0], 'Pause')).toContain('Paused: churn, all apps, does not come until');
    const before = posts().length;
    // The newest of two that were due is a day old: it would still be made up for, had it not been paused.
    stage.setTime(NOW + 15 * DAY);
    await app.scheduler.tick();
    await stage.drain(app);
    expect(posts()).toHaveLength(before);
    const paused = await ask('subscriptions');
    expect(textOf(paused.messages)).toContain('Paused: nothing comes until it is resumed');
    expect(await click(paused.messages[0], 'Resume')).toContain(
      'It was due 2 times while it was paused; that is not made up for.',
    );
    await app.scheduler.tick();
    await stage.drain(app);
    expect(posts()).toHaveLength(before);
    stage.setTime(NOW + 21 * DAY + 2.1 * 3_600_000);
    await app.scheduler.tick();
    await stage.drain(app);
    expect(posts()).toHaveLength(before + 1);
  });

  it('end it; a default is paused, and stays so over a restart', async () => {
    const { messages } = await ask('subscriptions');
    expect(await click(messages[0], 'Unsubscribe')).toContain('Unsubscribed: churn, all apps, does not come');
    expect(await app.store.subscriptions.list(HERE)).toEqual([]);
    expect(await click(messages[0], 'Pause')).toContain('I know no such subscription in this channel');
    expect(await told('unsubscribe renewal', CHANNELS.digest)).toContain('is a default of this installation');
    await app.stop();
    app = await stage.startApp(stage.configure());
    expect(await told('subscriptions', CHANNELS.digest)).toContain(
      '4 digests come to this channel; 1 is paused.',
    );
  });

  it('of one channel reach no other’s', async () => {
    await told('subscribe funnel monthly');
    expect(await told('subscriptions pause funnel', CHANNELS.alert)).toContain(
      'No subscription of this channel',
    );
    expect(await told('subscriptions all', CHANNELS.alert)).not.toContain('funnel');
  });
});

describe('the form', () => {
  it('shows the next runs, follows what is chosen, and subscribes', async () => {
    const { views } = await ask('subscribe tue 9');
    expect(views).toHaveLength(1);
    const preview = () => JSON.stringify(stage.slack.forms(PERSON)[0]?.view.blocks.at(-1));
    expect(preview()).toContain('Next: Tue 21 Apr 09:00, Tue 28 Apr 09:00, Tue 5 May 09:00 (UTC)');
    const change = (blockId: string, values: Record<string, string>) =>
      stage.slack.change({
        userId: PERSON,
        blockId: `subscribe ${blockId}`,
        values,
        until: ({ views: seen }) => seen.length > 0,
      });
    const days = { 'subscribe days': 'weekdays' };
    await change('days', days);
    expect(preview()).toContain('Monday to Friday at 09:00');
    const zone = { ...days, 'subscribe zone': 'Asia/Tokio' };
    await change('zone', zone);
    expect(preview()).toContain(
      'I took \\"Asia/Tokio\\" for a time zone, but cannot read it. Did you mean Asia/Tokyo?',
    );
    const sent = await stage.slack.submit({
      userId: PERSON,
      values: { ...zone, 'subscribe digest': 'installs' },
    });
    expect(sent.errors).toMatchObject({
      'subscribe zone': expect.stringContaining('Did you mean Asia/Tokyo?'),
    });
    const values = {
      ...days,
      'subscribe digest': 'installs',
      'subscribe zone': 'asia/tokyo',
      'subscribe time': '07:30',
    };
    const done = await stage.slack.submit({ userId: PERSON, values });
    expect(done.refused).toEqual([]);
    expect(textOf(done.messages)).toContain(
      'Subscribed: installs, all apps, comes to this channel, Monday to Friday at 07:30, Asia/Tokyo.',
    );
  });

  it('says beside the channel that the bot is not in it', async () => {
    stage.slack.setChannel(CHANNELS.alert, { hasBot: false });
    await ask('subscribe');
    const values = { 'subscribe digest': 'churn', 'subscribe channel': CHANNELS.alert };
    const sent = await stage.slack.submit({ userId: PERSON, values });
    expect(sent.errors).toEqual({ 'subscribe channel': expect.stringContaining('I am not in that channel') });
  });

  it('changes a subscription: another app is another subscription in its place', async () => {
    const { messages } = await ask('subscriptions');
    const before = await app.store.subscriptions.list(HERE);
    await click(messages[0], 'Edit');
    const form = stage.slack.forms(PERSON).at(-1);
    const [digest, apps] = form?.view.blocks ?? [];
    expect(form?.view['title']).toMatchObject({ text: 'Edit subscription' });
    const options = ((apps?.['element'] ?? {}) as { options?: { value: string }[] }).options ?? [];
    const values = { [String(apps?.['block_id'])]: options[1]?.value ?? '' };
    const done = await stage.slack.submit({ userId: PERSON, viewId: form?.id ?? '', values });
    expect(done.errors).toBeUndefined();
    const after = await app.store.subscriptions.list(HERE);
    expect(after).toHaveLength(before.length);
    expect(after.map(({ appKey }) => appKey)).toContain(options[1]?.value);
    expect(JSON.stringify(digest)).toContain('initial_option');
  });
});
