import type { QuietHours } from './alert-rules.ts';
import type { Instant } from './day.ts';
import { localTime } from './local-time.ts';

/** When a channel wants to hear nothing: hours of every day, and all of the days that are not listed. */
export interface QuietTimes {
  readonly hours?: QuietHours | undefined;
  readonly days?: readonly number[] | undefined;
}

function isWithin({ from, to }: QuietHours, minute: number): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Whether it is quiet at an instant, by the clocks of a zone. */
export function isQuiet({ days, hours }: QuietTimes, at: Instant, zone: string): boolean {
  if (!hours && !days) return false;
  const { minute, weekday } = localTime(at, zone);
  if (days && !days.includes(weekday)) return true;
  return hours !== undefined && isWithin(hours, minute);
}
