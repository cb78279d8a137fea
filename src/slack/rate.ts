import type { Clock } from '../domain/clock.ts';
import type { Instant } from '../domain/day.ts';
import type { Verdict } from './access.ts';

/** Questions of one person: nobody types faster, and nobody reads more answers than that in a day. */
export const MOST_ASKED = { perMinute: 20, perDay: 200 } as const;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MOST_PEOPLE = 1000;

function refuse(code: string, sentence: string): Verdict {
  return { allowed: false, code, sentence };
}

/** Counts what each person asks. Kept in memory: a restart begins anew. */
export function createRate(clock: Clock) {
  const asked = new Map<string, Instant[]>();

  return {
    /** Counts a question. Answers the refusal when it is one too many, which then does not count. */
    take(userId: string): Verdict | undefined {
      const now = clock();
      const within = (ms: number, times: readonly Instant[]) => times.filter((at) => now - at < ms);
      const today = within(DAY_MS, asked.get(userId) ?? []);
      if (today.length >= MOST_ASKED.perDay)
        return refuse(
          'too_many_today',
          `You have asked me ${MOST_ASKED.perDay} times within a day, which is as often as I answer; please go on tomorrow.`,
        );
      if (within(MINUTE_MS, today).length >= MOST_ASKED.perMinute)
        return refuse(
          'too_many_at_once',
          `You have asked me ${MOST_ASKED.perMinute} times within a minute; please wait a minute.`,
        );
      if (asked.size >= MOST_PEOPLE) {
        for (const [id, times] of asked) if (within(DAY_MS, times).length === 0) asked.delete(id);
      }
      asked.set(userId, [...today, now]);
      return undefined;
    },
  };
}
