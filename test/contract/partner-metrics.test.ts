/** The documentation's own questions and answers about partner metrics, word for word. */
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/reporting/endpoint.ts';
import { endpoints } from '../../src/reporting/endpoints/index.ts';
import { ApiParameterError } from '../../src/reporting/errors.ts';
import { EMAIL, TOKEN } from '../unit/reporting/loopback.ts';
import { type Json, sample } from '../unit/reporting/samples.ts';
import { api, CLEAN, useSamplesOnly, pathOf, pull } from './serve-sample.ts';

useSamplesOnly();

const APP = 'acd011b1-1111-45bc-902a-247046a11111';

const NONE = { records: [] };

/** Serves these pages to exactly this question. */
function answer(endpoint: Endpoint<unknown>, request: unknown, ...pages: readonly Json[]): void {
  for (const [index, page] of pages.entries()) {
    api()
      .post(pathOf(endpoint), (body: unknown) => {
        expect(body).toEqual(request);
        return true;
      })
      .query({ offset: 14 * index, limit: 14 })
      .basicAuth({ user: EMAIL, pass: TOKEN })
      .matchHeader('content-type', 'application/json')
      .reply(200, page);
  }
}

async function pullSample<Row>(endpoint: Endpoint<Row>, name: string, parameters: Record<string, string>) {
  const { request, response } = sample(`partner-metrics.${name}`);
  answer(endpoint, request, response as Json, NONE);
  return pull(endpoint, { parameters });
}

describe('installs', () => {
  /** The question that the documentation puts beside the sample. */
  const question = {
    granularity: 'WEEK',
    metrics: { metricFields: [{ name: 'INSTALL_COUNT' }] },
    attributesFilter: {
      expr: {
        andGroup: [{ filter: { fieldName: 'PRODUCT_ID', oneFilter: { stringFilter: { value: APP } } } }],
      },
    },
  };

  it('partner-metrics.json: seven weeks of one app, under changing product ids and without one', async () => {
    answer(endpoints.installs, question, sample('partner-metrics'), NONE);
    const { rows, report } = await pull(endpoints.installs, { parameters: { productId: APP } });
    expect(rows[0]).toEqual({
      period: '2024-10-21',
      appKey: 'com.riadalabs.jira.plugins.notificationassistant',
      productId: APP,
      installs: 1_429,
    });
    expect(rows.map(({ period, installs }) => [period, installs])).toEqual([
      ['2024-10-21', 1_429],
      ['2024-10-28', 1_427],
      ['2024-11-04', 1_426],
      ['2024-11-11', 1_428],
      ['2024-11-18', 1_432],
      ['2024-11-25', 1_436],
      ['2024-12-02', 1_426],
    ]);
    expect(rows[3]).not.toHaveProperty('productId');
    expect(report).toEqual({ rows: 7, requests: 2, ...CLEAN });
  });

  it('of all apps and some days are asked for without a filter', async () => {
    const range = { startDate: '2024-10-21', endDate: '2024-10-27' };
    answer(
      endpoints.installs,
      {
        granularity: 'DAY',
        metrics: { metricFields: [{ name: 'INSTALL_COUNT' }] },
        dateRange: range,
      },
      NONE,
    );
    const { rows, report } = await pull(endpoints.installs, {
      parameters: { granularity: 'DAY', ...range },
    });
    expect(rows).toEqual([]);
    expect(report).toEqual({ rows: 0, requests: 1, ...CLEAN });
  });

  it.each([
    ['installs-by-parent-version', 'parent-version', ['7.13.2|2', '7.19.17|2', '7.19.18|1', '7.19.20|2']],
    [
      'installs-by-parent-major-version',
      'parent-major-version',
      ['7.x.x|8', '8.x.x|18', '9.x.x|1', '7.x.x|8'],
    ],
    [
      'installs-by-parent-minor-version',
      'parent-minor-version',
      ['7.13.x|2', '7.19.x|6', '8.5.x|13', '8.7.x|2'],
    ],
  ] as const)('%s: four counts of Confluence, each with its version', async (id, name, expected) => {
    const { rows, report } = await pullSample(endpoints[id], name, { productId: APP });
    expect(rows.map(({ installs, parentVersion }) => `${parentVersion}|${installs}`)).toEqual(expected);
    expect(new Set(rows.map(({ parentSoftware }) => parentSoftware))).toEqual(new Set(['Confluence']));
    expect(rows[0]).toMatchObject({ period: '2024-10-21', appKey: 'com.k15t.scroll.doc.variants' });
    expect(report).toEqual({ rows: 4, requests: 2, ...CLEAN });
  });
});

describe('gross merchandise value', () => {
  it('gmv: all three numbers, in cents', async () => {
    const { rows, report } = await pullSample(endpoints.gmv, 'gmv', {});
    expect(rows).toEqual([
      {
        period: '2024-10-01',
        lifetime: 7_000_000,
        versionType: 'NON_HARMONISED_FORGE_VERSIONS',
        nonHarmonisedForge: 7_000_000,
        standardForge: 8_000_000,
      },
    ]);
    expect(report).toEqual({ rows: 1, requests: 2, ...CLEAN });
  });

  it('gmv-by-version-type: the value of one type', async () => {
    const { rows, report } = await pullSample(endpoints['gmv-by-version-type'], 'gmv-by-version-type', {
      appVersionType: 'RUNS_ON_ATLASSIAN',
    });
    expect(rows).toEqual([{ period: '2024-10-01', lifetime: 5_200_000, versionType: 'RUNS_ON_ATLASSIAN' }]);
    expect(report).toEqual({ rows: 1, requests: 2, ...CLEAN });
  });

  it('gmv-forge-versions: the two breakouts', async () => {
    const { rows, report } = await pullSample(endpoints['gmv-forge-versions'], 'gmv-forge-versions', {});
    expect(rows).toEqual([{ period: '2024-10-01', nonHarmonisedForge: 8_000_000, standardForge: 9_000_000 }]);
    expect(report).toEqual({ rows: 1, requests: 2, ...CLEAN });
  });

  it('by version type asks for the default type, and for exactly one', async () => {
    const { request } = sample('partner-metrics.gmv-by-version-type');
    const asked = JSON.parse(
      JSON.stringify(request).replace('"RUNS_ON_ATLASSIAN"', '"NON_HARMONISED"'),
    ) as Json;
    answer(endpoints['gmv-by-version-type'], asked, NONE);
    expect((await pull(endpoints['gmv-by-version-type'])).rows).toEqual([]);
    for (const appVersionType of [
      [],
      ['NATIVE_APP', 'RUNS_ON_ATLASSIAN'],
      'FORGE',
      'NATIVE_APP,NON_HARMONISED',
    ]) {
      await expect(
        pull(endpoints['gmv-by-version-type'], { parameters: { appVersionType } }),
      ).rejects.toThrow(ApiParameterError);
    }
  });
});
