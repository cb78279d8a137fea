/** What somebody typed after a slash command, or what a button stands for. */
export interface ParsedCommand {
  /** The words in order; quoted ones hold their spaces. */
  readonly words: readonly string[];
  /** The whole text with spaces tidied and quotes as typed, for searches. */
  readonly text: string;
}

/** Control and format characters: zero-width ones, bidirectional controls, soft hyphens, byte-order marks. */
const INVISIBLE = /(?!\s)[\p{Cc}\p{Cf}]/gu;
/** Slack's links: `<https://acme.com|acme.com>`, `<mailto:jane@acme.com|jane@acme.com>`. */
const LABELLED_LINK = /<((?:https?:\/\/|mailto:)[^<>|]*)\|([^<>|]*)>/g;
const BARE_LINK = /<((?:https?:\/\/|mailto:)[^<>|\s]*)>/g;

/** Opening quotes and what closes each: straight, curly, low, angle. An apostrophe opens only at a word's start. */
const CLOSING = new Map([
  ['"', '"”“'],
  ['“', '”"“'],
  ['”', '”"'],
  ['„', '“”"'],
  ['«', '»'],
  ["'", "'’"],
  ['‘', "’'"],
]);
/** Longer than any name anybody quotes. Unbounded, a text of nothing but opening quotes takes minutes to read. */
const LONGEST_QUOTE = 300;
const LONGEST_TEXT = 4000;
/** A name before a quoted word: `app:"App 1"`. */
const NAMED = /^[a-z]+:(?=["“”„«])/i;
const DOUBLE = /^["“”„«»]+|["“”„«»]+$/g;

/** What was typed where Slack made the link of it; the target where the label is cut off or somebody's own words. */
function linkText(_link: string, target: string, label: string): string {
  const plain = target.replace(/^mailto:/, '');
  return plain.replace(/^https?:\/\//, '').replace(/\/$/, '') === label.replace(/\/$/, '') ? label : plain;
}

function clean(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .replace(LABELLED_LINK, linkText)
    .replace(BARE_LINK, (_, target: string) => target.replace(/^mailto:/, ''))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(INVISIBLE, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** The index of the quote that closes the one at `from` and ends a word; -1 when there is none. */
function closingOf(text: string, from: number): number {
  const closers = CLOSING.get(text.charAt(from)) ?? '';
  const last = Math.min(text.length, from + LONGEST_QUOTE);
  for (let at = from + 1; at < last; at += 1) {
    if (closers.includes(text.charAt(at)) && (at + 1 === text.length || text.charAt(at + 1) === ' '))
      return at;
  }
  return -1;
}

function splitWords(text: string): string[] {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (text.charAt(at) === ' ') {
      at += 1;
      continue;
    }
    const [name = ''] = NAMED.exec(text.slice(at, at + 20)) ?? [];
    const open = at + name.length;
    const close = CLOSING.has(text.charAt(open)) ? closingOf(text, open) : -1;
    const space = text.indexOf(' ', at);
    const end = close > 0 ? close + 1 : space < 0 ? text.length : space;
    const word =
      close > 0 ? (name + text.slice(open + 1, close)).trim() : text.slice(at, end).replace(DOUBLE, '');
    if (word !== '') words.push(word);
    at = end;
  }
  return words;
}

/**
 * Splits what was typed into words: `churn "App 1" 8` gives three. Straight and curly quotes keep words together, a
 * quote without its partner is dropped, an apostrophe inside a word stays; Slack's escapes and links are undone,
 * invisible characters removed. Never throws. Reads the first 4,000 characters.
 */
export function parseCommand(typed: string): ParsedCommand {
  const text = clean(typed);
  return { words: splitWords(text), text };
}
