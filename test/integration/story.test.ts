import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled } from '../../demo/reporting-api/installed.ts';
import {
  CHANNELS,
  createStage,
  ELSEWHERE,
  PERSON,
  PRODUCT_CHANNEL,
  SLACK,
  type Stage,
} from '../../demo/stage.ts';
import { playStory } from '../../demo/story.ts';
import type { App } from '../../src/app.ts';
import { Secret } from '../../src/domain/secret.ts';
import { createLogBook } from '../support/log-book.ts';

const MONDAY = Date.parse('2026-11-23T06:12:00Z');
const log = createLogBook();
let stage: Stage;
let app: App;
let cron: string;

function parents(channel: string) {
  return stage.slack
    .messages({ channel, by: 'bot' })
    .filter(({ threadTs, ts }) => threadTs === undefined || threadTs === ts);
}

async function ask(text: string, channelId: string = CHANNELS.digest) {
  const { messages, ok } = await stage.slack.command({ command: '/pulse', text, userId: PERSON, channelId });
  expect(ok).toBe(true);
  return messages;
}

/** Everything a person sees of the last answer, as text. */
async function answerTo(text: string, channelId?: string): Promise<string> {
  const messages = await ask(text, channelId);
  return messages.map((message) => stage.slack.renderText(message)).join('\n');
}

beforeAll(async () => {
  stage = await createStage({ seed: 7, log, now: MONDAY });
  ({ cron } = await playStory(stage, MONDAY, () => undefined));
  app = await stage.startApp(stage.configure({ digestSchedule: cron }));
}, 120_000);

afterAll(() => stage.stop());

describe('two weeks of a partner', () => {
  it('begin with one message that says the first import is silent', () => {
    const [first, ...others] = parents(CHANNELS.digest);
    expect(first?.text).toContain('I am connected to the Marketplace');
    expect(others.filter(({ text }) => text.includes('I am connected'))).toEqual([]);
  });

  it('announce nothing of the first import, although large sales are among its last fortnight', async () => {
    const firstImport = MONDAY - 8 * 24 * 3_600_000;
    const scope = { developerId: 'demo-space', appKey: null };
    const known = await app.store.read.readLinesBooked({ ...scope, from: '2026-11-02', to: '2026-11-15' });
    expect(known.filter(({ vendorAmount }) => vendorAmount > 300_000).length).toBeGreaterThan(0);
    const said = stage.slack.messages({ by: 'bot' }).map(({ text, ts }) => ({ text, at: Number(ts) * 1000 }));
    const early = said.filter(({ at }) => at < firstImport + 12 * 3_600_000);
    expect(early.map(({ text }) => text.slice(0, 14))).toEqual(['I am connected']);
  });

  it('bring every digest once a week, in order, with its thread', () => {
    const beginnings = parents(CHANNELS.digest)
      .slice(1)
      .map(({ text }) => text.split(/[ ,]/)[0]);
    const week = ['Churn', 'Conversion', 'Renewals', 'Evaluations', 'New'];
    expect(beginnings).toEqual([...week, ...week]);
    const [, churn] = parents(CHANNELS.digest);
    const thread = stage.slack.messages({ channel: CHANNELS.digest, thread: churn?.ts ?? '' });
    expect(thread.length).toBeGreaterThan(2);
  });

  it('alert on the large sale once, and not on the upgrade whose net is small', () => {
    const { hostileSale, largeSale, upgradePair } = stage.world.landmarks;
    const alerts = parents(CHANNELS.alert).map(({ text }) => text);
    expect(alerts.filter((text) => text.includes(largeSale.company))).toHaveLength(1);
    expect(alerts.filter((text) => text.includes(upgradePair.company))).toEqual([]);
    expect(
      alerts.some((text) => text.includes(Math.round(hostileSale.vendorAmount).toLocaleString('en-US'))),
    ).toBe(true);
  });

  it('name who left, with worth, reason and what is kept', () => {
    const { bigChurner } = stage.world.landmarks;
    const churn = parents(CHANNELS.digest).findLast(({ text }) => text.startsWith('Churn'));
    const text = stage.slack.renderText(churn ?? { text: '', blocks: [] });
    expect(text).toContain(bigChurner.company);
    expect(text).toContain(`still uses ${bigChurner.keeps.appName}`);
    expect(text).toMatch(/reason: It is too expensive/);
  });

  it('say which past week changed, from what to what, and who is behind it', () => {
    const { after, before, subscriptions } = stage.world.landmarks.restatement;
    const churn = parents(CHANNELS.digest).findLast(({ text }) => text.startsWith('Churn'));
    const text = stage.slack.renderText(churn ?? { text: '', blocks: [] }).replace(/\s+/g, ' ');
    expect(text).toMatch(new RegExp(`from ${before} of \\d+ to ${after} of \\d+`));
    for (const { company } of subscriptions) expect(text).toContain(`+${company}`);
  });

  it('let no customer ping, link or restyle anything', () => {
    const tokens = stage.slack.messages({ by: 'bot' }).flatMap((message) => stage.slack.tokensOf(message));
    expect(tokens.filter(({ kind }) => !['bold', 'italic', 'code', 'date'].includes(kind))).toEqual([]);
  });

  it('post no address of a person', () => {
    const posted = JSON.stringify(stage.slack.messages({ by: 'bot' }));
    expect(posted.match(/[\w.+-]+@[\w-]+\.[\w.-]+/g)).toBeNull();
  });

  it('are accepted by Slack without a single refusal, and write no secret to the log', () => {
    expect(stage.slack.calls('chat.postMessage').filter(({ isOk }) => !isOk)).toEqual([]);
    for (const secret of Object.values(SLACK)) expect(log.asText()).not.toContain(secret);
  });
});

