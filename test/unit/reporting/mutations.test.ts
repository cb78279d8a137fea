import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/reporting/endpoint.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { ApiUnexpectedShapeError } from '../../../src/reporting/errors.ts';
import { type EndpointId, RAW_ANSWERS, type RawAnswer } from './raw-answers.ts';
import { type Json, readAll, sample } from './samples.ts';

const entries = Object.entries(RAW_ANSWERS) as [EndpointId, RawAnswer][];

type Path = readonly (string | number)[];
type Mutation = (parent: Json, name: string) => void;

const rename: Mutation = (parent, name) => {
  parent[`${name}2`] = parent[name];
  delete parent[name];
};

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  dropped: (parent, name) => {
    delete parent[name];
  },
  renamed: rename,
  retyped: (parent, name) => {
    parent[name] = typeof parent[name] === 'number' ? String(parent[name]) : 4711;
  },
  nulled: (parent, name) => {
    parent[name] = null;
  },
  nested: (parent, name) => {
    parent[name] = { value: parent[name] };
  },
};

/** The places of all named fields; list items have none. */
function pathsOf(value: unknown, under: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((name) => {
    const path = [...under, name];
    const inside = pathsOf((value as Json)[name], path);
    return Array.isArray(value) ? inside : [path, ...inside];
  });
}

function mutated(original: Json, path: Path, mutation: Mutation): Json {
  const copy = structuredClone(original);
  let parent: Json = copy;
  for (const name of path.slice(0, -1)) parent = parent[name] as Json;
  mutation(parent, String(path.at(-1)));
  return copy;
}

/** A name, an endpoint, one of its raw rows, and the fields of the domain row that people count by. */
type Mutated = [string, Endpoint<unknown>, Json, readonly string[]];

const rows = entries.flatMap(([id, answer]): Mutated[] =>
  answer.kind === 'row' ? [[id, endpoints[id], answer.row, answer.counted]] : [],
);

describe.each(rows)('a row of %s with one field changed', (_name, endpoint, original, counted) => {
  const [intact] = readAll(endpoint, [original]).rows as Json[];

  it.each(Object.entries(MUTATIONS))('(%s) never changes what is counted in silence', (_kind, mutation) => {
    const wrong = pathsOf(original).filter((path) => {
      const { rows: read, quarantinedRows } = readAll(endpoint, [mutated(original, path, mutation)]);
      const [row] = read as Json[];
      const isChanged = row !== undefined && counted.some((field) => row[field] !== intact?.[field]);
      return isChanged || read.length + quarantinedRows !== 1;
    });
    expect(wrong).toEqual([]);
  });

  it('(renamed) is either refused or counted as unmapped', () => {
    const silent = pathsOf(original).filter((path) => {
      const { quarantinedRows, unmapped } = readAll(endpoint, [mutated(original, path, rename)]);
      return quarantinedRows + unmapped.size === 0;
    });
    expect(silent).toEqual([]);
  });
});

// The index has no numbers: below.
const documents = entries.flatMap(([id, answer]): [string, Endpoint<unknown>, Json][] =>
  answer.kind === 'document' && id !== 'links' ? [[id, endpoints[id], answer.document]] : [],
);

/** Every number of every series, or of every row about searches, under its full name. */
function valuesOf(read: readonly unknown[]): Map<string, unknown> {
  const rows = read as (Json & { points?: { period: string; value: unknown }[] })[];
  return new Map(
    rows.flatMap(({ points = [], ...row }) => {
      const key = 'metric' in row ? row : { of: row['keyword'] ?? row['appKey'] };
      const own = Object.entries(row).filter(([, value]) => typeof value === 'number');
      return [
        ...points.map(({ period, value }) => [JSON.stringify({ ...key, period }), value] as const),
        ...own.map(([field, value]) => [JSON.stringify({ ...key, field }), value] as const),
      ];
    }),
  );
}

describe.each(documents)('the document of %s with one field changed', (_name, endpoint, original) => {
  const intact = valuesOf(readAll(endpoint, [original]).rows);
  /** Fields that say whose number it is: changing one is another, equally good answer. */
  const naming = new Set([
    'name',
    'addonKey',
    'appKey',
    'conversionType',
    'evaluationType',
    'year',
    'month',
    'date',
  ]);

  it.each(Object.entries(MUTATIONS))(
    '(%s) invents no number, and says so when it loses one',
    (kind, mutation) => {
      const wrong = pathsOf(original).filter((path) => {
        let read: ReturnType<typeof readAll>;
        try {
          read = readAll(endpoint, [mutated(original, path, mutation)]);
        } catch (error) {
          return !(error instanceof ApiUnexpectedShapeError);
        }
        const values = valuesOf(read.rows);
        const isInvented = [...values].some(([key, value]) => value !== null && value !== intact.get(key));
        const isLoud = read.quarantinedRows > 0 || read.unmapped.size > 0;
        const isLostInSilence = values.size < intact.size && kind !== 'dropped' && !isLoud;
        return (isInvented && !naming.has(String(path.at(-1)))) || isLostInSilence;
      });
      expect(wrong).toEqual([]);
    },
  );

  it('(renamed) is either refused or counted as unmapped', () => {
    const silent = pathsOf(original).filter((path) => {
      // Nobody looks into the links: they are no data, and no link is followed.
      if (['_links', 'query'].includes(String(path[0])) && path.length > 1) return false;
      try {
        const { quarantinedRows, unmapped } = readAll(endpoint, [mutated(original, path, rename)]);
        return quarantinedRows + unmapped.size === 0;
      } catch (error) {
        return !(error instanceof ApiUnexpectedShapeError);
      }
    });
    expect(silent).toEqual([]);
  });
});

describe('an index with one field changed', () => {
  const original = sample('index');
  const namesOf = (rows: readonly unknown[]) => rows.map((row) => (row as Json)['path']);
  // The index itself is no resource; under another name it would be one.
  const paths = pathsOf(original).filter(([, relation]) => relation !== 'self');
  const intact = namesOf(readAll(endpoints.links, [original]).rows);

  it.each(Object.entries(MUTATIONS))(
    '(%s) names nothing that was not there, and loses nothing silently',
    (kind, mutation) => {
      const wrong = paths.filter((path) => {
        let read: ReturnType<typeof readAll>;
        try {
          read = readAll(endpoints.links, [mutated(original, path, mutation)]);
        } catch (error) {
          return !(error instanceof ApiUnexpectedShapeError);
        }
        const isLost = read.rows.length < intact.length && read.quarantinedRows === 0;
        const isInvented = namesOf(read.rows).some((one) => !intact.includes(one));
        // A relation that is gone is one that the account may not read.
        return isInvented || (isLost && !(kind === 'dropped' && path.length === 2));
      });
      expect(wrong).toEqual([]);
    },
  );
});
