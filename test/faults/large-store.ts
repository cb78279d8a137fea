import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { licenseRow } from '../../bench/large-partner/rows.ts';
import { startLargePartner } from '../../bench/large-partner/start.ts';
import { createSlack, type Interaction } from '../../demo/slack.ts';
import { CHANNELS, SLACK } from '../../demo/stage.ts';
import { botEnvironment, emptyWorkspace } from './bot-environment.ts';
import { startChild } from './child.ts';

/** What a bot with a small heap and a large store came to. */
export interface LargeStoreReport {
  /** Rows that are stored at the end. */
  readonly licenses: number;
  readonly lines: number;
  /** Commands sent while the rows of a sync came, and while they were recorded. */
  readonly whileLoading: number;
  readonly whileRecording: number;
  /** Commands that were not acknowledged within Slack's three seconds, or not answered with what the store held then. */
  readonly unacknowledged: readonly string[];
  readonly wrong: readonly string[];
  /** Whether a digest could be added up afterwards. */
  readonly hasDigest: boolean;
  /** Threads that had not enough memory. */
  readonly starved: number;
  readonly exitCode: number | null;
  readonly peakMb: number;
  /** The last lines of the bot. */
  readonly log: string;
}

const LONGEST_MS = 180_000;
/** Nobody is answered oftener than twenty times a minute. */
const ASK_EVERY_MS = 50;

/** Every twentieth row is restated, and only those can tell an old answer from a new one. */
const RESTATED = { first: 7, every: 20 };

/** One of the restated licences that is no evaluation: of those a card names no tier. */
function restatedRow(asked: number, rows: number): number {
  const index = RESTATED.first + RESTATED.every * ((asked * 7919) % Math.floor(rows / RESTATED.every));
  return index % 11 === 0 ? restatedRow(asked + 1, rows) : index;
}

/** What a card says of a licence of the first day, or of the restated one. */
function expectedOf(index: number, revision: 0 | 1) {
  const row = licenseRow(index, revision) as {
    appEntitlementNumber: string;
    tier: string;
    contactDetails: { company: string };
  };
  return {
    number: row.appEntitlementNumber,
    company: row.contactDetails.company,
    tier: row.tier.toLowerCase(),
  };
}

/** The largest resident memory of a process so far, in MB. */
function peakOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
}

/**
 * The built bot with a small heap: it imports a partner with so many licences and as many lines, then syncs again with every
 * twentieth row restated, while signed commands come: `commands` at once while the rows come, then one after another until
 * they are recorded.
 */
export async function playLargeStore(options: {
  readonly rows: number;
  readonly commands: number;
  readonly heapMb: number;
}): Promise<LargeStoreReport> {
  const { commands, heapMb, rows } = options;
  const folder = mkdtempSync(join(tmpdir(), 'pulse-large-store-'));
  const databasePath = join(folder, 'pulse.db');
  const partner = await startLargePartner(rows, 'memory');
  // Whoever asks too often is refused: everybody asks a few times.
  const people = Array.from({ length: commands }, (_, index) => `U0LARGE${index}`);
  const slack = await createSlack({
    ...emptyWorkspace(Object.values(CHANNELS)),
    botToken: SLACK.botToken,
    signingSecret: SLACK.signingSecret,
    users: people.map((id) => ({ id, name: id.toLowerCase() })),
    rateLimit: false,
    answerTimeoutMs: 60_000,
  });
  const { SLACK_APP_TOKEN: _, ...env } = botEnvironment({
    apiUrl: partner.url,
    slackApiUrl: slack.apiUrl,
    databasePath,
  });
  const bot = startChild(
    'dist/main.js',
    [],
    { ...env, SLACK_SIGNING_SECRET: SLACK.signingSecret, PORT: '0', PULSE_DIGEST_CHANNEL: CHANNELS.digest },
    folder,
    { nodeOptions: [`--max-old-space-size=${heapMb}`] },
  );
  const unacknowledged: string[] = [];
  const wrong: string[] = [];

  /** Resolves when so many syncs have finished since the start. */
  async function finished(count: number): Promise<void> {
    const until = Date.now() + LONGEST_MS;
    while (bot.output().split('"sync finished"').length <= count) {
      if (Date.now() > until) throw new Error(`a sync did not finish: ${bot.output().slice(-2000)}`);
      if (bot.process.exitCode !== null || bot.process.signalCode !== null)
        throw new Error(`the bot ended: ${bot.output().slice(-2000)}`);
      await pause(20);
    }
  }

  async function ask(text: string, asked: number): Promise<string> {
    const interaction: Interaction = await slack.command({
      command: '/pulse',
      text,
      userId: people[asked % people.length] ?? '',
      channelId: CHANNELS.digest,
      until: ({ messages }) => messages.some((message) => !message.text.startsWith('One moment')),
    });
    if (!interaction.ok) unacknowledged.push(`${text}: ${interaction.error} ${interaction.detail ?? ''}`);
    const last = interaction.messages.at(-1);
    return last ? slack.renderText(last).replaceAll(/\p{Cf}/gu, '') : '';
  }

  async function lookUp(asked: number, revisions: readonly (0 | 1)[]): Promise<void> {
    const index = restatedRow(asked, rows);
    const answer = await ask(expectedOf(index, 0).number, asked);
    const isRight = revisions.some((revision) => {
      const { company, number, tier } = expectedOf(index, revision);
      const words = answer.toLowerCase();
      return [company.split(' ', 1)[0] ?? '', number, tier].every((word) =>
        words.includes(word.toLowerCase()),
      );
    });
    if (!isRight) wrong.push(`licence ${index}: ${answer}`);
  }

  try {
    await bot.wrote('"msg":"started"');
    const port = /"port":(\d+)[^\n]*"msg":"started"/.exec(bot.output())?.[1];
    if (port === undefined) throw new Error(`the bot did not start: ${bot.output().slice(-2000)}`);
    slack.connectHttp(`http://127.0.0.1:${port}/slack/events`);
    await finished(1);

    await partner.tell(1);
    await partner.tell('hold');
    // A sync is over when the care of the day is, a moment after it says so.
    for (let asked = 0; !(await ask('sync', asked)).includes('has started'); asked += 1) await pause(100);
    await Promise.all(people.map((_person, asked) => lookUp(asked, [0])));
    await partner.tell('release');
    const isOver = new AbortController();
    const over = finished(2).finally(() => isOver.abort());
    let whileRecording = 0;
    for (; !isOver.signal.aborted; whileRecording += 1) {
      await lookUp(commands + whileRecording, [0, 1]);
      await pause(ASK_EVERY_MS);
    }
    await over;
    await lookUp(0, [1]);
    const digest = await ask('churn', 1);

    const peakMb = peakOf(bot.process.pid ?? 0);
    bot.process.kill('SIGTERM');
    const exitCode = await bot.ended;
    const db = new SQLite(databasePath, { readonly: true });
    const count = (table: string) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
    const stored = { licenses: count('licenses'), lines: count('transaction_lines') };
    db.close();
    return {
      ...stored,
      whileLoading: people.length,
      whileRecording,
      unacknowledged,
      wrong,
      hasDigest: digest.includes('Churn'),
      starved: bot.output().split('out of memory').length - 1,
      exitCode,
      peakMb,
      log: bot.output().slice(-2000),
    };
  } finally {
    await bot.kill();
    partner.stop();
    await slack.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