describe('the digests that somebody subscribed another channel to', () => {
  /** The newest message of the channel that begins so, as a person reads it. */
  function newest(beginning: string): string {
    const found = parents(PRODUCT_CHANNEL).findLast(({ text }) => text.startsWith(beginning));
    return stage.slack.renderText(found ?? { text: '', blocks: [] }).replace(/\s+/g, ' ');
  }

  /** An answer on one line. */
  async function asked(text: string): Promise<string> {
    return (await answerTo(text)).replace(/\s+/g, ' ');
  }

  it('come once a week, in order, and never to the channel that did not ask', () => {
    const beginnings = parents(PRODUCT_CHANNEL).map(({ text }) => text.split(/[ ,]/)[0]);
    const week = ['Sales', 'Installations', 'Feedback', 'Searches', 'Funnel', 'Customers'];
    expect(beginnings).toEqual([...week, ...week]);
    const elsewhere = parents(CHANNELS.digest).map(({ text }) => text);
    expect(elsewhere.filter((text) => /^(Sales|Inst|Feed|Sear|Funn|Cust)/.test(text))).toEqual([]);
  });

  it('keep to one line in the week that brought no month', () => {
    expect(newest('Sales benchmark')).toContain('Sep 2026 is still the newest month');
    expect(newest('Funnel')).toContain('Oct 2026 is still the newest month');
    expect(newest('Customers')).toContain('Oct 2026 is still the newest month');
  });

  it('tell what the rows of the partner say', async () => {
    const world = stage.world.at('2026-11-23');
    const said = world.feedback.filter(({ date }) => date >= '2026-11-15' && date <= '2026-11-21');
    expect(newest('Feedback')).toContain(`Feedback, 15–21 Nov, All apps`);
    expect(newest('Feedback')).toContain(`${said.length} pieces of feedback`);
    const monday = stage.world.at('2026-11-16').licenses.filter((row) => {
      const boundaries = row.cloudComplianceBoundaries ?? ['commercial'];
      return boundaries.includes('commercial') && isInstalled(row, '2026-11-16');
    });
    expect(newest('Installations')).toContain(
      `Installations, 16–22 Nov, All apps ${'─'.repeat(34)} ${monday.length.toLocaleString('en-US')} active`,
    );
    const range = { aggregation: 'week', startDate: '2026-11-15', endDate: '2026-11-21' } as const;
    const shown = world.appSearches(range).reduce((sum, { searchAppearances }) => sum + searchAppearances, 0);
    expect(newest('Searches')).toContain(`${shown.toLocaleString('en-US')} times`);
    const october = world.events('conversion').filter(({ eventDate }) => eventDate.startsWith('2026-10'));
    expect(await asked('funnel')).toContain(`${october.length} were bought`);
    const [sales] = world.salesBenchmark().total.salesBenchmarkPerMonth;
    expect(sales?.date).toBe('2026-09-01');
    const inThousands = ((sales?.salesYTD ?? 0) / 1000).toFixed(1);
    expect(await asked('sales-benchmark')).toContain(`our share of Cloud sales $${inThousands}k`);
    const regions = world.customersBy('region')[0]?.insightsType ?? [];
    const sites = regions.reduce((sum, { value }) => sum + value.usersDistribution.usersCount, 0);
    expect(await asked('customers')).toContain(`${sites.toLocaleString('en-US')} customers in Oct 2026`);
  });
});

