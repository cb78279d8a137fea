import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS, createStage, ELSEWHERE, PERSON, SLACK, type Stage } from '../../demo/stage.ts';
import type { SlackMessage } from '../../demo/slack.ts';
import type { App } from '../../src/app.ts';
import { Secret } from '../../src/domain/secret.ts';
import { addDays, startOf } from '../../src/domain/day.ts';
import { askLive } from '../../src/live-search.ts';
import { createLogBook } from '../support/log-book.ts';

const log = createLogBook();
const PLACE = { userId: PERSON, channelId: CHANNELS.digest };
const ASK = { ...PLACE, command: '/pulse' };
let stage: Stage;
let app: App;

beforeAll(async () => {
  stage = await createStage({ seed: 5, log, now: Date.parse('2026-11-24T09:00:00Z') });
  // A day before the large sale: the API knows it then, the store does not.
  const { visibleFrom } = stage.world.landmarks.largeSale;
  stage.setTime(startOf(addDays(visibleFrom, -1)) + 36_000_000);
  app = await stage.startApp(
    stage.configure({
      allowedUsers: [PERSON],
      slack: {
        botToken: new Secret(SLACK.botToken),
        mode: { kind: 'http', signingSecret: new Secret(SLACK.signingSecret), port: 0 },
        apiUrl: stage.slack.apiUrl,
      },
    }),
  );
  await app.sync();
  stage.setTime(startOf(visibleFrom) + 36_000_000);
}, 120_000);

afterAll(() => stage.stop());

afterEach(() => {
  // One person may ask twenty times a minute.
  stage.setTime(stage.clock() + 61_000);
  stage.api.clearFaults();
  stage.slack.setScopes(['commands', 'chat:write', 'app_mentions:read', 'files:write', 'im:write']);
});

const words = (messages: readonly SlackMessage[]) =>
  messages.map((one) => stage.slack.renderText(one)).join('\n');

interface Control {
  readonly action_id: string;
  readonly text?: { readonly text: string };
  readonly value?: string;
  readonly options?: readonly { readonly text: { readonly text: string }; readonly value: string }[];
}

function controlsOf({ blocks }: SlackMessage): Control[] {
  return blocks.filter(({ type }) => type === 'actions').flatMap(({ elements }) => elements as Control[]);
}

/** Clicks the button of that name, or chooses the option whose words begin so. */
async function choose(message: SlackMessage | undefined, name: string): Promise<readonly SlackMessage[]> {
  if (!message) throw new Error('there is no message to click');
  const controls = controlsOf(message);
  const found = controls
    .flatMap((control) =>
      (control.options ?? [control]).map(({ text, value }) => ({ id: control.action_id, text, value })),
    )
    .find(({ text }) => text?.text.startsWith(name));
  if (!found?.value) throw new Error(`there is nothing called ${name} in ${JSON.stringify(controls)}`);
  const click = { actionId: found.id, value: found.value, messageTs: message.ts };
  const { messages, ok } = await stage.slack.click({ ...PLACE, ...click });
  expect(ok).toBe(true);
  return messages;
}

async function ask(text: string): Promise<readonly SlackMessage[]> {
  const { messages, ok, refused } = await stage.slack.command({ ...ASK, text });
  expect({ ok, refused }).toEqual({ ok: true, refused: [] });
  for (const { ephemeralTo } of messages) expect(ephemeralTo).toBe(PERSON);
  return messages;
}

describe('a choice in a menu', () => {
  it('of companies opens the one that was chosen', async () => {
    const [list] = await ask('gmbh');
    expect(list?.text).toMatch(/companies match "gmbh"\. Pick one\.$/);
    const [menu] = controlsOf(list as SlackMessage);
    const option = menu?.options?.find(({ text }) => !text.text.startsWith('Acme'));
    const company = option?.text.text.replace(/ \(\d+ licenses?\)$/, '') ?? '-';
    expect(words(await choose(list, company))).toContain(company);
  });

  it('of subscriptions opens one card', async () => {
    const { acme } = stage.world.landmarks;
    const [both] = await ask(acme.hostname);
    const [card] = await choose(both, acme.appName);
    expect(words([card as SlackMessage])).toContain(acme.entitlementNumber);
    expect(controlsOf(card as SlackMessage).length).toBeGreaterThan(0);
  });
});

