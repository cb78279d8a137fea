import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** A process of ours that can be killed. Everything it writes is kept. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves with its exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
  /** What it wrote so far, both streams. */
  output(): string;
  /** Resolves when it wrote this text, or ended. */
  wrote(text: string): Promise<void>;
  /** Kills it without any chance to tidy up, and waits until the kernel is done with it. */
  kill(): Promise<void>;
}

/** How a script is started, where it is not as usual. */
export interface ChildOptions {
  readonly nodeOptions?: readonly string[];
  /** The folder the script is in; default this repository. */
  readonly root?: string;
  /** A program, with its arguments, that becomes the process: `setpriv` for one. */
  readonly under?: readonly string[];
}

/** Where Node keeps what it made of our code, when whoever starts children by the hundred has said so. */
const codeCache = (): Record<string, string> => {
  const folder = process.env['NODE_COMPILE_CACHE'];
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
};

/** Starts a script of this repository with nothing but the given environment. */
export function startChild(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
  { nodeOptions = [], root = ROOT, under = [] }: ChildOptions = {},
): Child {
  const [program = '', ...rest] = [...under, process.execPath, ...nodeOptions, join(root, script), ...args];
  const child = spawn(program, rest, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...codeCache(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer): void => {
    text += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    process: child,
    ended,
    output: () => text,
    async wrote(wanted) {
      const heard = new Promise<void>((resolve) => {
        const listener = (): void => {
          if (text.includes(wanted)) resolve();
        };
        listeners.add(listener);
        listener();
      });
      await Promise.race([heard, ended]);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
