import type { Day, Instant } from '../domain/day.ts';
import type { BuildDigest } from '../digests/build-digest.ts';
import type { Message } from '../domain/message.ts';
import type { DigestTrace } from '../domain/traced-number.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { Search } from '../store/search.ts';
import type { DatasetName } from '../store/sync-runs.ts';
import type { Told } from '../store/told.ts';
import type { StatusReport } from './status-report.ts';

/** What a command may use. Commands read the store, never the API: an answer takes milliseconds. */
export interface CommandContext {
  readonly read: ReadModel;
  readonly search: Search;
  readonly now: Instant;
  readonly today: Day;
  /** The slash command as installed, for examples: `/pulse`. */
  readonly slash: string;
  /** Whether the asker may see contacts. */
  readonly showContacts: boolean;
  /**
   * What a digest last told where the asker is, else in the channel of the digests: what changed since then is told. An
   * answer to one person is no telling: it moves nothing.
   */
  readonly readLastTold: (
    digest: string,
    developerId: string,
    appKey: string | null,
  ) => Promise<Told | undefined>;
  /** Builds a digest, or gives it as it was built after the newest sync. */
  readonly buildDigest: BuildDigest;
  /** The numbers of a digest that was shown, with the rows behind them. */
  readonly readNumbers: (ref: string) => Promise<DigestTrace | undefined>;
  /** The age of licences and transactions, for answers that are about no developer space in particular. */
  readonly readAge: () => Promise<{ readonly asOf: Instant | undefined; readonly now: Instant }>;
  /** The state of syncs, delivery and schedules. */
  readonly readStatus: () => Promise<StatusReport>;
  /** Starts a sync now; tells whether one was already running. */
  readonly requestSync: () => Promise<'started' | 'running' | 'unavailable'>;
}

/** One thing people can ask. Its help text is written here and nowhere else. */
export interface Command {
  /** The first word, and other words that mean the same. */
  readonly words: readonly [string, ...string[]];
  /** What follows the first word: `<entitlement | company>`; empty when nothing does. */
  readonly usage: string;
  /** One sentence, no full stop. */
  readonly summary: string;
  /** The data sets whose rows it reads, names of apps aside. */
  readonly reads: readonly DatasetName[];
  /** The answer for the words after the first. Bad input is answered in words, never thrown. */
  answer(words: readonly string[], context: CommandContext): Promise<Message>;
}
