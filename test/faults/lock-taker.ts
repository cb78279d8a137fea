/**
 * A process that wants to be the only bot of many stores, one after the other, and says of each whether it is. It keeps what
 * it got. Arguments: the instant to begin at, and the databases.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { PulseError } from '../../src/domain/errors.ts';
import { takeLock } from '../../src/store/lock.ts';

/** Between two races: longer than a refusal takes, so that all who race are ready. */
const EVERY_MS = 80;

/** Kept, because a connection that nobody refers to is closed by the garbage collector. */
const releases: (() => void)[] = [];

const [beginAt = '0', ...paths] = process.argv.slice(2);
for (const [index, path] of paths.entries()) {
  await pause(Math.max(0, Number(beginAt) + index * EVERY_MS - Date.now()));
  try {
    releases.push(takeLock(path, 'bot'));
    process.stdout.write(`${index} active\n`);
  } catch (error) {
    process.stdout.write(`${index} ${error instanceof PulseError ? error.code : String(error)}\n`);
  }
}
process.stdout.write('done\n');
await pause(60_000);
for (const release of releases) release();
