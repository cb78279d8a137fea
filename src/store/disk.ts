import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { PulseError } from '../domain/errors.ts';

/** The disk of a database. */
export interface Disk {
  /** 0 to 1, of what this user may use. */
  readonly usedShare: number;
  readonly freeBytes: number;
}

/** A sync leaves this much: what it has to say, what is posted and who asked still has to be written. */
const RESERVE_MB = 10;

/** Throws STORE_UNWRITABLE where so little is free that a sync could take the last of it. */
export function checkRoom(databasePath: string): void {
  const disk = readDisk(databasePath);
  if (disk === undefined || disk.freeBytes >= RESERVE_MB * 2 ** 20) return;
  throw new PulseError(
    'STORE_UNWRITABLE',
    `Only ${(disk.freeBytes / 2 ** 20).toFixed(1)} MB are free on the disk of ${databasePath}: a sync begins with ${RESERVE_MB}. Make room; answers and what waits to be posted go on meanwhile.`,
  );
}

/** How full the disk of a database is; undefined where the system does not say. */
export function readDisk(databasePath: string): Disk | undefined {
  try {
    const { bavail, bfree, blocks, bsize } = statfsSync(dirname(databasePath));
    const usable = blocks - bfree + bavail;
    if (usable <= 0) return undefined;
    return { usedShare: 1 - bavail / usable, freeBytes: bavail * bsize };
  } catch {
    return undefined;
  }
}
