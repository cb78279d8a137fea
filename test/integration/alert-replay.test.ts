/** `pulse alerts`: what the rules would have said of a store, without writing to it. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS, createStage } from '../../demo/stage.ts';
import type { World } from '../../demo/world/world.ts';
import type { Replay } from '../../src/alerts/replay-alerts.ts';
import { addDays, dayOf } from '../../src/domain/day.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createLogBook } from '../support/log-book.ts';

const NOW = Date.now();
const TODAY = dayOf(NOW);
const DAY_MS = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'pulse-replay-'));
const path = join(folder, 'pulse.db');
let world: World;

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function pulse(...words: string[]): Promise<Ran> {
  const cli = join(import.meta.dirname, '../../src/cli.ts');
  const env = { PATH: process.env['PATH'] ?? '', DATABASE_PATH: path };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, 'alerts', ...words],
      { env, cwd: folder, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr });
      },
    );
  });
}

async function replay(...words: string[]): Promise<Replay> {
  const { stdout } = await pulse('--dry-run', '--json', ...words);
  const [one] = JSON.parse(stdout) as Replay[];
  if (!one) throw new Error('nothing was replayed');
  return one;
}

/** Everything the bot would post or remember. */
function written(): unknown {
  const db = openDatabase(path);
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  const counts = ['outbox', 'alert_facts', 'alert_messages', 'alert_settings', 'meta'].map(count);
  db.close();
  return counts;
}

beforeAll(async () => {
  const stage = await createStage({ seed: 7, log: createLogBook(), now: NOW - 2 * DAY_MS });
  ({ world } = stage);
  const app = await stage.startApp(stage.configure());
  for (const back of [2, 1, 0]) {
    stage.setTime(NOW - back * DAY_MS);
    await app.sync();
  }
  await app.stop();
  cpSync(stage.configure().databasePath, path);
  await stage.stop();
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('a replay of a store', () => {
  it('tells what fired, when and why, with counts that add up, and writes nothing', async () => {
    const before = written();
    const since = addDays(TODAY, -60);
    const { alerts, rules, weeks } = await replay('--since', since);
    expect(alerts.length).toBeGreaterThan(10);
    expect(alerts.every(({ day, why }) => day >= since && day <= TODAY && why !== '')).toBe(true);
    const byRule = Object.values(rules).reduce((sum, count) => sum + count, 0);
    expect(byRule).toBe(alerts.length);
    expect(weeks.reduce((sum, week) => sum + week.alerts, 0)).toBe(alerts.length);
    expect(written()).toEqual(before);
  }, 60_000);

  it('tells the sale that the bot told as well', async () => {
    const { largeSale } = world.landmarks;
    const { alerts } = await replay('--since', addDays(TODAY, -7));
    const sales = alerts.filter(({ title }) => title.includes(largeSale.company));
    expect(sales.map(({ channel, rule, what }) => ({ channel, rule, what }))).toEqual([
      { channel: CHANNELS.alert, rule: 'large-transaction', what: 'told' },
    ]);
  }, 60_000);

  it('tries other thresholds, and says which words it does not understand', async () => {
    const since = ['--since', addDays(TODAY, -60)];
    const usual = await replay(...since);
    const higher = await replay(...since, '--set', 'large-transaction 20000', '--set', 'feedback off');
    expect(higher.rules['large-transaction'] ?? 0).toBeLessThan(usual.rules['large-transaction'] ?? 0);
    expect(higher.rules.feedback).toBeUndefined();
    const wrong = await pulse('--dry-run', ...since, '--set', 'nonsense 5');
    expect(wrong).toMatchObject({ code: 64, stdout: '' });
    expect(wrong.stderr).toContain('--set is "nonsense 5"');
  }, 60_000);

  it('is text for people, with a table of weeks and rules', async () => {
    const { code, stdout } = await pulse('--dry-run', '--since', addDays(TODAY, -20));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Week +large-transaction .*Alerts {2}Messages$/m);
    expect(stdout).toContain('Transactions were first imported on');
    expect(stdout).toMatch(/Rule: net amount of .* or more/);
  }, 60_000);

  it('never posts history, and takes dates of the past alone', async () => {
    expect(await pulse('--since', '2025-01-01')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('add --dry-run') as string,
    });
    expect(await pulse('--dry-run', '--since', '2999-01-01')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('give a date of the past') as string,
    });
  }, 60_000);
});
