import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { comesTrue, QUESTIONS, RAW, startAskedBot } from './asked-bot.ts';
import { startChild } from './child.ts';

/** How many attempts to ask were recorded. */
function readAttempts(databasePath: string): number {
  const db = new SQLite(databasePath, { readonly: true, timeout: 5000 });
  const attempts = db.prepare('SELECT count(*) FROM audit').pluck().get();
  db.close();
  return Number(attempts);
}

/**
 * Another process holds the database of the running bot exclusively for so many seconds, while people ask, somebody buys and somebody
 * wants a sync. Gives a sentence for everything that is not as it should be.
 */
export async function playLock(seconds: number): Promise<string[]> {
  const problems: string[] = [];
  const expect = (holds: boolean, what: string): void => {
    if (!holds) problems.push(`held for ${seconds} s: ${what}`);
  };
  const folder = mkdtempSync(join(tmpdir(), 'pulse-locked-'));
  const asked = await startAskedBot(folder);
  const { ask, bot, databasePath, sell, told } = asked;
  try {
    expect(await comesTrue(() => told('Before') === 1), 'the first alert was not posted');
    await bot.wrote('backup made');
    const before = await Promise.all(QUESTIONS.map(ask));
    sell('During');

    const holder = startChild('test/faults/lock-holder.ts', [databasePath, String(seconds)], {}, folder);
    await holder.wrote('held');
    const attempts = readAttempts(databasePath);
    const [sync, status, ...answers] = await Promise.all(['sync', 'status', ...QUESTIONS].map(ask));
    for (const [index, answer] of answers.entries())
      expect(answer === before[index], `"${QUESTIONS[index]}" was answered with ${answer}`);
    expect(sync?.includes('sync has started') === true, `a sync was answered with ${sync}`);
    expect(status?.includes('Data sets and their last pull') === true, `the status is ${status}`);
    for (const text of [sync, status, ...answers]) expect(!RAW.test(text ?? ''), `SQLite speaks: ${text}`);
    await holder.ended;
    const noted = QUESTIONS.length + 2;
    const hasAll = await comesTrue(() => readAttempts(databasePath) === attempts + noted);
    expect(hasAll, `${readAttempts(databasePath) - attempts} of ${noted} attempts were recorded`);

    await ask('sync');
    expect(await comesTrue(() => told('During') > 0), 'the sale of the time was never told');
    expect(told('During') === 1, `the sale of the time was told ${told('During')} times`);
    expect(!RAW.test(bot.output()), `the log speaks as SQLite: ${bot.output().slice(-1000)}`);
    const ending = await asked.stop();
    expect(ending === undefined, ending ?? '');
  } finally {
    await asked.close();
    rmSync(folder, { recursive: true });
  }
  return problems;
}
