import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/reporting/endpoint.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { ApiParameterError } from '../../../src/reporting/errors.ts';
import { readParameters } from '../../../src/reporting/parameters.ts';

type Given = Record<string, string | string[]>;

const queryOf = (endpoint: Endpoint<unknown>, given: Given = {}): string[] =>
  [...readParameters(endpoint, given, undefined).query].map((pair) => pair.join('='));

describe('the query of an endpoint', () => {
  it('asks for all licences, hidden kinds included', () => {
    expect(queryOf(endpoints['licenses-export'])).toEqual([
      'withDataInsights=true',
      'includeAtlassianLicenses=true',
      'showLifeTimeFreeLicenses=true',
      'cloudComplianceBoundaries=commercial',
      'cloudComplianceBoundaries=fedramp_moderate',
      'cloudComplianceBoundaries=isolated_cloud',
      'accept=json',
    ]);
  });

  it('asks for all transactions, hidden kinds included', () => {
    expect(queryOf(endpoints['transactions-export'])).toEqual([
      'includeManualInvoice=true',
      'cloudComplianceBoundaries=commercial',
      'cloudComplianceBoundaries=fedramp_moderate',
      'cloudComplianceBoundaries=isolated_cloud',
      'accept=json',
    ]);
  });

  it('asks for months of an aggregate when told to', () => {
    expect(queryOf(endpoints.churn, { aggregation: 'month' })).toEqual(['aggregation=month']);
  });

  it('repeats the key for several values and lets a caller replace a default', () => {
    const query = queryOf(endpoints['transactions-export'], {
      productId: ['a', 'b'],
      cloudComplianceBoundaries: 'commercial',
      lastUpdated: '2026-03-01',
    });
    expect(query).toEqual([
      'includeManualInvoice=true',
      'cloudComplianceBoundaries=commercial',
      'accept=json',
      'productId=a',
      'productId=b',
      'lastUpdated=2026-03-01',
    ]);
  });

  it.each([
    'churn',
    'conversion',
    'renewal',
    'evaluations-by-hosting',
    'evaluations-by-country',
    'feedback-by-reason',
    'sales-by-tier',
  ] as const)('%s is asked with weeks and dates alone: apps are filtered here', (id) => {
    const { query, selection } = readParameters(
      endpoints[id],
      { startDate: '2026-01-01', endDate: '2026-03-01', productId: 'p-1', appKey: ['a', 'b'] },
      ['c'],
    );
    expect([...query]).toEqual([
      ['aggregation', 'week'],
      ['startDate', '2026-01-01'],
      ['endDate', '2026-03-01'],
    ]);
    expect(selection).toEqual({ appKeys: new Set(['a', 'b', 'c']), productIds: new Set(['p-1']) });
  });

  it.each(['churn-benchmark', 'evaluation-benchmark', 'sales-benchmark', 'app-requests'] as const)(
    '%s sends the product id and filters by it as well',
    (id) => {
      const { query, selection } = readParameters(
        endpoints[id],
        { productId: ['p-1', 'p-2'], appKey: 'a' },
        undefined,
      );
      expect([...query]).toEqual([
        ['productId', 'p-1'],
        ['productId', 'p-2'],
      ]);
      expect(selection).toEqual({ productIds: new Set(['p-1', 'p-2']), appKeys: new Set(['a']) });
    },
  );

  it.each<[keyof typeof endpoints, string[]]>([
    ['links', []],
    ['apps', ['includePrivate=true']],
    ['product-catalog', []],
    ['feedback-export', ['accept=json']],
    ['churn-details-export', ['accept=json']],
    ['free-starter-tier-export', ['includeAtlassianLicenses=true', 'accept=json']],
    ['marketing-attribution-export', ['accept=json']],
    ['installs', []],
    ['gmv-by-version-type', []],
  ])('of %s asks for %j', (id, query) => {
    expect(queryOf(endpoints[id])).toEqual(query);
  });

  it.each([
    ['licenses', 'licenses-export', ['sortBy=startDate']],
    ['transactions', 'transactions-export', ['sortBy=date', 'order=asc']],
  ] as const)(
    'of the list of %s differs from that of its export by its order alone',
    (list, whole, order) => {
      const withoutFormat = queryOf(endpoints[whole]).filter((pair) => pair !== 'accept=json');
      expect(queryOf(endpoints[list])).toEqual([...withoutFormat, ...order]);
      expect(queryOf(endpoints[`${whole}-sync`])).toEqual(queryOf(endpoints[whole]));
    },
  );

  it('of a partner metric is empty: its parameters are for the body', () => {
    const given = { productId: 'p-1', startDate: '2026-01-01', endDate: '2026-02-01' };
    const { query, body, names, selection } = readParameters(endpoints.installs, given, ['a']);
    expect([...query]).toEqual([]);
    expect(names).toEqual({});
    expect(body).toEqual({
      granularity: ['WEEK'],
      productId: ['p-1'],
      startDate: ['2026-01-01'],
      endDate: ['2026-02-01'],
    });
    expect(selection).toEqual({ appKeys: new Set(['a']) });
  });

  it('of a vendor is empty: its number is for the path', () => {
    const { query, names } = readParameters(endpoints['developer-space'], { vendorId: '1210833' }, undefined);
    expect([...query]).toEqual([]);
    expect(names).toEqual({ vendorId: '1210833' });
  });

  it('sends the product id of a benchmark and filters by it as well', () => {
    const { query, selection } = readParameters(
      endpoints['churn-benchmark'],
      { productId: ['p-1', 'p-2'] },
      undefined,
    );
    expect([...query]).toEqual([
      ['productId', 'p-1'],
      ['productId', 'p-2'],
    ]);
    expect(selection).toEqual({ productIds: new Set(['p-1', 'p-2']) });
  });
});