describe('asking in Slack', () => {
  it('shows one card for an entitlement number in any case, to the asker only', async () => {
    const { acme } = stage.world.landmarks;
    const messages = await ask((acme.entitlementNumber ?? '').toLowerCase());
    expect(messages).toHaveLength(1);
    expect(messages[0]?.ephemeralTo).toBe(PERSON);
    const text = stage.slack.renderText(messages[0] ?? { text: '', blocks: [] });
    expect(text).toContain('Acme GmbH');
    expect(text).toContain(acme.otherApp.appName);
  });

  it('finds numbers of three groups, SENs and transactions', async () => {
    const { largeSale, senOnly, threeGroups } = stage.world.landmarks;
    expect(await answerTo(threeGroups.entitlementNumber ?? '')).toContain(threeGroups.company);
    expect(await answerTo(senOnly.licenseId ?? '')).toContain(senOnly.company);
    expect(await answerTo(largeSale.transactionId)).toContain(largeSale.company);
  });

  it('finds a company by a fragment, and answers nonsense with a helpful sentence', async () => {
    expect(await answerTo('vandelay')).toContain('Vandelay');
    expect(await answerTo('zzzz no such thing')).toContain('Nothing found for "zzzz no such thing"');
    expect(await answerTo('chrun')).toContain('Did you mean /pulse churn?');
    expect(await answerTo('')).toContain('What you can ask');
  });

  it('gives a digest on demand, for one app and a past week too', async () => {
    expect(await answerTo('churn "Timeline Planner for Jira" 2026-11-10')).toContain(
      'Churn, 8–14 Nov, Timeline Planner for Jira',
    );
    expect(await answerTo('churn "No Such App"')).toContain('none of yours is called so');
  });

  it('tells the age of the data and the next runs', async () => {
    const text = await answerTo('status');
    expect(text).toContain('Everything works');
    expect(text).toContain('Next runs');
  });

  it('answers a click like the command it carries', async () => {
    const alert = parents(CHANNELS.alert).findLast(({ text }) =>
      text.includes(stage.world.landmarks.largeSale.company),
    );
    const { messages } = await stage.slack.click({
      userId: PERSON,
      channelId: CHANNELS.alert,
      messageTs: alert?.ts ?? '',
      actionId: 'pulse:0',
    });
    expect(messages[0]?.ephemeralTo).toBe(PERSON);
    expect(messages[0]?.text).toContain(stage.world.landmarks.largeSale.company);
  });

  it('refuses elsewhere without a word of data', async () => {
    const { acme } = stage.world.landmarks;
    const messages = await ask(acme.entitlementNumber ?? '', ELSEWHERE);
    expect(JSON.stringify(messages)).not.toContain('Acme');
    expect(messages[0]?.text.length).toBeGreaterThan(10);
  });
});

describe('a second sync on the same day', () => {
  it('changes nothing, and says so', async () => {
    await app.sync();
    const [report] = await app.sync();
    const news = report?.changes.map(({ added, changed, vanished }) => added + changed + vanished);
    expect(report?.failures).toEqual([]);
    // All but the benchmarks, which are pulled once a day.
    expect(news).toEqual(Array.from({ length: 10 }, () => 0));
  });

  it('posts nothing, and neither does the restarted scheduler', async () => {
    const before = stage.slack.messages({ by: 'bot' }).length;
    await app.scheduler.tick();
    await stage.drain(app);
    expect(stage.slack.messages({ by: 'bot' })).toHaveLength(before);
  });
});

