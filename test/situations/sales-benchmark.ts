import { compareGrowth } from '../../src/analytics/benchmarks.ts';
import type { SalesBenchmark, SalesGrowth } from '../../src/analytics/sales-benchmark.ts';
import { addMonths, monthsEndingWith, startOf } from '../../src/domain/day.ts';
import {
  type SalesBenchmarkDigest,
  salesBenchmarkDigest,
  type SalesCard,
} from '../../src/messages/sales-benchmark-digest.ts';
import type { DigestSituations } from './situation.ts';

const NOW = startOf('2026-11-10') + 9 * 3_600_000;
const AS_OF = startOf('2026-11-10') + 6 * 3_600_000;
const MONTH = '2026-09-01';

const position = { now: 88, before: 86, change: 2 };

function growth(changes: Partial<SalesGrowth>): SalesGrowth {
  return {
    sales: 4_210_050,
    before: 4_398_000,
    growth: compareGrowth(-4.27, 0.13, 4_210_050, 4_398_000),
    productGap: null,
    percentile: position,
    ...changes,
  };
}

/** September: our share is $42,100.50 after $43,980.00; $401,220.75 this year after $351,330.75. */
const own: SalesBenchmark = {
  month: MONTH,
  appKey: null,
  ofMonth: growth({}),
  yearToDate: growth({
    sales: 40_122_075,
    before: 35_133_075,
    growth: compareGrowth(14.2, 3.1, 40_122_075, 35_133_075),
    percentile: { now: 91, before: 91, change: 0 },
  }),
};

function app(appKey: string, changes: Partial<SalesGrowth>): SalesBenchmark {
  return { ...own, appKey, ofMonth: growth({ productGap: -2.4 }), yearToDate: growth(changes) };
}

const apps = [
  {
    name: 'App 1',
    benchmark: app('app-1', {
      sales: 30_000_000,
      before: 25_000_000,
      growth: compareGrowth(20, 12.5, 30_000_000, 25_000_000),
      productGap: 8.1,
      percentile: { now: 100, before: 99, change: 1 },
    }),
  },
  {
    name: 'App 2',
    // Its growth does not fit its amounts: 9,000,000 / 10,000,000 is -10 %.
    benchmark: app('app-2', {
      sales: 9_000_000,
      before: 10_000_000,
      growth: compareGrowth(-8, -15.4, 9_000_000, 10_000_000),
      productGap: -19,
    }),
  },
  {
    name: 'App 3',
    benchmark: app('app-3', {
      sales: 1_122_075,
      before: 0,
      growth: compareGrowth(null, null, 1_122_075, 0),
      percentile: { now: null, before: null, change: null },
    }),
  },
];

const months = monthsEndingWith(MONTH, 13).map(
  (month, index): SalesBenchmark => ({
    ...own,
    month,
    yearToDate:
      index === 12
        ? own.yearToDate
        : growth({ growth: compareGrowth(2 + index, index === 4 ? null : 1 - (index % 3), 200, 100) }),
  }),
);

const card: SalesCard = {
  own,
  others: 'all partners',
  threeMonths: {
    from: '2026-07-01',
    to: MONTH,
    sales: 12_800_000,
    before: 12_000_000,
    yearBefore: 10_000_000,
  },
  apps,
  months,
  restated: [{ month: '2026-06-01', before: 3_900_000, after: 3_905_000 }],
  mismatches: [],
};

const busy: SalesBenchmarkDigest = {
  scope: 'All apps',
  asks: 'sales-benchmark',
  month: MONTH,
  card,
  unread: [],
  asOf: AS_OF,
  now: NOW,
};

const oneApp: SalesBenchmarkDigest = {
  ...busy,
  scope: 'App 1',
  asks: 'sales-benchmark "App 1"',
  card: {
    ...card,
    own: apps[0]?.benchmark,
    others: 'all apps for the same product',
    threeMonths: { ...card.threeMonths, sales: 9_000_000, before: undefined, yearBefore: undefined },
    apps: [],
    restated: [],
  },
};

const quiet: SalesBenchmarkDigest = { ...busy, card: undefined };

const hostile = '*<!channel>* & <https://evil.example|Acme> _Ltd_ `x` \u202Egnp.exe '.repeat(4);

const absurd: SalesBenchmarkDigest = {
  ...busy,
  scope: hostile,
  card: {
    own: {
      ...own,
      ofMonth: growth({
        sales: -987_654_321_00,
        before: 1,
        growth: compareGrowth(-9_876_543.2, 1_000_000, -987_654_321_00, 1),
        productGap: 0.01,
      }),
      yearToDate: growth({
        sales: null,
        before: null,
        growth: compareGrowth(0, 0, null, null),
        productGap: -1_000_000,
        percentile: { now: 0, before: 100, change: -100 },
      }),
    },
    others: 'all partners',
    threeMonths: { from: '2026-07-01', to: MONTH, sales: 0, before: 5, yearBefore: -100_000_000_00 },
    apps: Array.from({ length: 60 }, (_, index) => ({
      name: `${hostile}${index}`,
      benchmark: app(`app-${index}`, {
        sales: 987_654_321_00,
        growth: compareGrowth(-99.99, -1_000_000, 9_876_543, 12),
        percentile: { now: null, before: null, change: null },
      }),
    })),
    months: months.map((one) => ({
      ...one,
      yearToDate: growth({ growth: compareGrowth(null, null, null, null) }),
    })),
    restated: Array.from({ length: 14 }, (_, index) => ({
      month: addMonths(MONTH, -index),
      before: null,
      after: index === 2 ? null : 1_000_000_000,
    })),
    mismatches: [hostile],
  },
  unread: [{ name: hostile, failedCode: 'API_FORBIDDEN' }],
};

const neverRead: SalesBenchmarkDigest = {
  ...busy,
  month: undefined,
  card: undefined,
  unread: [{ name: 'the sales benchmark', failedCode: 'API_FORBIDDEN' }],
  asOf: undefined,
};

const noHistory: SalesBenchmarkDigest = { ...neverRead, unread: [], asOf: AS_OF };

/** The sales benchmark digest in its situations. */
export const situations = {
  quiet: () => salesBenchmarkDigest(quiet),
  busy: () => salesBenchmarkDigest(busy),
  absurd: () => salesBenchmarkDigest(absurd),
  'no-history': () => salesBenchmarkDigest(noHistory),
  'one-app': () => salesBenchmarkDigest(oneApp),
  'never-read': () => salesBenchmarkDigest(neverRead),
} satisfies DigestSituations;
