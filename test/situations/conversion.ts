import type { Cohort } from '../../src/analytics/cohorts.ts';
import type { RateAssessment } from '../../src/analytics/unusual-rate.ts';
import { addDays, startOf } from '../../src/domain/day.ts';
import { type ConversionDigest, conversionDigest } from '../../src/messages/conversion-digest.ts';
import type { BoughtEvaluation, RunningEvaluation } from '../../src/messages/conversion-lists.ts';
import type { DigestSituations } from './situation.ts';

const NOW = startOf('2025-03-18') + 9 * 3_600_000;
const AS_OF = startOf('2025-03-18') + 6 * 3_600_000;

/** Cohorts of the weeks up to 2 February: 60 days are over only for those up to 5 January. */
function cohorts(started: number, bought30: number, bought60: number): Cohort[] {
  return Array.from({ length: 21 }, (_, index) => {
    const week = addDays('2024-09-15', 7 * index);
    const more = index % 4;
    return {
      week,
      evaluations: started + more,
      converted: {
        30: bought30 + more,
        60: week <= '2025-01-05' ? bought60 + more : undefined,
        90: undefined,
      },
    };
  });
}

const calm: RateAssessment = {
  value: 50,
  whole: 160,
  usual: 0.31,
  low: 33,
  high: 66,
  chance: 0.7,
  holiday: false,
  verdict: 'within',
  history: { part: 300, whole: 960 },
};

const within = { chance: 0.6, holiday: false, verdict: 'within' } as const;

export const busy: ConversionDigest = {
  scope: 'All apps',
  asks: 'conversion',
  asksRunning: 'evaluations',
  week: '2025-03-09',
  state: 'provisional',
  after30: {
    week: '2025-02-02',
    days: 30,
    fourWeeks: calm,
    assessment: {
      ...within,
      value: 14,
      whole: 41,
      usual: 0.31,
      low: 6,
      high: 20,
      history: { part: 155, whole: 500 },
    },
  },
  after60: {
    week: '2025-01-05',
    days: 60,
    fourWeeks: calm,
    assessment: {
      value: 27,
      whole: 40,
      usual: 0.38,
      low: 7,
      high: 23,
      chance: 0.0004,
      holiday: false,
      verdict: 'higher',
      history: { part: 190, whole: 500 },
    },
  },
  after90: {
    week: '2024-12-08',
    days: 90,
    fourWeeks: calm,
    assessment: {
      ...within,
      value: 17,
      whole: 43,
      usual: 0.4,
      low: 9,
      high: 25,
      history: { part: 200, whole: 500 },
    },
  },
  bought: [
    bought({ who: 'Acme GmbH', country: 'Germany', paidUsers: 500, users: 480, value: 448_000, days: 22 }),
    bought({
      who: 'globex.atlassian.net',
      country: 'United States',
      paidUsers: 200,
      value: 180_050,
      days: 31,
    }),
    bought({ who: 'Initech', country: 'Canada', paidUsers: 50, users: 45, value: 62_000, days: 0 }),
    bought({ who: 'Hooli', paidUsers: 10, users: 8, value: 4_500, days: 1 }),
    bought({ who: undefined, paidUsers: 10, value: undefined, days: 29 }),
  ],
  boughtCount: { ...within, value: 5, usual: 8, low: 2, high: 16, widening: 1 },
  daysToBuy: { now: 22, before: 26.5 },
  ratio: { now: { part: 6, whole: 38 }, before: { part: 110, whole: 460 } },
  expiring: {
    until: '2025-03-25',
    list: [
      running({ who: 'Umbrella AG', users: 12_000, endsOn: '2025-03-24', extendedDays: 30 }),
      running({ who: 'Stark Industries', users: 800, endsOn: '2025-03-19', extendedDays: 0 }),
      running({ who: 'Wayne Ltd', users: undefined, endsOn: '2025-03-19', extendedDays: 0 }),
    ],
  },
  cohorts: cohorts(40, 12, 16),
  chartWeeks: 13,
  groups: {
    window: { from: '2024-08-11', to: '2025-02-08', days: 30 },
    bySize: [
      { key: 10, started: 600, bought: 240, firstYear: 9_000 },
      { key: undefined, started: 31, bought: 4, firstYear: undefined },
      { key: Number.POSITIVE_INFINITY, started: 9, bought: 1, firstYear: 2_100_000 },
      { key: 100, started: 210, bought: 60, firstYear: 62_050 },
    ],
    byApp: [
      { key: 'App 1', started: 700, bought: 280, firstYear: 12_000 },
      { key: 'App 2', started: 150, bought: 25, firstYear: 45_000 },
    ],
  },
  cohortChanges: [
    { week: '2025-01-26', before: 12, after: 13, whole: { before: 40, after: 41 }, who: ['+Wonka SA'] },
  ],
  changes: [{ week: '2025-03-02', before: 8, after: 9, who: ['+Vandelay Industries'] }],
  mismatches: ['Atlassian counts 6 conversions, its list names 5'],
  asOf: AS_OF,
  now: NOW,
};

function bought(changes: Partial<BoughtEvaluation>): BoughtEvaluation {
  return {
    who: 'Acme GmbH',
    country: undefined,
    appName: 'App 1',
    users: undefined,
    entitlement: 'E-111-AAA-AAA-11A',
    paidUsers: undefined,
    value: undefined,
    days: 20,
    ...changes,
  };
}

function running(changes: Partial<RunningEvaluation>): RunningEvaluation {
  return {
    who: 'Umbrella AG',
    country: 'Japan',
    appName: 'App 2',
    users: 30,
    entitlement: 'E-222-BBB-BBB-22B',
    endsOn: '2025-03-22',
    extendedDays: 0,
    ...changes,
  };
}

