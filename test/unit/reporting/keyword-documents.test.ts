import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/reporting/endpoint.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { ApiUnexpectedShapeError } from '../../../src/reporting/errors.ts';
import { readParameters } from '../../../src/reporting/parameters.ts';
import { readAll, readOne, sample } from './samples.ts';

const IDS = [
  'search-keywords',
  'search-keywords-export',
  'app-search-keywords',
  'app-search-keywords-export',
  'search-keywords-by-source',
  'search-keywords-by-source-export',
  'zero-result-keywords',
  'zero-result-keywords-export',
] as const;

const bySource = endpoints['search-keywords-by-source'];
const zero = endpoints['zero-result-keywords'];
const ofApp = endpoints['app-search-keywords'];
const app = (changes: object = {}) => ({
  addonKey: 'a',
  productId: 'p-a',
  searchAppearances: 3,
  elements: [{ date: '2026-03-01', count: 3 }],
  ...changes,
});

describe('a report about searches', () => {
  it.each(IDS)('of another shape is an error, not "no data" (%s)', (id) => {
    for (const answer of [
      {},
      null,
      'x',
      { errors: [] },
      { details: null, addons: null },
      { details: {}, addons: {} },
    ])
      expect(() => readAll<unknown>(endpoints[id], [answer])).toThrow(ApiUnexpectedShapeError);
  });

  it.each(IDS)('without rows has none (%s)', (id) => {
    for (const answer of [[], { details: [], addons: [] }]) {
      expect(readAll<unknown>(endpoints[id], [answer])).toMatchObject({ rows: [], quarantinedRows: 0 });
    }
  });

  it.each(['null', 'NA', 'unknown', 'Unknown', '  gantt  ', '<!channel>'])(
    'takes "%s" for a keyword',
    (text) => {
      const answer = { details: [{ searchKeyword: text, percentage: 1 }] };
      expect(readOne(bySource, answer)).toEqual({ keyword: text.trim(), percent: 1 });
    },
  );

  it('refuses single rows and keeps the others', () => {
    const details = [
      { searchKeyword: 'a', percentage: '2.69' },
      { searchKeyword: ' ', percentage: 1 },
      { searchKeyword: 7, percentage: 1 },
      { searchKeyword: 'b' },
      null,
      { searchKeyword: 'c', percentage: 0 },
    ];
    const problems = [
      { path: 'details[].percentage', expected: 'number', count: 2 },
      { path: 'details[].searchKeyword', expected: 'a text', count: 1 },
      { path: 'details[].searchKeyword', expected: 'string', count: 1 },
      { path: 'details[]', expected: 'object', count: 1 },
    ];
    const report = readAll(bySource, [{ details }]);
    expect(report).toMatchObject({ rows: [{ keyword: 'c', percent: 0 }], quarantined: problems });
    expect(readAll(endpoints['search-keywords-by-source-export'], [details])).toMatchObject({
      rows: report.rows,
      quarantined: problems.map((one) => ({ ...one, path: one.path.replace('details', '') })),
    });
  });

  it('counts fields that nobody knows, in a bare array too', () => {
    const details = [{ searchKeyword: 'a', percentage: 1, mood: 'good' }];
    expect(readAll(bySource, [{ details, news: 1 }]).unmapped).toEqual(
      new Map([
        ['details[].mood', 1],
        ['news', 1],
      ]),
    );
    expect(readAll(bySource, [details]).unmapped).toEqual(new Map([['[].mood', 1]]));
  });

  it('without results may have no filters, as live answers', () => {
    const answer = { details: [{ searchKeyword: 'gant', count: 9, productFilter: '', hostingFilter: null }] };
    expect(readOne(zero, answer)).toEqual({ keyword: 'gant', count: 9 });
  });

  it('of apps names an app without a name by its key, and has no leading keyword where there is none', () => {
    expect(readOne(endpoints['search-keywords'], { addons: [app({ leadingSearchKeyword: '' })] })).toEqual({
      appKey: 'a',
      name: 'a',
      productId: 'p-a',
      appearances: 3,
      points: [{ period: '2026-03-01', value: 3 }],
    });
  });

  it('gives points oldest first, and refuses a row with two numbers for one period or with a wrong point', () => {
    const point = (date: string, count: unknown) => ({ date, count });
    const details = [
      { searchKeyword: 'a', keywordCount: 3, elements: [point('2026-03-08', 2), point('2026-03-01', 1)] },
      { searchKeyword: 'b', keywordCount: 3, elements: [point('2026-03-01', 2), point('2026-03-01', 1)] },
      { searchKeyword: 'c', keywordCount: 3, elements: [point('2026-03-01', '2')] },
      { searchKeyword: 'd', keywordCount: 3, elements: [point('soon', 2)] },
      { searchKeyword: 'e', keywordCount: 3 },
    ];
    const { rows, quarantined } = readAll(ofApp, [{ details }]);
    expect(rows).toEqual([
      {
        keyword: 'a',
        count: 3,
        points: [
          { period: '2026-03-01', value: 1 },
          { period: '2026-03-08', value: 2 },
        ],
      },
    ]);
    expect(quarantined).toEqual([
      { path: 'details[].elements', expected: 'one value per period', count: 1 },
      { path: 'details[].elements[].count', expected: 'number', count: 1 },
      { path: 'details[].elements[].date', expected: 'a date YYYY-MM-DD', count: 1 },
      { path: 'details[].elements', expected: 'array', count: 1 },
    ]);
  });
});

