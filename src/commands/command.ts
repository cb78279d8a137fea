import type { Day, Instant } from '../domain/day.ts';
import type { BuildDigest } from '../digests/build-digest.ts';
import type { AlertChange } from '../domain/alert-rules.ts';
import type { License } from '../domain/license.ts';
import type { Answer, Block, FormOutcome, Message } from '../domain/message.ts';
import type { NewSubscription, SubscriptionPlan } from '../domain/subscription-plan.ts';
import type { DigestTrace } from '../domain/traced-number.ts';
import type { TransactionLine } from '../domain/transaction-line.ts';
import type { AlertsHere } from '../messages/alert-settings.ts';
import type { FileScope } from '../messages/exported.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { Search } from '../store/search.ts';
import type { DatasetName } from '../store/sync-runs.ts';
import type { Told } from '../store/told.ts';
import type { StatusReport } from './status-report.ts';

/** What people can do about alerts. */
export interface AlertDesk {
  /** Of the times it names. */
  readonly zone: string;
  readHere(channel: string): Promise<AlertsHere>;
  set(channel: string, changes: readonly AlertChange[], by: string): Promise<void>;
  act(
    id: number,
    act: { readonly kind: 'handled' | 'reopen' } | { readonly kind: 'snooze'; readonly until: Instant },
    asker: { readonly userId: string; readonly channelId: string },
  ): Promise<{ readonly outcome: 'done' | 'same' | 'old' | 'unknown' }>;
}

/** What people can do about subscriptions. What is named by its ref and gone, is undefined. */
export interface SubscriptionDesk {
  /** When a digest comes unless somebody says otherwise: five fields, and an IANA zone. */
  readonly cron: string;
  readonly zone: string;
  /** The next three runs of a schedule. */
  nextRuns(cron: string, zone: string): readonly Instant[];
  /** Why Slack refuses a channel, where it does. */
  readTrouble(channel: string): Promise<SubscriptionPlan['trouble']>;
  list(): Promise<readonly SubscriptionPlan[]>;
  /** Subscribes; `instead` of another subscription, by its ref. */
  put(
    wanted: NewSubscription,
    by: string,
    instead?: string,
  ): Promise<{
    readonly plan: SubscriptionPlan;
    readonly outcome: 'new' | 'changed' | 'resumed' | 'same';
  }>;
  /** Pauses or resumes. `missed`: how often it came due meanwhile, which is not made up for. */
  setState(
    ref: string,
    state: SubscriptionPlan['state'],
  ): Promise<
    { readonly plan: SubscriptionPlan; readonly isChanged: boolean; readonly missed: number } | undefined
  >;
  /** Ends a subscription; a default is paused. */
  remove(ref: string): Promise<'removed' | 'paused' | undefined>;
  /** Posts it now, once for each `run`. */
  post(ref: string, run: string): Promise<'posted' | 'known' | 'not-ready' | undefined>;
  /** The message as it would be posted now. */
  preview(ref: string): Promise<Message | 'not-ready' | undefined>;
}

/** Whether somebody may have digests sent to a channel, and whether they would arrive. */
export type Place =
  /** `unseen`: nothing speaks against it, but the bot may not look. */
  | { readonly kind: 'open' | 'unseen' | 'absent' | 'archived' | 'shared' }
  /** Asking is not allowed there; the sentence is for the asker. */
  | { readonly kind: 'forbidden'; readonly sentence: string };

/** What Slack tells of channels and people, asked at once. Never rejects. */
export interface Places {
  check(channelId: string, userId: string): Promise<Place>;
  /** The id of a channel in which asking is allowed, by its name. */
  find(name: string): Promise<string | undefined>;
  /** The IANA zone somebody set in Slack; undefined where the bot may not ask. */
  readZone(userId: string): Promise<string | undefined>;
}

/** One field of a form: its block, and the command that its value makes. */
export interface FormEntry {
  readonly id: string;
  /** The words after the command's own. */
  readonly words: readonly string[];
  /** It shows what it showed when the form was opened. */
  readonly isKept?: boolean;
}