describe('trouble with the Reporting API', () => {
  async function opsAfterSync() {
    const before = parents(CHANNELS.ops).length;
    const [report] = await app.sync();
    await stage.drain(app);
    stage.api.clearFaults();
    return {
      report,
      said: parents(CHANNELS.ops)
        .slice(before)
        .map(({ text }) => text),
    };
  }

  it('says 401 once a day and goes on answering from the old data', async () => {
    stage.api.fail({ kind: 'status', status: 401 });
    const { report, said } = await opsAfterSync();
    expect(new Set(report?.failures.map(({ code }) => code))).toEqual(new Set(['API_UNAUTHORIZED']));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('API_UNAUTHORIZED');
    stage.api.fail({ kind: 'status', status: 401 });
    expect((await opsAfterSync()).said).toEqual([]);
    expect(await answerTo('acme')).toContain('Data as of');
  });

  it('keeps the other data sets fresh when one may not be read', async () => {
    stage.api.fail({ kind: 'status', status: 403, path: /licenses/ });
    const { report } = await opsAfterSync();
    expect(report?.failures.map(({ code, dataset }) => `${dataset} ${code}`)).toEqual([
      'licenses API_FORBIDDEN',
    ]);
    expect(report?.changes).toHaveLength(9);
  });

  it('deletes nothing when an export is empty or half, and says it is short', async () => {
    const scope = { developerId: 'demo-space', appKey: null };
    const known = (await app.store.read.readLicenses(scope)).length;
    stage.setTime(MONDAY + 25 * 3_600_000);
    stage.api.fail({ kind: 'alter', path: /transactions\/async\/export\/[^/]+$/, alter: () => [] });
    stage.api.fail({
      kind: 'alter',
      path: /licenses\/async\/export\/[^/]+$/,
      alter: (body) => (Array.isArray(body) ? body.slice(0, body.length / 2) : body),
    });
    const { report, said } = await opsAfterSync();
    expect(
      report?.changes
        .filter(({ isShort }) => isShort)
        .map(({ dataset }) => dataset)
        .toSorted(),
    ).toEqual(['licenses', 'transactions']);
    expect(said.some((text) => text.includes('much smaller than what is stored'))).toBe(true);
    expect((await app.store.read.readLicenses(scope)).length).toBeGreaterThanOrEqual(known);
  });

  it('sets a row aside that does not fit, and stores the rest', async () => {
    stage.api.fail({
      kind: 'alter',
      path: /transactions\/async\/export\/[^/]+$/,
      alter: (body) =>
        Array.isArray(body)
          ? body.map((row: object, index) => (index === 0 ? { ...row, purchaseDetails: 'gone' } : row))
          : body,
    });
    const { report } = await opsAfterSync();
    expect(report?.changes.find(({ dataset }) => dataset === 'transactions')).toMatchObject({
      quarantined: 1,
    });
    expect(report?.failures).toEqual([]);
  });
});

describe('HTTP mode', () => {
  it('answers a signed command, and refuses one signed with another secret', async () => {
    await app.stop();
    const slack = stage.configure().slack;
    const http = {
      ...slack,
      mode: { kind: 'http' as const, signingSecret: new Secret(SLACK.signingSecret), port: 0 },
    };
    app = await stage.startApp(stage.configure({ digestSchedule: cron, slack: http }));
    expect(await answerTo('acme')).toContain('Acme GmbH');
    const response = await fetch(`http://127.0.0.1:${app.port()}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
        'x-slack-signature': `v0=${'0'.repeat(64)}`,
      },
      body: 'command=/pulse&text=acme',
    });
    expect(response.status).toBe(401);
    const health = await fetch(`http://127.0.0.1:${app.port()}/healthz`);
    expect(health.status).toBe(200);
    // The port may be public: states and ages, and nothing else.
    expect(await health.json()).toEqual({ status: 'ok', lastSyncAgeSeconds: null });
  });

  it('tells by its health that Slack refuses the token, and that it does not any more', async () => {
    const healthOf = async () => (await fetch(`http://127.0.0.1:${app.port()}/healthz`)).status;
    const mode = { kind: 'error', error: 'token_revoked' } as const;
    const fault = stage.slack.fail({ method: 'chat.postMessage', times: Infinity, mode });
    const message = { text: 'Are you there?', blocks: [] };
    await app.store.outbox.enqueue(
      [{ key: 'probe', kind: 'ops', channel: CHANNELS.ops, message }],
      stage.clock(),
    );
    await app.delivery.tick();
    expect(await healthOf()).toBe(503);
    fault.stop();
    stage.setTime(stage.clock() + 16 * 60_000);
    await stage.drain(app);
    expect(await healthOf()).toBe(200);
  });
});
