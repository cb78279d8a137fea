import { type Cents, toCents } from '../domain/money.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A base address without its last slash: https, or plain http of this machine. Undefined: it is none. */
export function parseUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
  const isBase = url.username === '' && url.password === '' && !/[?#]/.test(text);
  return isSafe && isBase ? url.href.replace(/\/+$/, '') : undefined;
}

/** An IANA zone; undefined for anything else. */
export function parseZone(text: string): string | undefined {
  // An offset such as +02:00 is a zone to Intl, but knows no summer time.
  if (/^[+-]/.test(text)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone && text;
  } catch {
    return undefined;
  }
}

/** Reads one of some words, in any case. */
export function oneOf<Word extends string>(...words: readonly Word[]) {
  return (text: string): Word | undefined => words.find((word) => word === text.toLowerCase());
}

/** Reads a whole number within bounds, both included. */
export function integerBetween(low: number, high: number) {
  return (text: string): number | undefined => {
    const value = Number(text);
    return /^\d+$/.test(text) && value >= low && value <= high ? value : undefined;
  };
}

/** A positive amount of dollars in cents; undefined for anything else. */
export function parseDollars(text: string): Cents | undefined {
  return /^\d{1,9}(\.\d{1,2})?$/.test(text) && Number(text) > 0 ? toCents(Number(text)) : undefined;
}