/** What Atlassian answered when it was asked at once. None of it is stored. */
export type LiveAnswer =
  | {
      readonly kind: 'answered';
      readonly licenses: readonly License[];
      readonly lines: readonly TransactionLine[];
      /** There are more rows than were read. */
      readonly isCut: boolean;
      /** The half that could not be asked, and why, as a code. */
      readonly failed?: { readonly what: 'licenses' | 'transactions'; readonly code: string };
    }
  | { readonly kind: 'failed'; readonly code: string };

/** A file for one person. */
export interface SentFile {
  readonly name: string;
  readonly content: string;
}

/** What became of files: in a direct message with the asker, or the reason why not, as Slack's code. */
export type SendOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'missing-scope'; readonly scopes: readonly FileScope[] }
  | { readonly kind: 'refused'; readonly code: string };

/** What a command may use. Commands read the store: an answer takes milliseconds. Only `live` asks the API. */
export interface CommandContext {
  readonly read: ReadModel;
  readonly search: Search;
  readonly now: Instant;
  readonly today: Day;
  /** The slash command as installed, for examples: `/pulse`. */
  readonly slash: string;
  /** Whether the asker may see contacts. */
  readonly showContacts: boolean;
  /** Whether the asker is named among those who may ask: they see the subscriptions of every channel. */
  readonly isNamed: boolean;
  /** Who asks, and in which channel. */
  readonly asker: { readonly userId: string; readonly channelId: string };
  readonly alerts: AlertDesk;
  readonly subscriptions: SubscriptionDesk;
  readonly places: Places;
  /** Asks the API for licences and transactions that a text names; within ten seconds, never rejects. */
  readonly askLive: (text: string) => Promise<LiveAnswer>;
  /**
   * Posts for all in the asker's channel, once for each click or typed command; `known`: it was posted before. Absent
   * where nothing may be posted.
   */
  readonly post?: (message: Message) => Promise<'posted' | 'known'>;
  /** Sends files to the asker alone, with a sentence above them; never rejects. */
  readonly sendFiles: (files: readonly SentFile[], sentence: string) => Promise<SendOutcome>;
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

/** Rows for a file. */
export interface ExportTable {
  /** Names the file: `transactions`. */
  readonly name: string;
  readonly columns: readonly string[];
  /** A number is written as one; money in dollars. */
  readonly rows: readonly (readonly (string | number)[])[];
  /** Rows that are left out; `some`: perhaps, nobody counted them. */
  readonly left: number | 'some';
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
  /** What it answers and means, in a few sentences: the text of `help` about it. */
  readonly definition: string;
  /** What can be typed, without the slash; the most useful first. */
  readonly examples: readonly [string, ...string[]];
  /**
   * Whether these words are what it takes, so that `App 1 churn` is told from a customer of such a name. Without it any
   * words after its own are taken, and none before.
   */
  understands?(words: readonly string[], context: CommandContext): Promise<boolean>;
  /** Its answer as rows for a file; without it those of the tables in the answer. A message says why there are none. */
  tables?(words: readonly string[], context: CommandContext): Promise<readonly ExportTable[] | Message>;
  /** Its answer as everybody in a channel may see it; undefined when there is nothing to show. Without it none is shared. */
  share?(words: readonly string[], context: CommandContext): Promise<Message | undefined>;
  /** The answer for the words after the first. Bad input is answered in words, never thrown. */
  answer(words: readonly string[], context: CommandContext): Promise<Answer>;
  /** What comes of a form of this command that was filled in: the fields that were changed, and all of them. */
  submit?(
    entries: readonly FormEntry[],
    context: CommandContext,
    all: readonly FormEntry[],
  ): Promise<FormOutcome>;
  /** The block of a form that follows what is filled in, as it reads with these fields. */
  refresh?(all: readonly FormEntry[], context: CommandContext): Promise<Block | undefined>;
}