describe('nothing found', () => {
  it('asks Atlassian by a button, which finds what the store does not have yet', async () => {
    const { company, transactionId } = stage.world.landmarks.largeSale;
    const [none] = await ask(transactionId);
    expect(none?.text).toContain(`Nothing found for "${transactionId}"`);
    const text = words(await choose(none, 'Ask Atlassian Live'));
    expect(text).toContain(company);
    expect(text).toContain(transactionId);
    expect(text).toContain('not stored');
    expect(words(await ask(transactionId))).toContain('Nothing found');
    const asked = stage.api.requests.filter(({ query }) => query.has('text'));
    expect(asked.map(({ query }) => query.get('text'))).toEqual([transactionId, transactionId]);
  });

  it.each([
    [403, 'may not read this report'],
    [401, 'refused the API token'],
  ])('and an API that answers %d: says why there is no answer', async (status, reason) => {
    stage.api.fail({ kind: 'status', status, path: /text=/ });
    const text = words(await choose((await ask('xyzzyx'))[0], 'Ask Atlassian Live'));
    expect(text).toContain('got no answer');
    expect(text).toContain(reason);
  });

  it('in one half only shows the other', async () => {
    stage.api.fail({ kind: 'status', status: 403, path: /licenses\?.*text=/ });
    const { transactionId } = stage.world.landmarks.largeSale;
    const text = words(await choose((await ask(transactionId))[0], 'Ask Atlassian Live'));
    expect(text).toContain('Atlassian has 1 transaction line');
    expect(text).toContain('The licenses could not be asked');
  });

  it('runs the nearest command by a button', async () => {
    const [none] = await ask('chrun');
    expect((await choose(none, 'Run churn'))[0]?.text).toMatch(/^Churn/);
  });
});

describe('the API asked live', () => {
  const asks = (limitMs?: number) => {
    const { marketplace } = stage.configure();
    return askLive(marketplace, stage.world.landmarks.acme.company, log, limitMs);
  };

  it('answers with licences and lines, or with nothing', async () => {
    const answer = await asks();
    expect(answer).toMatchObject({ kind: 'answered', isCut: false });
    if (answer.kind !== 'answered') throw new Error('no answer');
    expect(answer.licenses.length).toBeGreaterThanOrEqual(2);
    expect(answer.lines.length).toBeGreaterThan(0);
    const { marketplace } = stage.configure();
    expect(await askLive(marketplace, 'no such customer at all', log)).toEqual({
      kind: 'answered',
      licenses: [],
      lines: [],
      isCut: false,
    });
  });

  it('stops at fifty rows of each, and says that there are more', async () => {
    const answer = await askLive(stage.configure().marketplace, 'e', log);
    if (answer.kind !== 'answered') throw new Error('no answer');
    expect([answer.licenses.length, answer.lines.length, answer.isCut]).toEqual([50, 50, true]);
  });

  it('gives up when it takes too long, and tells that from an API that fails', async () => {
    stage.api.fail({ kind: 'hang', path: /text=/ });
    expect(await asks(150)).toEqual({ kind: 'failed', code: 'TIMED_OUT' });
    stage.api.clearFaults();
    stage.api.fail({ kind: 'status', status: 503, path: /text=/ });
    expect(await asks(400)).toEqual({ kind: 'failed', code: 'API_UNAVAILABLE' });
  });

  it('of an API that cannot be reached is a code as well', async () => {
    const { marketplace } = stage.configure();
    const nowhere = { ...marketplace, apiUrl: 'http://127.0.0.1:9/marketplace' };
    expect(await askLive(nowhere, 'acme', log, 300)).toEqual({ kind: 'failed', code: 'API_UNAVAILABLE' });
  });
});

