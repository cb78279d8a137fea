/** A calendar date in UTC, `YYYY-MM-DD`. The API knows no finer grain: every date of it is a UTC date. */
export type Day = `${number}-${number}-${number}`;

/** Milliseconds since 1970-01-01T00:00Z. Names of instants end in `At`. */
export type Instant = number;

const DAY_MS = 86_400_000;
const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** 0000-01-01 to 9999-12-31: what four digits of a year can say. */
const FIRST_INSTANT = Date.parse('0000-01-01T00:00:00Z');
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z');

function isDated(at: Instant): boolean {
  return at >= FIRST_INSTANT && at <= LAST_INSTANT;
}

/** True for an existing calendar date written `YYYY-MM-DD` (2025-02-30 is none). */
export function isDay(text: string): text is Day {
  const at = DAY_SHAPE.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return isDated(at) && dayOf(at) === text;
}

/** Rows share their dates: a few thousand of them are asked for a million times. */
const MOST_KNOWN = 20_000;
const STARTS = new Map<Day, Instant>();
/** Dates by the number of days since 1970. */
const DAYS = new Map<number, Day>();

/** The UTC date of an instant. An instant outside the years 0 to 9999 gives `'0000-00-00'`, which `isDay` refuses. */
export function dayOf(at: Instant): Day {
  if (!isDated(at)) return '0000-00-00';
  const number = Math.floor(at / DAY_MS);
  const known = DAYS.get(number);
  if (known !== undefined) return known;
  if (DAYS.size >= MOST_KNOWN) DAYS.clear();
  const day = new Date(at).toISOString().slice(0, 10) as Day;
  DAYS.set(number, day);
  return day;
}

/** 00:00 UTC of that date. */
export function startOf(day: Day): Instant {
  const known = STARTS.get(day);
  if (known !== undefined) return known;
  if (STARTS.size >= MOST_KNOWN) STARTS.clear();
  const start = Date.parse(`${day}T00:00:00Z`);
  STARTS.set(day, start);
  return start;
}

/** The date `count` days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return dayOf(startOf(day) + count * DAY_MS);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((startOf(to) - startOf(from)) / DAY_MS);
}

/**
 * The Sunday that starts the API's week (Sunday 00:00 to Saturday 24:00 UTC) containing the date.
 * Source: the dates of every weekly sample of the Reporting API are Sundays.
 */
export function weekOf(day: Day): Day {
  return addDays(day, -new Date(startOf(day)).getUTCDay());
}

/** The newest week that is wholly over at that instant, named by its Sunday. */
export function lastCompleteWeek(at: Instant): Day {
  return addDays(weekOf(dayOf(at)), -7);
}

/** The `count` weeks that end with `week`, oldest first, each named by its Sunday. */
export function weeksEndingWith(week: Day, count: number): Day[] {
  return Array.from({ length: count }, (_, index) => addDays(week, 7 * (index - count + 1)));
}

/** The first of the month containing the date. */
export function monthOf(day: Day): Day {
  return `${day.slice(0, 7)}-01` as Day;
}

/** The first of the month `count` months after the date's own (before it when negative). */
export function addMonths(day: Day, count: number): Day {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  const year = String(Math.floor(months / 12)).padStart(4, '0');
  return `${year}-${String((months % 12) + 1).padStart(2, '0')}-01` as Day;
}

/** The `count` months that end with the month of the date, oldest first, each named by its first. */
export function monthsEndingWith(day: Day, count: number): Day[] {
  return Array.from({ length: count }, (_, index) => addMonths(day, index - count + 1));
}

/** A day in the middle of a month: whichever week it lies in, that week is of this month. */
export function middleOf(month: Day): Day {
  return `${month.slice(0, 8)}15` as Day;
}

/** The year in which Atlassian's Marketplace opened: no week before it has anything to tell. */
export const MARKETPLACE_OPENED: Day = '2012-01-01';
