/**
 * The words the block rules are written in: small checks that note each problem the way Slack words it.
 * Wordings seen in answers of the real API: "must be less than 3001 characters", "no more than 50 items allowed",
 * "missing required field: value", "invalid additional property: page_size", "must provide an object",
 * "failed to match all allowed schemas".
 */

/** One problem: Slack's wording and the JSON pointer of the offending value. */
export interface BlockProblem {
  readonly message: string;
  readonly pointer: string;
}

/** Where blocks stand. Some types are allowed on one surface only. */
export type Surface = 'message' | 'home' | 'modal';

/** What the checks share while they walk one message. */
export interface Walk {
  readonly problems: BlockProblem[];
  readonly blockIds: Set<string>;
  /** `action_id`s of the block being walked. */
  actionIds: Set<string>;
  tables: number;
  charts: number;
  tableChars: number;
  markdownChars: number;
}

/** Checks one value and notes its problems under the pointer. */
export type Check = (value: unknown, at: string, walk: Walk) => void;

/** Notes a problem. */
export function note(walk: Walk, at: string, message: string): void {
  walk.problems.push({ message, pointer: at });
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string of `min` (default 1) to `max` characters that is not blank. */
export function string(
  max: number,
  options: { readonly min?: number; readonly matches?: RegExp } = {},
): Check {
  const min = options.min ?? 1;
  return (value, at, walk) => {
    if (typeof value !== 'string') note(walk, at, 'must be a string');
    else if (value.length > max) note(walk, at, `must be less than ${max + 1} characters`);
    else if (min > 0 && value.trim().length < min) note(walk, at, `must be more than ${min - 1} characters`);
    else if (options.matches !== undefined && !options.matches.test(value)) note(walk, at, 'invalid format');
  };
}

/** An absolute address a client may open; images and buttons allow 3,000 characters. */
export function url(schemes: RegExp = /^(?:https?|mailto|slack|tel):/): Check {
  return (value, at, walk) => {
    string(3000)(value, at, walk);
    if (typeof value === 'string' && (!schemes.test(value) || !URL.canParse(value)))
      note(walk, at, 'invalid url');
  };
}

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number): Check {
  return (value, at, walk) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) note(walk, at, 'must be an integer');
    else if (value < min) note(walk, at, `must be greater than ${min - 1}`);
    else if (value > max) note(walk, at, `must be less than ${max + 1}`);
  };
}

/** A finite number. JSON writes NaN and Infinity as null, which is refused here. */
export const finite: Check = (value, at, walk) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) note(walk, at, 'must be a finite number');
};

export const boolean: Check = (value, at, walk) => {
  if (typeof value !== 'boolean') note(walk, at, 'must be a boolean');
};

/** One of the given constants. */
export function oneOf(...allowed: readonly (string | number)[]): Check {
  return (value, at, walk) => {
    if (!allowed.includes(value as string)) note(walk, at, `must be one of: ${allowed.join(', ')}`);
  };
}

/** An array of `min` to `max` items. */
export function list(item: Check, min: number, max: number): Check {
  return (value, at, walk) => {
    if (!Array.isArray(value)) return note(walk, at, 'must provide an array');
    if (value.length > max) return note(walk, at, `no more than ${max} items allowed`);
    if (value.length < min) note(walk, at, `no fewer than ${min} items allowed`);
    value.forEach((entry: unknown, index) => item(entry, `${at}/${index}`, walk));
  };
}

/** An object with these fields and no others. `type` is checked by whoever chose this shape. */
export function object(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  return (value, at, walk) => {
    if (!isRecord(value)) return note(walk, at, 'must provide an object');
    for (const [field, check] of Object.entries(required)) {
      if (value[field] === undefined) note(walk, at, `missing required field: ${field}`);
      else check(value[field], `${at}/${field}`, walk);
    }
    for (const [field, entry] of Object.entries(value)) {
      if (field === 'type' || Object.hasOwn(required, field)) continue;
      const check = Object.hasOwn(optional, field) ? optional[field] : undefined;
      if (check === undefined) note(walk, at, `invalid additional property: ${field}`);
      else check(entry, `${at}/${field}`, walk);
    }
  };
}

/** An object whose `type` chooses its shape. */
export function typed(shapes: Readonly<Record<string, Check>>): Check {
  return (value, at, walk) => {
    if (!isRecord(value)) return note(walk, at, 'must provide an object');
    if (typeof value['type'] !== 'string') return note(walk, at, 'missing required field: type');
    const shape = Object.hasOwn(shapes, value['type']) ? shapes[value['type']] : undefined;
    if (shape === undefined) return note(walk, `${at}/type`, `unsupported type: ${value['type']}`);
    return shape(value, at, walk);
  };
}

/** Both checks. */
export function both(first: Check, second: Check): Check {
  return (value, at, walk) => {
    first(value, at, walk);
    second(value, at, walk);
  };
}
