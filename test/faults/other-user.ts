import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ROOT } from './child.ts';

/** Nobody, on every system that has one. */
export const UID = 65_534;

/** Becomes nobody, with nothing that a set-user-id program could give back. */
export const AS_NOBODY = ['setpriv', '--reuid', String(UID), '--clear-groups', '--no-new-privs'] as const;

const STRACE = 'strace';

/** What changes files, by the names of the system's calls; a question mark: not every processor has it. */
const CHANGING =
  'openat,?open,?creat,unlinkat,?unlink,?rename,?renameat,renameat2,mkdirat,?mkdir,linkat,?link,symlinkat,?symlink,fchmodat,?chmod,truncate';

/** Adds to a file what a process and its threads do to files. The process is still the one that was started. */
export const traced = (file: string): string[] => [
  STRACE,
  '-D',
  '-f',
  '-qq',
  '-A',
  '-s',
  '4096',
  '-e',
  `trace=${CHANGING}`,
  '-o',
  file,
];

/** Why a process cannot run as nobody here (`isTraced`: and be watched); undefined where it can. */
export function whyNotNobody(isTraced = false): string | undefined {
  const [program, ...args] = [...AS_NOBODY, process.execPath, '--version'];
  try {
    execFileSync(program, args, { stdio: 'pipe' });
    if (isTraced)
      execFileSync(STRACE, ['-A', '-qq', '-o', '/dev/null', '-e', 'trace=openat', 'true'], {
        stdio: 'pipe',
      });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error);
  }
}

/** The product as it is installed, for nobody to run: its code can be read, its folder `data` alone written. */
export function installForNobody(): {
  readonly folder: string;
  readonly root: string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'pulse-installed-'));
  const root = join(folder, 'app');
  mkdirSync(root);
  for (const part of ['dist', 'package.json'])
    cpSync(join(ROOT, part), join(root, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  execFileSync('chmod', ['-R', 'a=rX', join(root, 'dist'), join(root, 'package.json')]);
  mkdirSync(join(folder, 'data'), { mode: 0o700 });
  chownSync(join(folder, 'data'), UID, UID);
  for (const path of [root, folder]) chmodSync(path, 0o555);
  return { folder, root, remove: () => rmSync(folder, { recursive: true }) };
}

/** Every path a traced process opened for writing, made, renamed or removed, or tried to. `cwd`: where it was started. */
export function readChangedPaths(trace: string, cwd: string): Set<string> {
  const changed = new Set<string>();
  for (const line of readFileSync(trace, 'utf8').split('\n')) {
    const [, call = '', rest = ''] = /^\d+ +(\w+)\((.*)$/.exec(line) ?? [];
    if (/^open(at)?$/.test(call) && !/O_WRONLY|O_RDWR|O_CREAT|O_TRUNC/.test(rest)) continue;
    for (const [, path = ''] of rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)) changed.add(resolve(cwd, path));
  }
  return changed;
}
