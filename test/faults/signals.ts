import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createReportingApi } from '../../demo/reporting-api.ts';
import { createSlack } from '../../demo/slack.ts';
import { CHANNELS, MARKETPLACE, SLACK } from '../../demo/stage.ts';
import { createWorld } from '../../demo/world/world.ts';
import { endQuietStart } from '../../src/slack/quiet-start.ts';
import { createStore } from '../../src/store/store.ts';
import { verifyFile } from '../../src/store/verify-file.ts';
import { botEnvironment, emptyWorkspace } from './bot-environment.ts';
import { startChild } from './child.ts';
import { createChance } from './random.ts';

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

/** Asks the built bot to stop at random moments of its start and its first import. */
export async function stopAtRandom({
  seed,
  signals,
}: {
  readonly seed: number;
  readonly signals: number;
}): Promise<SignalReport> {
  const chance = createChance(seed);
  const folder = mkdtempSync(join(tmpdir(), 'pulse-signals-'));
  const world = createWorld({ seed: 5, today: '2026-11-23' });
  const api = await createReportingApi({ world, ...MARKETPLACE, exportPolls: 0 });
  const slack = await createSlack({
    ...SLACK,
    ...emptyWorkspace(Object.values(CHANNELS)),
  });
  const database = join(folder, 'pulse.db');
  const env = {
    ...botEnvironment({ apiUrl: api.url, slackApiUrl: slack.apiUrl, databasePath: database }),
    PULSE_DIGEST_CHANNEL: CHANNELS.digest,
  };
  const template = join(folder, 'template.db');
  await startChild('dist/cli.js', ['status'], { ...env, DATABASE_PATH: template }, folder).ended;
  const store = await createStore(template);
  await endQuietStart(store);
  await store.close();
  const report = { signals: 0, wrong: [] as string[], slowestMs: 0, corrupt: 0 };
  for (; report.signals < signals; report.signals += 1) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
    copyFileSync(template, database);
    const child = startChild('dist/main.js', [], env, folder);
    // Before its own handlers are there, Node ends a process as the system does.
    await child.wrote('connected to Slack');
    await pause(chance.below(4000));
    const asked = SIGNALS[report.signals % SIGNALS.length] ?? 'SIGTERM';
    const [signal = 'SIGTERM'] = asked.split(' ') as NodeJS.Signals[];
    if (asked.endsWith('unheard'))
      for (const stream of [child.process.stdout, child.process.stderr]) stream?.destroy();
    const startedAt = Date.now();
    child.process.kill(signal);
    if (asked.endsWith('twice')) {
      await pause(chance.below(200));
      child.process.kill(signal);
    }
    const code = await Promise.race([child.ended, pause(20_000).then(() => -1)]);
    report.slowestMs = Math.max(report.slowestMs, Date.now() - startedAt);
    if (code !== 0) {
      report.wrong.push(`${asked}: ended with ${code}`);
      await child.kill();
    }
    try {
      verifyFile(database);
    } catch {
      report.corrupt += 1;
    }
  }
  await slack.close();
  await api.close();
  rmSync(folder, { recursive: true, force: true });
  return report;
}
