import { join } from 'node:path';
import { createReportingApi } from '../../demo/reporting-api.ts';
import { createSlack, type SlackSimulator } from '../../demo/slack.ts';
import { CHANNELS, MARKETPLACE, PERSON, SLACK } from '../../demo/stage.ts';
import { dayOf } from '../../src/domain/day.ts';
import { verifyFile } from '../../src/store/verify-file.ts';
import { botEnvironment, emptyWorkspace } from './bot-environment.ts';
import { type Child, type ChildOptions, startChild } from './child.ts';
import { importFirst } from './first-import.ts';
import { createSmallWorld } from './small-world.ts';

/** The built bot in HTTP mode, somebody who asks it, and a partner whose first import is done. */
export interface AskedBot {
  readonly bot: Child;
  readonly slack: SlackSimulator;
  readonly databasePath: string;
  /** Lets somebody buy for more than the alert's threshold. */
  readonly sell: (name: string) => void;
  /** Sends a signed slash command; gives the answer as text. */
  readonly ask: (text: string) => Promise<string>;
  /** How many alerts name it. */
  readonly told: (name: string) => number;
  /** Asks the bot to stop; a sentence when it does not end with 0. Throws when its database is not sound then. */
  readonly stop: () => Promise<string | undefined>;
  readonly close: () => Promise<void>;
}

/** What is answered from what is stored. */
export const QUESTIONS = ['Before', 'churn', 'new-sales', 'renewals'];

const SCOPES = ['commands', 'chat:write', 'channels:history'];
/** Longer than anything is held here. */
const LONGEST_MS = 60_000;
const WORKING = 'One moment …';

/** What an answer must never show: what SQLite says of its file. */
export const RAW = /sqlite|disk I\/O error|database or disk is full|database is locked|readonly database/i;

/** Starts one with its database in this folder. It finds that somebody bought, as `Before`, since the first import. */
export async function startAskedBot(folder: string, options: ChildOptions = {}): Promise<AskedBot> {
  const today = dayOf(Date.now());
  const small = createSmallWorld({ seed: 7, today });
  const sell = (name: string): void => void small.addSale(name, 60_000, today);
  const api = await createReportingApi({ world: small.world, ...MARKETPLACE, exportPolls: 0 });
  const slack = await createSlack({
    ...SLACK,
    ...emptyWorkspace(Object.values(CHANNELS)),
    users: [{ id: PERSON, name: 'robin' }],
    scopes: SCOPES,
  });
  const databasePath = join(folder, 'data', 'pulse.db');
  const addresses = { apiUrl: api.url, slackApiUrl: slack.apiUrl, databasePath };
  const { SLACK_APP_TOKEN: _socket, ...http } = botEnvironment(addresses);
  const env = {
    ...http,
    SLACK_SIGNING_SECRET: SLACK.signingSecret,
    PORT: '0',
    PULSE_DIGEST_CHANNEL: CHANNELS.digest,
    PULSE_ALERT_CHANNEL: CHANNELS.alert,
    PULSE_OPS_CHANNEL: CHANNELS.ops,
    PULSE_LARGE_TRANSACTION_USD: '50000',
    PULSE_SYNC_MINUTES: '15',
  };
  await importFirst(env, folder, options);
  sell('Before');
  const bot = startChild('dist/main.js', [], env, folder, options);
  await bot.wrote('sync finished');
  const port = /"port":(\d+)/.exec(bot.output())?.[1];
  if (port === undefined) throw new Error(`the bot did not start: ${bot.output()}`);
  slack.connectHttp(`http://127.0.0.1:${port}/slack/events`);

  return {
    bot,
    slack,
    databasePath,
    sell,
    async ask(text) {
      const { messages } = await slack.command({
        command: '/pulse',
        text,
        userId: PERSON,
        channelId: CHANNELS.digest,
        until: (sofar) => sofar.messages.some((message) => message.text !== WORKING),
        timeoutMs: LONGEST_MS,
      });
      return messages
        .filter((message) => message.text !== WORKING)
        .map((message) => slack.renderText(message))
        .join('\n');
    },
    told: (name) =>
      slack
        .messages({ channel: CHANNELS.alert })
        .filter((message) => slack.renderText(message).includes(`${name} Ltd`)).length,
    async stop() {
      bot.process.kill('SIGTERM');
      const code = await bot.ended;
      verifyFile(databasePath);
      return code === 0 ? undefined : `the bot ended with ${code}: ${bot.output().slice(-500)}`;
    },
    async close() {
      await bot.kill();
      await slack.close();
      await api.close();
    },
  };
}

/** Waits until something holds; false when it did not within a time that is long for everything here. */
export async function comesTrue(condition: () => boolean, longestMs = LONGEST_MS): Promise<boolean> {
  for (const until = Date.now() + longestMs; Date.now() < until; ) {
    if (condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return condition();
}
