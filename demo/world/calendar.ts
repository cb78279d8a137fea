import type { Day } from '../../src/domain/day.ts';

/**
 * Days as whole numbers relative to the world's `today`: -1 is yesterday. The generator counts in these;
 * the API's dates are written only where a row is made.
 */
export type Offset = number;

/** Translates between offsets and UTC dates. Weeks start on Sunday, as in the API's weekly samples. */
export interface Calendar {
  readonly day: (offset: Offset) => Day;
  readonly offset: (day: Day) => Offset;
  /** The same day of the month `count` months later, or the month's last day where it has no such day. */
  readonly addMonths: (offset: Offset, count: number) => Offset;
  /** The Sunday on or before. */
  readonly weekStart: (offset: Offset) => Offset;
  /** The first of the month `shift` months away from the offset's own month. */
  readonly monthStart: (offset: Offset, shift?: number) => Offset;
}

const DAY_MS = 86_400_000;

/** A calendar around `today`; throws a RangeError when that is no `YYYY-MM-DD` date. */
export function createCalendar(today: Day): Calendar {
  const origin = Date.parse(`${today}T00:00:00Z`) / DAY_MS;
  if (!Number.isInteger(origin)) throw new RangeError(`today must be YYYY-MM-DD, got ${today}`);
  const known = new Map<Offset, Day>();

  function dateOf(offset: Offset): Date {
    return new Date((origin + offset) * DAY_MS);
  }

  function offsetOf(year: number, month: number, dayOfMonth: number): Offset {
    return Date.UTC(year, month, dayOfMonth) / DAY_MS - origin;
  }

  return {
    day(offset) {
      let day = known.get(offset);
      if (day === undefined) {
        day = dateOf(offset).toISOString().slice(0, 10) as Day;
        known.set(offset, day);
      }
      return day;
    },
    offset: (day) => Date.parse(`${day}T00:00:00Z`) / DAY_MS - origin,
    addMonths(offset, count) {
      const date = dateOf(offset);
      const year = date.getUTCFullYear();
      const month = date.getUTCMonth() + count;
      const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
      return offsetOf(year, month, Math.min(date.getUTCDate(), lastDay));
    },
    weekStart: (offset) => offset - dateOf(offset).getUTCDay(),
    monthStart(offset, shift = 0) {
      const date = dateOf(offset);
      return offsetOf(date.getUTCFullYear(), date.getUTCMonth() + shift, 1);
    },
  };
}
