import type { Day } from '../../src/domain/day.ts';

/** What a request asked for wrongly; answered as 400 with `{errors:[{message, path}]}`. */
export class BadRequest extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.name = 'BadRequest';
    this.path = path;
  }
}

/** Which rows of a list are wanted. */
export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** The largest page of any list. */
const MAX_LIMIT = 50;

/** A date parameter. Strictly `YYYY-MM-DD`: anything else is "Must be a date". */
export function readDay(query: URLSearchParams, name: string): Day | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const isShaped = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const time = isShaped ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isFinite(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    throw new BadRequest(name, 'Must be a date');
  }
  return text as Day;
}

/** A repeated parameter of fixed values: undefined when absent, a 400 when one is unknown or upper case. */
export function readEnum(
  query: URLSearchParams,
  name: string,
  allowed: readonly string[],
): ReadonlySet<string> | undefined {
  const values = query.getAll(name);
  const wrong = values.find((value) => !allowed.includes(value));
  if (wrong !== undefined) throw new BadRequest(name, `Must be one of: ${allowed.join(', ')}`);
  return values.length === 0 ? undefined : new Set(values);
}

/**
 * A repeated parameter of free values. The comma form is mis-parsed in silence and filters nothing, as seen live:
 * a client that joins its ids gets every app.
 */
export function readList(query: URLSearchParams, name: string): ReadonlySet<string> | undefined {
  const values = query.getAll(name);
  return values.length === 0 || values.some((value) => value.includes(',')) ? undefined : new Set(values);
}

/** A list of whole numbers. */
export function readIntegers(query: URLSearchParams, name: string): ReadonlySet<number> | undefined {
  const values = query.getAll(name);
  if (values.some((value) => !/^\d+$/.test(value)))
    throw new BadRequest(name, 'Must be a list of valid integer');
  return values.length === 0 ? undefined : new Set(values.map(Number));
}

/** True only for the text "true". */
export function readFlag(query: URLSearchParams, name: string): boolean {
  return query.get(name) === 'true';
}

/** `offset` and `limit`: ten rows by default; above 50 a 400 on lists, silently 50 on `/details`. */
export function readPage(query: URLSearchParams, above: 'refuse' | 'clamp'): Page {
  const offset = wholeNumber(query, 'offset', 0);
  const limit = wholeNumber(query, 'limit', 10);
  if (limit > MAX_LIMIT && above === 'refuse') throw new BadRequest('limit', `Must be at most ${MAX_LIMIT}`);
  return { offset, limit: Math.min(limit, MAX_LIMIT) };
}

function wholeNumber(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  if (!/^\d+$/.test(text)) throw new BadRequest(name, 'Must be a valid integer');
  return Number(text);
}

/** Response values are cased and spaced differently from filter values: "Data center", "OPEN_SOURCE", "New". */
export function asFilterValue(value: string | null | undefined): string {
  return (value ?? '').toLowerCase().replaceAll(' ', '');
}

/** True when the text occurs in one of the fields, whatever the case. */
export function mentions(text: string | null, fields: readonly (string | null | undefined)[]): boolean {
  if (!text) return true;
  const wanted = text.toLowerCase();
  return fields.some((field) => field?.toLowerCase().includes(wanted) ?? false);
}
