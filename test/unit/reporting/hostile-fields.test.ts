/** Whatever stands in whichever field of whichever answer: rows stay sound, or are refused and counted. */
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/reporting/endpoint.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { ApiUnexpectedShapeError } from '../../../src/reporting/errors.ts';
import type { EndpointId } from './raw-answers.ts';
import { type Json, readAll } from './samples.ts';
import { rawAnswer } from './serve-answer.ts';

type Path = readonly string[];

/** The places of everything in a value, itself left out; of a list, its first item stands for all. */
function placesIn(value: unknown, under: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  return (Array.isArray(value) ? entries.slice(0, 1) : entries).flatMap(([name, inner]) => {
    const path = [...under, name];
    return [path, ...placesIn(inner, path)];
  });
}

/** The same with another value at a place. Not by copying: the value may be too deep for that. */
function withValue(original: unknown, path: Path, value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (Array.isArray(original))
    return original.with(Number(name), withValue(original[Number(name)], rest, value));
  const parent = original as Json;
  return { ...parent, [name]: withValue(parent[name], rest, value) };
}

/** What the endpoint makes of it: no rows when the whole answer is of another shape. Anything else that is thrown fails. */
function readSafely(id: EndpointId, raws: readonly unknown[]): readonly unknown[] {
  const endpoint: Endpoint<unknown> = endpoints[id];
  try {
    return readAll(endpoint, raws).rows;
  } catch (error) {
    if (error instanceof ApiUnexpectedShapeError) return [];
    throw error;
  }
}

/** All texts and numbers in rows, with the name of the field they stand in. */
function valuesIn(value: unknown, name = ''): { name: string; value: unknown }[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesIn(item, name));
  if (typeof value !== 'object' || value === null) return [{ name, value }];
  return Object.entries(value).flatMap(([inner, one]) => valuesIn(one, inner));
}

const HOSTILE: Readonly<Record<string, unknown>> = {
  'a lone surrogate': '\ud800 and \udfff',
  'control characters': 'a\u0000b\u0007c\u001b[31m\u009b31m\u2028d',
  'a megabyte of text': 'x'.repeat(2 ** 20),
  'a megabyte of emoji': '😀'.repeat(2 ** 18),
  'a name of the prototype': '__proto__',
  'a number beyond all numbers': JSON.parse('1e400') as unknown,
  'a number of nothing': JSON.parse('-1e400') as unknown,
  'an amount as some countries write it': '1.234,56',
  'a number in words': '1e3',
  'a date of no calendar': '2026-02-30',
  'a date beyond the calendar': '+275760-09-13',
  'an empty text': '',
  'a list': [],
  'an object': {},
  'a flag': true,
};

/** Own words may span lines; an amount of users may be unlimited. */
const isProse = (name: string): boolean => name === 'message';
const mayBeInfinite = (name: string): boolean => name === 'opportunityUsers';
/** Addresses of the index are never cut: half a template would be another one. */
const LONGEST: Readonly<Record<string, number>> = { path: 4_000 };

function isSound({ name, value }: { name: string; value: unknown }): boolean {
  if (typeof value === 'number') return Number.isFinite(value) || mayBeInfinite(name);
  if (typeof value !== 'string') return true;
  const isPlain = !/\p{Cc}/u.test(isProse(name) ? value.replace(/[\n\t]/g, '') : value);
  return isPlain && value.isWellFormed() && Array.from(value).length <= (LONGEST[name] ?? 500);
}

const deep = (open: string, close: string): unknown =>
  JSON.parse(`${open.repeat(100_000)}1${close.repeat(100_000)}`);

const DEEP = [deep('[', ']'), deep('{"a":', '}'), deep('[{"series":', '}]')];

const ids = Object.keys(endpoints) as EndpointId[];

describe.each(ids)('%s', (id) => {
  const answer = rawAnswer(id);
  const raws = (value: unknown): readonly unknown[] =>
    Array.isArray(value) && (endpoints[id] as Endpoint<unknown>).source.kind !== 'document' ? value : [value];
  const places = placesIn(answer);

  it.each(Object.entries(HOSTILE))('gives sound rows or none for %s in any field', (_what, value) => {
    const unsound = places.flatMap((path) =>
      readSafely(id, raws(withValue(answer, path, value)))
        .flatMap((row) => valuesIn(row))
        .filter((one) => !isSound(one))
        .map(({ name }) => `${path.join('.')} gave ${name}`),
    );
    expect(unsound).toEqual([]);
  });

  it('is not brought down by any field that is nested a hundred thousand deep', () => {
    for (const value of DEEP) {
      for (const path of places)
        expect(() => readSafely(id, raws(withValue(answer, path, value)))).not.toThrow();
    }
  });
});
