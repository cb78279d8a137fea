import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, type AppOverrides, createApp } from '../src/app.ts';
import type { StartConfig } from '../src/config/read-config.ts';
import { Secret } from '../src/config/secret.ts';
import { type Day, dayOf, type Instant } from '../src/domain/day.ts';
import type { Log } from '../src/domain/log.ts';
import { readGallery } from './gallery.ts';
import { createReportingApi, type ReportingApiSimulator } from './reporting-api.ts';
import { createSlack, type SlackSetup, type SlackSimulator } from './slack.ts';
import { createWorld, type World } from './world/world.ts';

/** The channels of the simulated workspace. */
export const CHANNELS = { digest: 'C0DIGESTS', alert: 'C0ALERTS1', ops: 'C0PULSEOPS' } as const;

/** A channel that somebody subscribed to the digests which are no default. */
export const PRODUCT_CHANNEL = 'C0PRODUCT';

/** A channel whose people hear of messages, big evaluations and unusual weeks, which the channel for alerts leaves to them. */
export const CUSTOMER_CHANNEL = 'C0CUSTOMER';

/** A channel the bot is in but that nobody configured. */
export const ELSEWHERE = 'C0RANDOM1';

/** The person who asks. */
export const PERSON = 'U0FOUNDER';

/** A guest of the workspace, who may not ask. */
export const GUEST = 'U0GUEST1';

/** The account of the simulated Reporting API. */
export const MARKETPLACE = {
  email: 'founder@example.com',
  token: 'marketplace-token-of-the-demo',
  developerId: 'demo-space',
} as const;

/** The tokens of the simulated Slack. */
export const SLACK = {
  botToken: 'xoxb-demo-bot-token',
  appToken: 'xapp-demo-app-token',
  signingSecret: 'demo-signing-secret',
} as const;

const DRAIN_MS = 60_000;

/** A simulated Marketplace and a simulated Slack that tell the same time, ready for the real bot. */
export interface Stage {
  readonly world: World;
  readonly api: ReportingApiSimulator;
  readonly slack: SlackSimulator;
  readonly clock: () => Instant;
  /** A folder for the bot's files, removed by `stop`. */
  readonly folder: string;
  /** Makes it that instant now; time goes on from there. */
  setTime(at: Instant): void;
  /** The configuration of a bot for these simulators. */
  configure(changes?: Partial<StartConfig>): StartConfig;
  /** Starts the real bot. Unless `byItself`, it does nothing until `syncAndPost`. No other instance may be up here: it keeps no quiet. */
  startApp(
    config: StartConfig,
    options?: Pick<AppOverrides, 'quietMs'> & { readonly byItself?: boolean },
  ): Promise<App>;
  /** One sync, what is due now, and everything posted. Throws when a data set could not be pulled. */
  syncAndPost(app: App): Promise<void>;
  /** Posts until nothing is left; a broken connection makes a message wait a few seconds. */
  drain(app: App): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the simulators at `now`. The same seed makes the same partner. */
export async function createStage(options: {
  readonly seed: number;
  readonly log: Log;
  readonly now?: Instant;
  readonly port?: number;
  /** More people, channels and user groups than the story needs. */
  readonly also?: Partial<Pick<SlackSetup, 'channels' | 'usergroups' | 'users'>>;
}): Promise<Stage> {
  const { also = {}, log, now = Date.now(), port, seed } = options;
  let offset = now - Date.now();
  const clock = () => Date.now() + offset;
  const folder = await mkdtemp(join(tmpdir(), 'pulse-stage-'));
  const world = createWorld({ seed, today: dayOf(now) });
  const api = await createReportingApi({
    world,
    ...MARKETPLACE,
    today: (): Day => dayOf(clock()),
    exportPolls: 1,
  });
  const slack = await createSlack({
    ...SLACK,
    team: { id: 'T0PULSE', name: 'Example Apps', domain: 'example-apps' },
    users: [
      { id: PERSON, name: 'robin', realName: 'Robin Founder' },
      { id: GUEST, name: 'gil', realName: 'Gil Guest', isRestricted: true },
      ...(also.users ?? []),
    ],
    channels: [
      { id: CHANNELS.digest, name: 'marketplace-pulse', topic: 'The week on the Marketplace' },
      { id: PRODUCT_CHANNEL, name: 'marketplace-product', topic: 'What product management subscribed to' },
      { id: CHANNELS.alert, name: 'marketplace-alerts', topic: 'What needs somebody today' },
      { id: CUSTOMER_CHANNEL, name: 'customer-success', topic: 'Evaluations and what customers write' },
      { id: CHANNELS.ops, name: 'pulse-ops', topic: 'For whoever runs Pulse' },
      { id: ELSEWHERE, name: 'random' },
      ...(also.channels ?? []),
    ],
    ...(also.usergroups && { usergroups: also.usergroups }),
    clock,
    gallery: readGallery,
    shortcuts: [{ name: 'Look up in Pulse', callbackId: 'pulse_lookup' }],
    // Those of manifest.yml that answers use.
    scopes: [
      'commands',
      'chat:write',
      'app_mentions:read',
      'channels:read',
      'groups:read',
      'users:read',
      'files:write',
      'im:write',
    ],
    rateLimit: false,
    ...(port !== undefined && { port }),
  });
  const apps = new Set<App>();

  async function drain(app: App): Promise<void> {
    for (const until = Date.now() + DRAIN_MS; Date.now() < until; await sleep(200)) {
      await app.delivery.tick();
      const { pending, sending } = await app.store.outbox.readCounts();
      if (pending + sending === 0) return;
    }
    throw new Error('not everything could be posted');
  }

  return {
    world,
    api,
    slack,
    clock,
    folder,
    drain,

    setTime(at) {
      offset = at - Date.now();
    },

    configure(changes = {}) {
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
          apiUrl: api.url,
        },
        slack: {
          botToken: new Secret(SLACK.botToken),
          mode: { kind: 'socket', appToken: new Secret(SLACK.appToken) },
          apiUrl: slack.apiUrl,
        },
        channels: CHANNELS,
        digestSchedule: '0 9 * * 2',
        syncMinutes: 60,
        mayOverlap: false,
        alerts: [],
        allowedChannels: [...Object.values(CHANNELS), PRODUCT_CHANNEL, CUSTOMER_CHANNEL],
        ...changes,
      };
    },

    async startApp(config, { byItself = false, quietMs = 0 } = {}) {
      const app = await createApp(config, log, {
        clock,
        paceMs: byItself ? 1000 : 0,
        quietMs,
        runByItself: byItself,
      });
      apps.add(app);
      await app.start();
      if (config.slack.mode.kind === 'socket') await slack.whenConnected();
      else slack.connectHttp(`http://127.0.0.1:${app.port()}/slack/events`);
      return app;
    },

    async syncAndPost(app) {
      const reports = await app.sync();
      const [failure] = reports.flatMap(({ failures }) => failures);
      if (failure) throw new Error(`${failure.dataset} was not updated: ${failure.code} ${failure.message}`);
      await app.scheduler.tick();
      await drain(app);
    },

    async stop() {
      for (const app of apps) await app.stop();
      await slack.close();
      await api.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
