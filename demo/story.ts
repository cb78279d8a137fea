import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, createApp } from '../src/app.ts';
import type { StartConfig } from '../src/config/read-config.ts';
import { Secret } from '../src/config/secret.ts';
import { type Day, dayOf, type Instant } from '../src/domain/day.ts';
import type { Log } from '../src/domain/log.ts';
import { createReportingApi, type ReportingApiSimulator } from './reporting-api.ts';
import { createSlack, type SlackSimulator } from './slack.ts';
import { createWorld, type World } from './world/world.ts';

const DIGESTS = 'C0DIGESTS';
const ALERTS = 'C0ALERTS1';
const OPS = 'C0PULSEOPS';
const PERSON = 'U0FOUNDER';
const MINUTE_MS = 60_000;
const DRAIN_MS = MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

const MARKETPLACE = {
  email: 'founder@example.com',
  token: 'marketplace-token-of-the-demo',
  developerId: 'demo-space',
};
const SLACK = {
  botToken: 'xoxb-demo-bot-token',
  appToken: 'xapp-demo-app-token',
  signingSecret: 'demo-signing-secret',
};

/** A simulated Marketplace and a simulated Slack, with the real bot between them. */
export interface Story {
  readonly slack: SlackSimulator;
  readonly api: ReportingApiSimulator;
  readonly world: World;
  /** The person who types on the page, and where. */
  readonly person: { readonly userId: string; readonly channelId: string };
  readonly channels: { readonly digests: string; readonly alerts: string; readonly ops: string };
  /** Syncs and posts through the last two weeks, up to now. */
  play(tell: (line: string) => void): Promise<void>;
  /** The bot as it runs by itself from now on. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * When the digests of the story are due: a few minutes ago, and a week before that. So the last digest always tells the
 * newest complete week, whatever day it is.
 */
function digestTimes(now: Instant): {
  readonly first: Instant;
  readonly second: Instant;
  readonly cron: string;
} {
  const second = Math.floor(now / MINUTE_MS) * MINUTE_MS - 5 * MINUTE_MS;
  const due = new Date(second);
  return {
    first: second - 7 * DAY_MS,
    second,
    cron: `${due.getUTCMinutes()} ${due.getUTCHours()} * * ${due.getUTCDay()}`,
  };
}

/** The instants at which the story syncs: the first import, the two digests, and an ordinary day between them. */
function scenes(now: Instant): { readonly at: Instant; readonly title: string }[] {
  const { first, second } = digestTimes(now);
  return [
    { at: first - DAY_MS, title: 'first import, nothing is announced' },
    { at: first + MINUTE_MS, title: 'the digests of the week before last' },
    { at: first + 4 * DAY_MS, title: 'an ordinary sync' },
    { at: second + MINUTE_MS, title: "last week's digests, with what changed since, and an alert" },
  ];
}

function configFor(folder: string, apiUrl: string, slackApiUrl: string, digestSchedule: string): StartConfig {
  return {
    databasePath: join(folder, 'pulse.db'),
    timeZone: 'UTC',
    contacts: 'masked',
    command: '/pulse',
    logLevel: 'warn',
    marketplace: {
      email: MARKETPLACE.email,
      token: new Secret(MARKETPLACE.token),
      developerIds: [MARKETPLACE.developerId],
      apiUrl,
    },
    slack: {
      botToken: new Secret(SLACK.botToken),
      mode: { kind: 'socket', appToken: new Secret(SLACK.appToken) },
      apiUrl: slackApiUrl,
    },
    channels: { digest: DIGESTS, alert: ALERTS, ops: OPS },
    digestSchedule,
    syncMinutes: 60,
    allowedChannels: [DIGESTS, ALERTS, OPS],
  };
}

/** Starts the simulators; the bot starts with `play`. `seed` makes the same partner again. */
export async function createStory(options: { seed: number; log: Log; port?: number }): Promise<Story> {
  const now = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'pulse-demo-'));
  let offset = 0;
  const clock = () => Date.now() + offset;
  const world = createWorld({ seed: options.seed, today: dayOf(now) });
  const api = await createReportingApi({
    world,
    ...MARKETPLACE,
    today: (): Day => dayOf(clock()),
    exportPolls: 1,
  });
  const slack = await createSlack({
    ...SLACK,
    team: { id: 'T0PULSE', name: 'Example Apps', domain: 'example-apps' },
    users: [{ id: PERSON, name: 'founder', realName: 'Robin Founder' }],
    channels: [
      { id: DIGESTS, name: 'marketplace-pulse', hasBot: true },
      { id: ALERTS, name: 'marketplace-alerts', hasBot: true },
      { id: OPS, name: 'pulse-ops', hasBot: true },
    ],
    clock,
    rateLimit: false,
    ...(options.port !== undefined && { port: options.port }),
  });
  const config = configFor(folder, api.url, slack.apiUrl, digestTimes(now).cron);
  let app: App | undefined;

  /** Posts until nothing is left to post; a broken connection makes a message wait a few seconds. */
  async function drain(running: App): Promise<void> {
    for (const until = Date.now() + DRAIN_MS; Date.now() < until; await sleep(200)) {
      await running.delivery.tick();
      const { parked, pending, sending } = await running.store.outbox.readCounts();
      if (pending + sending + parked === 0) return;
    }
    throw new Error('not everything could be posted');
  }

  async function startApp(runByItself: boolean): Promise<App> {
    const started = await createApp(config, options.log, {
      clock,
      paceMs: runByItself ? 1000 : 0,
      runByItself,
    });
    await started.start();
    await slack.whenConnected();
    return started;
  }

  return {
    slack,
    api,
    world,
    person: { userId: PERSON, channelId: DIGESTS },
    channels: { digests: DIGESTS, alerts: ALERTS, ops: OPS },

    async play(tell) {
      const [first, ...others] = scenes(now);
      if (!first) return;
      offset = first.at - Date.now();
      app = await startApp(false);
      for (const { at, title } of [first, ...others]) {
        offset = at - Date.now();
        const reports = await app.sync();
        await app.scheduler.tick();
        await drain(app);
        const failed = reports.flatMap(({ failures }) => failures);
        if (failed.length > 0)
          throw new Error(
            `not synced: ${failed.map(({ code, dataset }) => `${dataset} ${code}`).join(', ')}`,
          );
        tell(`${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}  ${title}`);
      }
      offset = 0;
      await app.stop();
      app = undefined;
    },

    async run() {
      app = await startApp(true);
    },

    async stop() {
      await app?.stop();
      await slack.close();
      await api.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
