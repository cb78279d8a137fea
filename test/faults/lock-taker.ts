/** A process that wants to be the only bot of a store, and says whether it is. Argument: the database. */
import { setTimeout as pause } from 'node:timers/promises';
import { PulseError } from '../../src/domain/errors.ts';
import { takeLock } from '../../src/store/lock.ts';

try {
  takeLock(process.argv[2] ?? '', 'bot');
  process.stdout.write('active\n');
  await pause(60_000);
} catch (error) {
  process.stdout.write(`${error instanceof PulseError ? error.code : String(error)}\n`);
}
