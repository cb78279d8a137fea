import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/store/database.ts';
import { createOutbox } from '../../../src/store/outbox.ts';
import { entryOf } from '../../support/delivery-store.ts';
import { databasePath, openStore } from '../../support/store-on-disk.ts';

/** What counts calls of the system; not every machine has it. */
const STRACE = '/usr/bin/strace';

describe('a connection to the store', () => {
  it.each([
    // 2 is FULL: every commit is on the disk before anybody is told of it. better-sqlite3 would take 1 in WAL mode.
    ['synchronous', 2],
    ['journal_mode', 'wal'],
    ['foreign_keys', 1],
    ['trusted_schema', 0],
    ['secure_delete', 1],
  ])('has %s at %s', async (name, value) => {
    const db = openDatabase(await databasePath());
    expect(db.pragma(name, { simple: true })).toBe(value);
    db.close();
  });

  it('is a file for one user in a folder for one user', async () => {
    const path = join(dirname(await databasePath()), 'new/deep/pulse.db');
    openDatabase(path).close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  });

  it.skipIf(!existsSync(STRACE))(
    'flushes the disk at least once for every commit that is acknowledged',
    async () => {
      const path = await databasePath();
      await openStore(path);
      const trace = join(dirname(path), 'trace');
      const writer = join(import.meta.dirname, '../../faults/acking-writer.ts');
      execFileSync(STRACE, [
        '-f',
        '-e',
        'trace=fsync,fdatasync',
        '-o',
        trace,
        process.execPath,
        writer,
        path,
        '0',
        '200',
      ]);
      const flushes = readFileSync(trace, 'utf8').match(/f(?:data)?sync\(/g) ?? [];
      expect(flushes.length).toBeGreaterThanOrEqual(200);
    },
  );

  it('takes no text in double quotes for a value, so that a wrong name is an error', async () => {
    const db = openDatabase(await databasePath());
    expect(() => db.prepare('SELECT "nobody"')).toThrow('no such column');
    db.close();
  });

  it('keeps its write-ahead log small, however much is written', async () => {
    const path = await databasePath();
    await openStore(path);
    const db = openDatabase(path);
    const outbox = createOutbox(db);
    const text = 'x'.repeat(4000);
    for (let number = 0; number < 1200; number += 1) {
      await outbox.enqueue([entryOf({ key: `m${number}`, message: { text, blocks: [] } })], number);
    }
    expect(statSync(path).size).toBeGreaterThan(1200 * 4000);
    expect(statSync(`${path}-wal`).size).toBeLessThan(6_000_000);
    db.close();
  });
});
