import { addDays, type Day, type Instant, startOf } from '../domain/day.ts';
import type { Cron } from './cron.ts';
import { instantOf, localDay } from './zone-time.ts';

/** One time a schedule comes due. */
export interface DuePeriod {
  /** The local nominal time, `YYYY-MM-DDTHH:MM`: the period's name, also where clocks skip or repeat it. */
  readonly period: string;
  readonly dueAt: Instant;
}

/** 29 February on a given weekday comes back after 40 years at most (across 2100); nobody waits longer than nine. */
const SEARCHED_DAYS = 9 * 366;

function matchesDay(cron: Cron, day: Day): boolean {
  const date = new Date(startOf(day));
  if (!cron.months.has(date.getUTCMonth() + 1)) return false;
  const isDay = cron.days.has(date.getUTCDate());
  const isWeekday = cron.weekdays.has(date.getUTCDay());
  return cron.isDayGiven && cron.isWeekdayGiven ? isDay || isWeekday : isDay && isWeekday;
}

function periodOf(zone: string, day: Day, hour: number, minute: number): DuePeriod {
  const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  return { period: `${day}T${clock}`, dueAt: instantOf(zone, day, hour * 60 + minute) };
}

/** The periods due at or before an instant, newest first. Consumers stop it; it ends after nine years. */
export function* duesUntil(cron: Cron, zone: string, now: Instant): Generator<DuePeriod, undefined> {
  const today = localDay(zone, now);
  for (let back = 0; back < SEARCHED_DAYS; back += 1) {
    const day = addDays(today, -back);
    if (!matchesDay(cron, day)) continue;
    for (const hour of cron.hours.toReversed()) {
      for (const minute of cron.minutes.toReversed()) {
        const due = periodOf(zone, day, hour, minute);
        if (due.dueAt <= now) yield due;
      }
    }
  }
  return undefined;
}

/** The newest period due at or before an instant; undefined when there was none in nine years. */
export function latestDue(cron: Cron, zone: string, now: Instant): DuePeriod | undefined {
  return duesUntil(cron, zone, now).next().value;
}

/** The next periods after an instant, soonest first; fewer when nine years hold fewer. */
export function nextDues(cron: Cron, zone: string, now: Instant, count: number): DuePeriod[] {
  const dues: DuePeriod[] = [];
  // A skipped midnight puts the last times of a day on the next one: begin a day early.
  const yesterday = addDays(localDay(zone, now), -1);
  for (let ahead = 0; ahead < SEARCHED_DAYS && dues.length < count; ahead += 1) {
    const day = addDays(yesterday, ahead);
    if (!matchesDay(cron, day)) continue;
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        const due = periodOf(zone, day, hour, minute);
        if (due.dueAt > now && dues.length < count) dues.push(due);
      }
    }
  }
  return dues;
}

const HOUR_MS = 3_600_000;

/**
 * How late a period may still run: seven days for monthly schedules, three for weekly ones, twelve hours for daily
 * and more frequent ones. Later it is recorded as missed.
 */
export function catchUpWindowMs(cron: Cron): number {
  if (cron.isDayGiven || cron.months.size < 12) return 7 * 24 * HOUR_MS;
  return cron.isWeekdayGiven ? 72 * HOUR_MS : 12 * HOUR_MS;
}
