/** What holds for the parameters of every endpoint: nothing is sent that the API would misread or silently ignore. */
import { describe, expect, it } from 'vitest';
import type { Endpoint, Parameter } from '../../../src/reporting/endpoint.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { ApiParameterError } from '../../../src/reporting/errors.ts';
import { readParameters } from '../../../src/reporting/parameters.ts';

type Given = Readonly<Record<string, string | readonly string[]>>;

const all = Object.entries<Endpoint<unknown>>(endpoints);
const every = all.flatMap(([id, endpoint]) =>
  Object.entries(endpoint.parameters).map(
    ([name, parameter]): [string, string, Endpoint<unknown>, Parameter] => [id, name, endpoint, parameter],
  ),
);

/** Values that each parameter takes. */
function goodValue(name: string, { allowed, takes }: Parameter): string {
  if (allowed) return allowed[0] ?? '';
  if (takes.startsWith('a date')) return '2026-03-01';
  return takes.includes('whole number') ? '25' : `a-${name}`;
}

/** What an endpoint cannot do without. */
function needed({ parameters }: Endpoint<unknown>): Record<string, string> {
  const required = Object.entries(parameters).filter(([, { isRequired }]) => isRequired);
  return Object.fromEntries(required.map(([name, parameter]) => [name, goodValue(name, parameter)]));
}

const read = (endpoint: Endpoint<unknown>, given: Given, appKeys?: readonly string[]) =>
  readParameters(endpoint, { ...needed(endpoint), ...given }, appKeys);

/** What a request would carry, wherever. */
function sentBy(endpoint: Endpoint<unknown>, given: Given): string {
  const { body, names, query } = read(endpoint, given);
  const asked = endpoint.source.kind === 'question' ? endpoint.source.body(body) : {};
  return JSON.stringify([[...query], names, asked]);
}

const expectRefused = (endpoint: Endpoint<unknown>, given: Given, appKeys?: readonly string[]) =>
  expect(() => read(endpoint, given, appKeys)).toThrow(ApiParameterError);

describe.each(all)('%s', (_id, endpoint) => {
  const names = Object.keys(endpoint.parameters);

  it('knows no other parameter, and says which it knows', () => {
    for (const name of [
      'addon',
      'productIds',
      'PRODUCTID',
      'limit',
      'offset',
      'groupBy',
      'constructor',
      '',
    ]) {
      expectRefused(endpoint, { [name]: 'x' });
      expect(() => read(endpoint, { [name]: 'x' })).toThrow(
        `is no parameter of ${endpoint.id}. It takes: ${names.join(', ') || 'none'}.`,
      );
    }
  });

  it('takes no list of apps in one text', () => {
    expectRefused(endpoint, {}, ['a,b']);
    expectRefused(endpoint, {}, ['a', 'b c']);
  });

  it('sends its defaults and nothing else of its own accord', () => {
    const { body, names: inPath, query } = read(endpoint, {});
    const sent = new Set([...query.keys(), ...Object.keys(body), ...Object.keys(inPath)]);
    expect(sent).toEqual(new Set([...Object.keys(endpoint.defaults), ...Object.keys(needed(endpoint))]));
  });
});

