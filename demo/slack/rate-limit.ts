import type { Clock } from '../../src/domain/clock.ts';

/**
 * How fast the simulated Slack lets the bot post. The real figure is about one message per second and channel
 * with "short bursts" (docs.slack.dev/apis/web-api/rate-limits); the size of the burst is not published.
 */
export interface PostingLimit {
  /** Messages per second and channel. Default 1. */
  readonly perSecond?: number;
  /** Messages a rested channel takes at once. Default 4. */
  readonly burst?: number;
}

/** Says how many whole seconds a call must wait; undefined when it may go on now. */
export type RateLimit = (method: string, channel: string | undefined) => number | undefined;

/** Calls per minute of the tiers; a method without a tier is not limited. */
const PER_MINUTE: Readonly<Record<string, number>> = {
  'chat.update': 50,
  'chat.delete': 50,
  'conversations.info': 50,
  'conversations.history': 50,
  'conversations.replies': 50,
  'chat.postEphemeral': 100,
  'users.info': 100,
  'views.publish': 100,
  'views.open': 100,
  'views.update': 100,
};

/** Token buckets: one per channel for `chat.postMessage`, one per method for the tiers. `false` limits nothing. */
export function createRateLimit(limit: PostingLimit | false, clock: Clock): RateLimit {
  if (limit === false) return () => undefined;
  const posting = { perSecond: limit.perSecond ?? 1, burst: limit.burst ?? 4 };
  const buckets = new Map<string, { level: number; at: number }>();

  return (method, channel) => {
    const perMinute = PER_MINUTE[method];
    const isPost = method === 'chat.postMessage';
    if (!isPost && perMinute === undefined) return undefined;
    const rate = isPost ? posting.perSecond : (perMinute ?? 0) / 60;
    const capacity = isPost ? posting.burst : (perMinute ?? 0);
    const key = isPost ? `${method} ${channel ?? ''}` : method;
    const now = clock();
    const bucket = buckets.get(key) ?? { level: capacity, at: now };
    const level = Math.min(capacity, bucket.level + (Math.max(0, now - bucket.at) / 1000) * rate);
    const isAllowed = level >= 1;
    buckets.set(key, { level: isAllowed ? level - 1 : level, at: now });
    return isAllowed ? undefined : Math.max(1, Math.ceil((1 - level) / rate));
  };
}
