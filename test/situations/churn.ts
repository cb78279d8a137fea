import type { Leaver } from '../../src/analytics/leavers.ts';
import type { RateAssessment } from '../../src/analytics/unusual-rate.ts';
import type { WeekRate } from '../../src/analytics/weekly-series.ts';
import { addDays, type Day, monthOf, weeksEndingWith } from '../../src/domain/day.ts';
import type { ChurnBenchmarkNews } from '../../src/messages/churn-benchmark.ts';
import { type ChurnDigest, churnDigest, type PlanChurn } from '../../src/messages/churn-digest.ts';
import { churn } from '../unit/analytics/rows.ts';
import { hostileNames } from '../unit/messages/kit/hostile-names.ts';
import type { DigestSituations } from './situation.ts';

const WEEK: Day = '2026-03-08';
/** The Tuesday after it, when digests are posted. */
const NOW = Date.parse('2026-03-17T09:00:00Z');

/** Due and left of the 13 weeks that end with WEEK. */
const DUE = [71, 68, 74, 70, 66, 72, 75, 69, 73, 70, 68, 71, 75];
const LEFT = [3, 2, 4, 3, 2, 3, 4, 2, 3, 3, 2, 7, 6];

function weeklyRates(left: readonly number[], due: readonly number[]): WeekRate[] {
  return weeksEndingWith(WEEK, left.length).map((week, index) => ({
    week,
    part: left[index],
    whole: due[index],
  }));
}

export const assessment: RateAssessment = {
  value: 6,
  whole: 75,
  usual: 0.042,
  low: 0,
  high: 7,
  verdict: 'within',
  chance: 0.21,
  holiday: false,
  history: { part: 36, whole: 847 },
};

/** One billing period whose four weeks are as usual. */
function plan(name: string, value: number, whole: number, changes: Partial<PlanChurn> = {}): PlanChurn {
  const week = { ...assessment, value, whole };
  return {
    plan: name,
    week,
    fourWeeks: { ...week, value: 4 * value, whole: 4 * whole },
    pooled: undefined,
    ...changes,
  };
}

const NO_NEWS: ChurnBenchmarkNews = { newest: '2025-12-01', isNews: false, rows: [], restated: [] };

function leaver(changes: Partial<Leaver>): Leaver {
  return {
    entitlement: 'E-100-AAA-AAA-10A',
    appKey: 'app-1',
    appName: 'Diagrams for Jira',
    hosting: 'Cloud',
    edition: 'Standard',
    tier: '500 Users',
    customer: { company: 'Acme GmbH', country: 'Germany' },
    host: {},
    partner: undefined,
    who: 'Acme GmbH',
    event: churn(),
    leftOn: addDays(WEEK, 2),
    plan: 'Annual',
    value: 1_310_000,
    tenureDays: 1168,
    reason: 'Too expensive',
    message: undefined,
    kept: [],
    ownUse: undefined,
    ...changes,
  };
}

export const LEAVERS: readonly Leaver[] = [
  leaver({ message: 'Great app, but the renewal price doubled.' }),
  leaver({
    entitlement: 'E-100-AAA-AAA-11A',
    who: 'Globex Corp',
    customer: { company: 'Globex Corp', country: 'United States' },
    tier: '100 Users',
    value: 310_000,
    tenureDays: 420,
    reason: 'Found a better alternative',
    kept: [{ appKey: 'app-2', name: 'Checklists' }],
  }),
  leaver({
    entitlement: 'E-100-AAA-AAA-12A',
    who: 'initech.atlassian.net',
    customer: {},
    appKey: 'app-2',
    appName: 'Checklists',
    tier: '50 Users',
    plan: 'Monthly',
    value: 96_000,
    tenureDays: 58,
    reason: undefined,
  }),
  leaver({
    entitlement: 'E-100-AAA-AAA-13A',
    who: 'Umbrella SA',
    customer: { company: 'Umbrella SA', country: 'France' },
    tier: '25 Users',
    plan: 'Monthly',
    value: 60_000,
    tenureDays: 700,
    reason: 'Too expensive',
    kept: [{ appKey: 'app-2', name: 'Checklists' }],
  }),
  leaver({
    entitlement: 'E-100-AAA-AAA-14A',
    who: undefined,
    customer: {},
    tier: undefined,
    plan: 'Monthly',
    value: 34_000,
    tenureDays: 31,
    reason: undefined,
  }),
  leaver({
    entitlement: 'E-100-AAA-AAA-15A',
    who: 'Hooli',
    customer: { company: 'Hooli', country: 'United States' },
    tier: '10 Users',
    plan: undefined,
    value: 0,
    tenureDays: undefined,
    reason: 'No longer needed',
    message: 'We closed the project.',
  }),
];