describe('apps given by the caller', () => {
  it('select rows of apps on our side, by key and by product id', () => {
    const answer = { addons: [app(), app({ addonKey: 'b', productId: 'p-b' })] };
    const keys = (selection: object) =>
      readAll(endpoints['search-keywords'], [answer], selection).rows.map(({ appKey }) => appKey);
    expect(keys({})).toEqual(['a', 'b']);
    expect(keys({ appKeys: new Set(['b']) })).toEqual(['b']);
    expect(keys({ productIds: new Set(['p-a']) })).toEqual(['a']);
    expect(keys({ appKeys: new Set(['a']), productIds: new Set(['p-b']) })).toEqual([]);
  });

  it('are compared with the app of the path where the answer names it', () => {
    const answer = sample('products.productId.search-keywords');
    const count = (raw: unknown, key: string) =>
      readAll(ofApp, [raw], { appKeys: new Set([key]) }).rows.length;
    expect(count(answer, 'test-app')).toBe(2);
    expect(count(answer, 'other')).toBe(0);
    expect(count(answer['details'], 'test-app')).toBe(0);
  });

  it.each([
    ['search-keywords-by-source', 'search-keywords.source.sourceKey'],
    ['zero-result-keywords', 'zero-search-results-keywords.source.sourceKey'],
  ] as const)('get nothing from %s, which is about no app', (id, name) => {
    const endpoint: Endpoint<unknown> = endpoints[id];
    expect(readAll(endpoint, [sample(name)], { appKeys: new Set(['test-app']) }).rows).toEqual([]);
  });
});

describe('the parameters of a report about searches', () => {
  const read = (id: (typeof IDS)[number], given: Record<string, string | string[]>) =>
    readParameters(endpoints[id], given, undefined);

  it('fill the path and stay out of the query', () => {
    const { names, query } = read('search-keywords-by-source', {
      source: 'embedded-marketplace',
      endDate: '2026-03-01',
    });
    expect(names).toEqual({ source: 'embedded-marketplace' });
    expect([...query]).toEqual([['endDate', '2026-03-01']]);
    const app = read('app-search-keywords', { productId: 'p-1', aggregation: 'month' });
    expect(app.names).toEqual({ productId: 'p-1' });
    expect([...app.query]).toEqual([['aggregation', 'month']]);
  });

  it('must name a source and an app where the path has them', () => {
    expect(() => read('search-keywords-by-source', {})).toThrow(/search-keywords-by-source needs source/);
    expect(() => read('app-search-keywords-export', {})).toThrow(
      /app-search-keywords-export needs productId/,
    );
    expect(() => read('search-keywords-by-source', { source: 'google' })).toThrow(
      /one of marketplace, embedded-marketplace/,
    );
    expect(() => read('app-search-keywords', { productId: ['a', 'b'] })).toThrow(/an id without commas/);
    expect(() => read('app-search-keywords', { productId: 'a,b' })).toThrow(/an id without commas/);
  });

  it('know the one source of searches without results', () => {
    expect(read('zero-result-keywords', {}).names).toEqual({ source: 'marketplace' });
    expect(() => read('zero-result-keywords', { source: 'embedded-marketplace' })).toThrow(
      /one of marketplace/,
    );
  });

  it('have no periods where the answer has none', () => {
    for (const id of ['search-keywords-by-source', 'zero-result-keywords'] as const)
      expect(() => read(id, { source: 'marketplace', aggregation: 'week' })).toThrow(
        /"aggregation" is no parameter/,
      );
  });

  it('ask exports for JSON alone', () => {
    expect([...read('search-keywords-export', {}).query]).toEqual([
      ['aggregation', 'week'],
      ['accept', 'json'],
    ]);
    expect(() => read('search-keywords-export', { accept: 'csv' })).toThrow(/one of json/);
    expect(() => read('search-keywords', { accept: 'json' })).toThrow(/"accept" is no parameter/);
  });
});
