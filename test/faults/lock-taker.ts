/**
 * A process that wants to be the only bot of many stores, one after the other, and says of each whether it is. It keeps what
 * it got. Arguments: the instant to begin at, and the databases.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { PulseError } from '../../src/domain/errors.ts';
import { takeLock } from '../../src/store/lock.ts';

/** Between two races, so that all who race are ready. */
const EVERY_MS = 20;

const [beginAt = '0', ...paths] = process.argv.slice(2);
for (const [index, path] of paths.entries()) {
  await pause(Math.max(0, Number(beginAt) + index * EVERY_MS - Date.now()));
  try {
    takeLock(path, 'bot');
    process.stdout.write(`${index} active\n`);
  } catch (error) {
    process.stdout.write(`${index} ${error instanceof PulseError ? error.code : String(error)}\n`);
  }
}
process.stdout.write('done\n');
await pause(60_000);
