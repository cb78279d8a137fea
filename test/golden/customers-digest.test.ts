import { describe, expect, it } from 'vitest';
import type { Spread, SpreadGroup } from '../../src/analytics/customer-spread.ts';
import { addMonths, type Day, startOf } from '../../src/domain/day.ts';
import { type CustomersDigest, customersDigest } from '../../src/messages/customers-digest.ts';
import { expectGolden } from '../support/golden.ts';

const NOW = startOf('2026-03-17') + 9 * 3_600_000;
const AS_OF = startOf('2026-03-17') + 6 * 3_600_000;
const MONTH: Day = '2026-02-01';

type Row = readonly [name: string, count: number, percent: number, index: number, before: number];

function spread(by: Spread['by'], rows: readonly Row[], product = ''): Spread {
  const groups = rows.map(
    ([name, count, percent, index, before]): SpreadGroup => ({
      name,
      count,
      percent,
      index,
      before,
      yearBefore: undefined,
    }),
  );
  const sum = (list: readonly (number | undefined)[]) =>
    list.reduce<number>((total, one) => total + (one ?? 0), 0);
  return {
    by,
    product,
    groups,
    total: sum(groups.map(({ count }) => count)),
    before: sum(groups.map(({ before }) => before)),
    yearBefore: 16_240,
  };
}

/** Numbers as in Atlassian's samples. */
const spreads: Spread[] = [
  spread('region', [
    ['americas', 8630, 42.51, 0.89, 8600],
    ['emea', 7387, 36.39, 1.3513, 7300],
    ['unknown', 2310, 11.38, 0.61, 2350],
    ['apac', 1975, 9.73, 0.9982, 1950],
  ]),
  spread('edition', [
    ['standard', 9500, 46.8, 0.95, 9400],
    ['premium', 2500, 12.3, 1.5574, 2450],
    ['enterprise', 450, 2.2, 2.5411, 449],
  ]),
  spread('activity', [
    ['paid', 10_594, 52.18, 1.8111, 10_500],
    ['non-paid', 9708, 47.82, 0.6717, 9700],
  ]),
  spread(
    'tier',
    [
      ['1-10', 7850, 66.7, 1.1731, 7800],
      ['Evaluation', 150, 1.29, 1.4448, 140],
      ['1000+', 400, 3.2, 2.1229, 0],
    ],
    'Confluence',
  ),
  spread('tier', [['1000+', 30, 4.66, 6.9566, 28]], 'Jira'),
];

const busy: CustomersDigest = {
  scope: 'All apps',
  asks: 'customers',
  month: MONTH,
  card: { spreads, restated: [{ month: '2026-01-01', before: 20_150, after: 20_200 }] },
  ownCount: undefined,
  unread: [],
  asOf: AS_OF,
  now: NOW,
};

const quiet: CustomersDigest = { ...busy, card: undefined };

const own = (rows: readonly (readonly [string, number])[], by: Spread['by']): Spread => ({
  by,
  product: '',
  groups: rows.map(([name, count]) => ({
    name,
    count,
    percent: (100 * count) / 12,
    index: undefined,
    before: undefined,
    yearBefore: undefined,
  })),
  total: 12,
  before: undefined,
  yearBefore: undefined,
});

const oneApp: CustomersDigest = {
  ...busy,
  scope: 'App 1',
  asks: 'customers "App 1"',
  month: undefined,
  card: undefined,
  ownCount: {
    app: 'App 1',
    today: '2026-03-17',
    spreads: [
      own(
        [
          ['emea', 7],
          ['americas', 5],
        ],
        'region',
      ),
      own(
        [
          ['standard', 9],
          ['unknown', 3],
        ],
        'edition',
      ),
      own([['11-100', 12]], 'tier'),
    ],
  },
};

const hostile = '*<!channel>* & <https://evil.example|Acme> _Ltd_ `x` \u202Egnp.exe '.repeat(4);