export const quiet: ConversionDigest = {
  ...busy,
  scope: 'App 3',
  asks: 'conversion "App 3"',
  asksRunning: 'evaluations "App 3"',
  state: 'settling',
  after30: {
    week: '2025-02-02',
    days: 30,
    fourWeeks: calm,
    assessment: {
      ...within,
      value: 1,
      whole: 4,
      usual: 0.25,
      low: 0,
      high: 4,
      history: { part: 12, whole: 50 },
    },
  },
  after60: {
    week: '2025-01-05',
    days: 60,
    fourWeeks: calm,
    assessment: {
      ...within,
      value: 2,
      whole: 5,
      usual: 0.3,
      low: 0,
      high: 4,
      history: { part: 15, whole: 50 },
    },
  },
  after90: {
    ...busy.after90,
    assessment: {
      ...within,
      value: 1,
      whole: 4,
      usual: 0.3,
      low: 0,
      high: 3,
      history: { part: 15, whole: 50 },
    },
  },
  bought: [],
  boughtCount: { ...within, value: 0, usual: 1, low: 0, high: 5, widening: 1 },
  daysToBuy: { now: undefined, before: 20 },
  ratio: { now: { part: 0, whole: 3 }, before: { part: 11, whole: 48 } },
  expiring: { until: '2025-03-25', list: [] },
  groups: { ...busy.groups, bySize: [{ key: 10, started: 90, bought: 22, firstYear: 9_000 }], byApp: [] },
  cohortChanges: [],
  changes: [],
  mismatches: [],
};

const hostile = '*<!channel>* & <https://evil.example|Acme> _Ltd_ `x` \u202Egnp.exe '.repeat(4);

const absurd: ConversionDigest = {
  ...busy,
  state: 'open',
  after30: {
    ...busy.after30,
    assessment: {
      value: 123_456,
      whole: 123_456,
      usual: 0.0004,
      low: 10,
      high: 90,
      chance: 0,
      holiday: false,
      verdict: 'higher',
      history: { part: 500, whole: 1_234_567 },
    },
  },
  bought: Array.from({ length: 120 }, (_, index) =>
    bought({
      who: hostile,
      country: hostile,
      appName: hostile,
      paidUsers: 593_000,
      users: Number.POSITIVE_INFINITY,
      value: 98_765_432_100 - index,
      days: 4321,
    }),
  ),
  boughtCount: {
    value: 120,
    usual: 3.5,
    low: 0,
    high: 11,
    chance: 0,
    holiday: true,
    verdict: 'higher',
    widening: 6.4,
  },
  ratio: { now: { part: 5, whole: 0 }, before: { part: 0, whole: 0 } },
  expiring: {
    until: '2025-03-25',
    list: Array.from({ length: 90 }, () =>
      running({ who: hostile, appName: hostile, users: Number.POSITIVE_INFINITY, extendedDays: 700 }),
    ),
  },
  groups: {
    ...busy.groups,
    byApp: Array.from({ length: 45 }, (_, index) => ({
      key: `${hostile}${index}`,
      started: 100_000 - index,
      bought: 99_999 - index,
      firstYear: 98_765_432_100,
    })),
  },
  changes: Array.from({ length: 9 }, (_, index) => ({
    week: addDays('2025-01-05', 7 * index),
    before: 1_000_000,
    after: 0,
    who: [`+${hostile}`, `-${hostile}`, `-${hostile}`, `-${hostile}`],
  })),
};

const unjudged = {
  ...within,
  low: undefined,
  high: undefined,
  usual: undefined,
  verdict: 'no history',
  chance: undefined,
} as const;

const noHistory: ConversionDigest = {
  ...busy,
  state: 'provisional',
  after30: {
    week: '2025-02-02',
    days: 30,
    fourWeeks: calm,
    assessment: { ...unjudged, value: 0, whole: 0, history: { part: 0, whole: 0 } },
  },
  after60: {
    week: '2025-01-05',
    days: 60,
    fourWeeks: calm,
    assessment: { ...unjudged, value: 0, whole: 0, history: { part: 0, whole: 0 } },
  },
  after90: {
    ...busy.after90,
    assessment: { ...unjudged, value: 0, whole: 0, history: { part: 0, whole: 0 } },
  },
  bought: [bought({ who: 'Acme GmbH', country: 'Germany', value: 12_000, days: 3, paidUsers: 25 })],
  boughtCount: { ...unjudged, value: 1, widening: 1 },
  daysToBuy: { now: 3, before: undefined },
  ratio: { now: { part: undefined, whole: undefined }, before: { part: undefined, whole: undefined } },
  expiring: {
    until: '2025-03-25',
    list: [running({ who: 'Stark Industries', users: 501, endsOn: '2025-03-20' })],
  },
  cohorts: [],
  groups: { ...busy.groups, bySize: [], byApp: [] },
  cohortChanges: undefined,
  changes: undefined,
  mismatches: [],
};

const neverPulled: ConversionDigest = {
  ...noHistory,
  after30: {
    week: '2025-02-02',
    days: 30,
    fourWeeks: calm,
    assessment: { ...unjudged, value: undefined, whole: undefined, history: { part: 0, whole: 0 } },
  },
  bought: [],
  boughtCount: { ...unjudged, value: undefined, widening: 1 },
  daysToBuy: { now: undefined, before: undefined },
  expiring: { until: '2025-03-25', list: [] },
  asOf: undefined,
};

/** The conversion digest in its situations. */
export const situations = {
  quiet: () => conversionDigest(quiet),
  busy: () => conversionDigest(busy),
  absurd: () => conversionDigest(absurd),
  'no-history': () => conversionDigest(noHistory),
  'never-pulled': () => conversionDigest(neverPulled),
} satisfies DigestSituations;
