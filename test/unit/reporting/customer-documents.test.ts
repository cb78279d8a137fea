import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { ApiParameterError, ApiUnexpectedShapeError } from '../../../src/reporting/errors.ts';
import { readParameters } from '../../../src/reporting/parameters.ts';
import { readAll, sample } from './samples.ts';

const entry = (group: unknown, numbers: object = {}) => ({
  value: {
    group,
    usersDistribution: {
      usersCount: 3,
      usersPercent: 50,
      usersMarketplaceBenchmark: 1.5,
      ...numbers,
    },
  },
});
const month = (date: unknown, ...insightsType: unknown[]) => ({ date, insightsType });
/** As it arrives: a field that is undefined is absent. */
const asJson = (value: object): unknown => JSON.parse(JSON.stringify(value));
const byRegion = (...usersDistributionPerMonth: unknown[]) =>
  readAll(endpoints['customers-by-region'], [{ usersDistributionPerMonth }]);

describe('a distribution of customers', () => {
  it('gives the months of each group and type oldest first', () => {
    const { rows } = byRegion(
      month('2026-02-01', entry({ region: 'emea' }, { usersCount: 8 })),
      month('2026-01-01T00:00:00.000Z', entry({ region: 'emea' })),
    );
    expect(rows).toMatchObject([
      {
        appKey: null,
        dataset: '',
        name: 'emea',
        type: 'count',
        points: [
          { period: '2026-01-01', value: 3 },
          { period: '2026-02-01', value: 8 },
        ],
      },
      { type: 'percent' },
      { type: 'index' },
    ]);
  });

  it('without months has no series', () => {
    expect(byRegion()).toMatchObject({ rows: [], quarantinedRows: 0 });
  });

  it.each([[{}], [[]], [null], [{ errors: [] }], [{ usersEditionDistribution: [] }]])(
    'of another shape (%j) is an error, not "no data"',
    (answer) => {
      expect(() => readAll(endpoints['customers-by-region'], [answer])).toThrow(ApiUnexpectedShapeError);
    },
  );

  it.each<[string, unknown, string]>([
    ['no list of months', null, ''],
    ['a month without a date', [month(null, entry({ region: 'x' }))], '[].date'],
    ['a month without groups', [{ date: '2026-01-01' }], '[].insightsType'],
    [
      'a group without a name',
      [month('2026-01-01', entry({ region: null }))],
      '[].insightsType[].value.group.region',
    ],
    ['a group that is none', [month('2026-01-01', entry('emea'))], '[].insightsType[].value'],
    ['an entry that is none', [month('2026-01-01', { value: 4 })], '[].insightsType[].value'],
    [
      'a count in words',
      [month('2026-01-01', entry({ region: 'x' }, { usersCount: '3' }))],
      '[].insightsType[].value.usersDistribution.usersCount',
    ],
    [
      'a share that is null',
      [month('2026-01-01', entry({ region: 'x' }, { usersPercent: null }))],
      '[].insightsType[].value.usersDistribution.usersPercent',
    ],
    [
      'a share that is missing',
      [month('2026-01-01', entry({ region: 'x' }, { usersPercent: undefined }))],
      '[].insightsType[].value.usersDistribution.usersPercent',
    ],
    [
      'an index that is missing',
      [month('2026-01-01', entry({ region: 'x' }, { usersMarketplaceBenchmark: undefined }))],
      '[].insightsType[].value.usersDistribution.usersMarketplaceBenchmark',
    ],
  ])('refuses %s', (_name, list, path) => {
    const answer = asJson({ usersDistributionPerMonth: list });
    const { quarantined } = readAll(endpoints['customers-by-region'], [answer]);
    expect(quarantined).toMatchObject([{ path: `usersDistributionPerMonth${path}`, count: 1 }]);
  });

  it('by tier needs to know the product of a tier', () => {
    const list = [month('2026-01-01', entry({ tier: '1-10' }), entry({ tier: '1-10', product: 'Jira' }))];
    const { rows, quarantined } = readAll(endpoints['customers-by-tier'], [
      { usersDistributionPerMonth: list },
    ]);
    expect(rows.map(({ dataset, name, type }) => [dataset, name, type])).toEqual([
      ['Jira', '1-10', 'count'],
      ['Jira', '1-10', 'percent'],
      ['Jira', '1-10', 'index'],
    ]);
    expect(quarantined).toMatchObject([
      { path: 'usersDistributionPerMonth[].insightsType[].value.group.product', count: 1 },
    ]);
  });

  it('counts fields that nobody knows, inside groups too', () => {
    const { unmapped } = byRegion(
      month('2026-01-01', entry({ region: 'x', continent: 'y' }, { usersMood: 1 })),
    );
    const under = 'usersDistributionPerMonth[].insightsType[].value';
    expect([...unmapped.keys()]).toEqual([
      `${under}.group.continent`,
      `${under}.usersDistribution.usersMood`,
    ]);
  });

  it('is about no single app: whoever wants some gets nothing', () => {
    const answer = sample('customer-insights.regions');
    const selection = { appKeys: new Set(['a']) };
    expect(readAll(endpoints['customers-by-region'], [answer], selection)).toMatchObject({
      rows: [],
      quarantinedRows: 0,
    });
  });
});

describe('the parameters of a distribution', () => {
  it.each(['customers-by-region', 'customers-by-edition', 'customers-by-activity'] as const)(
    'of %s are dates: the API ignores everything else',
    (id) => {
      const { query } = readParameters(endpoints[id], { startDate: '2026-01-01' }, undefined);
      expect([...query]).toEqual([['startDate', '2026-01-01']]);
      for (const name of ['productId', 'product', 'hosting'])
        expect(() => readParameters(endpoints[id], { [name]: 'jira' }, undefined)).toThrow(ApiParameterError);
    },
  );

  it('by tier may name one product, in lower case', () => {
    const read = (given: Record<string, string>) =>
      readParameters(endpoints['customers-by-tier'], given, undefined);
    expect([...read({ product: 'jira' }).query]).toEqual([['product', 'jira']]);
    expect([...read({}).query]).toEqual([]);
    expect(() => read({ product: 'Jira' })).toThrow(/one of jira, confluence/);
    expect(() => read({ product: 'bitbucket' })).toThrow(/one of jira, confluence/);
  });
});
