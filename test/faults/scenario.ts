import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { createReportingApi, type ReportingApiSimulator } from '../../demo/reporting-api.ts';
import { BOT } from '../../demo/slack/workspace.ts';
import { createSlack, type SlackSimulator } from '../../demo/slack.ts';
import { CHANNELS, MARKETPLACE, SLACK } from '../../demo/stage.ts';
import type { Log } from '../../src/domain/log.ts';
import { createReportingClient } from '../../src/reporting/client.ts';
import { createDigestJobs } from '../../src/schedule/digest-jobs.ts';
import { createDigestBuilder } from '../../src/schedule/prepare-digests.ts';
import { runSync } from '../../src/schedule/run-sync.ts';
import { createScheduler } from '../../src/schedule/scheduler.ts';
import { nameInstance } from '../../src/slack/notice-twin.ts';
import { createDelivery } from '../../src/slack/deliver.ts';
import { createPoster } from '../../src/slack/poster.ts';
import { createStore, type Store } from '../../src/store/store.ts';
import { subscriptionId } from '../../src/store/subscriptions.ts';
import { verifyFile } from '../../src/store/verify-file.ts';
import type { ExportReader } from '../../src/sync/export-reader.ts';
import { readExport } from '../../src/sync/read-export.ts';
import { createVirtualTime, type VirtualTime } from '../support/virtual-time.ts';
import { emptyWorkspace } from './bot-environment.ts';
import { hasDied, planDatabase, writesSoFar } from './database-faults.ts';
import { createSmallWorld } from './small-world.ts';

/** Monday; the digest is due on Tuesday at 09:00. */
const FIRST = '2026-11-23T06:00:00Z';
const SECOND = '2026-11-24T09:01:00Z';
const SCOPES = ['commands', 'chat:write', 'channels:history'];
const COMPANIES = ['Ledger One', 'Ledger Two'];
const SUBSCRIPTION = {
  developerId: MARKETPLACE.developerId,
  channel: CHANNELS.digest,
  digest: 'churn',
  appKey: null,
  cron: '0 9 * * 2',
  zone: 'UTC',
};
/** Lives a scenario may take to come through one fault. */
const MOST_LIVES = 12;

/** What stands at the end of a run: empty when everything is as it should be. */
export interface Outcome {
  readonly problems: readonly string[];
  /** Lives it took, one without any trouble. */
  readonly lives: number;
  readonly posted: number;
  /** Calls of each kind that the first life made: beyond them no fault can hit. */
  readonly calls: { readonly api: number; readonly slack: number; readonly writes: number };
}

/** How a scenario is played. */
export interface RunOptions {
  /** Also when nothing seems to be left to do. */
  readonly leastLives?: number;
  /** How long an answer of the API may take. */
  readonly answerMs?: number;
}

/** Longer than any answer takes on a busy machine. */
const PATIENT_MS = 20_000;

/** Makes trouble for one run, before it starts. */
export type Trouble = (stage: {
  readonly api: ReportingApiSimulator;
  readonly slack: SlackSimulator;
}) => void;

const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Reads exports in this thread, so that a fault of the database hits reading too. */
export function createDirectReader(
  client: ReturnType<typeof createReportingClient>,
  databasePath: string,
): ExportReader {
  return {
    read: (request, writer, signal, onStarted = () => undefined) =>
      readExport(client, databasePath, request, { writer, onStarted }, signal),
    stop: async () => undefined,
  };
}

/**
 * The scenario of the loops: a store after its first import; then two large sales, a sync, two alerts, a digest with its
 * thread. Whatever goes wrong once, a few lives later each of the messages must have been posted, once, and the store must
 * hold every line.
 */
