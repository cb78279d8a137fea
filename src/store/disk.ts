import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** The disk of a database. */
export interface Disk {
  /** 0 to 1, of what this user may use. */
  readonly usedShare: number;
  readonly freeBytes: number;
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
