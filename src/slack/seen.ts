import type { Clock } from '../domain/clock.ts';
import type { Instant } from '../domain/day.ts';

/** Longer than Slack or a proxy repeats a delivery, and twice as long as a signed request is valid. */
const KEPT_MS = 10 * 60_000;

/** Remembers what was handled, for ten minutes. */
export function createSeen(clock: Clock) {
  const seenAt = new Map<string, Instant>();
  return {
    /** True the first time an id is noted. */
    note(id: string): boolean {
      const now = clock();
      for (const [old, at] of seenAt) {
        if (now - at < KEPT_MS) break;
        seenAt.delete(old);
      }
      if (seenAt.has(id)) return false;
      seenAt.set(id, now);
      return true;
    },
  };
}
