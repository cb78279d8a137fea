import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { addDays, type Day, isDay, weekOf } from '../domain/day.ts';
import { PulseError, reasonOf } from '../domain/errors.ts';
import { backUp, UNFINISHED } from './backup.ts';
import { readDisk } from './disk.ts';

const DAILY = 7;
const WEEKLY = 4;
/** How long any backup is kept, however few there are: they hold personal data too. */
const LONGEST_DAYS = 30;
/** A copy is not made where less than this would be left, beside the room for the copy itself. */
const RESERVE_BYTES = 100 * 2 ** 20;

/** Where the store keeps its own backups: a folder beside the database. */
export function backupFolder(databasePath: string): string {
  return `${databasePath}.backups`;
}

/** Of the days that have a backup, those whose backup is kept: the newest seven, and of the four weeks before the newest one each. */
export function daysToKeep(days: readonly Day[]): Set<Day> {
  const newestFirst = [...new Set(days)].sort().reverse();
  const daily = newestFirst.slice(0, DAILY);
  const weekly = new Map<Day, Day>();
  for (const day of newestFirst.slice(DAILY)) if (!weekly.has(weekOf(day))) weekly.set(weekOf(day), day);
  return new Set([...daily, ...[...weekly.values()].slice(0, WEEKLY)]);
}

/** A backup of the store's own. */
export interface KeptBackup {
  readonly path: string;
  readonly day: Day;
  /** Otherwise: made before a migration. */
  readonly isDaily: boolean;
}

function listAll(databasePath: string): KeptBackup[] {
  const folder = backupFolder(databasePath);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const [, prefix = '', day = ''] = name.match(/^(before-schema-\d+-)?(\d{4}-\d{2}-\d{2})\.db$/) ?? [];
    return isDay(day) ? [{ path: join(folder, name), day, isDaily: prefix === '' }] : [];
  });
}

/** The store's own backups, newest first. */
export function listBackups(databasePath: string): KeptBackup[] {
  return listAll(databasePath).sort((a, b) => (a.day < b.day ? 1 : -1));
}

/** Removes what is too old, and copies whose process ended. */
function prune(databasePath: string, today: Day): void {
  const all = listAll(databasePath);
  const kept = daysToKeep(all.filter(({ isDaily }) => isDaily).map(({ day }) => day));
  const oldest = addDays(today, -LONGEST_DAYS);
  for (const { day, isDaily, path } of all) if (day < oldest || (isDaily && !kept.has(day))) rmSync(path);
  const folder = backupFolder(databasePath);
  for (const name of readdirSync(folder)) if (name.includes(UNFINISHED)) rmSync(join(folder, name));
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

function checkRoom(databasePath: string): void {
  const needed = sizeOf(databasePath) + sizeOf(`${databasePath}-wal`) + RESERVE_BYTES;
  if ((readDisk(databasePath)?.freeBytes ?? Infinity) >= needed) return;
  throw new PulseError(
    'BACKUP_FAILED',
    `There is no room for a backup beside ${databasePath}: it needs ${Math.ceil(needed / 2 ** 20)} MB.`,
  );
}

async function backUpAs(databasePath: string, name: string): Promise<void> {
  const folder = backupFolder(databasePath);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new PulseError('BACKUP_FAILED', `There can be no backups in ${folder}: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
  checkRoom(databasePath);
  await backUp(databasePath, join(folder, name));
}

function dailyPath(databasePath: string, day: Day): string {
  return join(backupFolder(databasePath), `${day}.db`);
}

/** True when the backup of a day is there. */
export function hasDailyBackup(databasePath: string, day: Day): boolean {
  return existsSync(dailyPath(databasePath, day));
}

/**
 * Makes today's backup and removes those that are too old. Throws what `backUp` throws, or BACKUP_FAILED where there is no
 * room.
 */
export async function keepDailyBackup(databasePath: string, today: Day): Promise<void> {
  await backUpAs(databasePath, basename(dailyPath(databasePath, today)));
  prune(databasePath, today);
}

/** Makes a backup of a database that is about to be brought to another schema. */
export async function keepMigrationBackup(databasePath: string, schema: number, today: Day): Promise<void> {
  await backUpAs(databasePath, `before-schema-${schema}-${today}.db`);
}
