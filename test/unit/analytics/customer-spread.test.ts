import { describe, expect, it } from 'vitest';
import {
  besideAverage,
  customerSpreads,
  furthestGroups,
  spreadSites,
} from '../../../src/analytics/customer-spread.ts';
import type { Day } from '../../../src/domain/day.ts';
import type { MetricSeries } from '../../../src/domain/metric-series.ts';
import { createRandom, license } from './rows.ts';

const MONTH: Day = '2026-02-01';

type Values = Readonly<Record<string, number | null>>;

function group(
  metric: MetricSeries['metric'],
  name: string,
  numbers: Readonly<Partial<Record<'count' | 'percent' | 'index', Values>>>,
  dataset = '',
): MetricSeries[] {
  return Object.entries(numbers).map(([type, values]) => ({
    metric,
    appKey: null,
    dataset,
    name,
    type,
    points: Object.entries(values).map(([period, value]) => ({ period: period as Day, value })),
  }));
}

const SERIES = [
  ...group('customers-by-region', 'apac', {
    count: { [MONTH]: 20, '2026-01-01': 18, '2025-02-01': 10 },
    percent: { [MONTH]: 20 },
    index: { [MONTH]: 1.02 },
  }),
  ...group('customers-by-region', 'emea', {
    count: { [MONTH]: 80, '2026-01-01': 77 },
    percent: { [MONTH]: 80 },
    index: { [MONTH]: 1.35 },
  }),
  ...group('customers-by-region', 'gone', { count: { [MONTH]: null, '2026-01-01': 5 } }),
  ...group('customers-by-tier', '1-10', { count: { [MONTH]: 30 }, index: { [MONTH]: 0.7 } }, 'Jira'),
  ...group('customers-by-tier', '1-10', { count: { [MONTH]: 9 }, index: { [MONTH]: 3 } }, 'Confluence'),
];

describe('customerSpreads', () => {
  it('tell each group of a month with its share, its index, and the months before', () => {
    const [regions] = customerSpreads(SERIES, MONTH);
    expect(regions).toEqual({
      by: 'region',
      product: '',
      // 80 + 20; a month before 77 + 18 + 5; a year before 10 of the one group that is known.
      total: 100,
      before: 100,
      yearBefore: 10,
      groups: [
        { name: 'emea', count: 80, percent: 80, index: 1.35, before: 77, yearBefore: 0 },
        { name: 'apac', count: 20, percent: 20, index: 1.02, before: 18, yearBefore: 10 },
      ],
    });
  });

  it('keep the sizes of each product apart', () => {
    expect(customerSpreads(SERIES, MONTH).map(({ by, product, total }) => [by, product, total])).toEqual([
      ['region', '', 100],
      ['tier', 'Confluence', 9],
      ['tier', 'Jira', 30],
    ]);
  });

  it('are none for a month that is not known', () => {
    expect(customerSpreads(SERIES, '2026-03-01')).toEqual([]);
    expect(customerSpreads(SERIES, '2026-01-01').map(({ before }) => before)).toEqual([undefined]);
  });

  it('depend on no order, and on no other metric', () => {
    const random = createRandom(4);
    const other = group('customers-by-edition', 'free', { count: { '2025-06-01': 4 } });
    expect(customerSpreads(random.shuffle([...SERIES, ...other]), MONTH)).toEqual(
      customerSpreads(SERIES, MONTH),
    );
  });
});

describe('an index', () => {
  it.each([
    [1.35, 'above'],
    [1.05, 'above'],
    [1.04, 'average'],
    [0.96, 'average'],
    [0.95, 'average'],
    [0.94, 'below'],
    [0.2, 'below'],
  ])('of %f is %s', (index, words) => {
    expect(besideAverage(index)).toBe(words);
  });

  it('is told of the groups furthest from the average, of 20 customers at least', () => {
    const { above, below } = furthestGroups(customerSpreads(SERIES, MONTH));
    // Confluence 1-10 has 3.0 but 9 customers only.
    expect(above).toMatchObject({ by: 'region', name: 'emea', index: 1.35 });
    expect(below).toMatchObject({ by: 'tier', product: 'Jira', name: '1-10', index: 0.7 });
  });

  it('is told of nobody where all are as the average', () => {
    const average = group('customers-by-region', 'apac', { count: { [MONTH]: 50 }, index: { [MONTH]: 1 } });
    const unknown = group('customers-by-region', 'unknown', {
      count: { [MONTH]: 50 },
      index: { [MONTH]: 9 },
    });
    expect(furthestGroups(customerSpreads([...average, ...unknown], MONTH))).toEqual({
      above: undefined,
      below: undefined,
    });
  });
});

describe('spreadSites', () => {
  const site = (cloudId: string, changes: Parameters<typeof license>[0] = {}) =>
    license({ host: { cloudId }, entitlement: `E-${cloudId}`, ...changes });

  it('count each cloud site in use once, by its licence that ends last', () => {
    const [regions, editions, sizes] = spreadSites([
      site('s1', { customer: { region: 'EMEA' }, parentEdition: 'Premium', tier: '50 Users' }),
      site('s1', {
        entitlement: 'E-old',
        customer: { region: 'APAC' },
        maintenanceEnd: '2025-06-01',
        tier: '5 Users',
      }),
      site('s2', { customer: { region: 'EMEA' }, tier: 'Evaluation', opportunityUsers: 5000 }),
      site('s3', { customer: {}, tier: 'Subscription' }),
    ]);
    expect(regions?.groups.map(({ count, name, percent }) => [name, count, percent])).toEqual([
      ['emea', 2, (100 * 2) / 3],
      ['unknown', 1, 100 / 3],
    ]);
    expect(editions?.groups.map(({ count, name }) => [name, count])).toEqual([
      ['unknown', 2],
      ['premium', 1],
    ]);
    expect(sizes?.groups.map(({ count, name }) => [name, count])).toEqual([
      ['1000+', 1],
      ['11-100', 1],
      ['unknown', 1],
    ]);
  });

  it('leave out what is no customer: inactive, sandboxes, Atlassian itself, Data Center', () => {
    const none = [
      site('s1', { status: 'inactive' }),
      site('s2', { sandbox: 'yes' }),
      site('s3', { isAtlassian: true }),
      site('s4', { hosting: 'Data Center' }),
    ];
    expect(spreadSites(none).map(({ groups, total }) => [total, groups.length])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(spreadSites([...none, site('s5', { status: 'cancelled' })])[0]?.total).toBe(1);
  });

  it('spread as many in every way as there are, whatever their order', () => {
    const random = createRandom(8);
    const list = Array.from({ length: 40 }, (_, index) =>
      site(`s${index % 25}`, {
        entitlement: `E-${index}`,
        customer: { region: random.pick(['EMEA', 'APAC', 'Americas']) },
        maintenanceEnd: random.pick(['2026-01-10', '2026-01-20']),
        tier: random.pick(['5 Users', '500 Users', 'Unlimited Users']),
      }),
    );
    const spreads = spreadSites(list);
    for (const { groups, total } of spreads) {
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(total);
      expect(total).toBe(25);
    }
    expect(spreadSites(random.shuffle(list))).toEqual(spreads);
  });
});
