import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import type { FaultHandle, FaultMode } from '../../demo/slack/faults.ts';
import { createSlack, type SlackSimulator } from '../../demo/slack.ts';
import type { OutboxEntry } from '../../src/store/outbox.ts';
import { createStore } from '../../src/store/store.ts';
import { verifyFile } from '../../src/store/verify-file.ts';
import { emptyWorkspace } from './bot-environment.ts';
import { type Child, startChild } from './child.ts';
import { createFastTime } from './fast-time.ts';
import { findLeaks } from './leaks.ts';
import { type Chance, createChance } from './random.ts';
import { emptyTally, type Tally } from './tally.ts';

/** How hard a storm is. */
export interface SenderStormOptions {
  readonly seed: number;
  readonly messages: number;
  readonly kills: number;
  /** Calls to Slack that are to go wrong. */
  readonly faults: number;
  /** With the optional scope the sender can look whether a message arrived. */
  readonly hasHistory?: boolean;
  /** `naive`: the library's default client, for comparison. */
  readonly sender?: 'ours' | 'naive';
}

const CHANNELS = Array.from({ length: 12 }, (_, index) => `C${String(index).padStart(3, '0')}`);
const SPEED = 30;
const LONGEST_MS = 240_000;
/** A life ends after at most so many calls of Slack. */
const LONGEST_LIFE_CALLS = 16;
const TOKEN = 'xoxb-canary-sender-storm-1234567890';

/** Answers of Slack after which nobody knows, and those that surely mean "not posted". */
const FAULTS: readonly FaultMode[] = [
  { kind: 'status', status: 500, accept: true },
  { kind: 'status', status: 503 },
  { kind: 'reset', accept: true },
  { kind: 'reset' },
  { kind: 'cut', accept: true },
  { kind: 'html', accept: true },
  { kind: 'html' },
  { kind: 'answer', body: '{"ok":true}', accept: true },
  { kind: 'error', error: 'fatal_error', accept: true },
  { kind: 'error', error: 'internal_error' },
  { kind: 'rate-limited', retryAfter: 1 },
  { kind: 'rate-limited' },
];

/** Lets so many of the coming calls go wrong, at random places. Gives how many did when it is over. */
function stormOn(slack: SlackSimulator, faults: number, among: number, chance: Chance): { stop(): number } {
  const handles = Array.from({ length: faults }, () =>
    slack.fail({ method: 'chat.postMessage', after: chance.below(among), mode: chance.pick(FAULTS) }),
  );
  return {
    stop() {
      slack.clearFaults();
      return handles.reduce((sum: number, { hits }: FaultHandle) => sum + hits, 0);
    },
  };
}

/** Waits until Slack was called so many times more, or a while passed without. */
async function untilCalls(slack: SlackSimulator, more: number): Promise<void> {
  const goal = slack.calls().length + more;
  for (const until = Date.now() + 1500; slack.calls().length < goal && Date.now() < until; ) await pause(5);
}

/** A storm of faults and kills over one sender. Lost and extra are counted by Slack's own ledger. */
export async function runSenderStorm(options: SenderStormOptions): Promise<Tally> {
  const { faults, hasHistory = true, kills, messages, seed, sender = 'ours' } = options;
  const chance = createChance(seed);
  const folder = mkdtempSync(join(tmpdir(), 'pulse-storm-'));
  const epoch = Date.now();
  const time = createFastTime(SPEED, epoch);
  const scopes = ['commands', 'chat:write', ...(hasHistory ? ['channels:history'] : [])];
  const slack = await createSlack({
    botToken: TOKEN,
    ...emptyWorkspace(CHANNELS),
    clock: time.clock,
    rateLimit: false,
    scopes,
  });
  const texts = Array.from({ length: messages }, (_, index) => `message ${index} of seed ${seed}`);
  const list = texts.map((text, index) => ({ channel: CHANNELS[index % CHANNELS.length] ?? '', text }));
  const database = join(folder, 'pulse.db');
  const files = { list: join(folder, 'list.json'), done: join(folder, 'done.txt') };
  const store = await createStore(database);
  const entries = list.map(
    ({ channel, text }): OutboxEntry => ({
      key: text,
      kind: 'alert',
      channel,
      message: { text, blocks: [] },
    }),
  );
  if (sender === 'naive') writeFileSync(files.list, JSON.stringify(list));
  else await store.outbox.enqueue(entries.splice(0, CHANNELS.length * 2), time.clock());
  const outputs: string[] = [];

  function start(): Child {
    const env = { SLACK_BOT_TOKEN: TOKEN, SCOPES: scopes.join(',') };
    return sender === 'naive'
      ? startChild('test/faults/naive-sender.ts', [files.list, files.done, slack.apiUrl], env, folder)
      : startChild(
          'test/faults/sender.ts',
          [database, slack.apiUrl, String(SPEED), String(epoch)],
          env,
          folder,
        );
  }

  let child = start();
  const tally = { ...emptyTally(), messages };
  const storm = stormOn(slack, faults, messages, chance);
  const until = Date.now() + LONGEST_MS;
  for (;;) {
    await child.wrote('sending');
    const isDone =
      sender === 'naive'
        ? child.output().includes('done')
        : entries.length === 0 && countOpen(database) === 0;
    if (isDone || Date.now() > until) break;
    await untilCalls(slack, 4 + chance.below(LONGEST_LIFE_CALLS));
    // Whoever announces goes on announcing, in a process of its own.
    if (entries.length > 0) await store.outbox.enqueue(entries.splice(0, CHANNELS.length), time.clock());
    if (tally.kills >= kills) continue;
    await child.kill();
    tally.kills += 1;
    outputs.push(child.output());
    child = start();
  }
  tally.faults = storm.stop();
  await child.kill();
  outputs.push(child.output());
  // A repetition says in brackets that it may be one.
  const posted = slack.messages().map(({ text }) => text.replace(/ \(.*\)$/, ''));
  tally.lost = texts.filter((text) => !posted.includes(text)).length;
  tally.extra = posted.length - new Set(posted).size;
  await store.close();
  tally.corrupt = isSound(database) ? 0 : 1;
  tally.leaks = findLeaks([TOKEN], { folder, texts: [...outputs, JSON.stringify(slack.calls())] }).length;
  await slack.close();
  rmSync(folder, { recursive: true, force: true });
  return tally;
}

function isSound(path: string): boolean {
  try {
    verifyFile(path);
    return true;
  } catch {
    return false;
  }
}

/** Messages still to be posted, read beside whoever writes. */
function countOpen(path: string): number {
  const db = new SQLite(path, { readonly: true, timeout: 5000 });
  try {
    return Number(
      db.prepare("SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending', 'parked')").pluck().get(),
    );
  } finally {
    db.close();
  }
}
