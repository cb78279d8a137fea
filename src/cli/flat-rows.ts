import { exactDollars } from '../messages/kit/words.ts';

/** One cell of a table for people. */
export interface FlatCell {
  readonly text: string;
  /** Undefined for an answer that is neither: Atlassian says that there is no number. */
  readonly isNumber?: boolean;
}

/** One line of it, by column: `customer.company`. */
export type FlatRow = ReadonlyMap<string, FlatCell>;

/** Formatting characters that would turn the rest of a line around. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function spokenNumber(value: number, name: string): string {
  if (!Number.isFinite(value)) return 'unlimited';
  // Instants end in `At`: milliseconds since 1970.
  if (/[a-z]At$/.test(name)) return new Date(value).toISOString().slice(0, 16).replace('T', ' ');
  return value.toLocaleString('en-US', { maximumFractionDigits: 6 });
}

function toCell(value: unknown, path: string, cents: readonly string[]): FlatCell {
  if (typeof value === 'number') {
    return { text: cents.includes(path) ? exactDollars(value) : spokenNumber(value, path), isNumber: true };
  }
  if (value === null) return { text: '-' };
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { text: text.replace(BIDI, '').replace(/\s+/g, ' ').trim(), isNumber: false };
}

/** A list in one cell: `a, b`; objects as their values, `EXPERT $12.00, MANUAL $3.00`. */
function listCell(list: readonly unknown[], path: string, cents: readonly string[]): FlatCell {
  const texts = list.map((item) =>
    isObject(item)
      ? Object.entries(item)
          .map(([name, value]) => toCell(value, `${path}[].${name}`, cents).text)
          .join(' ')
      : toCell(item, `${path}[]`, cents).text,
  );
  return { text: texts.join(', '), isNumber: false };
}

function fill(row: Map<string, FlatCell>, value: object, under: string, cents: readonly string[]): void {
  for (const [name, inner] of Object.entries(value)) {
    const path = under === '' ? name : `${under}.${name}`;
    if (Array.isArray(inner)) row.set(path, listCell(inner, path, cents));
    else if (isObject(inner)) fill(row, inner, path, cents);
    else if (inner !== undefined) row.set(path, toCell(inner, path, cents));
  }
}

/**
 * A row as lines of a table: objects become columns, and a row with `points` is one line for each of them. `cents`: the
 * paths that hold integer cents, which are shown in dollars.
 */
export function toFlatRows(row: object, cents: readonly string[]): FlatRow[] {
  const { points, ...rest } = row as { points?: unknown };
  const flat = new Map<string, FlatCell>();
  if (!Array.isArray(points)) {
    fill(flat, row, '', cents);
    return [flat];
  }
  fill(flat, rest, '', cents);
  return points.filter(isObject).map((point) => {
    const cells = Object.entries(point).map(
      ([name, value]) => [name, toCell(value, `points[].${name}`, cents)] as const,
    );
    return new Map([...flat, ...cells]);
  });
}
