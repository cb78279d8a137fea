import type { Day, Instant } from './day.ts';
import type { ThreadedMessage } from './message.ts';

/** One row behind a number: what it is about, and what it adds. */
export interface TracedRow {
  /** The subscription in the store. Its customer's name is looked up when the row is shown: what is kept names nobody. */
  readonly entitlement?: string;
  /** The app, week or part that the row is about where it is no subscription; otherwise what is to be known besides. */
  readonly what?: string;
  readonly day?: Day;
  /** In the unit of the number. */
  readonly amount: number;
}

/** A number that a digest tells, with everything it was made of. */
export interface TracedNumber {
  /** Letters and hyphens; unique in its digest and stable: part of what a click asks for. */
  readonly id: string;
  /** What the message calls it: `Left`. */
  readonly title: string;
  /** The name of its explanation among those of its digest. */
  readonly explained: string;
  /** A count, cents of partner share, or days. */
  readonly unit: 'count' | 'cents' | 'days';
  readonly value: number;
  /** How the rows make the value: `sum` exactly, or their `median`. */
  readonly combined: 'sum' | 'median';
  readonly rows: readonly TracedRow[];
  /** How the number becomes what the message says, in words: `12 of 400 due (3 %)`. */
  readonly arithmetic?: string;
}

/** The numbers of one digest as it was shown, found again by what its button carries. */
export interface DigestTrace {
  /** Twelve hexadecimal digits: equal for equal numbers of the same digest. */
  readonly ref: string;
  /** The id of the digest. */
  readonly digest: string;
  /** What it was headed: `Churn, 8–14 Mar, All cloud apps`. */
  readonly title: string;
  /** How the digest is asked for again: `churn "App 1" 2026-03-08`. */
  readonly asks: string;
  readonly developerId: string;
  /** The newest sync that the numbers know. */
  readonly knownAt: Instant;
  readonly numbers: readonly TracedNumber[];
}

/** The message of a digest and the numbers in it. */
export interface TracedMessage extends ThreadedMessage {
  readonly numbers: readonly TracedNumber[];
}
