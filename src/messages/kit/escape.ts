/**
 * Text in Slack's mrkdwn. An object, so that plain text cannot be taken for it: customer text becomes one only through
 * `escape`, the product's own words through `mrk`.
 */
export interface Mrkdwn {
  readonly mrkdwn: string;
}

/**
 * Characters that restyle or reorder what follows them: C0 and C1 controls, zero-width marks, bidirectional
 * embeddings, overrides and isolates, variation of line ends.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what it removes.
const INVISIBLE = /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]+/g;

/**
 * Marks that mrkdwn reads as formatting cannot be escaped, so they become look-alikes: `*` `~` `` ` `` anywhere, `_` at
 * a word's edge (inside a word Slack leaves it alone), `:name:` as an emoji and `://` as a link by their colon.
 */
const LOOKALIKES: readonly (readonly [RegExp, string])[] = [
  [/\*/g, '∗'],
  [/~/g, '∼'],
  [/`/g, 'ˋ'],
  [/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ'],
  [/:(?=\/\/)|:(?=[a-z0-9_+'-]+:)|(?<=:[a-z0-9_+'-]+):/gi, '∶'],
];

/** How long a piece of customer text may be inside a sentence: a quoted message, at most. */
const QUOTED = 300;

/** How long a customer's name may be; the longest real company names are about 60 characters. */
const NAME = 60;

/** Customer text on one line without invisible characters, cut to `limit` characters with an ellipsis. */
export function clean(text: string, limit = 80): string {
  const line = text.replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= limit
    ? line
    : `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
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

/**
 * The product's own mrkdwn. Values put into it are escaped unless they are mrkdwn already: mrk`*${company}* left` is
 * safe whatever the company is called.
 */
export function mrk(strings: TemplateStringsArray, ...values: readonly (Mrkdwn | string | number)[]): Mrkdwn {
  let text = '';
  for (const [index, part] of strings.entries()) {
    const value = values[index];
    text += part;
    if (typeof value === 'object') text += value.mrkdwn;
    else if (value !== undefined) text += inSentence(String(value));
  }
  return { mrkdwn: text };
}

/** A customer's name as mrkdwn, or what to call one that nothing names. */
export function customer(name: string | undefined): Mrkdwn {
  return name === undefined ? { mrkdwn: 'A customer without a name' } : escape(name, NAME);
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

/** The mrkdwn as the plain sentence a notification shows: formatting marks removed, entities kept for Slack. */
export function spoken(text: Mrkdwn): string {
  return text.mrkdwn.replace(/[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '');
}
