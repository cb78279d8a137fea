import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS, createStage, GUEST, PERSON, SLACK, type Stage } from '../../demo/stage.ts';
import type { SlackMessage } from '../../demo/slack/workspace.ts';
import type { App } from '../../src/app.ts';
import { Secret } from '../../src/domain/secret.ts';
import type { TransactionLine } from '../../src/domain/transaction-line.ts';
import { syncAlerts } from '../support/alerting.ts';
import { createLogBook } from '../support/log-book.ts';
import { aLicense, aLine } from '../support/rows.ts';

const NOW = Date.parse('2026-03-17T09:00:00Z');
const DAY = 86_400_000;
let stage: Stage;
let app: App;

const sale = (changes: Partial<TransactionLine> = {}): TransactionLine =>
  aLine({ saleDate: '2026-03-16', lastUpdated: '2026-03-16', vendorAmount: 500_000, ...changes });

/** Rows arrive, and what they give rise to is posted. */
async function arrive(rows: readonly TransactionLine[], silent = false): Promise<void> {
  const options = { channels: { alert: CHANNELS.alert, ops: CHANNELS.ops } };
  await syncAlerts(app.store, stage.clock(), { transactions: { kind: 'lines', rows } }, { silent, options });
  await stage.drain(app);
}

const alerts = (): readonly SlackMessage[] =>
  stage.slack
    .messages({ channel: CHANNELS.alert, by: 'bot', ephemeral: false })
    .filter(({ threadTs, ts }) => threadTs === undefined || threadTs === ts);

/** What the newest alert says now. */
function shown(): string {
  const last = alerts().at(-1);
  return last ? stage.slack.renderText(last).replace(/\s+/g, ' ') : '';
}

/** A click on the newest alert, and everything posted because of it; what the person is told. */
async function click(actionId: string, value?: string, userId = PERSON): Promise<string> {
  const messageTs = alerts().at(-1)?.ts ?? '';
  const { messages } = await stage.slack.click({
    userId,
    channelId: CHANNELS.alert,
    messageTs,
    actionId,
    ...(value !== undefined && { value }),
    until: ({ messages: seen, views }) => seen.some(({ ephemeralTo }) => ephemeralTo) || views.length > 0,
  });
  await stage.drain(app);
  return messages
    .filter(({ ephemeralTo }) => ephemeralTo === userId)
    .map((message) => stage.slack.renderText(message))
    .join('\n');
}

async function ask(text: string): Promise<string> {
  const asked = { command: '/pulse', text, userId: PERSON, channelId: CHANNELS.alert };
  const { messages } = await stage.slack.command(asked);
  return messages.map((message) => stage.slack.renderText(message)).join('\n');
}

beforeAll(async () => {
  stage = await createStage({ seed: 7, log: createLogBook(), now: NOW });
  // Without these scopes the bot cannot tell guests from members.
  stage.slack.setScopes(['commands', 'chat:write', 'users:read', 'channels:read']);
  app = await stage.startApp(stage.configure());
  const licenses = { kind: 'licenses' as const, rows: [aLicense()] };
  await syncAlerts(app.store, NOW - DAY, { licenses }, { silent: true });
  await arrive([], true);
  stage.setTime(NOW);
  await arrive([sale()]);
}, 60_000);

afterAll(() => stage.stop());

