import { createAlertDesk } from './alerts/alert-desk.ts';
import { announceManyQuestions, announceRecovered } from './alerts/operator-news.ts';
import { announceChannelParked, announceMessageRefused } from './alerts/sync-outcome.ts';
import { createAnswers } from './answers.ts';
import { isApiThere } from './api-presence.ts';
import type { StartConfig } from './config/read-config.ts';
import type { Clock } from './domain/clock.ts';
import type { Instant } from './domain/day.ts';
import { reasonOf } from './domain/errors.ts';
import type { Log } from './domain/log.ts';
import { createDigestThread } from './digest-thread.ts';
import { recordConfiguration } from './record-configuration.ts';
import { createDigestBuilder, prepareDigests } from './schedule/prepare-digests.ts';
import { createDigestJobs } from './schedule/digest-jobs.ts';
import { createScheduler } from './schedule/scheduler.ts';
import { createSyncRunner } from './schedule/sync-runner.ts';
import { readHomeTab } from './read-home-tab.ts';
import { recordAttempt } from './record-attempt.ts';
import { createBolt } from './slack/bolt.ts';
import { createDelivery } from './slack/deliver.ts';
import { createTwinNotice, nameInstance } from './slack/notice-twin.ts';
import { createPoster } from './slack/poster.ts';
import { planQuietStart, QUIET_MS } from './slack/quiet-start.ts';
import { watch } from './schedule/watch.ts';
import { wait } from './slack/wait.ts';
import { takeLock } from './store/lock.ts';
import { openOrRecover } from './store/recover.ts';
import { createSyncThread } from './sync-thread.ts';

/** What tests and the demo replace: the time, the pace of posting, and whether anything runs by itself. */
export interface AppOverrides {
  readonly clock?: Clock;
  /** Between two posts to one channel, in milliseconds; Slack allows about one a second. */
  readonly paceMs?: number;
  /** How long it keeps quiet where another instance may be up, in milliseconds; 0: not at all. */
  readonly quietMs?: number;
  /** Without it nothing is scheduled: `tick` and `sync` do what the scheduler would. */
  readonly runByItself?: boolean;
}

const MINUTE_MS = 60_000;
const WATCH_MS = 15 * MINUTE_MS;
/** Less than the half minute between two ticks, so with each: an API that was away is synced with within a minute after it is back. */
const LOOK_OUT_MS = 20_000;
/** A sync that brought nothing, because the token was refused for example, is tried again this soon. */
const SYNC_RETRY_MS = 15 * MINUTE_MS;
/** Posts and answers under way have three seconds; what follows is closed in the rest of four. */
const STOP_MS = 3200;

/** Good data older than this makes `/healthz` say so. */
const STALE_AFTER_MS = 26 * 60 * MINUTE_MS;

/**
 * The running bot, composed from its parts. `start` throws what the parts throw, each with one line for the operator:
 * STORE_*, INSTANCE_RUNNING, SLACK_TOKEN_REFUSED, SLACK_SCOPE_MISSING, SLACK_UNREACHABLE, PORT_UNAVAILABLE.
 */
