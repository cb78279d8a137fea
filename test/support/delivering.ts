import { setTimeout } from 'node:timers/promises';
import { afterEach } from 'vitest';
import { createSlack, type SlackSetup, type SlackSimulator } from '../../demo/slack.ts';
import { BOT, type Bot } from '../../demo/slack/workspace.ts';
import { createDelivery, type Delivery, type DeliveryDeps } from '../../src/slack/deliver.ts';
import { createPoster, type Poster } from '../../src/slack/poster.ts';
import type { Database } from '../../src/store/database.ts';
import { createOutbox, type Outbox } from '../../src/store/outbox.ts';
import { openDeliveryStore } from './delivery-store.ts';
import { createLogBook } from './log-book.ts';
import type { VirtualTime } from './virtual-time.ts';

export const BOT_TOKEN = 'xoxb-test-token';

/** How a sender names its instance, unless a test says otherwise. */
export const INSTANCE = '2026-03-10T09:00:00.000Z 0123abcd';

/** With these the bot may read channels back. */
export const WITH_HISTORY = ['commands', 'chat:write', 'channels:history'];

const running: SlackSimulator[] = [];

afterEach(async () => {
  for (const slack of running.splice(0)) await slack.close();
});

/** A simulated workspace with three channels, closed after the test. */
export async function startSlack(setup: Partial<SlackSetup> = {}): Promise<SlackSimulator> {
  const slack = await createSlack({
    botToken: BOT_TOKEN,
    team: { id: 'T1', name: 'Acme', domain: 'acme' },
    users: [{ id: 'U1', name: 'ada' }],
    channels: [
      { id: 'C1', name: 'one' },
      { id: 'C2', name: 'two' },
      { id: 'C3', name: 'three' },
    ],
    rateLimit: false,
    scopes: WITH_HISTORY,
    ...setup,
  });
  running.push(slack);
  return slack;
}

/** One running sender on a database file: drop it and start another to simulate a restart. */
export interface Sender {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly delivery: Delivery;
  readonly poster: Poster;
  readonly log: ReturnType<typeof createLogBook>;
}

/** Starts a sender with its own connection and no memory of earlier ones. */
export function startSender(
  path: string,
  slack: SlackSimulator,
  time: VirtualTime,
  change: Partial<DeliveryDeps> & {
    readonly bot?: Pick<Bot, 'userId' | 'botId'>;
    readonly instance?: string;
    readonly scopes?: readonly string[];
    readonly token?: string;
    readonly wrapPoster?: (poster: Poster) => Poster;
    readonly wrapOutbox?: (outbox: Outbox) => Outbox;
  } = {},
): Sender {
  const {
    bot = BOT,
    instance = INSTANCE,
    scopes = WITH_HISTORY,
    token = BOT_TOKEN,
    wrapPoster = (same) => same,
    wrapOutbox = (same) => same,
    ...deps
  } = change;
  const db = openDeliveryStore(path);
  const log = createLogBook();
  const outbox = createOutbox(db);
  const poster = createPoster({
    token,
    slackApiUrl: slack.apiUrl,
    identity: () => ({ teamId: 'T1', userId: bot.userId, botId: bot.botId, scopes }),
    instance,
    log,
  });
  const delivery = createDelivery({
    outbox: wrapOutbox(outbox),
    poster: wrapPoster(poster),
    clock: time.clock,
    wait: time.wait,
    random: () => 0.5,
    log,
    ...deps,
  });
  return { db, outbox, delivery, poster, log };
}

/** Ticks until nothing is open, moving time on; fails after `rounds`. */
export async function deliverAll(
  sender: Sender,
  time: VirtualTime,
  { rounds = 200, stepMs = 10_000 } = {},
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await sender.delivery.tick();
    const { pending, sending, parked } = await sender.outbox.readCounts();
    if (pending + sending + parked === 0) return;
    time.advance(stepMs);
  }
  throw new Error(`still open after ${rounds} rounds: ${sender.log.asText().slice(-2000)}`);
}

/** Lets sockets and timers work until a condition holds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('the condition never came true');
    await setTimeout(2);
  }
}

/** A text without the sentence that says it may be a repetition. */
export function withoutRepetition(text: string): string {
  return text.replace(/ \(This may be a repetition: [^)]*\)$/, '');
}