describe.each(every)('%s %s', (_id, name, endpoint, parameter) => {
  const good = goodValue(name, parameter);

  it('takes what it says it takes', () => {
    for (const value of parameter.allowed ?? [good])
      expect(() => read(endpoint, { [name]: value })).not.toThrow();
    const isTakenTwice = parameter.values.safeParse([good, good]).success;
    expect(isTakenTwice).toBe(parameter.isRepeatable);
  });

  it('refuses nothing, emptiness, and what is no value of it', () => {
    expectRefused(endpoint, { [name]: [] });
    expectRefused(endpoint, { [name]: '' });
    expectRefused(endpoint, { [name]: undefined } as unknown as Given);
    expectRefused(endpoint, { [name]: 4711 } as unknown as Given);
    if (parameter.allowed) {
      for (const value of parameter.allowed) {
        for (const wrong of [`${value}x`, ` ${value}`, `${value},${value}`])
          expectRefused(endpoint, { [name]: wrong });
        const isBothCases =
          new Set(parameter.allowed.map((one) => one.toLowerCase())).size < parameter.allowed.length;
        const otherCase = value === value.toLowerCase() ? value.toUpperCase() : value.toLowerCase();
        if (!isBothCases) expectRefused(endpoint, { [name]: otherCase });
      }
    }
    if (parameter.takes.startsWith('a date')) {
      for (const wrong of ['2026-02-30', '01.03.2026', '2026-03-01T00:00:00Z', '2026-03-01,2026-03-02'])
        expectRefused(endpoint, { [name]: wrong });
    }
  });

  it('takes no comma list where ids are meant: the API would answer for all apps', () => {
    const isId = /\bids?\b/.test(parameter.takes);
    expect(isId).toBe(/^(productId|appKey|reason)$/.test(name));
    if (isId)
      for (const wrong of ['a,b', 'a,', ',a', 'a b', 'a\nb']) expectRefused(endpoint, { [name]: wrong });
  });
});

const byPlace = Map.groupBy(every, ([, , , { sentIn }]) => sentIn);

it.each(byPlace.get('nowhere') ?? [])(
  '%s %s is not sent: rows are compared with it here',
  (_id, name, endpoint) => {
    const { query, selection } = read(endpoint, { [name]: 'canary' });
    expect([...query]).toEqual([...read(endpoint, {}).query]);
    expect(sentBy(endpoint, { [name]: 'canary' })).toBe(sentBy(endpoint, {}));
    expect(Object.values(selection)).toEqual([new Set(['canary'])]);
  },
);

it.each([...(byPlace.get('path') ?? []), ...(byPlace.get('body') ?? [])])(
  '%s %s is sent, but not in the query',
  (_id, name, endpoint, parameter) => {
    const value = goodValue(name, parameter);
    expect(sentBy(endpoint, { [name]: value })).toContain(value);
    expect([...read(endpoint, { [name]: value }).query.keys()]).not.toContain(name);
  },
);

it.each(byPlace.get('query') ?? [])('%s %s is sent once for each value', (_id, name, endpoint, parameter) => {
  const good = goodValue(name, parameter);
  const values = parameter.isRepeatable ? (parameter.allowed ?? [good, `${good}1`]) : [good];
  expect(read(endpoint, { [name]: values }).query.getAll(name)).toEqual(values);
});

/** Parameters that the API was seen to ignore or to misread, with where. Aggregates: thirty tried, identical answers. */
const IGNORED: readonly (readonly [string, (endpoint: Endpoint<unknown>) => boolean, readonly string[]])[] = [
  [
    'an aggregate',
    ({ parameters, source }) => source.kind === 'document' && 'aggregation' in parameters,
    ['productId', 'appKey', 'hosting', 'appEdition', 'text', 'saleType', 'limit', 'offset'],
  ],
  ['the list of licences', ({ id }) => id === 'licenses', ['order']],
  [
    'an export',
    ({ source }) => source.kind === 'export' || source.kind === 'array',
    ['limit', 'offset', 'sortBy', 'order'],
  ],
];

it.each(IGNORED)('%s is never sent what the API ignores there', (_what, isOne, ignored) => {
  const ones = all.filter(([, endpoint]) => isOne(endpoint));
  expect(ones.length).toBeGreaterThan(0);
  const sent = ones.flatMap(([id, { parameters }]) =>
    ignored
      .filter((name) => ['query', 'body'].includes(parameters[name]?.sentIn ?? 'nowhere'))
      .map((name) => `${id} ${name}`),
  );
  expect(sent).toEqual([]);
});

it('values of every endpoint are of the kinds that this test knows', () => {
  const kinds = every.map(([, , , { takes }]) => takes.replace(/^(one|any) of .*/, '$1 of'));
  expect(new Set(kinds)).toEqual(
    new Set([
      'one of',
      'any of',
      'a date YYYY-MM-DD',
      'a text of 1 to 200 characters',
      'a whole number',
      'whole numbers',
      'an id without commas',
      'ids without commas',
    ]),
  );
});
