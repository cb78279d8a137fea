import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { createReportingApi, type ReportingApiSimulator } from '../../demo/reporting-api.ts';
import type { Fault as ApiFault } from '../../demo/reporting-api/faults.ts';
import type { FaultMode } from '../../demo/slack/faults.ts';
import { createSlack, type SlackSimulator } from '../../demo/slack.ts';
import { CHANNELS, MARKETPLACE } from '../../demo/stage.ts';
import { dayOf } from '../../src/domain/day.ts';
import { verifyFile } from '../../src/store/verify-file.ts';
import { botEnvironment, emptyWorkspace } from './bot-environment.ts';
import { type Child, startChild } from './child.ts';
import { importFirst } from './first-import.ts';
import { findLeaks } from './leaks.ts';
import { type Chance, createChance } from './random.ts';
import { createSmallWorld } from './small-world.ts';
import { emptyTally, type Tally } from './tally.ts';
import { createToxicProxy, type Toxic, type ToxicProxy } from './toxic-proxy.ts';

/** Secrets that must stand nowhere but in the requests they are for. */
const SECRETS = {
  botToken: 'xoxb-canary-0987654321-storm',
  appToken: 'xapp-1-canary-A0-storm-1234567890abcdef',
  apiToken: 'ATATT3xCanaryOfTheBotStorm0123456789=ABCDEF',
} as const;

const SCOPES = ['commands', 'chat:write', 'channels:history'];
const CALM_MS = 90_000;

const API_FAULTS: readonly ApiFault[] = [
  { kind: 'reset' },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
  { kind: 'html', status: 200, lying: true },
  { kind: 'truncate', bytes: 100 },
  { kind: 'truncate', bytes: 100, how: 'chunked' },
  { kind: 'truncate', bytes: 100, how: 'quiet' },
  { kind: 'alter', alter: (body) => (Array.isArray(body) ? body.slice(0, 1) : body) },
];

const SLACK_FAULTS: readonly FaultMode[] = [
  { kind: 'status', status: 500, accept: true },
  { kind: 'status', status: 502 },
  { kind: 'reset', accept: true },
  { kind: 'reset' },
  { kind: 'cut', accept: true },
  { kind: 'html', accept: true },
  { kind: 'answer', body: '{"ok":true}', accept: true },
  { kind: 'error', error: 'fatal_error', accept: true },
  { kind: 'rate-limited', retryAfter: 1 },
];

const TOXICS: readonly Toxic[] = [
  { kind: 'latency', ms: 50, jitterMs: 200 },
  { kind: 'bandwidth', bytesPerSecond: 20_000 },
  { kind: 'slow-close', ms: 200 },
  { kind: 'timeout', ms: 500 },
  { kind: 'reset-peer', ms: 30 },
  { kind: 'slicer', bytes: 30, ms: 1 },
  { kind: 'limit-data', bytes: 300 },
  { kind: 'down' },
  { kind: 'limit-data', bytes: 400, toServer: true },
];

/** How long a storm lasts, and its dice. */
export interface BotStormOptions {
  readonly seed: number;
  readonly kills: number;
}

interface Weather {
  readonly api: ReportingApiSimulator;
  readonly slack: SlackSimulator;
  readonly proxies: readonly ToxicProxy[];
  readonly chance: Chance;
  faults: number;
}

/** Some trouble at once: on the wire, at the API, at Slack. */
function stir(weather: Weather): void {
  const { api, chance, proxies, slack } = weather;
  for (const proxy of proxies) proxy.set(chance.next() < 0.4 ? chance.pick(TOXICS) : undefined);
  for (let count = chance.below(4); count > 0; count -= 1) {
    api.fail({ ...chance.pick(API_FAULTS), after: chance.below(12), times: 1 });
  }
  for (let count = chance.below(4); count > 0; count -= 1) {
    slack.fail({ method: 'chat.postMessage', after: chance.below(3), mode: chance.pick(SLACK_FAULTS) });
  }
}

function calm({ api, proxies, slack }: Weather): void {
  for (const proxy of proxies) proxy.set(undefined);
  api.clearFaults();
  slack.clearFaults();
}

/** Answers that were spoiled, and connections. */
function countFaults({ api, proxies, slack }: Weather): number {
  const spoiled = slack.calls().filter(({ fault }) => fault !== undefined).length;
  const refused = api.requests.filter(({ status }) => status !== 200).length;
  return spoiled + refused + proxies.reduce((sum, { hits }) => sum + hits, 0);
}

interface Said {
  readonly uuid: string;
  readonly key: string;
}

/** What the bot says it posted. */
function readSaid(path: string): Said[] {
  const db = new SQLite(path, { readonly: true, timeout: 5000 });
  try {
    return db
      .prepare<[], Said>("SELECT uuid, key FROM outbox WHERE state NOT IN ('baseline', 'expired')")
      .all();
  } finally {
    db.close();
  }
}

/** What waits for a retry is tried at once, so that the end of a storm need not be waited for. */
function hurry(path: string): number {
  const db = new SQLite(path, { timeout: 5000 });
  try {
    db.prepare("UPDATE outbox SET next_at = 0 WHERE state = 'pending'").run();
    return Number(
      db.prepare("SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending', 'parked')").pluck().get(),
    );
  } finally {
    db.close();
  }
}

