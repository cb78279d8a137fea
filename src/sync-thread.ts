import { extname } from 'node:path';
import type { ContactLevel } from './domain/contact.ts';
import type { Log } from './domain/log.ts';
import type { Cents } from './domain/money.ts';
import type { Secret, SecretCopy } from './domain/secret.ts';
import type { SyncChannels } from './schedule/run-sync.ts';
import type { SyncReport } from './sync/sync-space.ts';
import { createThread } from './thread/call-thread.ts';

/** What the thread needs to know. */
export interface SyncThreadOptions {
  readonly baseUrl: string;
  readonly email: string;
  readonly token: Secret;
  readonly databasePath: string;
  readonly contacts: ContactLevel;
  readonly channels: SyncChannels | undefined;
  readonly largeTransaction?: Cents;
  readonly slash: string;
  readonly zone: string;
}

/** The same as the thread gets it. */
export type SyncThreadData = Omit<SyncThreadOptions, 'token'> & { readonly token: SecretCopy };

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

/** What the thread says: a line, or the token that stood in the file of a refused one. */
export type SyncNote = LogNote | { readonly renewed: string };

/** Syncs in a thread with its own connection to the store, so that the bot answers while a million rows are written. */
export interface SyncThread {
  /** Syncs these developer spaces; one call at a time. Throws PulseErrors, or the signal's reason. */
  sync(question: SyncQuestion, signal: AbortSignal): Promise<readonly SyncReport[]>;
  stop(): Promise<void>;
}

/** What is new and different of one sync is looked at together: 20,000 rows of each kind, and what they were before. */
const MEMORY = { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 8 };

/** Creates the thread; it lives as long as a sync. */
export function createSyncThread(options: SyncThreadOptions, log: Log): SyncThread {
  const thread = createThread<SyncQuestion, readonly SyncReport[], SyncNote>(
    new URL(`./sync-thread-main${extname(import.meta.url)}`, import.meta.url),
    {
      data: (): SyncThreadData => ({ ...options, token: options.token.copy() }),
      memory: MEMORY,
      onNote: (note) => {
        if ('renewed' in note) options.token.adopt(note.renewed);
        else log[note.level](note.fields, note.message);
      },
    },
  );
  return {
    async sync(question, signal) {
      try {
        return await thread.ask(question, signal);
      } finally {
        // Until the next one its memory is of no use.
        await thread.stop();
      }
    },
    stop: () => thread.stop(),
  };
}
