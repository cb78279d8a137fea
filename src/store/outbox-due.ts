import type { Instant } from '../domain/day.ts';

/** What tells when a message of the outbox is due: columns of its row, of its channel and of its parent. */
export interface WaitingMessage {
  readonly state: 'pending' | 'sending' | 'parked';
  readonly next_at: Instant;
  readonly not_after_at: Instant | null;
  readonly next_probe_at: Instant | null;
  readonly parent_key: string | null;
  readonly parent_ts: string | null;
}

/** No wait is longer (the longest Retry-After obeyed is an hour, probes of closed channels come daily). */
const LONGEST_WAIT_MS = 2 * 3_600_000;
const LONGEST_PROBE_WAIT_MS = 25 * 3_600_000;

/**
 * True for the head of a channel that may be posted or probed. An instant further away than any wait was written before
 * the host's clock was set back: it counts as due.
 */
export function isDue(head: WaitingMessage, now: Instant): boolean {
  if (head.parent_key !== null && head.parent_ts === null) return false;
  // Too late for anything but finding out whether it was posted.
  if (head.state !== 'sending' && head.not_after_at !== null && head.not_after_at < now) return false;
  const isProbe = head.state === 'parked' && head.next_probe_at !== null;
  const waitMs = (isProbe ? (head.next_probe_at ?? 0) : head.next_at) - now;
  return waitMs <= 0 || waitMs > (isProbe ? LONGEST_PROBE_WAIT_MS : LONGEST_WAIT_MS);
}
