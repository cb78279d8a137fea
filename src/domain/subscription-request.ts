import { findNamedApp, findPartOfApp, type SpaceApp } from './named-app.ts';
import { LAST_MONTH_DAY, type SpokenSchedule } from './spoken-schedule.ts';
import { readMinute, readWeekdays } from './time-words.ts';
import { readZone, zoneOfCity } from './zone-words.ts';

/** What can be subscribed to. */
export interface Subscribable {
  /** Digests by their id, with every word that asks for one. */
  readonly digests: readonly { readonly id: string; readonly words: readonly string[] }[];
  readonly apps: readonly SpaceApp[];
  readonly spaces: readonly string[];
}

/** Where a digest goes: the channel in which it is asked, one by its id, or one by its name. */
export type WishedChannel =
  | { readonly kind: 'here' }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'name'; readonly name: string };

/** What somebody wants to subscribe to; what is left out takes its default. */
export interface SubscriptionWish {
  readonly digest?: string;
  /** `all`: all apps together, said in so many words. */
  readonly app?: SpaceApp | 'all';
  readonly space?: string;
  readonly channel?: WishedChannel;
  readonly days?: SpokenSchedule['days'];
  readonly minute?: number;
  readonly zone?: string;
}

/** What could not be understood. */
export type SubscriptionProblem = 'time' | 'day' | 'zone' | 'space' | 'channel' | 'app' | 'words';

/** Words after `subscribe`, read; or the ones that cannot be, with what was probably meant. */
export type SubscriptionReading =
  | { readonly kind: 'wish'; readonly wish: SubscriptionWish }
  | {
      readonly kind: 'problem';
      readonly what: SubscriptionProblem;
      readonly text: string;
      readonly near?: string;
    };

type Draft = { -readonly [field in keyof SubscriptionWish]: SubscriptionWish[field] };

type Problem = Extract<SubscriptionReading, { kind: 'problem' }>;

const FILLER =
  /^(?:a|an|and|apps?|at|channel|digests?|each|every|for|from|in|into|it|me|of|on|please|post|schedule|send|the|this|time|times|to|us|weekly|with|zone)$/i;

const bare = (text: string): string => text.toLowerCase().replace(/[-_\s]/g, '');
const singular = (text: string): string => bare(text).replace(/s$/, '');

/** The digest that one or two words next to each other name, in singular or plural, and the other words. */
function takeDigest(words: readonly string[], { digests }: Subscribable) {
  for (const form of [bare, singular]) {
    for (const length of [2, 1]) {
      for (let from = 0; from + length <= words.length; from += 1) {
        const wanted = form(words.slice(from, from + length).join(''));
        const found =
          wanted === '' ? undefined : digests.find((one) => one.words.some((word) => form(word) === wanted));
        if (found) return { digest: found.id, others: words.toSpliced(from, length) };
      }
    }
  }
  return { digest: undefined, others: words };
}

function readChannel(word: string): WishedChannel | undefined {
  if (/^here$/i.test(word)) return { kind: 'here' };
  const [, linked] = /^<#([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word) ?? [];
  const id = linked ?? /^#?([CGD][A-Z0-9]{6,})$/.exec(word)?.[1];
  if (id !== undefined) return { kind: 'id', id };
  const [, name] = /^#([\p{L}\p{N}_.-]{1,80})$/u.exec(word) ?? [];
  return name === undefined ? undefined : { kind: 'name', name: name.toLowerCase() };
}

/** A day of the month: `1st`, `15th`, `monthly` for the first. */
function readMonthDay(word: string): number | undefined {
  if (/^month(?:ly)?$/i.test(word)) return 1;
  const [, day] = /^(\d{1,2})(?:st|nd|rd|th)$/i.exec(word) ?? [];
  return day === undefined ? undefined : Number(day);
}

function takeDays(draft: Draft, word: string): Problem | boolean {
  if (/^(?:daily|days?|everyday)$/i.test(word)) {
    draft.days = [0, 1, 2, 3, 4, 5, 6];
    return true;
  }
  const monthDay = readMonthDay(word);
  if (monthDay !== undefined) {
    if (monthDay < 1 || monthDay > LAST_MONTH_DAY) return { kind: 'problem', what: 'day', text: word };
    const isMonthly = /^m/i.test(word);
    // "monthly 15th" names the day with its second word, whichever comes first.
    if (!isMonthly || draft.days === undefined || Array.isArray(draft.days))
      draft.days = { monthDay: isMonthly ? 1 : monthDay };
    return true;
  }
  const weekdays = readWeekdays(word);
  if (weekdays === undefined) return false;
  const known = Array.isArray(draft.days) ? (draft.days as readonly number[]) : [];
  draft.days = [...new Set([...known, ...weekdays])].toSorted((a, b) => a - b);
  return true;
}

/** What looks like a time, `25:00` as well as `9`. */
const TIME_SHAPE = /^@?\d{1,2}(?:[:.\u2236]\d{1,2})?(?:am|pm|h)?$/i;