export function facts(changes: Partial<ChurnDigest> = {}): ChurnDigest {
  return {
    scope: 'All cloud apps',
    asks: 'churn',
    week: WEEK,
    state: 'provisional',
    assessment,
    fourWeeks: { ...assessment, value: 19, whole: 284, low: 4, high: 24 },
    plans: [plan('Monthly', 3, 53), plan('Annual', 3, 22)],
    leavers: LEAVERS,
    yearlyRunRate: 204_000_000,
    rates: weeklyRates(LEFT, DUE),
    shownWeeks: 13,
    completeness: 0.94,
    byApp: [
      { app: 'Diagrams for Jira', rate: { ...assessment, value: 5, whole: 51, high: 6 }, value: 1_714_000 },
      { app: 'Checklists', rate: { ...assessment, value: 1, whole: 24, high: 4 }, value: 96_000 },
    ],
    paidUntil: [
      { who: 'Stark Industries', appName: 'Diagrams for Jira', paidUntil: '2026-11-30', value: 840_000 },
      { who: 'Wayne Ltd', appName: 'Checklists', paidUntil: '2026-04-12', value: 120_000 },
    ],
    changes: [
      {
        week: '2026-03-01',
        before: 5,
        after: 7,
        whole: { before: 71, after: 71 },
        who: ['+Cyberdyne', '+Tyrell'],
      },
    ],
    mismatches: [],
    benchmark: NO_NEWS,
    asOf: Date.parse('2026-03-17T06:10:00Z'),
    now: NOW,
    ...changes,
  };
}

const busy = facts({
  mismatches: ['Atlassian counts 6 cancellations, its list names 5'],
  benchmark: {
    newest: '2026-01-01',
    isNews: true,
    restated: ['2025-12-01'],
    rows: [
      {
        app: 'Diagrams for Jira',
        benchmark: {
          month: '2026-01-01',
          appKey: 'app-1',
          activeOn: '2026-01-31',
          goneBy: '2026-02-28',
          churned: 255,
          total: 5000,
          rate: 5.1,
          isolatedRate: 2.5,
          recomputed: undefined,
          index: { ratio: 1.31, against: 'worse' },
          isolatedIndex: { ratio: 0.97, against: 'average' },
        },
      },
      {
        app: 'Checklists',
        benchmark: {
          month: '2026-01-01',
          appKey: 'app-2',
          activeOn: '2026-01-31',
          goneBy: '2026-02-28',
          churned: 40,
          total: 1000,
          rate: 5.125,
          isolatedRate: null,
          recomputed: 4,
          index: { ratio: 0.8, against: 'better' },
          isolatedIndex: null,
        },
      },
    ],
  },
});

const quiet = facts({
  assessment: { ...assessment, value: 0, whole: 41, high: 5 },
  plans: [plan('Monthly', 0, 30), plan('Annual', 0, 11)],
  leavers: [],
  byApp: [],
  paidUntil: [],
  changes: [],
  state: 'settling',
});

const names = hostileNames(150, 7);