describe('a mention', () => {
  it('in a thread is answered there, to the asker alone and once', async () => {
    const { acme } = stage.world.landmarks;
    const parent = stage.slack.say('A customer wrote', PERSON, CHANNELS.digest);
    const { messages } = await stage.slack.mention({
      ...PLACE,
      text: `what about ${acme.entitlementNumber ?? ''}?`,
      threadTs: parent.ts,
      deliveries: 2,
    });
    const answers = messages.filter(({ isBot }) => isBot);
    expect(answers).toMatchObject([{ threadTs: parent.ts, ephemeralTo: PERSON, via: 'chat.postEphemeral' }]);
    expect(words(answers)).toContain(acme.company);
  });

  it('asks for anything a command can, and for help when it says nothing', async () => {
    const churn = await stage.slack.mention({ ...PLACE, text: 'churn please' });
    expect(churn.messages.find(({ isBot }) => isBot)?.text).toMatch(/^Churn/);
    const nothing = await stage.slack.mention({ ...PLACE, text: '' });
    expect(nothing.messages.find(({ isBot }) => isBot)?.text).toMatch(/^You can ask \/pulse for/);
  });

  it('where nobody may ask is refused, and says nothing of anybody', async () => {
    const { acme } = stage.world.landmarks;
    const asked = await stage.slack.mention({
      ...PLACE,
      channelId: ELSEWHERE,
      text: acme.entitlementNumber ?? '',
    });
    const [answer, ...others] = asked.messages.filter(({ isBot }) => isBot);
    expect(others).toEqual([]);
    expect(answer).toMatchObject({
      text: expect.stringContaining('I do not answer here'),
      ephemeralTo: PERSON,
    });
    expect(JSON.stringify(answer)).not.toContain(acme.company);
  });
});

describe('the shortcut on a message', () => {
  const shortcut = { ...PLACE, callbackId: 'pulse_lookup' };

  it('looks up the identifier in it, for the asker alone', async () => {
    const { senOnly } = stage.world.landmarks;
    const said = stage.slack.say(
      `Ticket 7: ${senOnly.licenseId ?? ''} cannot log in`,
      PERSON,
      CHANNELS.digest,
    );
    const { messages, ok } = await stage.slack.shortcut({ ...shortcut, messageTs: said.ts });
    expect(ok).toBe(true);
    expect(messages).toMatchObject([{ ephemeralTo: PERSON, via: 'response_url' }]);
    expect(words(messages)).toContain(senOnly.company);
  });

  it('offers the choice where there are several', async () => {
    const { acme, senOnly } = stage.world.landmarks;
    const text = `${acme.entitlementNumber ?? ''} or ${senOnly.licenseId ?? ''}?`;
    const said = stage.slack.say(text, PERSON, CHANNELS.digest);
    const { messages } = await stage.slack.shortcut({ ...shortcut, messageTs: said.ts });
    expect(messages[0]?.text).toBe('2 identifiers in this text. Which one?');
    expect(words(await choose(messages[0], senOnly.licenseId ?? '-'))).toContain(senOnly.company);
  });

  it('says when there is none', async () => {
    const said = stage.slack.say('Good morning', PERSON, CHANNELS.digest);
    const { messages } = await stage.slack.shortcut({ ...shortcut, messageTs: said.ts });
    expect(messages[0]?.text).toBe('I see no identifier in this message.');
  });

  it('where nobody may ask is refused, and every way of asking is audited', async () => {
    const { acme } = stage.world.landmarks;
    const said = stage.slack.say(acme.entitlementNumber ?? '', PERSON, ELSEWHERE);
    const { messages } = await stage.slack.shortcut({
      ...shortcut,
      channelId: ELSEWHERE,
      messageTs: said.ts,
    });
    expect(messages).toMatchObject([{ text: expect.stringContaining('I do not answer here') }]);
    const audit = await app.store.audit.list(0, 1000);
    expect(audit[0]).toMatchObject({ source: 'shortcut', topic: 'lookup', verdict: 'refused' });
    expect(new Set(audit.map(({ source }) => source))).toEqual(
      new Set(['button', 'command', 'mention', 'shortcut']),
    );
  });
});

