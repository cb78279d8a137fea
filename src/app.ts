import { createAlertDesk } from './alerts/alert-desk.ts';
import { announceChannelParked, announceMessageRefused } from './alerts/sync-outcome.ts';
import { answerMessage } from './commands/answer-lookup.ts';
import type { CommandContext } from './commands/command.ts';
import { answerCommand, COMMANDS, refreshForm, submitForm } from './commands/index.ts';
import type { StartConfig } from './config/read-config.ts';
import type { Clock } from './domain/clock.ts';
import { dayOf, type Instant } from './domain/day.ts';
import { reasonOf } from './domain/errors.ts';
import type { Log } from './domain/log.ts';
import { askLive } from './live-search.ts';
import { createDigestThread } from './digest-thread.ts';
import { defaultSubscriptions, recordConfiguration } from './record-configuration.ts';
import { createDigestBuilder, prepareDigests } from './schedule/prepare-digests.ts';
import { createDigestJobs } from './schedule/digest-jobs.ts';
import { readStatus } from './schedule/read-status.ts';
import { createScheduler } from './schedule/scheduler.ts';
import { createSubscriptionDesk } from './schedule/subscription-desk.ts';
import { createSyncRunner } from './schedule/sync-runner.ts';
import type { AskRequest, FormRequest } from './slack/answering.ts';
import { createBolt } from './slack/bolt.ts';
import { createDelivery } from './slack/deliver.ts';
import { parseCommand } from './slack/parse-command.ts';
import { createPoster } from './slack/poster.ts';
import { wait } from './slack/wait.ts';
import { takeLock } from './store/lock.ts';
import { createStore } from './store/store.ts';
import { createSyncThread } from './sync-thread.ts';
import { subscriptionId, type SubscriptionInput } from './store/subscriptions.ts';

/** What tests and the demo replace: the time, the pace of posting, and whether anything runs by itself. */
export interface AppOverrides {
  readonly clock?: Clock;
  /** Between two posts to one channel, in milliseconds; Slack allows about one a second. */
  readonly paceMs?: number;
  /** Without it nothing is scheduled: `tick` and `sync` do what the scheduler would. */
  readonly runByItself?: boolean;
}

const MINUTE_MS = 60_000;

/** Good data older than this makes `/healthz` say so. */
const STALE_AFTER_MS = 26 * 60 * MINUTE_MS;

/**
 * The running bot, composed from its parts. `start` throws what the parts throw, each with one line for the operator:
 * STORE_*, INSTANCE_RUNNING, SLACK_TOKEN_REFUSED, SLACK_SCOPE_MISSING, SLACK_UNREACHABLE, PORT_UNAVAILABLE.
 */
