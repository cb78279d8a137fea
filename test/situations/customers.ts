import type { Spread, SpreadGroup } from '../../src/analytics/customer-spread.ts';
import { addMonths, type Day, startOf } from '../../src/domain/day.ts';
import { type CustomersDigest, customersDigest } from '../../src/messages/customers-digest.ts';
import type { DigestSituations } from './situation.ts';

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

const unusedApp: CustomersDigest = {
  ...oneApp,
  scope: 'App 9',
  asks: 'customers "App 9"',
  ownCount: { app: 'App 9', today: '2026-03-17', spreads: [{ ...own([], 'region'), total: 0 }] },
};

const unpublished: CustomersDigest = { ...busy, month: undefined, card: undefined };

const neverRead: CustomersDigest = {
  ...unpublished,
  unread: [{ name: 'customers', failedCode: 'API_UNEXPECTED_SHAPE' }],
  asOf: undefined,
};

/** The customers digest in its situations. */
export const situations = {
  quiet: () => customersDigest(quiet),
  busy: () => customersDigest(busy),
  absurd: () => customersDigest(absurd),
  'no-history': () => customersDigest(noHistory),
  'one-app': () => customersDigest(oneApp),
  'unused-app': () => customersDigest(unusedApp),
  unpublished: () => customersDigest(unpublished),
  'never-read': () => customersDigest(neverRead),
} satisfies DigestSituations;
