import type { Instant } from '../../src/domain/day.ts';

/** Whose eyes a date is for. */
export interface DateReader {
  /** IANA zone. */
  readonly tz: string;
  readonly now: Instant;
}

type Part = Readonly<Record<string, string>>;

function partsOf(at: Instant, tz: string, options: Intl.DateTimeFormatOptions): Part {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: tz, ...options });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

function ordinal(day: number): string {
  const tail = day % 10;
  const isTeen = day % 100 >= 11 && day % 100 <= 13;
  return `${day}${isTeen ? 'th' : tail === 1 ? 'st' : tail === 2 ? 'nd' : tail === 3 ? 'rd' : 'th'}`;
}

/** `yesterday`, `today` or `tomorrow` in the reader's zone; undefined for any other day. */
function nearDay(at: Instant, { tz, now }: DateReader): string | undefined {
  const dayOf = (instant: Instant): string =>
    new Intl.DateTimeFormat('en-CA', { timeZone: tz }).format(instant);
  const days = Math.round((Date.parse(dayOf(at)) - Date.parse(dayOf(now))) / 86_400_000);
  return { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' }[String(days)];
}

function ago(at: Instant, now: Instant): string {
  const seconds = Math.round((now - at) / 1000);
  for (const [unit, size] of [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const) {
    const count = Math.floor(Math.abs(seconds) / size);
    if (count > 0) {
      const text = `${count} ${unit}${count === 1 ? '' : 's'}`;
      return seconds < 0 ? `in ${text}` : `${text} ago`;
    }
  }
  return 'just now';
}

/** `9:05 AM` in the reader's zone. */
export function clockTime(at: Instant, tz: string): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: tz, hour: 'numeric', minute: '2-digit' }).format(at);
}

/** `Tuesday, March 18th`, as Slack heads the messages of a day; `Today` and `Yesterday` by name. */
export function dayHeading(at: Instant, reader: DateReader): string {
  const near = nearDay(at, reader);
  if (near === 'today' || near === 'yesterday') return near === 'today' ? 'Today' : 'Yesterday';
  const { weekday, month, day, year } = partsOf(at, reader.tz, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    year: 'numeric',
  });
  const isThisYear = partsOf(reader.now, reader.tz, { year: 'numeric' })['year'] === year;
  return `${weekday}, ${month} ${ordinal(Number(day))}${isThisYear ? '' : `, ${year}`}`;
}

/**
 * A date format such as `{date_short_pretty} at {time}` filled in for one reader.
 * Tokens: docs.slack.dev/messaging/formatting-message-text#date-formatting. Unknown tokens stay as they are.
 */
export function formatSlackDate(timestampSeconds: number, format: string, reader: DateReader): string {
  const at = timestampSeconds * 1000;
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) return format;
  const long = partsOf(at, reader.tz, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' });
  const short = partsOf(at, reader.tz, { month: 'short', day: 'numeric', year: 'numeric' });
  const numeric = partsOf(at, reader.tz, { month: '2-digit', day: '2-digit', year: 'numeric' });
  const near = nearDay(at, reader);
  const words: Readonly<Record<string, string>> = {
    date_num: `${numeric['year']}-${numeric['month']}-${numeric['day']}`,
    date_slash: `${numeric['month']}/${numeric['day']}/${numeric['year']}`,
    date: `${long['month']} ${ordinal(Number(long['day']))}, ${long['year']}`,
    date_short: `${short['month']} ${short['day']}, ${short['year']}`,
    date_long: `${long['weekday']}, ${long['month']} ${ordinal(Number(long['day']))}, ${long['year']}`,
    date_long_full: `${long['weekday']}, ${long['month']} ${ordinal(Number(long['day']))}, ${long['year']}`,
    time: clockTime(at, reader.tz),
    time_secs: new Intl.DateTimeFormat('en-US', { timeZone: reader.tz, timeStyle: 'medium' }).format(at),
    ago: ago(at, reader.now),
  };
  return format.replace(/\{([a-z_]+)\}/g, (token, name: string) => {
    if (name === 'day_divider_pretty') return dayHeading(at, reader);
    const base = name.replace(/_pretty$/, '');
    const word = words[base];
    if (word === undefined) return token;
    return base === name ? word : (near ?? word);
  });
}