const absurd: CustomersDigest = {
  ...busy,
  scope: hostile,
  card: {
    spreads: [
      ...(['region', 'edition', 'activity'] as const).map((by) =>
        spread(
          by,
          Array.from(
            { length: 40 },
            (_, index): Row => [
              `${hostile}${index}`,
              987_654_321,
              0.001,
              index % 2 === 0 ? 98_765.4 : 0.001,
              0,
            ],
          ),
        ),
      ),
      spread('tier', [[hostile, 1, 100, 1, 1]], hostile),
    ],
    restated: Array.from({ length: 6 }, (_, index) => ({
      month: addMonths(MONTH, -index),
      before: 987_654_321,
      after: index === 0 ? undefined : 987_654_321,
    })),
  },
  unread: [{ name: hostile, failedCode: undefined }],
};

const noHistory: CustomersDigest = {
  ...busy,
  card: {
    spreads: [
      {
        ...own(
          [
            ['emea', 7],
            ['americas', 5],
          ],
          'region',
        ),
        groups: [
          {
            name: 'emea',
            count: 12,
            percent: undefined,
            index: undefined,
            before: undefined,
            yearBefore: undefined,
          },
        ],
      },
    ],
    restated: [],
  },
};

function textOf(message: unknown): string {
  return JSON.stringify(message).replaceAll('\u00A0', ' ');
}

describe('the customers digest', () => {
  it('tells how many, compared with a month and a year ago, and where they differ from everybody', () => {
    const message = customersDigest(busy);
    // 8,630 + 7,387 + 2,310 + 1,975 = 20,302; a month before 20,200: 102 more, 0.5 %; a year ago 16,240: 4,062 more, 25 %.
    expect(textOf(message.text)).toContain(
      '20,302 customers in Feb 2026, 102 more than in Jan (+0.5 %), 4,062 more than a year ago (+25 %).',
    );
    expect(message.text).toContain('most over-represented are Jira sites of 1000+ users, 7.0x the average');
    expectGolden('customers-busy', message);
  });

  it('tells an index as a multiple of the average, never as a percentage', () => {
    const text = textOf(customersDigest(busy).blocks);
    expect(text).toContain('EMEA 7,387 (36 %), 1.4x the average');
    expect(text).toContain('APAC 1,975 (9.7 %), as the average');
    expect(text).toContain('Not paying 9,708 (48 %), 0.7x the average');
    expect(text).not.toMatch(/1\.4 %|0\.7 %/);
  });

  it('is one line while no month is new', () => {
    const message = customersDigest(quiet);
    expect(message.text).toBe(
      'Customers, All apps: Feb 2026 is still the newest month, and reads as I told it.',
    );
    expectGolden('customers-quiet', message);
  });

  it('counts the sites of one app from licences, and says that Atlassian does not', () => {
    const message = customersDigest(oneApp);
    expect(message.text).toContain('12 cloud sites have a license of App 1 in use');
    expect(textOf(message.blocks)).toContain('for all apps together alone');
    expect(textOf(message.blocks)).not.toContain('average');
    expectGolden('customers-one-app', message);
    const nobody = {
      ...oneApp,
      ownCount: {
        app: 'App 9',
        today: '2026-03-17' as const,
        spreads: [own([], 'region')].map((one) => ({ ...one, total: 0 })),
      },
    };
    expect(customersDigest(nobody).text).toContain('No cloud site has a license of App 9 in use');
  });

  it('survives hostile names, huge numbers and more rows than fit', () => {
    const message = customersDigest(absurd);
    const said = message.blocks.filter(({ type }) => type !== 'header' && type !== 'data_visualization');
    expect(textOf(said)).not.toMatch(/<!channel>|<https/);
    expectGolden('customers-absurd', message);
  });

  it('compares nothing of which no other month is known', () => {
    const message = customersDigest(noHistory);
    expect(message.text).toBe('Customers Feb 2026, All apps: 12 customers in Feb 2026.');
    expectGolden('customers-no-history', message);
  });

  it('says that customers were never read, or that none are published', () => {
    const unread = [{ name: 'customers', failedCode: 'API_UNEXPECTED_SHAPE' }];
    const never = customersDigest({ ...busy, month: undefined, card: undefined, unread, asOf: undefined });
    expect(never.text).toContain('has not been read yet');
    expectGolden('customers-never-read', never);
    expect(customersDigest({ ...busy, month: undefined, card: undefined }).text).toContain(
      'Atlassian has published no month of customers yet',
    );
  });
});
