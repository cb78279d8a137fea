import type { WorthRenewal } from '../../src/analytics/renewal-worth.ts';
import type { RenewalConcern } from '../../src/analytics/renewals.ts';
import type { Renewer } from '../../src/analytics/renewers.ts';
import type { RateAssessment } from '../../src/analytics/unusual-rate.ts';
import { addDays, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import { type RenewalDigest, renewalDigest } from '../../src/messages/renewal-digest.ts';
import { churn } from '../unit/analytics/rows.ts';
import type { DigestSituations } from './situation.ts';

const WEEK = '2025-03-09';
const TODAY = '2025-03-18';
const NOW = startOf(TODAY) + 9 * 3_600_000;

const profile = {
  appKey: 'app-1',
  appName: 'App 1',
  hosting: 'Cloud',
  edition: undefined,
  host: {},
  partner: undefined,
} as const;

function renewer(who: string | undefined, changes: Partial<Renewer> = {}): Renewer {
  return {
    ...profile,
    entitlement: `E-${who ?? 'nobody'}`,
    tier: '50 Users',
    customer: {},
    who,
    event: churn({ kind: 'renewal' }),
    renewedOn: '2025-03-10',
    plan: 'Annual',
    value: 100_000,
    yearly: 100_000,
    yearlyBefore: 100_000,
    oldTier: '50 Users',
    newTier: '50 Users',
    ...changes,
  };
}

function due(
  who: string | undefined,
  days: number,
  yearly: number,
  concerns: RenewalConcern[] = [],
  changes: Partial<WorthRenewal> = {},
): WorthRenewal {
  return {
    ...profile,
    entitlement: `E-${who ?? 'nobody'}`,
    tier: '200 Users',
    customer: {},
    who,
    due: addDays(TODAY, days),
    days,
    plan: 'Annual',
    value: yearly,
    yearly,
    concerns,
    ...changes,
  };
}

const rate: RateAssessment = {
  value: 485,
  whole: 500,
  usual: 0.96,
  low: 466,
  high: 491,
  verdict: 'within',
  chance: 0.4,
  holiday: false,
  history: { part: 5760, whole: 6000 },
};

const few: RateAssessment = {
  ...rate,
  value: 3,
  whole: 4,
  usual: 0.85,
  low: 1,
  high: 4,
  history: { part: 40, whole: 47 },
};

export const radar = {
  days: 90,
  due: [
    due('Acme GmbH', 25, 1_310_000, ['cancelled', 'tier fell'], {
      customer: { country: 'Germany' },
      tier: '500 Users',
    }),
    due('Umbrella AG', 0, 900_000),
    due('Globex', 60, 448_000, ['feedback']),
    due('Initech', 31, 210_050, ['open', 'partner'], {
      partner: { name: 'Reseller & Co', type: 'Reseller' },
    }),
    due('Hooli', 58, 120_000, ['uncollectible']),
    due('Soylent', 40, 64_000, ['partner'], { partner: { name: 'Expert Ltd' } }),
    due('Stark Industries', 61, 2_400_000, ['feedback']),
    due('Wayne Ltd', 90, 30_000),
  ].toSorted((a, b) => b.yearly - a.yearly),
  late: [
    due('Vandelay Industries', -12, 410_000, ['open'], { customer: { country: 'Canada' } }),
    due(undefined, -1, 4_800, [], { plan: 'Monthly', tier: '10 Users' }),
  ],
};

export const busy: RenewalDigest = {
  scope: 'All cloud apps',
  asks: 'renewal',
  week: WEEK,
  state: 'provisional',
  assessment: { ...rate, value: 503, whole: 522, low: 486, high: 512 },
  plans: [
    { plan: 'Monthly', week: rate, fourWeeks: rate },
    {
      plan: 'Annual',
      week: { ...rate, value: 18, whole: 22, usual: 0.7, low: 9, high: 17, verdict: 'higher', chance: 0.004 },
      fourWeeks: rate,
    },
  ],
  renewers: [
    renewer('Acme GmbH', {
      customer: { country: 'Germany' },
      value: 1_310_000,
      yearly: 1_310_000,
      yearlyBefore: 900_000,
      oldTier: '200 Users',
      newTier: '500 Users',
    }),
    renewer('Globex', { appName: 'App 2', value: 448_000, yearly: 448_000, yearlyBefore: 500_000 }),
    renewer('Initech', { value: 12_350, yearly: 148_200, yearlyBefore: 148_200, plan: 'Monthly' }),
    renewer('Hooli', { value: 4_800, yearly: 57_600, yearlyBefore: undefined, plan: 'Monthly' }),
    renewer(undefined, { value: undefined, yearly: undefined, yearlyBefore: 36_500, newTier: undefined }),
  ],
  rates: weeksEndingWith(WEEK, 16).map((week, index) =>
    week === WEEK ? { week, part: 503, whole: 522 } : { week, part: 477 + ((3 * index) % 17), whole: 505 },
  ),
  shownWeeks: 13,
  byApp: [
    { app: 'App 1', rate: { ...rate, value: 401, whole: 412, low: 388, high: 410 } },
    {
      app: 'App 2',
      rate: {
        ...rate,
        value: 102,
        whole: 110,
        low: undefined,
        high: undefined,
        usual: undefined,
        verdict: 'no history',
      },
    },
  ],
  changes: [
    { week: '2025-03-02', before: 481, after: 485, who: ['+Wonka SA', '+Tyrell Corp', '-Cyberdyne'] },
  ],
  mismatches: [
    'Monthly plans: 14 cancellations and 485 renewals, but 500 customers due and 500 opportunities',
    'Atlassian counts 503 renewals, its list names 502',
  ],
  radar,
  asOf: startOf(TODAY) + 6 * 3_600_000,
  now: NOW,
};

const none: RateAssessment = { ...rate, value: 0, whole: 0, usual: 0.9, low: 0, high: 0 };

const quiet: RenewalDigest = {
  ...busy,
  scope: 'App 3',
  asks: 'renewal "App 3"',
  state: 'settling',
  assessment: none,
  plans: [
    { plan: 'Monthly', week: none, fourWeeks: few },
    { plan: 'Annual', week: none, fourWeeks: few },
  ],
  renewers: [],
  byApp: [],
  changes: [],
  mismatches: [],
  radar: { days: 90, due: [due('Umbrella AG', 9, 42_000)], late: [] },
};

const small: RenewalDigest = {
  ...busy,
  assessment: few,
  plans: [
    { plan: 'Monthly', week: none, fourWeeks: none },
    {
      plan: 'Annual',
      week: few,
      fourWeeks: { ...rate, value: 14, whole: 17, usual: 0.85, low: 11, high: 17 },
    },
  ],
  renewers: [renewer('Acme GmbH'), renewer('Globex')],
  rates: weeksEndingWith(WEEK, 16).map((week, index) => ({ week, part: 3, whole: 4 + (index % 2) })),
  byApp: [],
  changes: [],
  mismatches: [],
  radar: undefined,
};

const unknown: RateAssessment = {
  ...rate,
  value: undefined,
  whole: undefined,
  usual: undefined,
  low: undefined,
  high: undefined,
  verdict: 'no history',
  chance: undefined,
};

const noHistory: RenewalDigest = {
  ...busy,
  assessment: { ...unknown, value: 40, whole: 52 },
  plans: [
    { plan: 'Monthly', week: { ...unknown, value: 40, whole: 52 }, fourWeeks: unknown },
    { plan: 'Annual', week: unknown, fourWeeks: unknown },
  ],
  renewers: [],
  rates: weeksEndingWith(WEEK, 16).map((week) =>
    week === WEEK ? { week, part: 40, whole: 52 } : { week, part: undefined, whole: undefined },
  ),
  byApp: [],
  changes: undefined,
  mismatches: [],
  radar: { days: 90, due: [], late: [] },
};

const HOSTILE = '<!channel> *Evil* & <https://evil.example|Sons> `rm -rf` \u202Egnp.exe :fire:\n\n> quoted';
const crowd = Array.from({ length: 400 }, (_, index) =>
  due(
    `${HOSTILE} ${index}`,
    index % 91,
    99_999_999_999 - index,
    ['cancelled', 'feedback', 'tier fell', 'uncollectible', 'open', 'partner'],
    {
      partner: { name: HOSTILE },
      appName: HOSTILE,
      tier: HOSTILE,
      customer: { country: HOSTILE },
    },
  ),
);

const absurd: RenewalDigest = {
  ...busy,
  scope: HOSTILE,
  assessment: { ...rate, value: 600, whole: 500, verdict: 'higher', chance: 0.000_01 },
  renewers: Array.from({ length: 300 }, (_, index) =>
    renewer(`${HOSTILE} ${index}`, {
      appName: HOSTILE,
      tier: HOSTILE,
      newTier: HOSTILE,
      oldTier: 'x',
      customer: { country: HOSTILE },
      value: 1e13 - index,
      yearly: 1e13,
      yearlyBefore: 1,
    }),
  ),
  changes: weeksEndingWith('2025-03-02', 13).map((week) => ({
    week,
    before: 0,
    after: 1_000_000,
    who: [`+${HOSTILE}`],
  })),
  radar: { days: 90, due: crowd, late: crowd.map((one) => ({ ...one, days: -one.days - 1 })) },
  asOf: startOf('2025-03-10'),
};

const unpublished: RenewalDigest = {
  ...noHistory,
  assessment: unknown,
  plans: [],
  renewers: busy.renewers,
  asOf: undefined,
};

/** The renewal digest in its situations. */
export const situations = {
  quiet: () => renewalDigest(quiet),
  busy: () => renewalDigest(busy),
  absurd: () => renewalDigest(absurd),
  'no-history': () => renewalDigest(noHistory),
  few: () => renewalDigest(small),
  unpublished: () => renewalDigest(unpublished),
} satisfies DigestSituations;
