import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ContactLevel } from './domain/contact.ts';
import { PulseError } from './domain/errors.ts';
import type { Log } from './domain/log.ts';
import type { Cents } from './domain/money.ts';
import type { SyncChannels } from './schedule/run-sync.ts';
import { MEMORY } from './sync/export-reader.ts';
import type { SyncReport } from './sync/sync-space.ts';

/** What the thread needs to know. The token travels to a thread of this process and nowhere else. */
export interface SyncThreadOptions {
  readonly baseUrl: string;
  readonly email: string;
  readonly token: string;
  readonly databasePath: string;
  readonly contacts: ContactLevel;
  readonly channels: SyncChannels | undefined;
  readonly largeTransaction?: Cents;
  readonly slash: string;
  readonly zone: string;
}

/** What the thread is told. */
export type ToSyncThread =
  | {
      readonly type: 'sync';
      readonly developerIds: readonly string[];
      readonly full: boolean;
      /** How far the clock of the process is from the machine's, in ms: tests and the demo play other days. */
      readonly clockOffsetMs: number;
    }
  | { readonly type: 'abort' };

/** What the thread tells. */
export type FromSyncThread =
  | { readonly type: 'done'; readonly reports: readonly SyncReport[] }
  | { readonly type: 'failed'; readonly code: string; readonly message: string }
  | {
      readonly type: 'log';
      readonly level: keyof Log;
      readonly fields: Readonly<Record<string, unknown>>;
      readonly message: string;
    };

/** Syncs in a thread with its own connection to the store, so that the bot answers while a million rows are written. */
export interface SyncThread {
  /** Syncs these developer spaces; one call at a time. Throws PulseErrors, or the signal's reason. */
  sync(
    developerIds: readonly string[],
    options: { readonly full: boolean; readonly signal: AbortSignal; readonly clockOffsetMs: number },
  ): Promise<readonly SyncReport[]>;
  stop(): Promise<void>;
}

/** Creates the thread; it starts with the first sync and lives until `stop`. */
export function createSyncThread(options: SyncThreadOptions, log: Log): SyncThread {
  let thread: Worker | undefined;
  let waiting:
    | { resolve: (reports: readonly SyncReport[]) => void; reject: (error: unknown) => void }
    | undefined;

  function start(): Worker {
    const file = new URL(`./sync-thread-main${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(file, { workerData: options, resourceLimits: MEMORY });
    worker.on('message', (message: FromSyncThread) => {
      if (message.type === 'log') log[message.level](message.fields, message.message);
      else if (message.type === 'done') waiting?.resolve(message.reports);
      else waiting?.reject(new PulseError(message.code, message.message));
    });
    worker.on('error', (error) => waiting?.reject(error));
    worker.on('exit', () => {
      thread = undefined;
      waiting?.reject(
        new PulseError('SYNC_THREAD_ENDED', 'The thread that syncs ended. The next sync starts another.'),
      );
    });
    return worker;
  }

  return {
    async sync(developerIds, { clockOffsetMs, full, signal }) {
      signal.throwIfAborted();
      const worker = (thread ??= start());
      const abort = (): void => worker.postMessage({ type: 'abort' } satisfies ToSyncThread);
      signal.addEventListener('abort', abort);
      try {
        return await new Promise<readonly SyncReport[]>((resolve, reject) => {
          waiting = { resolve, reject };
          worker.postMessage({ type: 'sync', developerIds, full, clockOffsetMs } satisfies ToSyncThread);
        });
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        waiting = undefined;
        signal.removeEventListener('abort', abort);
      }
    },
    async stop() {
      await thread?.terminate();
      thread = undefined;
    },
  };
}