/**
 * The built bot, as it is installed, between a simulated Marketplace and a simulated Slack: sales come in, digests come due every
 * minute, everything goes wrong now and then, and the process is killed again and again. Then calm, and the books are compared.
 */
export async function runBotStorm({
  kills,
  seed,
}: BotStormOptions): Promise<Tally & { readonly notes: string[] }> {
  const chance = createChance(seed);
  const folder = mkdtempSync(join(tmpdir(), 'pulse-bot-storm-'));
  const database = join(folder, 'pulse.db');
  const today = dayOf(Date.now());
  const small = createSmallWorld({ seed: 7, today });
  const api = await createReportingApi({
    world: small.world,
    email: MARKETPLACE.email,
    token: SECRETS.apiToken,
    developerId: MARKETPLACE.developerId,
    exportPolls: 1,
  });
  const slack = await createSlack({
    botToken: SECRETS.botToken,
    appToken: SECRETS.appToken,
    ...emptyWorkspace(Object.values(CHANNELS)),
    scopes: SCOPES,
  });
  const apiProxy = await createToxicProxy(Number(new URL(api.url).port));
  const slackProxy = await createToxicProxy(Number(new URL(slack.apiUrl).port));
  const weather: Weather = { api, slack, proxies: [apiProxy, slackProxy], chance, faults: 0 };
  const env = {
    ...botEnvironment({
      apiUrl: `http://127.0.0.1:${apiProxy.port}/marketplace`,
      slackApiUrl: `http://127.0.0.1:${slackProxy.port}/api/`,
      databasePath: database,
    }),
    SLACK_BOT_TOKEN: SECRETS.botToken,
    SLACK_APP_TOKEN: SECRETS.appToken,
    MARKETPLACE_API_TOKEN: SECRETS.apiToken,
    PULSE_DIGEST_CHANNEL: CHANNELS.digest,
    PULSE_ALERT_CHANNEL: CHANNELS.alert,
    PULSE_OPS_CHANNEL: CHANNELS.ops,
    PULSE_DIGEST_SCHEDULE: '* * * * *',
    PULSE_LARGE_TRANSACTION_USD: '50000',
  };
  const outputs: string[] = [];
  const companies: string[] = [];
  const tally = { ...emptyTally(), notes: [] as string[] };
  const start = (): Child => startChild('dist/main.js', [], env, folder);

  async function end(child: Child): Promise<void> {
    await child.kill();
    outputs.push(child.output());
    try {
      verifyFile(database);
    } catch (error) {
      tally.corrupt += 1;
      tally.notes.push(`corrupt: ${String(error)}`);
    }
  }

  // The first import is silent: whatever it brings is no news, so it is over before the storm begins.
  const imported = await importFirst(env, folder);

  while (tally.kills < kills) {
    for (let count = chance.below(2); count > 0; count -= 1) {
      companies.push(small.addSale(`Storm ${seed} ${companies.length}`, 60_000 + companies.length, today));
    }
    const child = start();
    await Promise.race([child.wrote('"msg":"started"'), pause(5000)]);
    for (let left = 1 + chance.below(8); left > 0; left -= 1) {
      stir(weather);
      await pause(50 + chance.below(600));
    }
    await end(child);
    tally.kills += 1;
  }

  calm(weather);
  companies.push(small.addSale(`Storm ${seed} last`, 90_000, today));
  const last = start();
  // Many at once are one message, which names them in its blocks.
  const alerts = () =>
    slack.messages({ channel: CHANNELS.alert }).map((message) => slack.renderText(message));
  for (const until = Date.now() + CALM_MS; Date.now() < until; await pause(500)) {
    const isOpen = hurry(database) > 0;
    if (!isOpen && companies.every((company) => alerts().some((text) => text.includes(company)))) break;
  }
  await end(last);

  tally.faults = countFaults(weather);
  const posted = slack.messages().map(({ metadata }) => String(metadata?.event_payload['k']));
  const said = readSaid(database);
  tally.messages = said.length;
  const missing = said.filter(({ uuid }) => !posted.includes(uuid));
  const unsold = companies.filter((company) => !alerts().some((text) => text.includes(company)));
  tally.lost = missing.length + unsold.length;
  tally.extra = posted.length - new Set(posted).size;
  for (const { key } of missing) tally.notes.push(`not posted: ${key}`);
  for (const company of unsold) tally.notes.push(`no alert on ${company}`);
  const { rows } = verifyFile(database);
  if (rows['transaction_lines'] !== small.lineCount()) {
    tally.lost += 1;
    tally.notes.push(`${rows['transaction_lines']} of ${small.lineCount()} lines stored`);
  }
  const texts = [...outputs, imported, JSON.stringify(slack.calls()), JSON.stringify(slack.messages())];
  const leaks = findLeaks(Object.values(SECRETS), { folder, texts });
  tally.leaks = leaks.length;
  for (const leak of leaks) tally.notes.push(`a secret in ${leak}`);
  await Promise.all([apiProxy.close(), slackProxy.close()]);
  await slack.close();
  await api.close();
  rmSync(folder, { recursive: true, force: true });
  return tally;
}
