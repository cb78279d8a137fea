import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSlack } from '../../demo/slack.ts';
import { deliverHttp } from '../../demo/slack/deliver-http.ts';
import { DEVELOPER_ID, type LargePartner } from '../large-partner/start.ts';
import { type Times, timesOf } from '../times.ts';

const SECRET = 'bench-signing-secret';
const CHANNEL = 'C0BENCH01';
const EVERY_MS = 50;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

/** How long Slack waits for the acknowledgement of a command, and what the process needs. */
export interface Acknowledged {
  readonly times: Times;
  readonly asked: number;
  readonly peakMb: number;
}

/**
 * Starts the bot's process over a store, tells it to sync and sends it signed commands over HTTP, as Slack does, until the
 * sync has finished.
 */
export async function measureAcknowledgements(
  partner: LargePartner,
  databasePath: string,
  numbers: readonly string[],
): Promise<Acknowledged> {
  const slack = await createSlack({
    botToken: 'xoxb-bench',
    signingSecret: SECRET,
    team: { id: 'T0BENCH', name: 'Bench', domain: 'bench' },
    users: [{ id: 'U0BENCH01', name: 'ada' }],
    channels: [{ id: CHANNEL, name: 'pulse' }],
    rateLimit: false,
  });
  const port = await freePort();
  const bot = fork(join(import.meta.dirname, '../../src/main.ts'), {
    env: {
      PATH: process.env['PATH'] ?? '',
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('MALLOC_'))),
      PORT: String(port),
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: slack.apiUrl,
      MARKETPLACE_EMAIL: 'bench@example.com',
      MARKETPLACE_API_TOKEN: 'bench',
      MARKETPLACE_DEVELOPER_ID: DEVELOPER_ID,
      MARKETPLACE_API_URL: partner.url,
      DATABASE_PATH: databasePath,
      PULSE_DIGEST_CHANNEL: CHANNEL,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let logged = '';
  bot.stderr?.on('data', (chunk: Buffer) => (logged += chunk.toString()));
  const url = `http://127.0.0.1:${port}/slack/events`;
  const times = createHistogram();
  let asked = 0;
  const ask = async (text: string): Promise<void> => {
    const payload = {
      team_id: 'T0BENCH',
      channel_id: CHANNEL,
      channel_name: 'pulse',
      // Whoever asks too often is refused: everybody asks once.
      user_id: `U0BENCH${asked}`,
      user_name: 'ada',
      command: '/pulse',
      text,
      api_app_id: 'A0BENCH',
      response_url: `${slack.url}/response/none`,
      trigger_id: `${asked}.1`,
    };
    const done = await deliverHttp(url, SECRET, {
      kind: 'slash_commands',
      payload,
      deliveries: 1,
      ackLimitMs: 3_000,
    });
    if (done.outcome !== 'acked') throw new Error(`${done.outcome}: ${done.detail}\n${logged.slice(-2_000)}`);
    times.record(Math.max(1, Math.round(done.ms * 1e6)));
    asked += 1;
  };

  while (!logged.includes('"started"')) {
    await sleep(50);
    if (bot.exitCode !== null) throw new Error(logged);
  }
  await ask('sync');
  // The first command of a process waits for code to be compiled.
  times.reset();
  while (!logged.includes('"sync finished"')) {
    await ask(numbers[asked % numbers.length] ?? '');
    await sleep(EVERY_MS);
  }
  const peakMb = await peakOf(bot.pid ?? 0);
  bot.kill('SIGTERM');
  await once(bot, 'exit');
  await slack.close();
  return { times: timesOf(times), asked, peakMb };
}

/** The largest resident memory of a process so far, in MB. */
async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}
