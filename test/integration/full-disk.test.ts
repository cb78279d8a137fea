import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { createOutbox } from '../../src/store/outbox.ts';
import { openDatabase } from '../../src/store/database.ts';
import { readDisk } from '../../src/store/disk.ts';
import { createStore } from '../../src/store/store.ts';
import { verifyFile } from '../../src/store/verify-file.ts';
import { entryOf } from '../support/delivery-store.ts';
import { FULL_DISKS, whyNot } from '../faults/full-disks.ts';
import { leaveOut } from '../support/left-out.ts';
import { databasePath } from '../support/store-on-disk.ts';

const AT = Date.parse('2026-03-16T06:00:00Z');
const LARGE = 'x'.repeat(20_000);

it('on a full disk nothing is half recorded, what is stored goes on answering, and room is enough to go on', async () => {
  const path = await databasePath();
  await (await createStore(path)).close();
  const db = openDatabase(path);
  const outbox = createOutbox(db);
  const pages = Number(db.pragma('page_count', { simple: true }));
  db.pragma(`max_page_count = ${pages + 40}`);
  let recorded = 0;
  const fill = async (): Promise<void> => {
    for (;;) {
      const [first, second] = [`${recorded}a`, `${recorded}b`].map((key) =>
        entryOf({ key, message: { text: LARGE, blocks: [] } }),
      );
      if (first && second) await outbox.enqueue([first, second], AT);
      recorded += 1;
    }
  };
  await expect(fill()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  expect(recorded).toBeGreaterThan(0);
  expect((await outbox.readCounts()).pending).toBe(2 * recorded);
  expect(verifyFile(path).rows).toMatchObject({ outbox: 2 * recorded });
  db.pragma(`max_page_count = ${pages + 4000}`);
  await outbox.enqueue([entryOf({ key: 'afterwards' })], AT);
  expect((await outbox.readCounts()).pending).toBe(2 * recorded + 1);
  db.close();
});

it('while somebody else holds the database for a while, the bot waits instead of failing', async () => {
  const path = await databasePath();
  const store = await createStore(path, { waits: false });
  const holder = new Worker(
    `const SQLite = require('better-sqlite3');
     const { parentPort, workerData } = require('node:worker_threads');
     const db = new SQLite(workerData);
     db.exec('BEGIN EXCLUSIVE');
     parentPort.postMessage('held');
     setTimeout(() => { db.exec('COMMIT'); db.close(); }, 1000);`,
    { eval: true, workerData: path },
  );
  await once(holder, 'message');
  await store.outbox.enqueue([entryOf({ key: 'a' })], AT);
  expect((await store.outbox.readCounts()).pending).toBe(1);
  await holder.terminate();
  await store.close();
});

it('a sync does not begin where it could take the last of the disk', async (context) => {
  leaveOut(context, whyNot('a full disk'));
  const { folder, remove } = FULL_DISKS['a full disk']();
  const path = join(folder, 'pulse.db');
  const ballast = join(folder, 'ballast');
  const store = await createStore(path);
  try {
    (await store.lockSync())();
    writeFileSync(ballast, Buffer.alloc((readDisk(path)?.freeBytes ?? 0) - 9 * 2 ** 20));
    await expect(store.lockSync()).rejects.toMatchObject({
      code: 'STORE_UNWRITABLE',
      message: expect.stringMatching(/^Only [89]\.\d MB are free/),
    });
    await store.outbox.enqueue([entryOf({ key: 'meanwhile' })], AT);
    expect((await store.outbox.readCounts()).pending).toBe(1);
    rmSync(ballast);
    (await store.lockSync())();
  } finally {
    await store.close();
    remove();
  }
});