describe('an alert in Slack', () => {
  it('is one message, with its buttons', () => {
    expect(alerts()).toHaveLength(1);
    expect(shown()).toContain('[Show Customer] [Mark Handled] [Snooze] [Mute This Rule Here]');
  });

  it('shows the customer to who asks, and to nobody else', async () => {
    expect(await click('pulse:0')).toContain('Acme GmbH');
    expect(alerts()).toHaveLength(1);
  });

  it('is no guest’s to click: nothing changes', async () => {
    expect(await click('pulse:1', undefined, GUEST)).toContain('not guests');
    expect(shown()).not.toContain('Handled by');
  });

  it('says who handled it and when, and names nobody else', async () => {
    expect(await click('pulse:1')).toContain('Marked as handled');
    expect(shown()).toMatch(/Handled by @?Robin Founder.*, Tue 17 Mar 09:00 UTC/);
    expect(shown()).toContain('[Show Customer] [Reopen]');
    const [message] = alerts();
    const tokens = message ? stage.slack.tokensOf(message) : [];
    expect(tokens.filter(({ kind }) => kind === 'user').map(({ target }) => target)).toEqual([PERSON]);
  });

  it('can be opened again after the bot was restarted, over HTTP', async () => {
    await app.stop();
    const slack = {
      ...stage.configure().slack,
      mode: { kind: 'http' as const, signingSecret: new Secret(SLACK.signingSecret), port: 0 },
    };
    app = await stage.startApp(stage.configure({ slack }));
    expect(await click('pulse:1')).toContain('It is open again');
    expect(shown()).not.toContain('Handled by');
  });

  it('that changed by more than a tenth says so in its place, and in the channel', async () => {
    await arrive([sale({ vendorAmount: 900_000, lastUpdated: '2026-03-17' })]);
    expect(alerts()).toHaveLength(1);
    expect(shown()).toContain('New sale, +$9,000');
    const [parent] = alerts();
    const thread = stage.slack.messages({ channel: CHANNELS.alert, thread: parent?.ts ?? '' }).slice(1);
    expect(thread.map(({ text }) => text)).toEqual([expect.stringMatching(/^Changed since I told it/)]);
    expect(String(thread[0]?.sent['reply_broadcast'])).toBe('true');
  });

  it('is snoozed for a day, and comes back', async () => {
    expect(await click('pulse:2', 'alerts snooze 1 1d')).toContain('Snoozed until Wed 18 Mar 09:0');
    expect(shown()).toMatch(/Snoozed by @?Robin Founder/);
    await app.releaseAlerts();
    expect(shown()).toContain('Snoozed by');
    stage.setTime(NOW + DAY + 60 * 60_000);
    await app.releaseAlerts();
    await stage.drain(app);
    expect(shown()).not.toContain('Snoozed by');
    const [parent] = alerts();
    const thread = stage.slack.messages({ channel: CHANNELS.alert, thread: parent?.ts ?? '' });
    expect(thread.at(-1)?.text).toMatch(/^The snooze is over: Acme GmbH: new sale, \+\$9,000/);
  });

  it('is snoozed until a date that a form asks for', async () => {
    await click('pulse:2', 'alerts snooze 1');
    const [form] = stage.slack.forms(PERSON);
    expect(form?.view).toMatchObject({ private_metadata: CHANNELS.alert });
    const sent = await stage.slack.submit({ userId: PERSON, values: { 'alerts snooze 1': '2026-04-01' } });
    await stage.drain(app);
    expect(sent.refused).toEqual([]);
    expect(sent.messages[0]?.text).toContain('Snoozed until Wed 1 Apr 09:00 UTC');
    expect(shown()).toContain('until Wed 1 Apr 09:00 UTC');
  });

  it('mutes its rule here, which the next alert heeds and status shows', async () => {
    expect(await click('pulse:3')).toContain('8 rules on here');
    await arrive([
      sale({ lineId: 'another', transactionId: 'IN-2', aliases: { appEntitlementNumber: 'E-2' } }),
    ]);
    expect(alerts()).toHaveLength(1);
    expect(await ask('status')).not.toMatch(/large-transaction from/);
    expect(await ask('alerts large-transaction on')).toContain('9 rules on here');
    await arrive([
      sale({ lineId: 'third', transactionId: 'IN-3', aliases: { appEntitlementNumber: 'E-3' } }),
    ]);
    expect(alerts()).toHaveLength(2);
  });
});

describe('the form of a channel', () => {
  it('says what is wrong beside the field, and sets everything when nothing is', async () => {
    const asked = { command: '/pulse', text: 'alerts form', userId: PERSON, channelId: CHANNELS.alert };
    const { views } = await stage.slack.command({ ...asked, until: (seen) => seen.views.length > 0 });
    expect(views).toHaveLength(1);
    const wrong = { 'alerts refund': 'maybe', 'alerts quiet': '20-8' };
    expect(await stage.slack.submit({ userId: PERSON, values: wrong })).toMatchObject({
      errors: { 'alerts refund': expect.stringContaining('maybe') },
      refused: [],
    });
    const right = { 'alerts refund': '$250', 'alerts quiet': '20:00-8:00', 'alerts owner': PERSON };
    const sent = await stage.slack.submit({ userId: PERSON, values: right });
    expect(sent.refused).toEqual([]);
    const said = sent.messages.map((message) => stage.slack.renderText(message)).join(' ');
    expect(said).toContain('refund: from $250 (set in this channel)');
    expect(said).toContain('quiet from 20:00 to 08:00');
    expect(await ask('alerts')).toMatch(/Robin Founder is mentioned in all alerts here/);
  });
});

it('Slack took everything that was sent', () => {
  for (const method of ['chat.postMessage', 'chat.update', 'chat.postEphemeral', 'views.open'])
    expect(stage.slack.calls(method).filter(({ isOk }) => !isOk)).toEqual([]);
});
