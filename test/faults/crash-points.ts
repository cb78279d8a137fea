import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { createReportingApi } from '../../demo/reporting-api.ts';
import { createSlack } from '../../demo/slack.ts';
import { CHANNELS, MARKETPLACE, SLACK } from '../../demo/stage.ts';
import { dayOf } from '../../src/domain/day.ts';
import { createStore } from '../../src/store/store.ts';
import { subscriptionId } from '../../src/store/subscriptions.ts';
import { botEnvironment, emptyWorkspace } from './bot-environment.ts';
import { startChild } from './child.ts';
import type { CRASH_POINTS } from './crash-at.ts';
import { importFirst } from './first-import.ts';
import { createSmallWorld } from './small-world.ts';

/** One way to die. */
export interface Crash {
  readonly point: (typeof CRASH_POINTS)[number];
  readonly kind: 'alert' | 'digest';
  /** The bot may read the channel back. */
  readonly hasHistory: boolean;
}

/** What became of the messages after it. */
export interface CrashOutcome extends Crash {
  readonly hasCrashed: boolean;
  readonly lost: number;
  readonly extra: number;
}

const LONGEST_MS = 60_000;

/** A weekly schedule whose last time was two minutes ago. */
function justDue(now: number): string {
  const due = new Date(now - 2 * 60_000);
  return `${due.getUTCMinutes()} ${due.getUTCHours()} * * ${due.getUTCDay()}`;
}

/** Makes a store that has had its first import, knows one of its schedules since yesterday, and gives no reason to be quiet. */
async function makeStore(
  cron: string,
  env: Readonly<Record<string, string>> & { readonly DATABASE_PATH: string },
  folder: string,
): Promise<void> {
  await importFirst(env, folder);
  const store = await createStore(env.DATABASE_PATH);
  const { developerId } = MARKETPLACE;
  // The other digests are new to the bot that starts, and nothing new is made up for.
  const id = subscriptionId({ developerId, channel: CHANNELS.digest, digest: 'churn', appKey: null });
  await store.slots.know(id, `${cron} UTC`, Date.now() - 86_400_000);
  await store.close();
}

/** Kills the built bot at these points, each with a store of its own, and lets the next start finish the work. */
export async function runCrashes(crashes: readonly Crash[], atOnce = 4): Promise<CrashOutcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pulse-crashes-'));
  const today = dayOf(Date.now());
  const cron = justDue(Date.now());
  const small = createSmallWorld({ seed: 7, today });
  const api = await createReportingApi({
    world: small.world,
    ...MARKETPLACE,
    today: () => today,
    exportPolls: 0,
  });
  const template = join(folder, 'template.db');
  const common = {
    PULSE_DIGEST_CHANNEL: CHANNELS.digest,
    PULSE_ALERT_CHANNEL: CHANNELS.alert,
    PULSE_DIGEST_SCHEDULE: cron,
    PULSE_LARGE_TRANSACTION_USD: '50000',
  };
  const syncing = { ...botEnvironment({ apiUrl: api.url, databasePath: template }), ...common };
  await makeStore(cron, syncing, folder);
  small.addSale('Crash', 90_000, today);

  async function runOne(crash: Crash, index: number): Promise<CrashOutcome> {
    const path = join(folder, `crash-${index}.db`);
    copyFileSync(template, path);
    const slack = await createSlack({
      ...SLACK,
      ...emptyWorkspace(Object.values(CHANNELS)),
      scopes: ['commands', 'chat:write', ...(crash.hasHistory ? ['channels:history'] : [])],
    });
    const addresses = { apiUrl: api.url, slackApiUrl: slack.apiUrl, databasePath: path };
    const env = { ...botEnvironment(addresses), ...common };
    const preload = ['--import', join(import.meta.dirname, 'crash-at.ts')];
    const dying = startChild(
      'dist/main.js',
      [],
      { ...env, CRASH_AT: crash.point, CRASH_KIND: crash.kind },
      folder,
      { nodeOptions: preload },
    );
    const died = await Promise.race([dying.ended.then(() => true), pause(LONGEST_MS).then(() => false)]);
    if (!died) await dying.kill();
    const next = startChild('dist/main.js', [], env, folder);
    await next.wrote('sync finished');
    const db = new SQLite(path, { readonly: true, timeout: 5000 });
    const open = db
      .prepare("SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending', 'parked')")
      .pluck();
    for (const until = Date.now() + LONGEST_MS; Date.now() < until && Number(open.get()) > 0; )
      await pause(200);
    const uuids = db
      .prepare<[], string>("SELECT uuid FROM outbox WHERE state NOT IN ('baseline', 'expired')")
      .pluck()
      .all();
    db.close();
    await next.kill();
    const posted = slack.messages().map(({ metadata }) => String(metadata?.event_payload['k']));
    const hasAlert = slack
      .messages({ channel: CHANNELS.alert })
      .some(({ text }) => text.includes('Crash Ltd'));
    const parents = slack
      .messages({ channel: CHANNELS.digest })
      .filter(({ threadTs }) => threadTs === undefined);
    const hasDigest = parents.some(({ text }) => text.startsWith('Churn'));
    await slack.close();
    return {
      ...crash,
      hasCrashed: died,
      lost: uuids.filter((uuid) => !posted.includes(uuid)).length + (hasAlert ? 0 : 1) + (hasDigest ? 0 : 1),
      extra: posted.length - new Set(posted).size,
    };
  }

  const outcomes: CrashOutcome[] = [];
  const waiting = [...crashes.entries()];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [index, crash] = next;
        outcomes.push(await runOne(crash, index));
      }
    }),
  );
  await api.close();
  rmSync(folder, { recursive: true, force: true });
  return outcomes;
}