const absurd = facts({
  scope: `<!channel> ${'x'.repeat(300)}`,
  asks: `churn "${names[100]}"`,
  assessment: {
    ...assessment,
    value: 123_456,
    whole: 1_234_567,
    low: 40_000,
    high: 60_000,
    verdict: 'higher',
    chance: 1e-9,
  },
  fourWeeks: {
    ...assessment,
    value: 400_000,
    whole: 4_000_000,
    low: 1,
    high: 2,
    verdict: 'higher',
    chance: 0,
  },
  plans: [
    plan('Monthly', 100_000, 1_000_000),
    plan(names[4] ?? '', 3, 5, { pooled: { left: 123_456, renewed: 1, due: 123_457 } }),
  ],
  leavers: names.map((name, index) =>
    leaver({
      entitlement: `E-${index}`,
      who: name,
      appName: name,
      tier: name,
      customer: { company: name, country: name },
      value: 9_999_999_999_900 - index,
      tenureDays: 100_000,
      reason: index % 3 === 0 ? undefined : name,
      message: name,
      kept: names.slice(0, 20).map((one) => ({ appKey: one, name: one })),
    }),
  ),
  yearlyRunRate: 1,
  rates: weeklyRates(
    Array.from({ length: 20 }, (_, index) => index * 10_000),
    Array.from({ length: 20 }, () => 1_234_567),
  ),
  byApp: names.slice(0, 120).map((app) => ({ app, rate: assessment, value: 9_999_999_999_900 })),
  paidUntil: names.map((name) => ({ who: name, appName: name, paidUntil: '2026-12-31', value: 1 })),
  changes: weeksEndingWith('2026-03-01', 9).map((week) => ({
    week,
    before: 0,
    after: 123_456,
    who: names,
  })),
  mismatches: [names.slice(60, 80).join(' ')],
  benchmark: {
    newest: '2026-01-01',
    isNews: true,
    restated: weeksEndingWith('2026-03-01', 9).map((week) => monthOf(week)),
    rows: names.slice(0, 60).map((app) => ({
      app,
      benchmark: {
        month: '2026-01-01',
        appKey: app,
        activeOn: '2026-01-31',
        goneBy: '2026-02-28',
        churned: 1e9,
        total: 1,
        rate: 100_000,
        isolatedRate: 100_000,
        recomputed: 1e11,
        index: { ratio: 1e6, against: 'worse' as const },
        isolatedIndex: { ratio: 0, against: 'better' as const },
      },
    })),
  },
  asOf: Date.parse('2026-03-12T06:10:00Z'),
});

const unjudged = {
  usual: undefined,
  low: undefined,
  high: undefined,
  verdict: 'no history',
  chance: undefined,
} as const;

const noHistory = facts({
  assessment: { ...assessment, ...unjudged, value: 2, whole: 7 },
  fourWeeks: { ...assessment, ...unjudged, value: undefined, whole: undefined },
  plans: [
    plan('Monthly', 2, 5, { week: { ...assessment, ...unjudged, value: 2, whole: 5 } }),
    plan('Annual', 0, 2, { week: { ...assessment, ...unjudged, value: 0, whole: 2 } }),
  ],
  benchmark: { newest: undefined, isNews: false, rows: [], restated: [] },
  completeness: undefined,
  leavers: LEAVERS.slice(1, 3),
  yearlyRunRate: undefined,
  rates: weeklyRates([2], [7]),
  byApp: [],
  paidUntil: [],
  changes: undefined,
});

const oneApp = facts({
  scope: 'Checklists',
  asks: 'churn "Checklists"',
  state: 'final',
  assessment: { ...assessment, value: 1, whole: 8, usual: 0.02, high: 2 },
  fourWeeks: { ...assessment, value: 1, whole: 32, usual: 0.02, high: 4 },
  plans: [
    plan('Monthly', 1, 7, { pooled: { left: 1, renewed: 8, due: 9 } }),
    plan('Annual', 0, 1, { pooled: { left: 0, renewed: 3, due: 3 } }),
  ],
  leavers: LEAVERS.slice(2, 3),
  yearlyRunRate: 32_000_000,
  rates: weeklyRates([0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1], [9, 8, 8, 7, 9, 8, 8, 9, 8, 8, 7, 8]),
  byApp: [],
  paidUntil: [],
  changes: undefined,
});

/** The churn digest in its situations. */
export const situations = {
  quiet: () => churnDigest(quiet),
  busy: () => churnDigest(busy),
  absurd: () => churnDigest(absurd),
  'no-history': () => churnDigest(noHistory),
  'one-app': () => churnDigest(oneApp),
} satisfies DigestSituations;
