import { TZDate } from '@date-fns/tz';
import { type Day, type Instant, startOf } from './day.ts';

/** The weekday (0 is Sunday) and the minutes after midnight that clocks of a zone show. */
export function localTime(at: Instant, zone: string): { readonly weekday: number; readonly minute: number } {
  const local = new TZDate(at, zone);
  return { weekday: local.getDay(), minute: local.getHours() * 60 + local.getMinutes() };
}

/** The instant at which clocks of a zone show that many minutes after midnight of a day. */
export function instantAt(day: Day, minute: number, zone: string): Instant {
  const date = new Date(startOf(day));
  return new TZDate(
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    Math.floor(minute / 60),
    minute % 60,
    zone,
  ).getTime();
}