describe('a parameter that cannot be used', () => {
  it('is named together with the ones that can', () => {
    expect(() => queryOf(endpoints.churn, { hosting: 'cloud' })).toThrow(
      new ApiParameterError(
        '"hosting" is no parameter of churn. It takes: aggregation, startDate, endDate, productId, appKey.',
      ),
    );
  });

  it.each<[string, Endpoint<unknown>, Given, RegExp]>([
    [
      'a comma list',
      endpoints['licenses-export'],
      { productId: 'a,b' },
      /productId takes ids without commas/,
    ],
    [
      'a wrong enumeration',
      endpoints['licenses-export'],
      { hosting: 'Cloud' },
      /any of cloud, datacenter, server/,
    ],
    [
      'a date that is none',
      endpoints.churn,
      { startDate: '2026-02-30' },
      /startDate takes a date YYYY-MM-DD/,
    ],
    ['two dates', endpoints.churn, { startDate: ['2026-02-01', '2026-02-02'] }, /one value: a date/],
    ['no value', endpoints['churn-details'], { productId: [] }, /at least one value/],
    ['quarters of an aggregate', endpoints.churn, { aggregation: 'quarter' }, /one of week, month/],
    ['weeks in capitals', endpoints['sales-by-type'], { aggregation: 'WEEK' }, /one of week, month/],
    [
      'a hosting of feedback, which the sample names and the API ignores',
      endpoints['feedback-by-reason'],
      { hosting: 'cloud' },
      /"hosting" is no parameter/,
    ],
    [
      'an edition of feedback, the same',
      endpoints['feedback-by-type'],
      { appEdition: 'free' },
      /"appEdition" is no parameter/,
    ],
    ['paging', endpoints['churn-details'], { offset: '10' }, /"offset" is no parameter/],
    ['another order', endpoints['churn-details'], { order: 'desc' }, /one of asc/],
    ['an inherited name', endpoints.churn, { constructor: 'x' }, /"constructor" is no parameter/],
    ['a tier in words', endpoints['licenses-export'], { tier: 'ten' }, /whole numbers/],
    ['CSV', endpoints['licenses-export'], { accept: 'csv' }, /one of json/],
    ['a direction of licences, which the API ignores', endpoints.licenses, { order: 'asc' }, /no parameter/],
    ['an order of licences by sale', endpoints.licenses, { sortBy: 'saleDate' }, /one of addonName, company/],
    ['paging of a list', endpoints.transactions, { limit: '10' }, /"limit" is no parameter/],
    ['an order of an export', endpoints['churn-details-export'], { sortBy: 'date' }, /no parameter/],
    [
      'a licence level in words',
      endpoints.licenses,
      { licenseLevel: 'all' },
      /one of single-instance, multi/,
    ],
    [
      'a range of the free starter tier',
      endpoints['free-starter-tier-export'],
      { startDate: '2026-01-01' },
      /"startDate" is no parameter/,
    ],
    ['several products of a metric', endpoints.installs, { productId: ['a', 'b'] }, /one value: an id/],
    ['a comma list of a metric', endpoints.installs, { productId: 'a,b' }, /an id without commas/],
    ['weeks in lower case', endpoints.installs, { granularity: 'week' }, /one of YEAR, MONTH, WEEK, DAY/],
    [
      'a product of GMV, whose rows name none',
      endpoints.gmv,
      { productId: 'a' },
      /"productId" is no parameter/,
    ],
    [
      'a type of versions where none is asked',
      endpoints.gmv,
      { appVersionType: 'NATIVE_APP' },
      /no parameter/,
    ],
    ['no type of versions', endpoints['gmv-by-version-type'], { appVersionType: [] }, /one value/],
    [
      'two types of versions',
      endpoints['gmv-by-version-type'],
      { appVersionType: ['NATIVE_APP', 'NON_HARMONISED'] },
      /one value/,
    ],
    ['a metric backwards', endpoints.gmv, { startDate: '2026-02-01', endDate: '2026-01-01' }, /is after/],
    ['a vendor by name', endpoints['developer-space'], { vendorId: 'northlight' }, /a whole number/],
    ['no vendor', endpoints['developer-space'], {}, /developer-space needs vendorId/],
  ])('%s is refused before anything is sent', (_name, endpoint, given, message) => {
    expect(() => queryOf(endpoint, given)).toThrow(ApiParameterError);
    expect(() => queryOf(endpoint, given)).toThrow(message);
  });

  it('is a range that ends before it starts: the API would answer "nothing"', () => {
    expect(() => queryOf(endpoints.churn, { startDate: '2026-03-02', endDate: '2026-03-01' })).toThrow(
      /startDate 2026-03-02 is after endDate 2026-03-01/,
    );
    expect(queryOf(endpoints.churn, { startDate: '2026-03-01', endDate: '2026-03-01' })).toHaveLength(3);
  });

  it.each(['links', 'developer-space', 'gmv', 'gmv-by-version-type', 'gmv-forge-versions'] as const)(
    'is an app of %s, whose rows name none: the answer would be about all of them',
    (id) => {
      const given = id === 'developer-space' ? { vendorId: '1' } : {};
      expect(() => readParameters(endpoints[id], given, ['app-1'])).toThrow(ApiParameterError);
      expect(() => readParameters(endpoints[id], given, undefined)).not.toThrow();
    },
  );
});
