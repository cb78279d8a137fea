import { extname } from 'node:path';
import type { ContactLevel } from './domain/contact.ts';
import type { Log } from './domain/log.ts';
import type { Cents } from './domain/money.ts';
import type { SyncChannels } from './schedule/run-sync.ts';
import type { SyncReport } from './sync/sync-space.ts';
import { createThread } from './thread/call-thread.ts';

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

/** One sync. */
export interface SyncQuestion {
  readonly developerIds: readonly string[];
  readonly full: boolean;
  /** How far the clock of the process is from the machine's, in ms: tests and the demo play other days. */
  readonly clockOffsetMs: number;
}

/** A line for the process's log. */
export interface LogNote {
  readonly level: keyof Log;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** Syncs in a thread with its own connection to the store, so that the bot answers while a million rows are written. */
export interface SyncThread {
  /** Syncs these developer spaces; one call at a time. Throws PulseErrors, or the signal's reason. */
  sync(question: SyncQuestion, signal: AbortSignal): Promise<readonly SyncReport[]>;
  stop(): Promise<void>;
}

/** What is new and different of one sync is looked at together: 20,000 rows of each kind, and what they were before. */
const MEMORY = { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 8 };

/** Creates the thread; it starts with the first sync and lives until `stop`. */
export function createSyncThread(options: SyncThreadOptions, log: Log): SyncThread {
  const thread = createThread<SyncQuestion, readonly SyncReport[], LogNote>(
    new URL(`./sync-thread-main${extname(import.meta.url)}`, import.meta.url),
    { data: options, memory: MEMORY, onNote: ({ fields, level, message }) => log[level](fields, message) },
  );
  return { sync: (question, signal) => thread.ask(question, signal), stop: () => thread.stop() };
}
