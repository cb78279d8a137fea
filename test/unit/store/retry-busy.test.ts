import SQLite from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { takeLock } from '../../../src/store/lock.ts';
import { retryWhenBusy } from '../../../src/store/retry-busy.ts';
import { createStore } from '../../../src/store/store.ts';
import { databasePath, openStore } from '../../support/store-on-disk.ts';

describe('a store beside another writer', () => {
  it('waits for it without blocking its own thread', async () => {
    const path = await databasePath();
    await openStore(path);
    const patient = await createStore(path, { waits: false });
    const writer = new SQLite(path);
    writer.exec('BEGIN IMMEDIATE');
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 1);
    const written = patient.meta.record('name', 'value');
    // A thread that SQLite blocks turns no more, and gives up after five seconds.
    await vi.waitUntil(() => turns > 20, { timeout: 15_000 });
    expect(await patient.meta.read('name')).toBeUndefined();
    writer.exec('COMMIT');
    await written;
    clearInterval(ticking);
    writer.close();
    expect(await patient.meta.read('name')).toBe('value');
    await patient.close();
  });

  it('passes on every other error at once', async () => {
    let calls = 0;
    const part = retryWhenBusy({
      async fails(): Promise<void> {
        calls += 1;
        throw new Error('no such table');
      },
    });
    await expect(part.fails()).rejects.toThrow('no such table');
    expect(calls).toBe(1);
  });
});

describe('what one process at a time may do', () => {
  it('is refused to a second one with its own code, until the first is done', async () => {
    const path = await databasePath();
    for (const [what, code] of [
      ['bot', 'INSTANCE_RUNNING'],
      ['sync', 'SYNC_RUNNING'],
    ] as const) {
      const release = takeLock(path, what);
      expect(() => takeLock(path, what)).toThrow(expect.objectContaining({ code }));
      release();
      takeLock(path, what)();
    }
  });
});
