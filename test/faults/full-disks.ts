import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';

/** A way to make the disk of a running bot full, and to make room again. */
export interface FullDisk {
  /** Where the bot's database is to be. */
  readonly folder: string;
  readonly takeRoom: (bot: { readonly pid: number; readonly databasePath: string }) => void;
  readonly makeRoom: (bot: { readonly pid: number }) => void;
  readonly remove: () => void;
}

/** The ways: a small file system of its own, or a process that may write no file any longer (SQLite's I/O error). */
export const FULL_DISKS = { 'a full disk': mountSmallDisk, 'a write error': limitFiles } as const;

const SMALL_MB = 48;
const BALLAST = 64 * 1024;

function run(program: string, ...args: readonly string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Why a way is not to be had on this machine; undefined where it is. */
export function whyNot(way: keyof typeof FULL_DISKS): string | undefined {
  try {
    if (way === 'a write error') run('prlimit', '--version');
    else FULL_DISKS[way]().remove();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error);
  }
}

/** Empties the write-ahead log: what it holds already could be written over. */
function emptyLog(databasePath: string): void {
  const db = new SQLite(databasePath, { timeout: 5000 });
  try {
    while (db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) !== 0);
  } finally {
    db.close();
  }
}

/** A file system in memory, which root alone can mount. */
function mountSmallDisk(): FullDisk {
  const parent = mkdtempSync(join(tmpdir(), 'pulse-full-disk-'));
  const folder = join(parent, 'disk');
  const ballast = join(folder, 'ballast');
  mkdirSync(folder);
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${SMALL_MB}m`, 'tmpfs', folder);
  } catch (error) {
    rmSync(parent, { recursive: true });
    throw error;
  }
  return {
    folder,
    takeRoom({ databasePath }) {
      emptyLog(databasePath);
      // First by the block, then what is left of one.
      for (const bytes of [Buffer.alloc(BALLAST), Buffer.alloc(1)]) {
        try {
          for (;;) writeFileSync(ballast, bytes, { flag: 'a' });
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
        }
      }
    },
    makeRoom: () => rmSync(ballast),
    remove() {
      run('umount', '--lazy', folder);
      rmSync(parent, { recursive: true });
    },
  };
}

function limitFiles(): FullDisk {
  const folder = mkdtempSync(join(tmpdir(), 'pulse-no-writes-'));
  return {
    folder,
    takeRoom: ({ pid }) => run('prlimit', '--pid', String(pid), '--fsize=0:'),
    makeRoom: ({ pid }) => run('prlimit', '--pid', String(pid), '--fsize=unlimited:'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
