import type { Instant } from '../../src/domain/day.ts';
import type { Slots } from '../../src/store/slots.ts';

/**
 * Periods in memory, for tests that run thousands of them: `<schedule> <period>` to what became of it. What a database and
 * two processes do with them is `integration/slots.test.ts`.
 */
export function createMemorySlots(knownSinceAt: Instant) {
  const states = new Map<string, 'done' | 'missed'>();
  const name = (id: string, period: string): string => `${id} ${period}`;
  const slots: Pick<Slots, 'claim' | 'know' | 'read' | 'readMissed' | 'recordMissed'> = {
    know: async () => knownSinceAt,
    read: async (id, period) => {
      const state = states.get(name(id, period));
      return state && { scheduleId: id, period, dueAt: 0, recordedAt: 0, entries: 0, state };
    },
    readMissed: async () => [],
    claim: async (id, period, _dueAt, _entries, _now, extra) => {
      if (states.has(name(id, period))) return false;
      states.set(name(id, period), 'done');
      for (const missed of extra?.missed ?? []) states.set(name(id, missed.period), 'missed');
      return true;
    },
    recordMissed: async (id, periods) => {
      for (const { period } of periods) states.set(name(id, period), 'missed');
      return periods.length;
    },
  };
  return { states, slots: slots as Slots };
}
