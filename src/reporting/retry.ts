import type { Instant } from '../domain/day.ts';

/** What one try ended with. */
export type Outcome =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  /** No connection, no headers in time, or a connection lost. `code`: ECONNREFUSED, UND_ERR_HEADERS_TIMEOUT, ... */
  | { readonly kind: 'network'; readonly code: string }
  /** Success by its status, but the body was cut or is no JSON: gateways answer so when they fail. */
  | { readonly kind: 'unreadable' }
  /** 401, and another token has been found since. */
  | { readonly kind: 'renewed' };

/** Whether and when to try again. */
export type RetryDecision = { readonly retry: true; readonly afterMs: number } | { readonly retry: false };

/** Waits before the further tries, in ms; after the last one the caller gives up. */
const BACKOFF_MS = [1_000, 2_000, 4_000, 8_000] as const;
const SHORTEST_STATED_MS = 1_000;
const LONGEST_STATED_MS = 3_600_000;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const RETRYABLE = new Set([429, 500, 502, 503, 504]);
const GIVE_UP: RetryDecision = { retry: false };

/** `Retry-After` as milliseconds from now: seconds or an HTTP date (RFC 9110, 10.2.3); undefined when neither. */
function statedWait(header: string | undefined, now: Instant): number | undefined {
  const text = header?.trim() ?? '';
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  return HTTP_DATE.test(text) && Number.isFinite(Date.parse(text)) ? Date.parse(text) - now : undefined;
}

/**
 * Decides after the `attempt`th try (1 = the first) of one request. Retried: 429, 500, 502, 503, 504, network failures
 * and unreadable bodies, up to four more times after 1, 2, 4 and 8 s, each halved to one-and-a-half by `random` (0..1).
 * A stated `Retry-After` is a lower bound, clamped to at least 1 s, with up to 10 % on top; longer than 1 h gives up.
 * Another token is tried at once.
 */
export function decideRetry(
  attempt: number,
  outcome: Outcome,
  now: Instant,
  random: () => number,
): RetryDecision {
  const base = BACKOFF_MS[attempt - 1];
  if (base === undefined) return GIVE_UP;
  if (outcome.kind === 'renewed') return { retry: true, afterMs: 0 };
  const backoffMs = Math.round(base * (0.5 + random()));
  if (outcome.kind !== 'status') return { retry: true, afterMs: backoffMs };
  if (!RETRYABLE.has(outcome.status)) return GIVE_UP;
  const stated = statedWait(outcome.retryAfter, now);
  if (stated === undefined) {
    const floor = outcome.status === 429 ? SHORTEST_STATED_MS : 0;
    return { retry: true, afterMs: Math.max(floor, backoffMs) };
  }
  if (stated > LONGEST_STATED_MS) return GIVE_UP;
  return { retry: true, afterMs: Math.ceil(Math.max(SHORTEST_STATED_MS, stated) * (1 + random() / 10)) };
}
