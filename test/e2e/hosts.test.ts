/** The built bot on hosts that give it less than it wants. What only root can arrange is left out elsewhere, and said to be. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../demo/stage.ts';
import { comesTrue, startAskedBot } from '../faults/asked-bot.ts';
import { botEnvironment } from '../faults/bot-environment.ts';
import { startChild } from '../faults/child.ts';
import { FULL_DISKS, whyNot } from '../faults/full-disks.ts';
import { playFullDisk } from '../faults/full-while-running.ts';
import { playLock } from '../faults/locked-while-running.ts';
import {
  AS_NOBODY,
  installForNobody,
  readChangedPaths,
  traced,
  UID,
  whyNotNobody,
} from '../faults/other-user.ts';
import { leaveOut } from '../support/left-out.ts';

const LONG = 180_000;
const WAYS = Object.keys(FULL_DISKS) as (keyof typeof FULL_DISKS)[];

it.concurrent.for(WAYS)(
  'with %s the running bot answers from what it has, says why it records nothing, and goes on with room again',
  { timeout: LONG },
  async (way, context) => {
    leaveOut(context, whyNot(way));
    expect(await playFullDisk(way, { byItself: false })).toEqual([]);
  },
);

it.concurrent.each([1, 4])(
  'while another program holds the database for %i s every question is answered right, and recorded',
  { timeout: LONG },
  async (seconds) => {
    expect(await playLock(seconds)).toEqual([]);
  },
);

describe('a folder that another user may not write', () => {
  const start = [
    ['the bot', 'dist/main.js', []],
    ['status', 'dist/cli.js', ['status']],
  ] as const;

  it.for(
    start.flatMap(([who, script, args]) =>
      [false, true].map((hasDatabase) => ({ who, script, args, hasDatabase })),
    ),
  )(
    'ends $who with 73 and one line of its path and user (a database is there: $hasDatabase)',
    async (one, context) => {
      leaveOut(context, whyNotNobody());
      const parent = mkdtempSync(join(tmpdir(), 'pulse-read-only-'));
      chmodSync(parent, 0o755);
      const path = join(parent, 'data', 'pulse.db');
      mkdirSync(join(parent, 'data'));
      if (one.hasDatabase) {
        const made = startChild('dist/cli.js', ['status'], { DATABASE_PATH: path }, parent);
        await made.ended;
        chmodSync(path, 0o644);
      }
      chmodSync(join(parent, 'data'), 0o555);
      const env = {
        ...botEnvironment({ apiUrl: 'http://127.0.0.1:9', databasePath: path }),
        PULSE_DIGEST_CHANNEL: CHANNELS.digest,
      };
      const child = startChild(one.script, one.args, env, parent, { under: AS_NOBODY });
      const code = await child.ended;
      rmSync(parent, { recursive: true });
      expect(child.output()).toMatch(/^[^\n]+\n$/);
      expect(child.output()).toContain(path);
      expect(child.output()).toContain(`uid ${UID}`);
      expect(code).toBe(73);
    },
  );
});

it('as nobody, with code it cannot write, the bot imports, answers, posts and stops, and writes nothing but its data', {
  timeout: LONG,
}, async (context) => {
  leaveOut(context, whyNotNobody(true));
  const { folder, remove, root } = installForNobody();
  const traceFolder = mkdtempSync(join(tmpdir(), 'pulse-trace-'));
  const trace = join(traceFolder, 'trace');
  const asked = await startAskedBot(folder, { root, under: [...traced(trace), ...AS_NOBODY] });
  const { ask, bot, told } = asked;
  try {
    expect(await comesTrue(() => told('Before') === 1)).toBe(true);
    expect(await ask('Before')).toContain('$60,000.00');
    expect(await ask('churn')).toContain('due for renewal');
    await bot.wrote('backup made');
    bot.process.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
    const changed = [...readChangedPaths(trace, folder)];
    const data = join(folder, 'data');
    expect(changed).toContain(join(data, 'pulse.db-wal'));
    expect(changed.filter((path) => !`${path}/`.startsWith(`${data}/`))).toEqual([]);
  } finally {
    await asked.close();
    remove();
    rmSync(traceFolder, { recursive: true });
  }
});
