import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { type AskedBot, comesTrue, QUESTIONS, RAW, startAskedBot } from './asked-bot.ts';
import { FULL_DISKS } from './full-disks.ts';

/** The next sync by the clock is up to half a minute away, and this machine may be busy. */
const BY_ITSELF_MS = 120_000;

/** Long enough to make the disk full meanwhile, also where much else is running. */
const WAITING_SECONDS = 8;

const askAll = ({ ask }: Pick<AskedBot, 'ask'>): Promise<string[]> => Promise.all(QUESTIONS.map(ask));

function readOpen(databasePath: string): number {
  const db = new SQLite(databasePath, { readonly: true, timeout: 5000 });
  const open = db
    .prepare("SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending', 'parked')")
    .pluck()
    .get();
  db.close();
  return Number(open);
}

/**
 * Makes the disk of the running bot full while a message waits to be posted; somebody asks, somebody buys, somebody wants a sync.
 * Then there is room again, and nobody does anything (`byItself`) or somebody asks for a sync. Gives a sentence for everything that
 * is not as it should be.
 */
export async function playFullDisk(
  way: keyof typeof FULL_DISKS,
  { byItself }: { readonly byItself: boolean },
): Promise<string[]> {
  const problems: string[] = [];
  const expect = (holds: boolean, what: string): void => {
    if (!holds) problems.push(`${way}: ${what}`);
  };
  const disk = FULL_DISKS[way]();
  const nodeOptions = ['--import', join(import.meta.dirname, 'later.ts')];
  const asked = await startAskedBot(disk.folder, { nodeOptions }).catch((error: unknown) => {
    disk.remove();
    throw error;
  });
  const { ask, bot, databasePath, sell, slack, told } = asked;
  const pid = bot.process.pid ?? 0;
  const logged = (text: string): Promise<boolean> => comesTrue(() => bot.output().includes(text));
  try {
    expect(await comesTrue(() => told('Before') === 1), 'the first alert was not posted');
    // The care of the day, which a sync begins with or waits for, is over.
    await comesTrue(() => /backup made|backup could not be made/.test(bot.output()));
    sell('Waiting');
    const later = slack.fail({
      method: 'chat.postMessage',
      times: 1,
      mode: { kind: 'rate-limited', retryAfter: WAITING_SECONDS },
    });
    await ask('sync');
    expect(await comesTrue(() => later.hits === 1 && readOpen(databasePath) === 1), 'no message waits');
    const before = await askAll(asked);

    disk.takeRoom({ pid, databasePath });
    sell('During');
    const answers = await askAll(asked);
    for (const [index, answer] of answers.entries())
      expect(answer === before[index], `"${QUESTIONS[index]}" was answered with ${answer}`);
    await ask('sync');
    expect(await logged('a requested sync failed'), 'the log says nothing of the sync');
    expect(await logged('posting failed'), 'the log says nothing of the post');
    const failing = await ask('status');
    expect(/The newest sync came to nothing: the disk/.test(failing), `the status is ${failing}`);
    const written = await ask('subscribe installs');
    expect(written.includes('My disk takes nothing'), `a subscription was answered with ${written}`);
    for (const text of [...answers, failing, written]) expect(!RAW.test(text), `SQLite speaks: ${text}`);
    expect(told('Waiting') + told('During') === 0, 'something was posted that could not be noted');
    expect(bot.process.exitCode === null && bot.process.signalCode === null, 'the bot ended');

    disk.makeRoom({ pid });
    if (byItself) bot.process.kill('SIGUSR2');
    else await ask('sync');
    expect(await comesTrue(() => told('During') > 0, BY_ITSELF_MS), 'the sale of the time was never told');
    expect(await comesTrue(() => readOpen(databasePath) === 0), 'something still waits');
    for (const name of ['Before', 'Waiting', 'During'])
      expect(told(name) === 1, `${name} was told ${told(name)} times`);
    if (!byItself) {
      // The sync that told the sale may not have ended yet.
      let status = '';
      for (
        const until = Date.now() + BY_ITSELF_MS;
        Date.now() < until && !status.includes('Everything works.');
      )
        status = await ask('status');
      expect(status.includes('Everything works.'), `the status is not well again: ${status}`);
    }
    const starts = bot.output().split('"msg":"started"').length - 1;
    expect(starts === 1, `the bot started ${starts} times`);
    const ending = await asked.stop();
    expect(ending === undefined, ending ?? '');
  } finally {
    await asked.close();
    disk.remove();
  }
  return problems;
}
