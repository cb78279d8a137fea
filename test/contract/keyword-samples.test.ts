/** The reference's sample answers about searches, as reports and as exports. */
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/reporting/endpoint.ts';
import { endpoints } from '../../src/reporting/endpoints/index.ts';
import { sample } from '../unit/reporting/samples.ts';
import { api, CLEAN, pathOf, pull, pullAnswer, pullDocument, useSamplesOnly } from './serve-sample.ts';

useSamplesOnly();

const MARKETPLACE = { source: 'marketplace' };
const APP = { productId: 'acd011b1-1111-45bc-902a-247046a11111' };

describe('searches', () => {
  it('search-keywords.source.sourceKey.json: five keywords with their shares', async () => {
    const { rows, report } = await pullDocument(
      endpoints['search-keywords-by-source'],
      'search-keywords.source.sourceKey',
      MARKETPLACE,
    );
    expect(rows).toEqual([
      { keyword: 'structure', percent: 2.69 },
      { keyword: 'scriptrunner', percent: 2.61 },
      { keyword: 'jira', percent: 2.6 },
      { keyword: 'automation', percent: 2.49 },
      { keyword: 'portfolio', percent: 2.33 },
    ]);
    expect(report).toEqual({ rows: 5, requests: 1, ...CLEAN });
  });

  it('zero-search-results-keywords.source.sourceKey.json: two keywords with the filters that were set', async () => {
    const { rows, report } = await pullDocument(
      endpoints['zero-result-keywords'],
      'zero-search-results-keywords.source.sourceKey',
      MARKETPLACE,
    );
    expect(rows).toEqual([
      {
        keyword: 'test',
        product: 'jira',
        hosting: 'Cloud',
        category: 'Utilities',
        other: 'Beta',
        count: 1,
      },
      {
        keyword: 'test1',
        product: 'confluence',
        hosting: 'Data Center',
        category: 'Time tracking',
        other: 'Cloud fortified apps',
        count: 1,
      },
    ]);
    expect(report).toEqual({ rows: 2, requests: 1, ...CLEAN });
  });

  it('search-keywords.json: two apps with their weeks', async () => {
    const { rows, report } = await pullDocument(endpoints['search-keywords'], 'search-keywords');
    expect(rows).toEqual([
      {
        appKey: 'test-project-projectmanagement-app-1',
        name: 'Test ProjectManagement App 1',
        productId: 'acd011b1-1111-45bc-902a-247046a11111',
        leadingKeyword: 'projectmanagement',
        appearances: 402,
        points: [
          { period: '2025-03-02', value: 200 },
          { period: '2025-03-09', value: 201 },
          { period: '2025-03-16', value: 100 },
          { period: '2025-03-23', value: 101 },
        ],
      },
      {
        appKey: 'test-page-editor-app-1',
        name: 'Test PageEditor app1',
        productId: 'acd011b1-1111-45bc-902a-247046a11111',
        leadingKeyword: 'pageeditor',
        appearances: 202,
        points: [
          { period: '2025-03-02', value: 50 },
          { period: '2025-03-09', value: 51 },
          { period: '2025-03-16', value: 50 },
          { period: '2025-03-23', value: 51 },
        ],
      },
    ]);
    expect(report).toEqual({ rows: 2, requests: 1, ...CLEAN });
  });

  it('products.productId.search-keywords.json: two keywords of one app, which the path names', async () => {
    const { rows, report } = await pullDocument(
      endpoints['app-search-keywords'],
      'products.productId.search-keywords',
      APP,
    );
    expect(rows).toEqual([
      { keyword: 'test', count: 50, points: [{ period: '2025-01-01', value: 50 }] },
      { keyword: 'app', count: 4, points: [{ period: '2025-01-01', value: 4 }] },
    ]);
    expect(report).toEqual({ rows: 2, requests: 1, ...CLEAN });
  });
});

describe('exports of searches', () => {
  it.each([
    ['search-keywords-by-source', 'search-keywords.source.sourceKey', 'details', MARKETPLACE],
    ['zero-result-keywords', 'zero-search-results-keywords.source.sourceKey', 'details', MARKETPLACE],
    ['search-keywords', 'search-keywords', 'addons', {}],
    ['app-search-keywords', 'products.productId.search-keywords', 'details', APP],
  ] as const)(
    '%s: the same rows from the whole document and from a bare array',
    async (id, name, list, given) => {
      const one: Endpoint<unknown> = endpoints[id];
      const exported: Endpoint<unknown> = endpoints[`${id}-export`];
      const report = await pullDocument(one, name, given);
      expect(await pullDocument(exported, name, given)).toEqual(report);
      expect(await pullAnswer(exported, sample(name)[list] as object, given)).toEqual(report);
      expect(report.rows.length).toBeGreaterThan(0);
    },
  );

  it('ask for JSON below the place of the report, whatever the default is', async () => {
    const { 'search-keywords-by-source-export': bySource, 'app-search-keywords-export': ofApp } = endpoints;
    api()
      .get(`${pathOf(endpoints['search-keywords-by-source'], { source: 'embedded-marketplace' })}/export`)
      .query({ accept: 'json', startDate: '2026-01-01' })
      .reply(200, '[]', { 'content-type': 'application/json' });
    await pull(bySource, { parameters: { source: 'embedded-marketplace', startDate: '2026-01-01' } });
    api()
      .get(`${pathOf(endpoints['app-search-keywords'], APP)}/export`)
      .query({ accept: 'json', aggregation: 'week' })
      .reply(200, { details: [] });
    expect((await pull(ofApp, { parameters: APP })).rows).toEqual([]);
  });
});
