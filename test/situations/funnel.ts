import type { FunnelMonth, Step } from '../../src/analytics/funnel.ts';
import type { CountAssessment } from '../../src/analytics/unusual-count.ts';
import type { RateAssessment } from '../../src/analytics/unusual-rate.ts';
import { addMonths, type Day, monthsEndingWith, startOf } from '../../src/domain/day.ts';
import { type FunnelCard, type FunnelDigest, funnelDigest } from '../../src/messages/funnel-digest.ts';
import type { DigestSituations } from './situation.ts';

const NOW = startOf('2026-03-10') + 9 * 3_600_000;
const AS_OF = startOf('2026-03-10') + 6 * 3_600_000;
const MONTH: Day = '2026-02-01';

const within = { verdict: 'within', chance: 0.5, holiday: false } as const;

function judged(value: number, usual: number, low: number, high: number): CountAssessment {
  return { ...within, value, usual, low, high, widening: 1 };
}

const approved: RateAssessment = {
  ...within,
  value: 43,
  whole: 125,
  usual: 0.41,
  low: 38,
  high: 68,
  history: { part: 400, whole: 980 },
};

const steps: FunnelMonth = { month: MONTH, requests: 125, approved: 43, evaluations: 178, conversions: 55 };

const card: FunnelCard = {
  steps,
  assessment: {
    requests: { ...judged(125, 81, 40, 118), verdict: 'higher', chance: 0.002 },
    approved,
    evaluations: judged(178, 158.5, 120, 210),
    conversions: judged(55, 34.5, 15, 59),
  },
  byApp: [
    { app: 'App 1', steps: { ...steps, requests: 44, approved: 14, evaluations: 120, conversions: 36 } },
    {
      app: 'App 2',
      steps: { ...steps, requests: undefined, approved: undefined, evaluations: 57, conversions: 19 },
    },
    { app: 'App 3', steps: { ...steps, requests: 1, approved: 1, evaluations: 1, conversions: 0 } },
    {
      app: 'App 4',
      steps: { ...steps, requests: 80, approved: 28, evaluations: undefined, conversions: undefined },
    },
  ],
  months: monthsEndingWith(MONTH, 13).map((month, index) => ({
    ...steps,
    month,
    requests: index < 2 ? undefined : index === 12 ? 125 : 60 + 5 * index,
  })),
  restated: [{ month: '2026-01-01', step: 'conversions', before: 40, after: 43 }],
  mismatches: ['Atlassian counts 55 conversions, its list names 54'],
};

const busy: FunnelDigest = {
  scope: 'All apps',
  asks: 'funnel',
  month: MONTH,
  card,
  unread: [],
  asOf: AS_OF,
  now: NOW,
};

const few: FunnelDigest = {
  ...busy,
  scope: 'App 4',
  asks: 'funnel "App 4"',
  card: {
    ...card,
    steps: { month: MONTH, requests: 4, approved: 1, evaluations: 3, conversions: 5 },
    assessment: {
      requests: judged(4, 3, 0, 9),
      approved: { ...approved, value: 1, whole: 4, low: 0, high: 4 },
      evaluations: judged(3, 5, 0, 11),
      conversions: judged(5, 2, 0, 7),
    },
    byApp: [],
    restated: [],
    mismatches: [],
  },
};

const quiet: FunnelDigest = { ...busy, card: undefined };

const hostile = '*<!channel>* & <https://evil.example|Acme> _Ltd_ `x` \u202Egnp.exe '.repeat(4);

const absurd: FunnelDigest = {
  ...busy,
  scope: hostile,
  card: {
    steps: { month: MONTH, requests: 0, approved: 9_876_543, evaluations: 1, conversions: 9_876_543 },
    assessment: {
      requests: { ...judged(0, 9_876_543, 9_800_000, 9_900_000), verdict: 'lower', chance: 0 },
      approved: { ...approved, value: 9_876_543, whole: 0, usual: undefined, verdict: 'unknown' },
      evaluations: judged(1, 0.5, 0, 2),
      conversions: { ...judged(9_876_543, 0, 0, 1), verdict: 'higher', chance: 0 },
    },
    byApp: Array.from({ length: 70 }, (_, index) => ({
      app: `${hostile}${index}`,
      steps: { ...steps, conversions: 987_654_321 },
    })),
    months: monthsEndingWith(MONTH, 13).map((month) => ({ ...steps, month, evaluations: undefined })),
    restated: Array.from({ length: 40 }, (_, index) => ({
      month: addMonths(MONTH, -Math.floor(index / 4)),
      step: (['requests', 'approved', 'evaluations', 'conversions'] as const)[index % 4] as Step,
      before: 9_876_543,
      after: index === 1 ? undefined : 0,
    })),
    mismatches: [hostile],
  },
  unread: [{ name: hostile, failedCode: hostile }],
};

const noHistory = {
  usual: undefined,
  low: undefined,
  high: undefined,
  chance: undefined,
  verdict: 'no history',
  holiday: false,
} as const;

const firstMonth: FunnelDigest = {
  ...busy,
  card: {
    ...card,
    steps: { ...steps, requests: undefined, approved: undefined },
    assessment: {
      requests: { ...noHistory, value: undefined, widening: 1 },
      approved: { ...noHistory, value: undefined, whole: undefined, history: { part: 0, whole: 0 } },
      evaluations: { ...noHistory, value: 178, widening: 1 },
      conversions: { ...noHistory, value: 55, widening: 1 },
    },
    byApp: [],
    months: [steps],
    restated: [],
    mismatches: [],
  },
  unread: [{ name: 'requests', failedCode: 'API_FORBIDDEN' }],
};

const unpublished: FunnelDigest = { ...busy, month: undefined, card: undefined };

const neverRead: FunnelDigest = {
  ...unpublished,
  unread: ['requests', 'evaluations by month'].map((name) => ({ name, failedCode: undefined })),
  asOf: undefined,
};

/** The funnel digest in its situations. */
export const situations = {
  quiet: () => funnelDigest(quiet),
  busy: () => funnelDigest(busy),
  absurd: () => funnelDigest(absurd),
  'no-history': () => funnelDigest(firstMonth),
  few: () => funnelDigest(few),
  unpublished: () => funnelDigest(unpublished),
  'never-read': () => funnelDigest(neverRead),
} satisfies DigestSituations;
