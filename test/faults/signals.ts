import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createReportingApi } from '../../demo/reporting-api.ts';
import { createSlack } from '../../demo/slack.ts';
import { CHANNELS, MARKETPLACE, SLACK } from '../../demo/stage.ts';
import { endQuietStart } from '../../src/slack/quiet-start.ts';
import { removeDatabase } from '../../src/store/safe-files.ts';
import { createStore } from '../../src/store/store.ts';
import { verifyFile } from '../../src/store/verify-file.ts';
import { botEnvironment, emptyWorkspace } from './bot-environment.ts';
import { startChild } from './child.ts';
import { inFolder, inLanes } from './lanes.ts';
import { createChance } from './random.ts';
import { createSmallWorld } from './small-world.ts';

/** What asking the bot to stop came to. */
export interface SignalReport {
  readonly signals: number;
  /** Processes that did not end with 0. */
  readonly wrong: readonly string[];
  readonly slowestMs: number;
  readonly corrupt: number;
}

const SIGNALS = [
  'SIGTERM',
  'SIGINT',
  'SIGTERM twice',
  'SIGHUP',
  'SIGINT twice',
  // Whoever read its output is gone.
  'SIGTERM unheard',
] as const;

/** About what the start after its connection and the first import take, where several are at it. */
const LONGEST_MS = 2500;
const AT_ONCE = 2;

/** Asks the built bot to stop at random moments of its start and its first import. */
export async function stopAtRandom({
  seed,
  signals,
}: {
  readonly seed: number;
  readonly signals: number;
}): Promise<SignalReport> {
  const { world } = createSmallWorld({ seed: 5, today: '2026-11-23' });
  const api = await createReportingApi({ world, ...MARKETPLACE, exportPolls: 0 });
  const slack = await createSlack({
    ...SLACK,
    ...emptyWorkspace(Object.values(CHANNELS)),
  });
  const wrong: string[] = [];
  let [asked, slowestMs, corrupt] = [0, 0, 0];

  await inFolder(async (shared) => {
    const template = join(shared, 'template.db');
    const store = await createStore(template);
    await endQuietStart(store);
    await store.close();

    await inLanes(AT_ONCE, { count: signals, seed }, async ({ count, folder, seed: own }) => {
      const chance = createChance(own);
      const database = join(folder, 'pulse.db');
      const env = {
        ...botEnvironment({ apiUrl: api.url, slackApiUrl: slack.apiUrl, databasePath: database }),
        PULSE_DIGEST_CHANNEL: CHANNELS.digest,
      };
      for (let left = count; left > 0; left -= 1) {
        const how = SIGNALS[asked % SIGNALS.length] ?? 'SIGTERM';
        asked += 1;
        removeDatabase(database);
        copyFileSync(template, database);
        const child = startChild('dist/main.js', [], env, folder);
        // Before its own handlers are there, Node ends a process as the system does.
        await child.wrote('connected to Slack');
        await pause(chance.below(LONGEST_MS));
        const [signal = 'SIGTERM'] = how.split(' ') as NodeJS.Signals[];
        if (how.endsWith('unheard'))
          for (const stream of [child.process.stdout, child.process.stderr]) stream?.destroy();
        const startedAt = Date.now();
        child.process.kill(signal);
        if (how.endsWith('twice')) {
          await pause(chance.below(200));
          child.process.kill(signal);
        }
        const code = await Promise.race([child.ended, pause(20_000).then(() => -1)]);
        slowestMs = Math.max(slowestMs, Date.now() - startedAt);
        if (code !== 0) {
          wrong.push(`${how}: ended with ${code}`);
          await child.kill();
        }
        try {
          verifyFile(database);
        } catch {
          corrupt += 1;
        }
      }
    });
  });
  await slack.close();
  await api.close();
  return { signals: asked, wrong, slowestMs, corrupt };
}
