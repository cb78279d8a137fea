import type { Calendar, Offset } from './calendar.ts';
import { createRandom } from './random.ts';

/** Months of history a monthly report reaches back. */
const MONTHS = 18;

/** A number with so many decimals. */
export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** Percent; null where there is nothing to grow from. */
export function growth(now: number, before: number): number | null {
  return before === 0 ? null : round((100 * (now - before)) / before, 2);
}

/** The rest of the Marketplace. Its numbers are drawn from the seed and the month alone. */
export function createMarket(seed: number, calendar: Calendar) {
  /** A number of the market for one month, equal however often and whenever it is asked for. */
  function number(label: string, month: Offset, min: number, max: number): number {
    const random = createRandom(`${seed}/market/${label}/${calendar.day(month)}`);
    return min + (max - min) * random.next();
  }

  /** The firsts of the newest months that are published on a day, newest first. */
  function published(isPublished: (month: Offset) => boolean, asOf: Offset): Offset[] {
    const list: Offset[] = [];
    for (let shift = 0; list.length < MONTHS; shift -= 1) {
      const month = calendar.monthStart(asOf, shift);
      if (isPublished(month)) list.push(month);
    }
    return list;
  }

  /** Months that appear on one day of a month some months later. */
  function months(asOf: Offset, lagMonths: number, publishedOnDay: number): Offset[] {
    return published((month) => calendar.monthStart(month, lagMonths) + publishedOnDay - 1 <= asOf, asOf);
  }

  /** Months that appear a quarter at a time, on the 10th of February, May, August and November. */
  function quarters(asOf: Offset): Offset[] {
    return published((month) => {
      const monthsLeft = 2 - ((Number(calendar.day(month).slice(5, 7)) - 1) % 3);
      return calendar.monthStart(month, monthsLeft + 2) + 9 <= asOf;
    }, asOf);
  }

  return { number, months, quarters };
}

export type Market = ReturnType<typeof createMarket>;
