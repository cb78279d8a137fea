import { describe, expect, it } from 'vitest';
import { ConfigurationError, PulseError } from '../../src/domain/errors.ts';
import { EXIT, exitCodeOf } from '../../src/exit-code.ts';
import { openDatabase } from '../../src/store/database.ts';
import { toStoreError } from '../../src/store/store-trouble.ts';
import { databasePath } from '../support/store-on-disk.ts';

/** What SQLite throws when its file may not grow: the same error as on a full disk. */
async function fullDisk(): Promise<unknown> {
  const db = openDatabase(await databasePath());
  db.exec('CREATE TABLE filler (text TEXT)');
  db.pragma('max_page_count = 10');
  try {
    for (;;) db.prepare('INSERT INTO filler VALUES (?)').run('x'.repeat(4000));
  } catch (error) {
    return error;
  } finally {
    db.close();
  }
}

describe('how a process ends', () => {
  it('is 73 and says what to do when the disk is full', async () => {
    const told = toStoreError(await fullDisk());
    expect(told).toBeInstanceOf(PulseError);
    expect(exitCodeOf(told)).toBe(EXIT.cannotWrite);
    expect((told as PulseError).message).toContain('free space on its disk');
  });

  it('is 75, as for another instance, when another program holds the database', () => {
    const told = toStoreError(Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' }));
    expect(exitCodeOf(told)).toBe(EXIT.otherInstance);
    expect((told as PulseError).message).toMatch(/Another program holds the database.*end it, or try again/);
  });

  it.each([
    ['CONFIGURATION', new ConfigurationError(['PORT is "x"']), 78],
    ['STORE_NEWER', new PulseError('STORE_NEWER', 'newer'), 65],
    ['INSTANCE_RUNNING', new PulseError('INSTANCE_RUNNING', 'running'), 75],
    ['API_UNAUTHORIZED', new PulseError('API_UNAUTHORIZED', '401'), 77],
    ['API_LIMITED', new PulseError('API_LIMITED', '429'), 69],
    ['API_UNAVAILABLE', new PulseError('API_UNAVAILABLE', '502'), 69],
    ['an error without a code', new TypeError('oops'), 70],
  ])('is for %s as the contract says', (_name, error, code) => {
    expect(exitCodeOf(toStoreError(error))).toBe(code);
  });
});
