import { type Day, dayOf, type Instant } from '../domain/day.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** True for a zone this Node knows, such as `Europe/Berlin`. */
export function isZone(zone: string): boolean {
  try {
    formatterOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** Local time minus UTC in a zone at an instant, in milliseconds. Throws a RangeError for an unknown zone. */
export function offsetAt(zone: string, at: Instant): number {
  const parts = formatterOf(zone).format(at).match(/\d+/g)?.map(Number) ?? [];
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** The calendar date in a zone at an instant. */
export function localDay(zone: string, at: Instant): Day {
  return dayOf(at + offsetAt(zone, at));
}

/** The first instant in `(from, to]` at which the offset is no longer `offset`; there is one change between them. */
function changeAfter(zone: string, offset: number, from: Instant, to: Instant): Instant {
  let [before, after] = [Math.floor(from / 1000), Math.ceil(to / 1000)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(zone, middle * 1000) === offset) before = middle;
    else after = middle;
  }
  return after * 1000;
}

/**
 * The instant at which clocks in a zone show a local time: `minute` minutes after midnight of `day`. A time that the
 * clocks skip (spring) is the first instant after the skip; a time they show twice (autumn) is the first of the two.
 * That is the rule of Debian's cron; node-schedule's own skips or repeats such times.
 */
export function instantOf(zone: string, day: Day, minute: number): Instant {
  const nominal = Date.parse(`${day}T00:00:00Z`) + minute * 60_000;
  const before = offsetAt(zone, nominal - DAY_MS);
  const after = offsetAt(zone, nominal + DAY_MS);
  const hits = [before, offsetAt(zone, nominal), after]
    .map((offset) => nominal - offset)
    .filter((at) => at + offsetAt(zone, at) === nominal);
  if (hits.length > 0) return Math.min(...hits);
  return changeAfter(zone, before, nominal - Math.max(before, after), nominal - Math.min(before, after));
}
