import { addDays, type Day, weekOf } from '../domain/day.ts';
import type { SyncMode } from '../store/sync-runs.ts';

/** A range of dates to ask for, both included. */
export interface Window {
  readonly from: Day;
  readonly to: Day;
}

/** Three years: what the digests' charts, comparisons and "a year ago" can ever need. */
const HISTORY_WEEKS = 156;

/**
 * How far back an hourly sync asks again for weekly numbers. Events were seen 62 days late, and the comparison of a
 * digest spans 28 weeks.
 */
const RECENT_WEEKS = 30;

/** The weeks to ask aggregates and events for. A full pull covers three years, an incremental one 30 weeks. */
export function weeksToPull(mode: SyncMode, today: Day): Window {
  return { from: addDays(weekOf(today), -7 * (mode === 'full' ? HISTORY_WEEKS : RECENT_WEEKS)), to: today };
}

/** `lastUpdated` is a date and inclusive, and rows appear days late: incremental pulls overlap by a week. */
const OVERLAP_DAYS = 7;

/** More days of overlap, one per hour of the day: they keep exports of one day apart. */
const HOURS = 24;

/**
 * The `lastUpdated` to send. The API gives the same export id, and with it possibly the rows of an earlier hour, to
 * the same parameters; so every hour's pull asks for a slightly different range: incremental ones reach 7 to 30 days
 * back, full ones begin on a varying day before the Marketplace opened in 2012.
 */
export function lastUpdatedToSend(mode: SyncMode, since: Day | undefined, at: number): Day {
  const hour = Math.floor(at / 3_600_000);
  if (mode === 'full' || since === undefined) return addDays('1995-01-01', hour % 5000);
  return addDays(since, -(OVERLAP_DAYS + (hour % HOURS)));
}
