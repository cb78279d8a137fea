import type { Day, Instant } from '../domain/day.ts';
import { PulseError } from '../domain/errors.ts';
import { listBackups } from './kept-backups.ts';
import { takeLock } from './lock.ts';
import { replaceStore } from './restore.ts';
import { createStore, type Store, type StoreOptions } from './store.ts';

/** A damaged database whose place a backup took. */
export interface Recovery {
  readonly backup: string;
  readonly day: Day;
  /** Where the damaged file is now. */
  readonly damaged: string;
}

/** Puts the newest backup that reads back whole in the place of a damaged database; undefined when there is none. */
function replaceDamaged(path: string, at: Instant): Recovery | undefined {
  const release = takeLock(path, 'sync');
  try {
    for (const { day, path: backup } of listBackups(path)) {
      try {
        return { backup, day, damaged: replaceStore(path, backup, at).replaced ?? path };
      } catch (error) {
        if (!(error instanceof PulseError) || error.code !== 'BACKUP_UNUSABLE') throw error;
      }
    }
    return undefined;
  } finally {
    release();
  }
}

/**
 * Opens the store for the bot, which holds its lock. A damaged one is never served: the newest sound backup takes its place,
 * and the next sync brings what came since. Throws what opening throws; STORE_CORRUPT only where no backup is sound.
 */
export async function openOrRecover(
  path: string,
  options: StoreOptions,
  at: Instant,
): Promise<{ readonly store: Store; readonly recovery?: Recovery }> {
  try {
    return { store: await createStore(path, options) };
  } catch (error) {
    if (!(error instanceof PulseError) || error.code !== 'STORE_CORRUPT') throw error;
    const recovery = replaceDamaged(path, at);
    if (!recovery) throw error;
    return { store: await createStore(path, options), recovery };
  }
}
