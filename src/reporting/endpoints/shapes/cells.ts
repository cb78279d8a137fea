import * as z from 'zod';
import { toCount } from './count-field.ts';
import { toDay } from './day-field.ts';
import { cleanText, toText } from './text.ts';

/** Database exports write their empty cells in these ways too. */
const isEmpty = (raw: string): boolean => /^(null|nan|none|\\n)?$/i.test(raw.trim());

/** A cell that may be empty, read by `toValue`; what that cannot read refuses the row. */
function cell<Value>(error: string, toValue: (raw: string) => Value | undefined) {
  return z
    .string()
    .optional()
    .transform((raw, context): Value | undefined => {
      if (raw === undefined || isEmpty(raw)) return undefined;
      const value = toValue(raw.trim());
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: error });
      return z.NEVER;
    });
}

/** A text. */
export const textCell = z
  .string()
  .optional()
  .transform((raw) => toText(raw));

/** The date in a cell, with or without a time. */
export const dayCell = cell('a date YYYY-MM-DD', toDay);

/** `true` or `false`, in any case. */
export const flagCell = cell('true or false', (raw) => {
  const word = raw.toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : undefined;
});

/** A whole number from 0. */
export const countCell = cell('a whole number', toCount);

/** A number from 0, such as an average of stars. */
export const scoreCell = cell('a number', (raw) =>
  /^\d{1,15}(\.\d+)?([eE][+-]?\d{1,2})?$/.test(raw) ? Number(raw) : undefined,
);

/** One item of a list: quoted with either quote, or plain, and then with quotes inside at most. */
const ITEM = /^\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?:[^,"'[\]{}\s][^,[\]{}]*)?))\s*(?:,|$)/;

/** The items between the brackets of a list; undefined when it is none. */
function toItems(inside: string): string[] | undefined {
  const items: string[] = [];
  for (let rest = inside; rest.trim() !== ''; ) {
    const found = ITEM.exec(rest);
    if (!found) return undefined;
    const [whole, double, single, plain] = found;
    const item = cleanText((double ?? single ?? plain ?? '').replace(/\\(.)/g, '$1'));
    if (item !== '') items.push(item);
    rest = rest.slice(whole.length);
  }
  return items;
}

/**
 * A list of names. How the file writes one is not documented: `["a","b"]`, `['a', 'b']`, `[a, b]`, `{a,b}` and `a, b` are
 * read; anything nested, or half a bracket, is none.
 */
export const listCell = cell('a list of names', (raw): readonly string[] | undefined => {
  const [, square, curly] = /^(?:\[(.*)\]|\{(.*)\})$/s.exec(raw) ?? [];
  return toItems(square ?? curly ?? raw);
});
