import { wordDistance } from './word-distance.ts';

/** What a word says of a time zone. */
export type ZoneReading =
  | { readonly kind: 'zone'; readonly zone: string }
  /** Meant as a zone, but none; `near`: the one that was probably meant. */
  | { readonly kind: 'problem'; readonly near?: string };

/** Zones of clocks that change twice a year, by the letters people write for them: those name one half of the year. */
const LETTERS: Readonly<Record<string, string>> = {
  CET: 'Europe/Berlin',
  CEST: 'Europe/Berlin',
  MEZ: 'Europe/Berlin',
  BST: 'Europe/London',
  EST: 'America/New_York',
  EDT: 'America/New_York',
  ET: 'America/New_York',
  CST: 'America/Chicago',
  CDT: 'America/Chicago',
  MST: 'America/Denver',
  MDT: 'America/Denver',
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
  PT: 'America/Los_Angeles',
  IST: 'Asia/Kolkata',
  JST: 'Asia/Tokyo',
  AEST: 'Australia/Sydney',
  AEDT: 'Australia/Sydney',
};

/** `Europe/Berlin`, `America/Argentina/Buenos_Aires`, `Etc/GMT+2`. */
const ZONE_SHAPE = /^[a-z][a-z_-]+(?:\/[a-z0-9_+-]+){1,2}$/i;
const OFFSET_SHAPE = /^(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?$/i;
/** More letters wrong than this are another word. */
const MOST_WRONG = 3;

const ZONES = Intl.supportedValuesOf('timeZone');
const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).toLowerCase();

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** An alias that the list of zones leaves out, as it is written: `asia/kolkata` is `Asia/Kolkata`. */
function capitalised(zone: string): string {
  return zone.replace(/(?<=^|[/_-])[a-z]/g, (letter) => letter.toUpperCase());
}

function nearest(typed: string): string | undefined {
  const word = typed.toLowerCase().slice(0, 40);
  const [best] = ZONES.map((zone) => ({
    zone,
    away: Math.min(wordDistance(word, zone.toLowerCase()), wordDistance(cityOf(word), cityOf(zone)) + 1),
  })).toSorted((a, b) => a.away - b.away);
  return best && best.away <= MOST_WRONG ? best.zone : undefined;
}

/**
 * Reads a time zone by its IANA name, whatever its case and with spaces for underscores; undefined for words that are
 * nothing of the kind. Offsets and letters such as CET are problems: they would be an hour off for half of the year.
 */
export function readZone(text: string): ZoneReading | undefined {
  const typed = text.trim().replace(/\s+/g, '_');
  if (/^(?:utc|gmt|z|etc\/utc)$/i.test(typed)) return { kind: 'zone', zone: 'UTC' };
  const near = LETTERS[typed.toUpperCase()];
  if (near !== undefined) return { kind: 'problem', near };
  if (OFFSET_SHAPE.test(typed)) return { kind: 'problem' };
  if (!ZONE_SHAPE.test(typed)) return undefined;
  const listed = ZONES.find((zone) => zone.toLowerCase() === typed.toLowerCase());
  if (listed !== undefined) return { kind: 'zone', zone: listed };
  if (isZone(typed)) return { kind: 'zone', zone: capitalised(typed) };
  const meant = nearest(typed);
  return { kind: 'problem', ...(meant !== undefined && { near: meant }) };
}

/** The one zone that is named after a city: `Berlin`, `New York`; undefined for any other words. */
export function zoneOfCity(text: string): string | undefined {
  const city = text.trim().toLowerCase().replace(/\s+/g, '_');
  const found = ZONES.filter((zone) => zone.includes('/') && cityOf(zone) === city);
  return found.length === 1 ? found[0] : undefined;
}