export async function createScenario() {
  const folder = mkdtempSync(join(tmpdir(), 'pulse-faults-'));
  const template = join(folder, 'template.db');
  const small = createSmallWorld({ seed: 7, today: '2026-11-24' });
  let day: '2026-11-23' | '2026-11-24' = '2026-11-23';
  const api = await createReportingApi({
    world: small.world,
    ...MARKETPLACE,
    today: () => day,
    exportPolls: 0,
  });
  const channels = { digest: CHANNELS.digest, alert: CHANNELS.alert, ops: CHANNELS.ops };

  function createLife(
    store: Store,
    path: string,
    slack: SlackSimulator,
    time: VirtualTime,
    answerMs: number,
  ) {
    const { clock } = time;
    const client = createReportingClient({
      baseUrl: api.url,
      ...MARKETPLACE,
      token: { reveal: () => MARKETPLACE.token },
      random: () => 0.5,
      now: clock,
      wait: async (ms, signal) => {
        signal.throwIfAborted();
        await time.wait(ms);
      },
      deadlines: { headersMs: answerMs, requestMs: answerMs, downloadMs: answerMs },
    });
    const poster = createPoster({
      token: SLACK.botToken,
      slackApiUrl: slack.apiUrl,
      identity: () => ({ teamId: 'T1', userId: BOT.userId, botId: BOT.botId, scopes: SCOPES }),
      instance: nameInstance(clock()),
      log: quiet,
    });
    const delivery = createDelivery({
      outbox: store.outbox,
      poster,
      clock,
      wait: time.wait,
      random: () => 0.5,
      log: quiet,
    });
    const scheduler = createScheduler({
      jobs: createDigestJobs({ store, buildDigest: createDigestBuilder(store), clock }),
      slots: store.slots,
      clock,
      log: quiet,
    });
    return {
      delivery,
      async sync(): Promise<boolean> {
        const reports = await runSync(
          {
            client,
            reader: createDirectReader(client, path),
            store,
            contacts: 'masked',
            channels,
            zone: 'UTC',
            slash: '/pulse',
            clock,
            log: quiet,
          },
          [MARKETPLACE.developerId],
          { full: false, signal: new AbortController().signal },
        );
        return reports.every(({ failures }) => failures.length === 0);
      },
      async tickSchedule(): Promise<void> {
        await scheduler.tick();
      },
      async end(): Promise<void> {
        await client.close();
        await delivery.stop();
      },
    };
  }

  const openStore = (path: string): Promise<Store> => createStore(path, { checks: false });

  /** The store after its first import, made once: every run begins with a copy. */
  async function makeTemplate(): Promise<void> {
    const time = createVirtualTime(FIRST);
    const slack = await createSlack(slackSetup(time));
    const store = await openStore(template);
    await store.subscriptions.putEnvironment([SUBSCRIPTION], time.clock());
    const life = createLife(store, template, slack, time, PATIENT_MS);
    if (!(await life.sync())) throw new Error('the first sync failed');
    await life.tickSchedule();
    for (let round = 0; round < 5; round += 1) await life.delivery.tick();
    await life.end();
    await store.close();
    await slack.close();
  }

  function slackSetup(time: VirtualTime) {
    return {
      ...SLACK,
      ...emptyWorkspace(Object.values(channels)),
      clock: time.clock,
      rateLimit: false as const,
      scopes: SCOPES,
    };
  }

  planDatabase(undefined);
  await makeTemplate();
  for (const [index, name] of COMPANIES.entries()) small.addSale(name, 90_000 + index, '2026-11-24');
  day = '2026-11-24';

  /** One life: everything there is to do is tried; true when nothing is left to be done. */
  async function live(
    path: string,
    slack: SlackSimulator,
    time: VirtualTime,
    answerMs: number,
  ): Promise<boolean> {
    let store: Store;
    try {
      store = await openStore(path);
    } catch {
      planDatabase(undefined);
      return false;
    }
    const life = createLife(store, path, slack, time, answerMs);
    try {
      const isWhole = await life.sync();
      for (let round = 0; round < 60 && !hasDied(); round += 1) {
        await life.tickSchedule();
        await life.delivery.tick();
        const { parked, pending, sending } = await store.outbox.readCounts();
        const slot = await store.slots.readLatest(subscriptionId(SUBSCRIPTION));
        if (pending + sending + parked === 0 && slot) return isWhole;
        time.advance(5000);
      }
      return false;
    } catch {
      return false;
    } finally {
      await life.end();
      // A dead process closes nothing; the kernel does, and what was not committed is gone.
      if (hasDied()) planDatabase(undefined);
      await store.close();
    }
  }

  function problemsOf(path: string, slack: SlackSimulator): string[] {
    const problems: string[] = [];
    const texts = slack.messages().map(({ channel, text }) => ({ channel, text }));
    const expectOne = (what: string, found: number): void => {
      if (found !== 1) problems.push(`${what}: ${found} times`);
    };
    for (const name of COMPANIES) {
      const alerts = texts.filter(({ channel, text }) => channel === channels.alert && text.includes(name));
      expectOne(`alert on ${name}`, alerts.length);
    }
    const parents = slack
      .messages({ channel: channels.digest })
      .filter(({ threadTs }) => threadTs === undefined);
    expectOne('digest', parents.filter(({ text }) => text.startsWith('Churn')).length);
    const keys = slack.messages().map(({ metadata }) => String(metadata?.event_payload['k']));
    if (new Set(keys).size !== keys.length) problems.push('a message was posted twice');
    const { rows } = verifyFile(path);
    if (rows['transaction_lines'] !== small.lineCount()) problems.push(`${rows['transaction_lines']} lines`);
    const db = new SQLite(path, { readonly: true });
    const lost = db
      .prepare("SELECT count(*) FROM outbox WHERE kind <> 'ops' AND state NOT IN ('sent', 'baseline')")
      .pluck()
      .get();
    db.close();
    if (lost !== 0) problems.push(`${String(lost)} messages not posted`);
    return problems;
  }

  return {
    api,
    /** Plays the scenario with some trouble, to its end. */
    async run(trouble: Trouble = () => undefined, options: RunOptions = {}): Promise<Outcome> {
      const { answerMs = PATIENT_MS, leastLives = 1 } = options;
      const path = join(folder, 'run.db');
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
      copyFileSync(template, path);
      const time = createVirtualTime(SECOND);
      const slack = await createSlack(slackSetup(time));
      api.clearFaults();
      api.requests.length = 0;
      trouble({ api, slack });
      let lives = 0;
      let calls = { api: 0, slack: 0, writes: 0 };
      try {
        for (
          let isDone = false;
          (!isDone || lives < leastLives) && lives < MOST_LIVES;
          time.advance(10 * 60_000)
        ) {
          isDone = await live(path, slack, time, answerMs);
          lives += 1;
          if (lives === 1) {
            calls = { api: api.requests.length, slack: slack.calls().length, writes: writesSoFar() };
          }
        }
        planDatabase(undefined);
        return { problems: problemsOf(path, slack), lives, posted: slack.messages().length, calls };
      } finally {
        planDatabase(undefined);
        await slack.close();
      }
    },
    async close(): Promise<void> {
      await api.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The scenario, ready to be played. */
export type Scenario = Awaited<ReturnType<typeof createScenario>>;
