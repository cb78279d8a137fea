import type { Clock } from '../domain/clock.ts';
import type { Instant } from '../domain/day.ts';

/** Whether a person may ask once more. */
export interface PaceVerdict {
  readonly isAllowed: boolean;
  /** For the asker, when not. */
  readonly sentence?: string;
  /** Questions of the last hour, when this one makes them unusually many for the first time in it. */
  readonly unusual?: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** People who look somebody up ask a few times; whoever asks more copies the customer list. */
const MOST = { minute: 20, day: 200, unusualHour: 50 } as const;

/**
 * Counts what each person asks: at most 20 questions a minute and 200 a day are answered. Kept in memory: a restart
 * forgets it, which gives nobody much.
 */
export function createPace(clock: Clock) {
  const asked = new Map<string, Instant[]>();
  const toldAt = new Map<string, Instant>();

  return {
    /** Counts a question of somebody who is allowed to ask; one that is refused here does not count. */
    note(userId: string): PaceVerdict {
      const now = clock();
      // A question in the future was asked before the clock was set back.
      const known = (asked.get(userId) ?? []).filter((at) => at <= now && now - at < DAY_MS);
      const since = (ms: number): number => known.filter((at) => now - at < ms).length;
      asked.set(userId, known);
      if (since(MINUTE_MS) >= MOST.minute) {
        return {
          isAllowed: false,
          sentence: 'That is more than 20 questions in a minute; please wait a little.',
        };
      }
      if (known.length >= MOST.day) {
        return {
          isAllowed: false,
          sentence: 'That is more than 200 questions in a day; please go on tomorrow.',
        };
      }
      known.push(now);
      const inHour = since(HOUR_MS);
      const isTold = now - (toldAt.get(userId) ?? -Infinity) < HOUR_MS;
      if (inHour <= MOST.unusualHour || isTold) return { isAllowed: true };
      toldAt.set(userId, now);
      return { isAllowed: true, unusual: inHour };
    },
  };
}
