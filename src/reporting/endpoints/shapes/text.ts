import * as z from 'zod';

/** Longer texts are cut: no field the product shows needs more, and a name of a megabyte is an attack. */
const LONGEST_TEXT = 500;
/** Looked at before cutting by characters; four times the limit leaves room for what cleaning removes. */
const LOOKED_AT = 4 * LONGEST_TEXT;
/** The API's ways to say "nothing"; `Pending`: insights that arrive 48 to 72 hours late. */
const ABSENT = new Set(['', 'null', 'na', 'n/a', 'unknown', 'pending', 'not applicable']);
const MAIL_LINK = /^\[([^[\]]*)\]\(mailto:[^()]*\)$/;

function clamp(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  let cut = '';
  let count = 0;
  for (const character of text) {
    count += 1;
    if (count > LONGEST_TEXT) break;
    cut += character;
  }
  return cut;
}

/**
 * A text of the API on one line: well-formed Unicode, no control characters, trimmed, at most 500 code points, and
 * `[a@b](mailto:a@b)` as `a@b`.
 */
export function cleanText(raw: string): string {
  // The common case by far, kept free of allocations: exports bring a hundred texts per row.
  if (raw.length <= LONGEST_TEXT && /^[!-Z\\^-~](?:[ -~]*[!-~])?$/.test(raw)) return raw;
  const line = raw
    .slice(0, LOOKED_AT)
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  return clamp(line.replace(MAIL_LINK, '$1')).trim();
}

/** A text that may span lines (feedback in the customer's own words); undefined when empty. */
export function toProse(raw: string | null | undefined): string | undefined {
  const text = clamp(
    (raw ?? '')
      .slice(0, LOOKED_AT)
      .toWellFormed()
      .replace(/[^\P{Cc}\n\t]+/gu, ' ')
      .trim(),
  );
  return text === '' || text === 'null' ? undefined : text;
}

/** A text, or undefined where the API means absence: "", "null", "NA", "Unknown", "Pending". */
export function toText(raw: string | null | undefined): string | undefined {
  if (raw === null || raw === undefined) return undefined;
  const text = cleanText(raw);
  return text.length <= 14 && ABSENT.has(text.toLowerCase()) ? undefined : text;
}

/** A place: "NA" is North America as a region, and Namibia as a country, so it stays. */
export function toPlace(raw: string | null | undefined): string | undefined {
  const text = cleanText(raw ?? '');
  return text === 'NA' ? text : toText(raw);
}

/** `Renewal`, `Annual`, `Paid`: words the API writes with a capital, whatever it writes today. */
export function toWord(raw: string | null | undefined): string | undefined {
  const text = toText(raw);
  return text === undefined ? undefined : text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase();
}

/** A text that a row cannot do without. "NA" and "Unknown" are texts here: a tier may really read so. */
export const requiredText = z.string().refine(isPresent, { error: 'a text' });

function isPresent(raw: string): boolean {
  const text = cleanText(raw);
  return text !== '' && text !== 'null';
}

/** A text that may be missing. */
export const optionalText = z.string().nullish();

/** A text or a number, or nothing. */
export const textOrNumber = z
  .custom<string | number | null>(
    (raw) => raw === null || typeof raw === 'string' || typeof raw === 'number',
    'a text or a number',
  )
  .optional();

/** A field whose name is known and whose value nobody needs. */
export const unused = z.unknown().optional();

type WithoutUndefined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same fields without those that are undefined: an absent field is absent, not present and empty. */
export function present<T extends object>(fields: T): WithoutUndefined<T> {
  const kept: Record<string, unknown> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept as WithoutUndefined<T>;
}