describe('an export', () => {
  const sentFiles = () =>
    stage.slack.files().map(({ content, name }) => ({ name, lines: content.split('\r\n') }));

  it("goes to the asker's direct message, and adds up to what the card says", async () => {
    const { acme } = stage.world.landmarks;
    const [card] = await ask(acme.entitlementNumber ?? '');
    const net = /Lifetime net \(our share\)\*?\n(-?)\$([\d,.]+)/.exec(
      JSON.stringify(card?.blocks).replaceAll('\\n', '\n'),
    );
    const answer = words(await choose(card, 'Send Me the CSV'));
    expect(answer).toContain('I sent you 2 CSV files in a direct message.');
    const [message] = stage.slack
      .messages({ by: 'bot' })
      .filter(({ text }) => text.startsWith('You asked for this'));
    expect(message?.channel).toMatch(/^D/);
    expect(stage.slack.files().map(({ channel }) => channel)).toEqual([message?.channel, message?.channel]);
    const [licenses, transactions] = sentFiles();
    expect(licenses?.name).toMatch(/^pulse-1-licenses-\d{4}-\d\d-\d\d\.csv$/);
    const [head = '', ...rows] = transactions?.lines.slice(0, -1) ?? [];
    const column = head.split(',').indexOf('Our share USD');
    const sum = rows.reduce((total, row) => total + Number(row.split(',')[column]), 0);
    expect(sum.toFixed(2)).toBe(`${net?.[1] ?? ''}${(net?.[2] ?? '').replaceAll(',', '')}`);
    expect(head).toContain('Technical contact address');
  });

  it('of a digest sends its tables and charts', async () => {
    const before = stage.slack.files().length;
    expect(words(await ask('export churn'))).toMatch(/I sent you \d+ CSV files? in a direct message/);
    expect(stage.slack.files().length).toBeGreaterThan(before);
    for (const { lines } of sentFiles()) expect(lines.length).toBeGreaterThan(2);
  });

  it('of what has no rows, or starts something, says so and starts nothing', async () => {
    const requests = stage.api.requests.length;
    for (const text of ['export status', 'export sync', 'export help'])
      expect(words(await ask(text))).toMatch(/There are no rows behind|takes|Takes/);
    expect(words(await ask('export'))).toContain('Export what?');
    expect(stage.api.requests).toHaveLength(requests);
  });

  it('without the scopes names them, and sends nothing', async () => {
    const before = stage.slack.files().length;
    stage.slack.setScopes(['commands', 'chat:write']);
    const text = words(await ask('export acme')).replaceAll(/[\s`]+/g, ' ');
    expect(text).toMatch(/grant files:write and im:write under OAuth & Permissions/);
    expect(stage.slack.files()).toHaveLength(before);
  });

  it('that Slack does not take says so, with the code', async () => {
    stage.slack.fail({
      method: 'files.completeUploadExternal',
      mode: { kind: 'error', error: 'file_not_found' },
      times: 1,
    });
    expect(words(await ask('export acme'))).toContain('Slack did not take the files (file_not_found)');
  });
});

it('nothing of what somebody asked was posted for others to see', () => {
  const posted = stage.slack.messages({ channel: CHANNELS.digest, by: 'bot', ephemeral: false });
  expect(posted.filter(({ text }) => /CSV|identifier|Nothing found|subscriptions?:/.test(text))).toEqual([]);
});
