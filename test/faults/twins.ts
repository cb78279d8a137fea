import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createReportingApi } from '../../demo/reporting-api.ts';
import { createSlack, type SlackSetup } from '../../demo/slack.ts';
import { CHANNELS, MARKETPLACE, SLACK } from '../../demo/stage.ts';
import { createApp, type App, type AppOverrides } from '../../src/app.ts';
import { readStartConfig } from '../../src/config/read-config.ts';
import { dayOf } from '../../src/domain/day.ts';
import { endQuietStart } from '../../src/slack/quiet-start.ts';
import { cronProblem } from '../../src/schedule/cron.ts';
import type { OutboxEntry } from '../../src/store/outbox.ts';
import { createStore, type Store } from '../../src/store/store.ts';
import { createLogBook } from '../support/log-book.ts';
import { botEnvironment, emptyWorkspace } from './bot-environment.ts';
import { startChild } from './child.ts';
import { createSmallWorld } from './small-world.ts';
import { emptyTally, type Tally } from './tally.ts';

const SCOPES = ['commands', 'chat:write', 'channels:history'];
const LONGEST_MS = 180_000;

/** Two hosts that run the same deployment, each with a database of its own, and the one workspace they post to. */
export async function createTwoHosts(setup: Partial<SlackSetup> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pulse-twins-'));
  const today = dayOf(Date.now());
  const small = createSmallWorld({ seed: 7, today });
  const api = await createReportingApi({
    world: small.world,
    ...MARKETPLACE,
    today: () => today,
    exportPolls: 0,
  });
  const slack = await createSlack({
    ...SLACK,
    ...emptyWorkspace(Object.values(CHANNELS)),
    scopes: SCOPES,
    rateLimit: false,
    ...setup,
  });
  const apps: App[] = [];
  const stores: Store[] = [];

  const databaseOf = (host: string): string => join(folder, `${host}.db`);
  const environmentOf = (host: string, changes: Readonly<Record<string, string>>) => ({
    ...botEnvironment({ apiUrl: api.url, slackApiUrl: slack.apiUrl, databasePath: databaseOf(host) }),
    PULSE_DIGEST_CHANNEL: CHANNELS.digest,
    PULSE_ALERT_CHANNEL: CHANNELS.alert,
    PULSE_OPS_CHANNEL: CHANNELS.ops,
    ...changes,
  });

  return {
    slack,
    databaseOf,

    /** Lets somebody buy today. */
    addSale: (name: string, dollars: number) => small.addSale(name, dollars, today),

    /** The store of a host, beside the bot that uses it. */
    async openStore(host: string): Promise<Store> {
      const store = await createStore(databaseOf(host));
      stores.push(store);
      return store;
    },

    /** The bot in this process, running by itself. */
    async startApp(
      host: string,
      overrides: AppOverrides,
      changes: Readonly<Record<string, string>> = {},
    ): Promise<App> {
      const env = environmentOf(host, changes);
      const readFile = (path: string): string => {
        throw new Error(`no file ${path}`);
      };
      const app = await createApp(
        readStartConfig({ env, readFile, cronProblem }),
        createLogBook(),
        overrides,
      );
      apps.push(app);
      await app.start();
      return app;
    },

    /** The built bot, as a process of its own. */
    startProcess: (host: string, changes: Readonly<Record<string, string>> = {}) =>
      startChild('dist/main.js', [], environmentOf(host, changes), folder),

    async close(): Promise<void> {
      for (const app of apps) await app.stop();
      for (const store of stores) await store.close();
      await slack.close();
      await api.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Two hosts and their workspace. */
export type TwoHosts = Awaited<ReturnType<typeof createTwoHosts>>;

/** Messages that both hosts have to post: to three channels, some with a thread. */
export function dueMessages(count: number): OutboxEntry[] {
  const channels = Object.values(CHANNELS);
  return Array.from({ length: count }, (_, index): OutboxEntry => {
    const isReply = index % 10 >= 7;
    const parent = index - (index % 10) + 6;
    const channel = channels[Math.floor(index / 10) % channels.length] ?? CHANNELS.digest;
    return {
      key: `alert/1/${channel}/overlap/${index}`,
      kind: isReply ? 'reply' : 'alert',
      channel,
      message: { text: `message ${index}`, blocks: [] },
      ...(isReply && { parentKey: `alert/1/${channel}/overlap/${parent}` }),
    };
  });
}

/** Waits for a condition; what never comes is told by its name. */
export async function waitUntil(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const until = Date.now() + LONGEST_MS; Date.now() < until; await pause(50))
    if (await condition()) return;
  throw new Error(`waited in vain: ${what}`);
}

/** How the new host of a deploy begins. */
export interface OverlapOptions {
  readonly messages: number;
  /** `process`: the built bot, with the quiet time it has; otherwise in this process, with this one, in ms. */
  readonly quiet: 'process' | number;
  /** On the new host a bot ran before, so that its store is no reason to be quiet. */
  readonly isUsed?: boolean;
  readonly isHeroku?: boolean;
}

/** What came of a deploy. */
export interface OverlapOutcome extends Tally {
  /** How often the bot greeted the channel. */
  readonly starts: number;
  /** The old bot was stopped before it had said everything: there was something left to be lost. */
  readonly isHalfSaid: boolean;
}

/** A store on which no bot has to be quiet any more. */
async function makeUsedStore(hosts: TwoHosts, host: string): Promise<Store> {
  const store = await hosts.openStore(host);
  await endQuietStart(store);
  return store;
}

/**
 * A deploy: a bot with a store of its own starts while the old one posts, has the same to say, and the old one is told to stop in
 * the middle of it. What was lost and what came twice is counted by Slack's ledger.
 */
export async function playOverlap(options: OverlapOptions): Promise<OverlapOutcome> {
  const { isHeroku = false, isUsed = false, messages, quiet } = options;
  const hosts = await createTwoHosts();
  const { slack } = hosts;
  const isProcess = quiet === 'process';
  try {
    const start = async (host: string, changes: Readonly<Record<string, string>> = {}) => {
      if (isProcess) {
        const child = hosts.startProcess(host, changes);
        await child.wrote('"msg":"started"');
        return async () => {
          child.process.kill('SIGTERM');
          await child.ended;
        };
      }
      const app = await hosts.startApp(host, { paceMs: host === 'old' ? 1000 : 20, quietMs: quiet }, changes);
      return () => app.stop();
    };
    const oldStore = await makeUsedStore(hosts, 'old');
    const stopOld = await start('old');
    const greetings = () => slack.messages().filter(({ text }) => text.includes('I am connected'));
    await waitUntil('the old bot greets', () => greetings().length === 1);
    if (isUsed) await makeUsedStore(hosts, 'new');
    const entries = dueMessages(messages);
    await oldStore.outbox.enqueue(entries, Date.now());
    await waitUntil('the old bot posts', () => slack.messages().length > 2);
    const stopNew = await start('new', isHeroku ? { DYNO: 'web.1' } : {});
    const newStore = await hosts.openStore('new');
    await newStore.outbox.enqueue(entries, Date.now());
    await stopOld();
    const isHalfSaid = slack.messages().length < entries.length;
    await waitUntil(
      'the new bot is done',
      async () => (await newStore.outbox.readOpenChannels()).length === 0,
    );
    // Its first sync may end after that; what it says then is read back too.
    await waitUntil('the new bot greets or knows that it was done', async () => {
      const row = await newStore.outbox.readRow(`ops/1/STARTED/${MARKETPLACE.developerId}`);
      return row?.state === 'sent';
    });
    await stopNew();
    const texts = slack.messages().map(({ text }) => text);
    const posted = slack.messages().map(({ metadata }) => String(metadata?.event_payload['k']));
    return {
      ...emptyTally(),
      kills: 2,
      messages,
      lost: entries.filter(({ message }) => !texts.includes(message.text)).length,
      extra: posted.length - new Set(posted).size,
      starts: greetings().length,
      isHalfSaid,
    };
  } finally {
    await hosts.close();
  }
}
