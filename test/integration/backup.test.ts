import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../src/domain/day.ts';
import { backUp } from '../../src/store/backup.ts';
import { openDatabase } from '../../src/store/database.ts';
import { backupFolder, daysToKeep, keepDailyBackup, listBackups } from '../../src/store/kept-backups.ts';
import { takeLock } from '../../src/store/lock.ts';
import { newestSchema } from '../../src/store/migrate.ts';
import { createStore } from '../../src/store/store.ts';
import { verifyFile } from '../../src/store/verify-file.ts';
import { aLicense } from '../support/rows.ts';
import { databasePath, openStore, recordRows } from '../support/store-on-disk.ts';

const AT = Date.parse('2026-03-16T06:00:00Z');

function licenses(count: number, from = 0) {
  return Array.from({ length: count }, (_, index) =>
    aLicense({ aliases: { appEntitlementNumber: `E-${from + index}` } }),
  );
}

const names = (path: string): string[] => readdirSync(dirname(path)).sort();

describe('a backup', () => {
  it('is one plain file of one moment, for this user alone, while others go on writing', async () => {
    const path = await databasePath();
    const store = await openStore(path);
    await recordRows(store, { kind: 'licenses', rows: licenses(3_000) }, { at: AT });
    const writer = new SQLite(path);
    const add = writer.prepare("INSERT INTO meta (name, value) VALUES (?, '')");
    let writes = 0;
    const writing = setInterval(() => {
      writes += 1;
      add.run(`during-${writes}`);
      add.run(`twin-${writes}`);
    }, 0);
    const file = join(dirname(path), 'copy');
    const facts = await backUp(path, file);
    clearInterval(writing);
    writer.close();
    expect(writes).toBeGreaterThan(0);
    expect(facts.rows).toMatchObject({ licenses: 3_000 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(names(path).filter((name) => name.startsWith('copy'))).toEqual(['copy']);
    const copy = new SQLite(file, { readonly: true });
    expect(copy.pragma('journal_mode', { simple: true })).toBe('delete');
    copy.close();
  });

  it('replaces an older one only when it is whole', async () => {
    const path = await databasePath();
    const store = await openStore(path);
    const file = join(dirname(path), 'copy');
    await recordRows(store, { kind: 'licenses', rows: licenses(10) }, { at: AT });
    await backUp(path, file);
    await recordRows(store, { kind: 'licenses', rows: licenses(10, 10) }, { at: AT, mode: 'incremental' });
    await store.close();
    // A page of the table in the middle of the file, without which the copy cannot be read from end to end.
    const bytes = readFileSync(path);
    bytes.fill(0, 4096 * 20, 4096 * 24);
    writeFileSync(path, bytes);
    await expect(backUp(path, file)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect(verifyFile(file).rows).toMatchObject({ licenses: 10 });
    expect(names(path).filter((name) => name.startsWith('copy'))).toEqual(['copy']);
  });

  it('says where it cannot be written, and leaves nothing', async () => {
    const path = await databasePath();
    await openStore(path);
    await expect(backUp(path, join(dirname(path), 'nowhere/copy'))).rejects.toMatchObject({
      code: 'STORE_UNWRITABLE',
    });
    expect(names(path).filter((name) => !name.startsWith('pulse.db'))).toEqual([]);
  });
});

describe('the backups a store keeps', () => {
  it('are those of the newest seven days and one of each of the four weeks before', () => {
    const days = Array.from({ length: 100 }, (_, index) => addDays('2026-01-01', index));
    const kept = [...daysToKeep(days)].sort();
    // 2026-04-10 is the last day. Weeks begin on Sundays: 29 March, 22, 15 and 8 March.
    expect(kept).toEqual([
      '2026-03-14',
      '2026-03-21',
      '2026-03-28',
      '2026-04-03',
      ...Array.from({ length: 7 }, (_, index) => addDays('2026-04-04', index)),
    ]);
  });

  it('are all of them while they are few', () => {
    expect([...daysToKeep(['2026-03-01', '2026-03-02'])].sort()).toEqual(['2026-03-01', '2026-03-02']);
  });

  it('never grow, and a copy that was interrupted goes', async () => {
    const path = await databasePath();
    await openStore(path);
    await keepDailyBackup(path, '2025-12-31');
    const interrupted = join(backupFolder(path), '2026-01-01.db.unfinished-00000000');
    writeFileSync(interrupted, 'half');
    writeFileSync(join(backupFolder(path), 'mine.txt'), 'not a backup');
    for (let day: Day = '2026-01-01'; day <= '2026-02-20'; day = addDays(day, 1)) {
      await keepDailyBackup(path, day);
    }
    expect(listBackups(path)).toHaveLength(11);
    expect(listBackups(path)[0]).toMatchObject({ day: '2026-02-20', isDaily: true });
    expect(existsSync(interrupted)).toBe(false);
    expect(existsSync(join(backupFolder(path), 'mine.txt'))).toBe(true);
    expect(statSync(backupFolder(path)).mode & 0o777).toBe(0o700);
  });
});

/** A store as an earlier version left it. */
async function oldStore(): Promise<string> {
  const path = await databasePath();
  const db = openDatabase(path);
  const folder = join(import.meta.dirname, '../../src/store/migrations');
  for (const file of readdirSync(folder).sort().slice(0, 2))
    db.exec(readFileSync(join(folder, file), 'utf8'));
  db.pragma('user_version = 2');
  db.exec("INSERT INTO meta (name, value) VALUES ('kept', 'yes')");
  db.close();
  return path;
}

describe('a store of an earlier schema', () => {
  it('is backed up before it is brought to the newest', async () => {
    const path = await oldStore();
    await (await createStore(path)).close();
    const backup = listBackups(path)[0]?.path ?? '';
    expect(basename(backup)).toMatch(new RegExp(`^before-schema-${newestSchema()}-`));
    expect(verifyFile(backup)).toMatchObject({ schema: 2, rows: { meta: 1 } });
    expect(verifyFile(path)).toMatchObject({ schema: newestSchema(), rows: { meta: 1 } });
  });

  it('is left alone while a bot of that version uses it', async () => {
    const path = await oldStore();
    const release = takeLock(path, 'bot');
    await expect(createStore(path)).rejects.toMatchObject({ code: 'INSTANCE_RUNNING' });
    expect(verifyFile(path).schema).toBe(2);
    release();
    await (await createStore(path)).close();
    expect(verifyFile(path).schema).toBe(newestSchema());
  });

  it('is not changed where the backup cannot be made', async () => {
    const path = await oldStore();
    writeFileSync(backupFolder(path), 'in the way');
    await expect(createStore(path)).rejects.toMatchObject({ code: 'BACKUP_FAILED' });
    expect(verifyFile(path).schema).toBe(2);
  });
});

it('a store of a newer schema is refused, and not a byte of it changes', async () => {
  const path = await oldStore();
  const db = new SQLite(path);
  db.pragma('user_version = 999');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const before = readFileSync(path);
  await expect(createStore(path)).rejects.toMatchObject({ code: 'STORE_NEWER' });
  expect(readFileSync(path).equals(before)).toBe(true);
});
