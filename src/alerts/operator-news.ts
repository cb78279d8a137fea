import { type Day, dayOf, type Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import {
  anotherInstance,
  backupFailed,
  clockWrong,
  diskFilling,
  manyQuestions,
  storeRecovered,
  type TwinFacts,
  tokenExpires,
} from '../messages/operator.ts';
import type { OutboxEntry } from '../store/outbox.ts';
import { announceStale } from './sync-outcome.ts';

/** An operator message, once per cause and day. `subject`: what the cause is about, where there are several. */
function daily(
  code: string,
  message: Message,
  channel: string,
  now: Instant,
  subject?: string,
): OutboxEntry[] {
  const key = ['ops/1', code, ...(subject === undefined ? [] : [subject]), dayOf(now)].join('/');
  return [{ key, kind: 'ops', channel, message }];
}

/** Today's backup could not be made. */
export function announceBackupFailed(code: string, channel: string, now: Instant): OutboxEntry[] {
  return daily('BACKUP_FAILED', backupFailed(code), channel, now);
}

/** A backup took the place of a damaged database. */
export function announceRecovered(
  recovery: { readonly day: Day; readonly damaged: string },
  channel: string,
  now: Instant,
): OutboxEntry[] {
  return daily('STORE_RECOVERED', storeRecovered(recovery.day, recovery.damaged), channel, now);
}

/** Somebody asks unusually much. */
export function announceManyQuestions(
  asker: { readonly userId: string; readonly questions: number },
  channel: string,
  now: Instant,
): OutboxEntry[] {
  const { questions, userId } = asker;
  return daily('MANY_QUESTIONS', manyQuestions(userId, questions), channel, now, userId);
}

/** What the operator should know about, as it is at one instant. */
export interface Circumstances {
  /** The last day of the Marketplace token. */
  readonly tokenExpires?: Day;
  /** Developer spaces, and when all their licences and transactions were last read; undefined before the first time. */
  readonly spaces: readonly { readonly developerId: string; readonly goodAt: Instant | undefined }[];
  /** Of the disk of the database; undefined where the system does not say. */
  readonly disk?: { readonly usedShare: number; readonly freeBytes: number };
  /** This machine's clock minus Slack's, in ms; undefined while unknown. */
  readonly clockOffsetMs?: number;
  /** Another instance that posts as this bot. */
  readonly twin?: TwinFacts;
}

const DAY_MS = 86_400_000;
/** Days before the end of a token at which it is said; -1: it is over. */
const REMINDERS = [-1, 1, 7, 30] as const;
const FULL_FROM = 0.9;
const CLOCK_WRONG_FROM_MS = 60_000;

function aboutToken(expires: Day, channel: string, now: Instant): OutboxEntry[] {
  const daysLeft = Math.round((Date.parse(expires) - Date.parse(dayOf(now))) / DAY_MS);
  const stage = REMINDERS.find((days) => daysLeft <= days);
  if (stage === undefined) return [];
  const key = `ops/1/TOKEN_EXPIRES/${expires}/${stage}`;
  return [{ key, kind: 'ops', channel, message: tokenExpires(expires, daysLeft) }];
}

/** The operator messages of what is not as it should be: one per cause and day, those about the token four in all. */
export function announceCircumstances(
  { clockOffsetMs = 0, disk, spaces, tokenExpires: expires, twin }: Circumstances,
  channel: string,
  now: Instant,
): OutboxEntry[] {
  return [
    ...(expires === undefined ? [] : aboutToken(expires, channel, now)),
    ...spaces.flatMap((space) => announceStale(space, channel, now)),
    ...(disk && disk.usedShare > FULL_FROM
      ? daily('DISK_FILLING', diskFilling(disk.usedShare, Math.floor(disk.freeBytes / 2 ** 20)), channel, now)
      : []),
    ...(Math.abs(clockOffsetMs) > CLOCK_WRONG_FROM_MS
      ? daily('CLOCK_WRONG', clockWrong(Math.round(clockOffsetMs / 1000)), channel, now)
      : []),
    ...(twin ? daily('ANOTHER_INSTANCE', anotherInstance(twin), channel, now) : []),
  ];
}
