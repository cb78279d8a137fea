/** What came of something a person did, and how long to wait for it. */
import type { SlackMessage, View } from './workspace.ts';

/** A thing the app answered that Slack did not take. */
export interface RefusedAnswer {
  readonly where: 'ack' | 'response_url';
  readonly code: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What came of a command, a click, a shortcut or a mention. */
export interface Interaction {
  /** Acknowledged in time. When false, `error` is what Slack shows the person. */
  readonly ok: boolean;
  readonly error?: 'dispatch_failed' | 'operation_timeout';
  readonly detail?: string;
  readonly ackMs: number;
  /** Where the app may answer, five times and for thirty minutes. */
  readonly responseUrl: string;
  /** What the acknowledgement carried; `undefined`, `''` or `{}` when nothing. */
  readonly ack: unknown;
  /** The messages it put on the person's screen, in order, as they read at the end. */
  readonly messages: readonly SlackMessage[];
  readonly views: readonly View[];
  readonly refused: readonly RefusedAnswer[];
}

/** How long to wait for answers. */
export interface Waiting {
  /** Resolves at the first moment this is true, instead of after a quiet time. */
  readonly until?: (sofar: Interaction) => boolean;
  /** Quiet time after the last answer. */
  readonly settleMs?: number;
  /** Longest wait for any answer. */
  readonly timeoutMs?: number;
}