function takeTime(draft: Draft, word: string, next: string | undefined): Problem | number {
  if (!TIME_SHAPE.test(word)) return 0;
  const isHalf = /^(?:am|pm)$/i.test(next ?? '') && !/m$/i.test(word);
  const text = isHalf ? `${word} ${next ?? ''}` : word;
  const minute = readMinute(text.replace(/^@/, ''));
  if (minute === undefined) return { kind: 'problem', what: 'time', text };
  draft.minute = minute;
  return isHalf ? 2 : 1;
}

function takeApp(draft: Draft, text: string, apps: readonly SpaceApp[]): boolean {
  const app = /^all(?: apps)?$/i.test(text)
    ? 'all'
    : (findNamedApp(apps, [text]).found ?? findPartOfApp(apps, text));
  if (app !== undefined) draft.app = app;
  return app !== undefined;
}

/** A word with its kind before it: `app:"App 1"`, `zone:Europe/Berlin`, `space:123`. */
function takeNamed(draft: Draft, word: string, { apps, spaces }: Subscribable): Problem | boolean {
  const [, name = '', value = ''] = /^(app|zone|tz|space|channel):(.*)$/is.exec(word) ?? [];
  const text = value.trim();
  switch (name.toLowerCase()) {
    case 'app':
      return takeApp(draft, text, apps) || { kind: 'problem', what: 'app', text };
    case 'space':
      if (!spaces.includes(text)) return { kind: 'problem', what: 'space', text };
      draft.space = text;
      return true;
    case 'channel': {
      const channel = readChannel(text);
      if (!channel) return { kind: 'problem', what: 'channel', text };
      draft.channel = channel;
      return true;
    }
    case '':
      return false;
    default: {
      const zone = readZone(text);
      const city = zone ? undefined : zoneOfCity(text);
      if (city === undefined && zone?.kind !== 'zone')
        return { ...zone, kind: 'problem', what: 'zone', text };
      draft.zone = city ?? (zone?.kind === 'zone' ? zone.zone : '');
      return true;
    }
  }
}

/** Takes the words at the start; how many, or what is wrong with them. 0: they are none of a subscription's own. */
function takeWords(draft: Draft, words: readonly string[], known: Subscribable): Problem | number {
  const [word = '', next] = words;
  const named = takeNamed(draft, word, known);
  if (named !== false) return named === true ? 1 : named;
  if (known.spaces.includes(word) && known.spaces.length > 1) {
    draft.space = word;
    return 1;
  }
  const channel = readChannel(word);
  if (channel) {
    draft.channel = channel;
    return 1;
  }
  const time = takeTime(draft, word, next);
  if (time !== 0) return time;
  const days = takeDays(draft, word);
  if (days !== false) return days === true ? 1 : days;
  const zone = readZone(word);
  if (zone?.kind === 'problem') return { ...zone, what: 'zone', text: word };
  if (zone) draft.zone = zone.zone;
  return zone ? 1 : 0;
}

/** The city among the words that are left, `Berlin` or `New York`, and the other words. */
function takeCity(words: readonly string[]) {
  for (const length of [2, 1]) {
    for (let from = 0; from + length <= words.length; from += 1) {
      const zone = zoneOfCity(words.slice(from, from + length).join(' '));
      if (zone !== undefined) return { zone, others: words.toSpliced(from, length) };
    }
  }
  return { zone: undefined, others: words };
}

/** What is left is a part of an app's name, a city, or both; otherwise it is nothing that is known. */
function takeRest(draft: Draft, rest: readonly string[], { apps }: Subscribable): Problem | undefined {
  if (rest.length === 0) return undefined;
  if (draft.app === undefined && takeApp(draft, rest.join(' '), apps)) return undefined;
  const { others, zone } = draft.zone === undefined ? takeCity(rest) : { others: rest, zone: undefined };
  if (zone !== undefined) draft.zone = zone;
  const text = others.join(' ');
  if (text === '' || (draft.app === undefined && takeApp(draft, text, apps))) return undefined;
  return { kind: 'problem', what: 'words', text };
}

/** A text of more words is no request: nobody types so many, and all their runs would be compared. */
const MOST_WORDS = 40;

/**
 * Reads what somebody typed after `subscribe`, in any order: a digest, `here` or a channel, days (`tue`, `mon-fri`,
 * `weekdays`, `daily`, `monthly`, `15th`), a time (`9`, `09:00`, `9am`), a zone by its IANA name or city, an app by its
 * name or a part of it, and `space:`.
 */
export function readSubscription(words: readonly string[], known: Subscribable): SubscriptionReading {
  const { digest, others } = takeDigest(words.slice(0, MOST_WORDS), known);
  const { found, rest: said } = findNamedApp(known.apps, others);
  const draft: Draft = { ...(digest !== undefined && { digest }), ...(found && { app: found }) };
  const rest: string[] = [];
  for (let at = 0; at < said.length; ) {
    const left = said.slice(at).map((word) => word.replace(/(?<=.)[,;!]+$/, ''));
    const taken = takeWords(draft, left, known);
    if (typeof taken !== 'number') return taken;
    const [word = ''] = left;
    if (taken === 0 && !FILLER.test(word)) rest.push(word);
    at += Math.max(1, taken);
  }
  const problem = takeRest(draft, [...rest, ...words.slice(MOST_WORDS)], known);
  return problem ?? { kind: 'wish', wish: draft };
}