export async function createApp(config: StartConfig, log: Log, overrides: AppOverrides = {}) {
  const { clock = Date.now, paceMs = 1000, runByItself = true } = overrides;
  const { channels, marketplace, slack, timeZone } = config;
  const store = await createStore(config.databasePath, { waits: false });
  const releaseLock = lockOrClose(config.databasePath, store);
  let lastSyncAt: Instant | undefined;

  const syncThread = createSyncThread(
    {
      baseUrl: marketplace.apiUrl,
      email: marketplace.email,
      token: marketplace.token.reveal(),
      databasePath: config.databasePath,
      contacts: config.contacts,
      channels,
      ...(config.largeTransaction !== undefined && { largeTransaction: config.largeTransaction }),
      slash: config.command,
      zone: timeZone,
    },
    log,
  );

  const digestThread = createDigestThread(config.databasePath);
  const buildDigest = createDigestBuilder(store, digestThread.build);

  async function prepare(developerIds: readonly string[]): Promise<void> {
    try {
      for (const id of developerIds) await prepareDigests(store, digestThread.build, id, clock());
    } catch (error) {
      // Whoever asks has it built then.
      log.warn({ error: reasonOf(error) }, 'a digest could not be built ahead');
    }
  }

  const syncRunner = createSyncRunner(
    async (signal) => {
      const clockOffsetMs = clock() - Date.now();
      const { developerIds } = marketplace;
      const reports = await syncThread.sync({ developerIds, full: false, clockOffsetMs }, signal);
      if (reports.some(({ failures }) => failures.length === 0)) lastSyncAt = clock();
      void prepare(developerIds);
      return reports;
    },
    (error) => log.error({ error: reasonOf(error) }, 'a requested sync failed'),
  );

  const desk = createAlertDesk({
    store,
    developerIds: marketplace.developerIds,
    channels,
    zone: timeZone,
    largeTransaction: config.largeTransaction,
    clock,
  });

  const subscriptions = createSubscriptionDesk({
    store,
    buildDigest,
    defaults: defaultSubscriptions(config),
    cron: config.digestSchedule,
    zone: timeZone,
    clock,
  });

  /** What a digest told in the asker's channel, where it comes there, otherwise in the channel of the digests. */
  async function readLastTold(asked: Omit<SubscriptionInput, 'channel' | 'cron' | 'zone'>, channel: string) {
    return (
      (await store.told.readLast(subscriptionId({ ...asked, channel }))) ??
      store.told.readLast(subscriptionId({ ...asked, channel: channels.digest }))
    );
  }

  function contextFor({ channelId, userId }: Pick<AskRequest, 'channelId' | 'userId'>): CommandContext {
    const now = clock();
    const isNamed = config.allowedUsers?.includes(userId) ?? false;
    return {
      read: store.read,
      search: store.search,
      now,
      today: dayOf(now),
      slash: config.command,
      showContacts: isNamed,
      isNamed,
      asker: { userId, channelId },
      alerts: desk,
      subscriptions,
      places: bolt.places,
      askLive: (text) => askLive(marketplace, text, log),
      sendFiles: (files, sentence) => bolt.sendFiles(userId, files, sentence),
      readLastTold: (digest, developerId, appKey) => readLastTold({ digest, developerId, appKey }, channelId),
      readNumbers: (ref) => store.numbers.read(ref),
      buildDigest,
      readAge: async () => ({
        asOf: await store.read.readAsOf(marketplace.developerIds[0] ?? '', ['licenses', 'transactions']),
        now,
      }),
      readStatus: () =>
        readStatus(store, marketplace.developerIds, timeZone, clock(), async () => desk.readEverywhere()),
      requestSync: async () => syncRunner.request(),
    };
  }

  const answer = (request: AskRequest) =>
    request.source === 'shortcut'
      ? answerMessage(request.text, contextFor(request))
      : answerCommand(parseCommand(request.text).words, contextFor(request));

  const formEntries = ({ entries }: FormRequest) =>
    entries.map(({ id, isKept = false, text }) => ({ id, isKept, words: parseCommand(text).words }));

  function topicOf(text: string): string {
    const word = parseCommand(text).words[0]?.toLowerCase();
    if (word === undefined) return 'help';
    return COMMANDS.find(({ words }) => words.includes(word))?.words[0] ?? 'lookup';
  }

  const bolt = createBolt({
    mode:
      slack.mode.kind === 'socket'
        ? { ...slack.mode, appToken: slack.mode.appToken.reveal() }
        : { ...slack.mode, signingSecret: slack.mode.signingSecret.reveal() },
    botToken: slack.botToken.reveal(),
    slackApiUrl: slack.apiUrl,
    command: config.command,
    answer,
    submit: (request) => submitForm(formEntries(request), contextFor(request)),
    refresh: (request) => refreshForm(formEntries(request), contextFor(request)),
    access: { channels: config.allowedChannels, ...(config.allowedUsers && { users: config.allowedUsers }) },
    audit: async ({ channelId, source, teamId, text, userId }, verdict) => {
      const outcome = verdict.allowed
        ? { verdict: 'allowed' as const }
        : { verdict: 'refused' as const, reason: verdict.code };
      await store.audit.record({
        at: clock(),
        teamId,
        userId,
        channelId,
        source,
        topic: source === 'shortcut' ? 'lookup' : topicOf(text),
        ...outcome,
      });
    },
    health: () => ({
      isReady: lastSyncAt !== undefined,
      isHealthy:
        delivery.readDeadIdentity() === undefined &&
        (lastSyncAt === undefined || clock() - lastSyncAt < STALE_AFTER_MS),
      details: {
        lastSyncAgeSeconds: lastSyncAt === undefined ? null : Math.round((clock() - lastSyncAt) / 1000),
      },
    }),
    log,
  });

  const delivery = createDelivery({
    outbox: store.outbox,
    poster: createPoster({
      token: slack.botToken.reveal(),
      slackApiUrl: slack.apiUrl,
      scopes: () => bolt.identity()?.scopes,
      log,
    }),
    clock,
    wait,
    random: Math.random,
    paceMs,
    log,
    onParked: async (notice) => {
      const entries = announceChannelParked(notice, channels.ops, clock());
      await store.outbox.enqueue(entries, clock());
    },
    onRefused: async (notice) => {
      await store.outbox.enqueue(announceMessageRefused(notice, channels.ops, clock()), clock());
    },
  });

  const scheduler = createScheduler({
    jobs: createDigestJobs({ store, buildDigest, clock }),
    intervals: runByItself
      ? [
          {
            id: 'sync',
            everyMs: config.syncMinutes * MINUTE_MS,
            run: async (signal) => void (await syncRunner.run(signal)),
          },
          { id: 'alerts', everyMs: MINUTE_MS, run: () => desk.release() },
        ]
      : [],
    slots: store.slots,
    clock,
    log,
  });

  return {
    store,
    scheduler,
    delivery,

    /** Connects to Slack, then syncs, posts and answers until `stop`. */
    async start(): Promise<void> {
      await recordConfiguration(store, config, clock());
      await bolt.start();
      if (!runByItself) return;
      delivery.start();
      await scheduler.start();
    },

    /** Syncs now, or joins the sync under way. */
    sync: () => syncRunner.run(AbortSignal.timeout(60 * MINUTE_MS)),

    /** Says the alerts that waited for a time, as the scheduler does every minute. */
    releaseAlerts: () => desk.release(),

    /** The port of `/slack/events` and the health routes, where something listens. */
    port: () => bolt.port(),

    /** Takes nothing new, lets what is under way finish, and closes the store. About four seconds at most. */
    async stop(): Promise<void> {
      await Promise.allSettled([bolt.stop(), delivery.stop(), scheduler.stop(), syncRunner.stop()]);
      await Promise.all([syncThread.stop(), digestThread.stop()]);
      await store.close();
      releaseLock();
    },
  };
}

function lockOrClose(path: string, store: { close(): Promise<void> }): () => void {
  try {
    return takeLock(path, 'bot');
  } catch (error) {
    void store.close();
    throw error;
  }
}

/** The running bot. */
export type App = Awaited<ReturnType<typeof createApp>>;
