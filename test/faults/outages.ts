import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createReportingApi } from '../../demo/reporting-api.ts';
import { createSlack } from '../../demo/slack.ts';
import { CHANNELS, MARKETPLACE, SLACK } from '../../demo/stage.ts';
import { dayOf } from '../../src/domain/day.ts';
import { botEnvironment, emptyWorkspace } from './bot-environment.ts';
import { startChild } from './child.ts';
import { importFirst } from './first-import.ts';
import { createSmallWorld } from './small-world.ts';
import { createToxicProxy, type Toxic } from './toxic-proxy.ts';

/** Who is away, and how: nobody listens, or nothing is answered. */
export interface Outage {
  readonly of: 'api' | 'slack';
  readonly toxic: Toxic;
  readonly ms: number;
}

/** What an outage came to. */
export interface OutageReport {
  /** Milliseconds from its end until the sale of the time was told in its channel; undefined: never. */
  readonly backAfterMs: number | undefined;
  /** How often the sale was told. */
  readonly told: number;
}

const LONGEST_MS = 180_000;
const SCOPES = ['commands', 'chat:write', 'channels:history'];

/** The built bot while Slack or the Marketplace is away; somebody buys meanwhile. */
export async function playOutage({ of, ms, toxic }: Outage): Promise<OutageReport> {
  const folder = mkdtempSync(join(tmpdir(), 'pulse-outage-'));
  const today = dayOf(Date.now());
  const small = createSmallWorld({ seed: 7, today });
  const api = await createReportingApi({ world: small.world, ...MARKETPLACE, exportPolls: 0 });
  const slack = await createSlack({ ...SLACK, ...emptyWorkspace(Object.values(CHANNELS)), scopes: SCOPES });
  const apiProxy = await createToxicProxy(Number(new URL(api.url).port));
  const slackProxy = await createToxicProxy(Number(new URL(slack.apiUrl).port));
  const env = {
    ...botEnvironment({
      apiUrl: `http://127.0.0.1:${apiProxy.port}/marketplace`,
      slackApiUrl: `http://127.0.0.1:${slackProxy.port}/api/`,
      databasePath: join(folder, 'pulse.db'),
    }),
    PULSE_DIGEST_CHANNEL: CHANNELS.digest,
    PULSE_ALERT_CHANNEL: CHANNELS.alert,
    PULSE_OPS_CHANNEL: CHANNELS.ops,
    PULSE_LARGE_TRANSACTION_USD: '50000',
  };
  const away = of === 'api' ? apiProxy : slackProxy;
  const told = (): number =>
    slack
      .messages({ channel: CHANNELS.alert })
      .filter((message) => slack.renderText(message).includes('Meanwhile Inc')).length;

  await importFirst(env, folder);
  // An API is away from the start on, so that the first sync finds it so; Slack once the bot is connected.
  if (of === 'api') apiProxy.set(toxic);
  small.addSale('Meanwhile Inc', 70_000, today);
  const bot = startChild('dist/main.js', [], env, folder);
  await bot.wrote('connected to Slack');
  away.set(toxic);
  await pause(ms);
  const before = told();
  const backAt = Date.now();
  away.set(undefined);
  while (told() === 0 && Date.now() - backAt < LONGEST_MS) await pause(200);
  const backAfterMs = told() > before ? Date.now() - backAt : undefined;
  await bot.kill();
  await Promise.all([apiProxy.close(), slackProxy.close()]);
  await slack.close();
  await api.close();
  rmSync(folder, { recursive: true, force: true });
  return { backAfterMs, told: told() };
}