export async function createApp(config: StartConfig, log: Log, overrides: AppOverrides = {}) {
  const { clock = Date.now, paceMs = 1000, quietMs = QUIET_MS, runByItself = true } = overrides;
  const { channels, marketplace, slack, timeZone } = config;
  const releaseLock = takeLock(config.databasePath, 'bot');
  const { recovery, store } = await openOrRelease(config.databasePath, releaseLock, clock());
  const instance = nameInstance(clock());
  let lastSyncAt: Instant | undefined;

  const syncThread = createSyncThread(
    {
      baseUrl: marketplace.apiUrl,
      email: marketplace.email,
      token: marketplace.token,
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

  const syncRunner = createSyncRunner({
    sync: async (signal) => {
      const clockOffsetMs = clock() - Date.now();
      const { developerIds } = marketplace;
      const reports = await syncThread.sync({ developerIds, full: false, clockOffsetMs }, signal);
      if (reports.some(({ failures }) => failures.length === 0)) lastSyncAt = clock();
      void prepare(developerIds);
      return reports;
    },
    isApiThere: (signal) => isApiThere(marketplace, signal),
    onFailed: (error) => log.error({ error: reasonOf(error) }, 'a requested sync failed'),
  });

  const desk = createAlertDesk({
    store,
    developerIds: marketplace.developerIds,
    channels,
    zone: timeZone,
    largeTransaction: config.largeTransaction,
    clock,
  });

  const answers = createAnswers({
    config,
    store,
    desk,
    buildDigest,
    places: () => bolt.places,
    sync: syncRunner,
    sendFiles: (userId, files, sentence) => bolt.sendFiles(userId, files, sentence),
    clock,
    log,
  });

  const bolt = createBolt({
    mode:
      slack.mode.kind === 'socket'
        ? { ...slack.mode, appToken: slack.mode.appToken.reveal() }
        : { ...slack.mode, signingSecret: slack.mode.signingSecret.reveal() },
    botToken: slack.botToken.reveal(),
    slackApiUrl: slack.apiUrl,
    command: config.command,
    answer: answers.answer,
    submit: answers.submit,
    refresh: answers.refresh,
    access: {
      channels: config.allowedChannels,
      ...(config.allowedUsers && { users: config.allowedUsers }),
      ...(config.allowedUsergroups && { groups: config.allowedUsergroups }),
    },
    audit: (request, verdict) => recordAttempt(store.audit, request, verdict, clock()),
    home: (_request, rights) =>
      readHomeTab({ config, store, desk, bolt, sync: syncRunner }, rights.includes('ask'), clock()),
    onUnusual: async (asker) => {
      await store.outbox.enqueue(announceManyQuestions(asker, channels.ops, clock()), clock());
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
    clock,
  });

  const poster = createPoster({
    token: slack.botToken.reveal(),
    slackApiUrl: slack.apiUrl,
    identity: () => bolt.identity(),
    instance,
    log,
  });

  const delivery = createDelivery({
    outbox: store.outbox,
    poster,
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

  const twinNotice = createTwinNotice({
    poster,
    outbox: store.outbox,
    instance,
    channels: Object.values(channels),
    clockOffsetMs: () => bolt.clockOffsetMs(),
    clock,
  });

  const watchNow = () =>
    watch({
      store,
      databasePath: config.databasePath,
      developerIds: marketplace.developerIds,
      tokenExpires: marketplace.tokenExpires,
      clockOffsetMs: () => bolt.clockOffsetMs(),
      lookForTwin: () => twinNotice.look(),
      opsChannel: channels.ops,
      clock,
    });

  const scheduler = createScheduler({
    jobs: createDigestJobs({ store, buildDigest, clock }),
    intervals: runByItself
      ? [
          {
            id: 'sync',
            everyMs: config.syncMinutes * MINUTE_MS,
            retryMs: SYNC_RETRY_MS,
            run: async (signal) =>
              (await syncRunner.run(signal)).some(
                ({ changes, failures }) => changes.length > 0 || failures.length === 0,
              ),
          },
          { id: 'api', everyMs: LOOK_OUT_MS, run: (signal) => syncRunner.lookOut(signal) },
          { id: 'alerts', everyMs: MINUTE_MS, run: () => desk.release() },
          { id: 'watch', everyMs: WATCH_MS, run: () => watchNow() },
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
      if (recovery) {
        log.error({ ...recovery }, 'the database was damaged, a backup took its place');
        await store.outbox.enqueue(announceRecovered(recovery, channels.ops, clock()), clock());
      }
      await bolt.start();
      await delivery.takeOver();
      if (!runByItself) return;
      const { developerIds } = marketplace;
      const { mayOverlap } = config;
      const quiet = await planQuietStart({ store, developerIds, mayOverlap, quietMs, clock });
      if (quiet) log.info({ forMs: quiet.forMs }, 'posts nothing yet: another instance may still be up');
      delivery.start(quiet);
      await scheduler.start();
    },

    /** Syncs now, or joins the sync under way. */
    sync: () => syncRunner.run(AbortSignal.timeout(60 * MINUTE_MS)),

    /** Says the alerts that waited for a time, as the scheduler does every minute. */
    releaseAlerts: () => desk.release(),

    /** Tells the operator what is not as it should be, as the scheduler does every quarter of an hour. */
    watch: watchNow,

    /** The port of `/slack/events` and the health routes, where something listens. */
    port: () => bolt.port(),

    /**
     * Takes nothing new, lets what is under way finish, and closes the store. A job that does not end when it is told to, such
     * as a backup, is cut off: about four seconds at most.
     */
    async stop(): Promise<void> {
      const isOver = new AbortController();
      const all = Promise.allSettled([bolt.stop(), delivery.stop(), scheduler.stop(), syncRunner.stop()]);
      await Promise.race([all, wait(STOP_MS, isOver.signal)]);
      isOver.abort();
      await Promise.all([syncThread.stop(), digestThread.stop()]);
      await store.close();
      releaseLock();
    },
  };
}

async function openOrRelease(path: string, release: () => void, now: Instant) {
  try {
    return await openOrRecover(path, { waits: false, isBot: true }, now);
  } catch (error) {
    release();
    throw error;
  }
}

/** The running bot. */
export type App = Awaited<ReturnType<typeof createApp>>;
