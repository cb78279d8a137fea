import { compareGrowth, type EvaluationBenchmark } from '../../src/analytics/benchmarks.ts';
import { assessCount } from '../../src/analytics/unusual-count.ts';
import { FOUR_WEEKS } from '../../src/analytics/usual.ts';
import { addDays, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import {
  type EvaluationBenchmarkDigest,
  evaluationBenchmarkDigest,
} from '../../src/messages/evaluation-benchmark-digest.ts';
import type { StartedEvaluation } from '../../src/messages/evaluation-lists.ts';
import type { DigestSituations } from './situation.ts';

const WEEK = '2025-03-09';
const NOW = startOf('2025-03-19') + 9 * 3_600_000;
const AS_OF = startOf('2025-03-19') + 6 * 3_600_000;

const within = { chance: 0.6, holiday: false, verdict: 'within', widening: 1 } as const;

/** Atlassian's own example of February 2025: all apps together. */
const february: EvaluationBenchmark = {
  month: '2025-02-01',
  appKey: null,
  evaluations: 1418,
  previousMonth: 1422,
  growth: compareGrowth(-0.28, 4.1, 1418, 1422),
  percentile: { now: 99, before: 99, change: 0 },
  yearToDate: 2840,
  yearToDateLastYear: 2789,
  yearToDateGrowth: compareGrowth(1.83, 16.04, 2840, 2789),
  yearToDatePercentile: { now: 99, before: 99, change: 0 },
};

/** The same for app 2, whose numbers contradict each other there too. */
const appTwo: EvaluationBenchmark = {
  ...february,
  appKey: 'app-2',
  evaluations: 1150,
  previousMonth: 1387,
  growth: compareGrowth(1.94, 5.73, 1150, 1387),
  percentile: { now: 100, before: 100, change: 0 },
  yearToDate: 2280,
  yearToDateLastYear: 2180,
  yearToDateGrowth: compareGrowth(4.15, 15.69, 2280, 2180),
  yearToDatePercentile: { now: 100, before: 100, change: 0 },
};

const appOne: EvaluationBenchmark = {
  ...february,
  appKey: 'app-1',
  evaluations: 268,
  previousMonth: 350,
  growth: compareGrowth(-22.86, -19.07, 268, 350),
  percentile: { now: 83, before: 85, change: -2 },
  yearToDate: 560,
  yearToDateLastYear: 0,
  yearToDateGrowth: compareGrowth(null, null, 560, 0),
  yearToDatePercentile: { now: 84, before: null, change: null },
};

function started(changes: Partial<StartedEvaluation>): StartedEvaluation {
  return {
    who: 'Acme GmbH',
    country: undefined,
    appName: 'App 1',
    users: 30,
    entitlement: 'E-111-AAA-AAA-11A',
    startedOn: '2025-03-11',
    triedOn: undefined,
    endsOn: '2025-04-10',
    ...changes,
  };
}

/** 28 weeks, with a dip over Christmas, one week that was never pulled, and two bad ones in February. */
const COUNTS = [
  40,
  44,
  39,
  42,
  45,
  41,
  38,
  43,
  40,
  46,
  39,
  42,
  44,
  41,
  43,
  44,
  18,
  20,
  41,
  undefined,
  43,
  45,
  40,
  42,
  20,
  21,
  39,
  38,
];
const weeks = weeksEndingWith(WEEK, COUNTS.length).map((week, index) => ({ week, value: COUNTS[index] }));
const judged = { provisional: false, completeness: 0.94, tested: 5 };

export const busy: EvaluationBenchmarkDigest = {
  scope: 'All apps',
  asks: 'evaluation-benchmark',
  asksRunning: 'evaluations',
  week: WEEK,
  state: 'settling',
  assessment: assessCount(weeks, WEEK, judged),
  fourWeeks: assessCount(weeks, WEEK, { ...judged, comparison: FOUR_WEEKS }),
  yearAgo: { until: WEEK, now: 118, before: 171 },
  completeness: 0.94,
  hostings: [
    { name: 'Cloud', count: 31 },
    { name: 'Data Center', count: 7 },
  ],
  types: [{ name: 'Net new evaluation', count: 38 }],
  values: weeks.slice(-13),
  byApp: [
    { app: 'App 1', assessment: { ...within, value: 20, usual: 22, low: 10, high: 37 } },
    { app: 'App 2', assessment: { ...within, value: 12, usual: 11.5, low: 3, high: 22 } },
    {
      app: 'App 3',
      assessment: { ...within, value: 6, usual: 1, low: 0, high: 5, verdict: 'higher', chance: 0.002 },
    },
    {
      app: 'App 4',
      assessment: {
        ...within,
        value: 0,
        usual: undefined,
        low: undefined,
        high: undefined,
        verdict: 'no history',
      },
    },
  ],
  started: [
    started({
      who: 'Umbrella AG',
      country: 'Switzerland',
      partner: 'Solution Partners Inc',
      users: Number.POSITIVE_INFINITY,
      triedOn: '2024-06-03',
    }),
    started({ who: 'Acme GmbH', country: 'Germany', users: 5000 }),
    started({ who: 'globex.atlassian.net', users: 800, appName: 'App 2', endsOn: undefined }),
    started({ who: 'Initech', users: undefined }),
  ],
  running: {
    count: 57,
    big: 12,
    extended: 4,
    pipeline: {
      expected: 2_730_000,
      low: 1_200_000,
      high: 4_800_000,
      buckets: [
        { upTo: 10, open: 40, history: { part: 120, whole: 480 }, firstYear: 9_000, borrowed: false },
        {
          upTo: Number.POSITIVE_INFINITY,
          open: 12,
          history: { part: 310, whole: 1300 },
          firstYear: 62_000,
          borrowed: true,
        },
        { upTo: undefined, open: 5, history: { part: 310, whole: 1300 }, firstYear: 62_000, borrowed: true },
      ],
    },
  },
  newestMonth: '2025-02-01',
  card: {
    month: '2025-02-01',
    own: february,
    others: 'all partners',
    rows: [
      { name: 'All apps', benchmark: february },
      { name: 'App 2', benchmark: appTwo },
      { name: 'App 1', benchmark: appOne },
    ],
    restated: [{ month: '2025-01-01', before: 24.74, after: 22.1 }],
  },
  changes: [{ week: '2025-03-02', before: 36, after: 39 }],
  asOf: AS_OF,
  now: NOW,
};

const ordinary: EvaluationBenchmarkDigest = {
  ...busy,
  fourWeeks: { ...within, value: 150, usual: 164, low: 131, high: 199 },
  yearAgo: undefined,
  hostings: [{ name: 'Cloud', count: 38 }],
  byApp: busy.byApp.slice(0, 2),
  started: [],
  running: { count: 3, big: 0, extended: 0, pipeline: undefined },
  card: undefined,
  changes: [],
};

const quiet: EvaluationBenchmarkDigest = {
  ...ordinary,
  values: weeks.slice(-13).map(({ week }, index) => ({ week, value: index === 12 ? 0 : (index * 2) % 5 })),
  assessment: { ...within, value: 0, usual: 1, low: 0, high: 5 },
  fourWeeks: { ...within, value: 2, usual: 4, low: 0, high: 11 },
  hostings: [],
  types: [],
  byApp: [],
  running: { count: 0, big: 0, extended: 0, pipeline: undefined },
};

const oneApp: EvaluationBenchmarkDigest = {
  ...ordinary,
  scope: 'App 1',
  asks: 'evaluation-benchmark "App 1"',
  asksRunning: 'evaluations "App 1"',
  byApp: [],
  card: {
    month: '2025-02-01',
    own: appOne,
    others: 'all apps for the same product',
    rows: [{ name: 'App 1', benchmark: appOne }],
    restated: [],
  },
};

const hostile = '*<!channel>* & <https://evil.example|Acme> _Ltd_ `x` \u202Egnp.exe '.repeat(4);

const absurd: EvaluationBenchmarkDigest = {
  ...busy,
  scope: hostile,
  state: 'open',
  yearAgo: { until: '2025-03-02', now: 122, before: 171 },
  assessment: {
    ...within,
    value: 9_876_543,
    usual: 0.5,
    low: 0,
    high: 4,
    verdict: 'higher',
    chance: 0,
    widening: 3.3,
  },
  hostings: [
    { name: 'Data Center', count: 9_000_000 },
    { name: hostile, count: 876_543 },
  ],
  types: [
    { name: hostile, count: 9_876_542 },
    { name: 'Upgrade evaluation', count: 1 },
  ],
  byApp: Array.from({ length: 70 }, (_, index) => ({
    app: `${hostile}${index}`,
    assessment: {
      ...within,
      value: 1_000_000 - index,
      usual: 0,
      low: 0,
      high: 3,
      verdict: 'higher' as const,
      chance: 0,
    },
  })),
  started: Array.from({ length: 300 }, () =>
    started({
      who: hostile,
      country: hostile,
      partner: hostile,
      appName: hostile,
      users: Number.POSITIVE_INFINITY,
      triedOn: '2012-05-29',
    }),
  ),
  card: {
    month: '2025-02-01',
    own: {
      ...february,
      growth: compareGrowth(987_654.3, 1_000_000, 9_876_543, 1),
      percentile: { now: 0, before: 100, change: -100 },
    },
    others: 'all partners',
    rows: Array.from({ length: 60 }, (_, index) => ({
      name: `${hostile}${index}`,
      benchmark: {
        ...february,
        appKey: `app-${index}`,
        evaluations: 9_876_543,
        growth: compareGrowth(-99.99, -1_000_000, 9_876_543, 12),
        yearToDateGrowth: compareGrowth(null, null, null, null),
        percentile: { now: null, before: null, change: null },
      },
    })),
    restated: Array.from({ length: 14 }, (_, index) => ({
      month: addDays('2025-01-01', -31 * index),
      before: null,
      after: index === 2 ? null : 1_000_000,
    })),
  },
};

const unjudged = {
  ...within,
  usual: undefined,
  low: undefined,
  high: undefined,
  chance: undefined,
  verdict: 'no history',
} as const;

const neverPulled: EvaluationBenchmarkDigest = {
  ...ordinary,
  assessment: { ...unjudged, value: undefined },
  fourWeeks: { ...unjudged, value: undefined },
  hostings: [],
  types: [],
  values: [],
  byApp: [],
  started: [started({ users: undefined })],
  running: undefined,
  newestMonth: undefined,
  changes: undefined,
  asOf: undefined,
};

const noHistory: EvaluationBenchmarkDigest = {
  ...ordinary,
  assessment: { ...unjudged, value: 7 },
  fourWeeks: { ...unjudged, value: undefined },
  hostings: [{ name: 'Cloud', count: 7 }],
  types: [{ name: 'Net new evaluation', count: 7 }],
  values: [{ week: '2025-03-09', value: 7 }],
  byApp: [],
  started: [started({ who: 'Acme GmbH', country: 'Germany', users: 5000 })],
  running: { count: 7, big: 1, extended: 0, pipeline: undefined },
  completeness: undefined,
  newestMonth: undefined,
  changes: undefined,
};

/** The evaluation and benchmark digest in its situations. */
export const situations = {
  quiet: () => evaluationBenchmarkDigest(quiet),
  busy: () => evaluationBenchmarkDigest(busy),
  absurd: () => evaluationBenchmarkDigest(absurd),
  'no-history': () => evaluationBenchmarkDigest(noHistory),
  ordinary: () => evaluationBenchmarkDigest(ordinary),
  'one-app': () => evaluationBenchmarkDigest(oneApp),
  'never-pulled': () => evaluationBenchmarkDigest(neverPulled),
} satisfies DigestSituations;
