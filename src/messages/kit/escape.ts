/**
 * Text in Slack's mrkdwn. An object, so that plain text cannot be taken for it: customer text becomes one only through
 * `escape`, the product's own words through `mrk`.
 */
export interface Mrkdwn {
  readonly mrkdwn: string;
}

/**
 * Characters that show nothing, or restyle or reorder what follows them: controls, format characters (bidirectional
 * overrides, zero-width marks, tags), fillers and line separators. Variation selectors stay: they belong to emoji.
 */
const INVISIBLE = /(?:(?![\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800])+/gu;

/**
 * A letter or digit beside which an underscore stays one. None outside the basic plane (mathematical letters): who
 * reads them as halves sees the edge of a word.
 */
const WORD = String.raw`(?![\u{10000}-\u{10FFFF}])[\p{L}\p{N}]`;
const EDGE_UNDERSCORE = new RegExp(`(?<!${WORD})_|_(?!${WORD})`, 'gu');

/**
 * A colon that begins `://` or opens or closes `:name:`, an emoji. One that runs to the end of the text without a space
 * counts as opening, because the words that follow may begin with a colon; that of a time, `09:00`, does not.
 */
const LINK_OR_EMOJI_COLON = /:(?=\/\/)|(?!(?<=\d):\d\d(?:$|[\s.,;)])):(?=[^\s:]+(?::|$))|(?<=:[^\s:]+):/gu;

/**
 * Marks that mrkdwn reads as formatting cannot be escaped, so they become look-alikes: `*` `~` `` ` `` anywhere, `_` at
 * a word's edge (inside a word Slack leaves it alone), `:name:` as an emoji and `://` as a link by their colon.
 */
const LOOKALIKES: readonly (readonly [RegExp, string])[] = [
  [/\*/g, '∗'],
  [/~/g, '∼'],
  [/`/g, 'ˋ'],
  [EDGE_UNDERSCORE, 'ˍ'],
  [LINK_OR_EMOJI_COLON, '∶'],
];

/** How long a piece of customer text may be inside a sentence: a quoted message, at most. */
const QUOTED = 300;

/** How long a customer's name may be; the longest real company names are about 60 characters. */
const NAME = 60;

/** The first `length` UTF-16 units of a text, one less where that would halve a character. */
export function head(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

/** A single no-break space stays one: it keeps a number and its unit together. */
function oneSpace(run: string): string {
  return run === '\u00A0' ? run : ' ';
}

/**
 * Customer text on one line without invisible characters and half characters, cut to `limit` UTF-16 units (what
 * JavaScript counts, never less than what Slack counts) with an ellipsis.
 */
export function clean(text: string, limit = 80): string {
  const line = text.toWellFormed().replace(INVISIBLE, ' ').replace(/\s+/g, oneSpace).trim();
  return line.length <= limit ? line : `${head(line, limit - 1).trimEnd()}…`;
}

/**
 * Customer text for a `plain_text` object (header, button). Slack styles nothing there, but asks for the same escapes
 * as in mrkdwn and shows `&amp;` differently from client to client; so angle brackets and emoji colons become
 * look-alikes and nothing needs an escape.
 */
export function label(text: string, limit: number): string {
  return clean(text, limit).replaceAll('<', '‹').replaceAll('>', '›').replace(LINK_OR_EMOJI_COLON, '∶');
}

/** Customer text as mrkdwn that can neither ping, link nor restyle; on one line and cut to `limit` characters. */
export function escape(text: string, limit = 80): Mrkdwn {
  let safe = clean(text, limit).replace(/^[>\s]+/, '');
  for (const [mark, lookalike] of LOOKALIKES) safe = safe.replace(mark, lookalike);
  return { mrkdwn: safe.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') };
}

/** Escaped text that keeps a space at its ends: it may be a piece of a sentence. */
function inSentence(text: string): string {
  const { mrkdwn } = escape(text, QUOTED);
  if (mrkdwn === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${mrkdwn}${/\s$/.test(text) ? ' ' : ''}`;
}

const MARKS = new Set(['*', '_', '~', '`']);

/** Which formatting marks the product's own words have opened and not closed. */
function createOpenMarks() {
  const open = new Set<string>();
  return {
    read(words: string) {
      for (const mark of words) if (MARKS.has(mark) && !open.delete(mark)) open.add(mark);
    },
    has: (mark: string | undefined) => mark !== undefined && open.has(mark),
  };
}

/**
 * The product's own mrkdwn. Values put into it are escaped unless they are mrkdwn already: mrk`*${company}* left` is
 * safe whatever the company is called. Directly inside formatting marks a value loses the spaces at its ends, and an
 * empty one is a dash: otherwise the marks would not pair, or pair with later ones.
 */
export function mrk(strings: TemplateStringsArray, ...values: readonly (Mrkdwn | string | number)[]): Mrkdwn {
  const open = createOpenMarks();
  let text = '';
  for (const [index, part] of strings.entries()) {
    const value = values[index];
    text += part;
    open.read(part);
    if (value === undefined) continue;
    let piece = typeof value === 'object' ? value.mrkdwn : inSentence(String(value));
    const isAfterMark = open.has(part.at(-1));
    const isBeforeMark = open.has(strings[index + 1]?.at(0));
    if (isAfterMark) piece = piece.trimStart();
    if (isBeforeMark) piece = piece.trimEnd();
    text += isAfterMark && isBeforeMark && piece === '' ? '-' : piece;
  }
  return { mrkdwn: text };
}

/** A customer's name as mrkdwn, or what to call one that nothing names or whose name shows nothing. */
export function customer(name: string | undefined): Mrkdwn {
  const { mrkdwn } = escape(name ?? '', NAME);
  return { mrkdwn: mrkdwn === '' ? 'A customer without a name' : mrkdwn };
}

const CHANNEL = /^[CGD][A-Z0-9]+$/;

/** A channel by its id: Slack shows its name to those who may see it. */
export function channelName(id: string): Mrkdwn {
  return CHANNEL.test(id) ? { mrkdwn: `<#${id}>` } : escape(id);
}

const ADDRESS = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+\.[^\s@<>"'(),;:]+/g;
const PHONE = /\+?\d[\d\s()./-]{7,}\d/g;

/** What a customer wrote without addresses and telephone numbers of people. */
export function unaddressed(text: string): string {
  return text.replace(ADDRESS, '[address]').replace(PHONE, '[number]');
}

/** What a customer wrote, for a channel: on one line, escaped, addresses and telephone numbers of people left out. */
export function quote(text: string): Mrkdwn {
  return escape(unaddressed(text), QUOTED);
}

/** Pieces of mrkdwn in one, with a separator of the product's own; empty pieces are left out. */
export function join(pieces: readonly Mrkdwn[], separator: string): Mrkdwn {
  return {
    mrkdwn: pieces
      .map((piece) => piece.mrkdwn)
      .filter((text) => text !== '')
      .join(separator),
  };
}

/** An address that Slack would turn into a link where `verbatim` cannot be said, which is a message's `text`. */
const ADDRESS_AT = /(?<=[\w.+-])@(?=[\w-]+\.)/g;

/**
 * The mrkdwn as the plain sentence a notification shows: formatting marks removed, addresses without the @ that links
 * them, entities kept for Slack.
 */
export function spoken(text: Mrkdwn): string {
  return text.mrkdwn.replace(/[*~`]/g, '').replace(EDGE_UNDERSCORE, '').replace(ADDRESS_AT, '＠');
}
