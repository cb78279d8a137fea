import type { InvoicedWeek } from '../../src/analytics/invoiced.ts';
import type { Movement, MovementKind } from '../../src/analytics/movements.ts';
import type { NamedMovement } from '../../src/analytics/named-movements.ts';
import { netMovements } from '../../src/analytics/netting.ts';
import type { Retention } from '../../src/analytics/retention.ts';
import type { WeekMovements } from '../../src/analytics/run-rate-weeks.ts';
import type { Assessment } from '../../src/analytics/usual.ts';
import { addDays, type Day, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import { type Cents, sumCents } from '../../src/domain/money.ts';
import type { RecordedLine } from '../../src/domain/recorded.ts';
import { newSalesDigest } from '../../src/messages/new-sales-digest.ts';
import type { NewCustomer, NewSalesDigest } from '../../src/messages/new-sales-facts.ts';
import { license, line, refund } from '../unit/analytics/rows.ts';
import type { DigestSituations } from './situation.ts';

const WEEK = '2025-03-09';
const NOW = startOf('2025-03-18') + 9 * 3_600_000;
const IN_WEEK = { saleDate: '2025-03-11', bookedOn: '2025-03-11' } as const;

const within: Assessment = {
  value: 0,
  usual: undefined,
  low: undefined,
  high: undefined,
  verdict: 'within',
  chance: 0.6,
  holiday: false,
};
const unjudged: Assessment = { ...within, verdict: 'no history', chance: undefined };

interface Move {
  readonly kind: MovementKind;
  readonly before: Cents;
  readonly after: Cents;
  readonly who: string | undefined;
  readonly country?: string;
  readonly appName?: string;
  readonly from?: string;
  readonly to?: string;
  readonly daysAway?: number;
}

/** A movement with its customer, for a subscription of its own. */
function move({
  after,
  before,
  country,
  daysAway,
  from,
  kind,
  to,
  who,
  appName = 'App 1',
}: Move): NamedMovement {
  const [profile] = [license({ name: appName })];
  return {
    entitlement: `E-${who ?? 'nobody'}`,
    kind,
    before,
    after,
    delta: after - before,
    ...(daysAway !== undefined && { daysAway }),
    profile: {
      entitlement: 'E-1',
      appKey: profile.appKey,
      appName,
      hosting: 'Cloud',
      edition: 'Standard',
      tier: to ?? from,
      customer: country === undefined ? {} : { country },
      host: {},
      partner: undefined,
      who,
    },
    from: { tier: from, billing: from === undefined ? undefined : 'Annual' },
    to: { tier: to, billing: to === undefined ? undefined : 'Annual' },
  };
}

/** The movements of a week that the given list makes, from a run-rate. */
export function weekOfMoves(before: Cents, list: readonly Movement[], noise = 0): WeekMovements {
  const total = (kind: MovementKind) => {
    const own = list.filter((one) => one.kind === kind);
    return { count: own.length, delta: sumCents(own.map(({ delta }) => delta)) };
  };
  return {
    week: WEEK,
    from: addDays(WEEK, -1),
    to: addDays(WEEK, 6),
    before,
    after: before + sumCents(list.map(({ delta }) => delta)) + noise,
    list,
    totals: {
      new: total('new'),
      reactivation: total('reactivation'),
      expansion: total('expansion'),
      contraction: total('contraction'),
      churn: total('churn'),
    },
    noise,
    grossRetention: undefined,
    netRetention: undefined,
  };
}

/** Twelve earlier weeks that end at the run-rate with which the week begins. */
function history(told: WeekMovements): WeekMovements[] {
  const changes = [
    41_000, -12_050, 88_000, 150_000, 9_900, -60_000, 33_000, 71_000, 120_000, -4_000, 52_000, 64_000,
  ];
  const weeks = weeksEndingWith(addDays(WEEK, -7), changes.length);
  let after = told.before;
  const earlier = weeks.toReversed().map((week, index) => {
    const change = changes[index] ?? 0;
    const kind = change > 0 ? 'new' : 'churn';
    const before = after - change;
    const one = {
      ...weekOfMoves(before, [{ entitlement: 'E', kind, before: 0, after: 0, delta: change }]),
      week,
    };
    after = before;
    return one;
  });
  return [...earlier.reverse(), told];
}

const invoicedWeek: InvoicedWeek = {
  week: WEEK,
  net: 4_171_255,
  lines: 118,
  refundLines: 4,
  customers: 97,
  byType: [
    { type: 'Renewal', amount: 2_400_000, count: 84 },
    { type: 'New', amount: 1_500_000, count: 21 },
    { type: 'Upgrade', amount: 420_000, count: 8 },
    { type: undefined, amount: 1_255, count: 1 },
    { type: 'Refund', amount: -150_000, count: 4 },
  ],
  open: { amount: 1_233_000, count: 22 },
  uncollectible: { amount: 31_000, count: 1 },
  refunded: { amount: 52_000, count: 2 },
  unpairedRefunds: { amount: -64_000, count: 2 },
  discounts: [
    { type: 'LOYALTY_DISCOUNT', amount: 90_000, lines: 12, share: 0.021 },
    { type: 'MANUAL', amount: 34_000, lines: 1, share: 0.008 },
  ],
};

function retained(from: Day, before: Cents, subscriptions: number, gross: number, net: number): Retention {
  const [lost, won] = [before * (1 - gross), before * (net - gross)].map((cents) => Math.round(cents)) as [
    Cents,
    Cents,
  ];
  return { from, to: addDays(WEEK, 6), before, subscriptions, lost, won, gross, net };
}

function sale(who: string | undefined, changes: Partial<RecordedLine>): NewCustomer {
  const [movement] = netMovements([line({ ...IN_WEEK, entitlement: `E-${who ?? ''}`, ...changes })]);
  if (!movement) throw new Error('a line makes a movement');
  return { movement, who };
}

export const moves = [
  move({ kind: 'new', who: 'Acme GmbH', country: 'Germany', before: 0, after: 310_000, to: '1,000 Users' }),
  move({
    kind: 'new',
    who: 'Globex',
    country: 'Japan',
    appName: 'App 2',
    before: 0,
    after: 200_000,
    to: '500 Users',
  }),
  move({
    kind: 'expansion',
    who: 'Initech',
    before: 60_000,
    after: 200_000,
    from: '100 Users',
    to: '250 Users',
  }),
  move({ kind: 'reactivation', who: 'Hooli', before: 0, after: 20_000, to: '25 Users', daysAway: 214 }),
  move({
    kind: 'churn',
    who: 'Umbrella AG',
    country: 'Switzerland',
    before: 290_000,
    after: 0,
    from: '800 Users',
  }),
  move({
    kind: 'contraction',
    who: 'Vandelay Industries',
    before: 100_000,
    after: 40_000,
    from: '200 Users',
    to: '200 Users',
  }),
];
const gains = moves.filter(({ delta }) => delta > 0).toSorted((a, b) => b.delta - a.delta);
const losses = moves.filter(({ delta }) => delta < 0).toSorted((a, b) => a.delta - b.delta);
// 310,000 + 200,000 + 140,000 + 20,000 - 290,000 - 60,000 + 31 = 320,031 cents.
const told = weekOfMoves(20_918_812, moves, 31);

export const busy: NewSalesDigest = {
  scope: 'All apps',
  asks: 'new-sales',
  week: WEEK,
  state: 'provisional',
  knownUntil: undefined,
  movements: history(told),
  change: {
    ...within,
    value: 320_031,
    usual: 46_500,
    low: -210_000,
    high: 303_000,
    verdict: 'higher',
    chance: undefined,
  },
  gains,
  losses,
  invoiced: invoicedWeek,
  amount: {
    ...within,
    value: 4_171_255,
    usual: 3_820_000,
    low: 2_910_000,
    high: 4_700_000,
    chance: undefined,
  },
  buyers: { ...within, value: 97, usual: 92, low: 70, high: 115 },
  buyersFourWeeks: { ...within, value: 371, usual: 365, low: 318, high: 415 },
  largestBill: undefined,
  retention: {
    fourWeeks: retained('2025-02-15', 20_600_000, 1204, 0.981, 1.006),
    twelveMonths: retained('2024-03-15', 15_830_000, 961, 0.874, 1.043),
  },
  customers: [
    sale('Acme GmbH', {
      vendorAmount: 3_720_000,
      tier: '1,000 Users',
      edition: 'Advanced',
      paymentStatus: 'Open',
      paymentTerms: 'Net30',
      saleDate: '2025-04-10',
      partner: { name: 'Reseller & Co', type: 'Reseller' },
    }),
    sale('Globex', { vendorAmount: 200_000, name: 'App 2', tier: '500 Users', billingPeriod: 'Monthly' }),
    sale(undefined, { vendorAmount: 1_234, tier: '10 Users' }),
  ],
  refunds: [
    {
      line: refund({ ...IN_WEEK, vendorAmount: -60_000, refundReason: 'Purchased by mistake' }),
      who: 'Soylent',
    },
    { line: refund({ ...IN_WEEK, vendorAmount: -4_000 }), who: 'Wonka SA' },
  ],
  earlier: { amount: 301_000, count: 11 },
  late: { amount: 120_450, count: 3 },
  later: { amount: 0, count: 0 },
  withoutPeriod: { amount: 50_000, count: 1 },
  leftOut: [
    { reason: 'no revenue', lines: 7 },
    { reason: 'sandbox', lines: 4 },
    { reason: 'license type', lines: 3 },
    { reason: 'atlassian', lines: 2 },
  ],
  changes: {
    weeks: [
      {
        week: '2025-03-02',
        before: 4_170_000,
        after: 4_120_050,
        behind: [{ who: 'Acme GmbH', delta: -49_950 }],
        more: 0,
      },
      {
        week: '2025-02-23',
        before: 3_000_000,
        after: 3_000_000,
        behind: [
          { who: 'Stark Industries', delta: 5_000 },
          { who: 'Wayne Ltd', delta: -5_000 },
        ],
        more: 0,
      },
    ],
    runRate: [
      {
        week: '2025-03-02',
        before: 45_200,
        after: 41_000,
        behind: [{ who: 'Acme GmbH', delta: -4_200 }],
        more: 0,
      },
    ],
    untold: [],
    payments: [
      { status: 'Paid', amount: 820_000, count: 9 },
      { status: 'Uncollectible', amount: 31_000, count: 1 },
    ],
  },
  asOf: startOf('2025-03-18') + 6 * 3_600_000,
  now: NOW,
};

const flat = weekOfMoves(41_230, []);

const quiet: NewSalesDigest = {
  ...busy,
  scope: 'App 3',
  asks: 'new-sales "App 3"',
  state: 'settling',
  movements: [flat],
  change: { ...within, value: 0, usual: 0, low: -2_000, high: 2_000 },
  gains: [],
  losses: [],
  invoiced: {
    week: WEEK,
    net: 0,
    lines: 0,
    refundLines: 0,
    customers: 0,
    byType: [],
    open: { amount: 0, count: 0 },
    uncollectible: { amount: 0, count: 0 },
    refunded: { amount: 0, count: 0 },
    unpairedRefunds: { amount: 0, count: 0 },
    discounts: [],
  },
  amount: { ...within, usual: 30_000, low: 0, high: 90_000 },
  buyers: { ...within, value: 0, usual: 2, low: 0, high: 7 },
  buyersFourWeeks: { ...within, value: 5, usual: 8, low: 2, high: 17 },
  retention: { fourWeeks: retained('2025-02-15', 41_230, 3, 1, 1), twelveMonths: undefined },
  customers: [],
  refunds: [],
  earlier: { amount: 0, count: 0 },
  late: { amount: 0, count: 0 },
  withoutPeriod: { amount: 0, count: 0 },
  leftOut: [],
  changes: { weeks: [], runRate: [], untold: [], payments: [] },
};

const HOSTILE = '<!channel> *Evil* & <https://evil.example|Sons> `rm -rf` \u202Egnp.exe :fire:\n\n> quoted';

const absurd: NewSalesDigest = {
  ...busy,
  scope: `${HOSTILE} with a name that does not want to end ${'x'.repeat(200)}`,
  movements: [
    weekOfMoves(0, [
      ...Array.from({ length: 150 }, (_, index) =>
        move({
          kind: 'new',
          who: `${HOSTILE} ${index} ${'y'.repeat(90)}`,
          country: HOSTILE,
          appName: HOSTILE,
          before: 0,
          after: 999_999_999_999 - index,
          to: HOSTILE,
        }),
      ),
      move({ kind: 'churn', who: undefined, before: 123_456_789_012_345, after: 0 }),
    ]),
  ],
  change: { ...unjudged, value: 0 },
  amount: unjudged,
  buyers: unjudged,
  buyersFourWeeks: unjudged,
  largestBill: sale(HOSTILE, { vendorAmount: 999_999_999_999 }),
  gains: Array.from({ length: 150 }, (_, index) =>
    move({
      kind: 'new',
      who: `${HOSTILE} ${index} ${'y'.repeat(90)}`,
      country: HOSTILE,
      appName: HOSTILE,
      before: 0,
      after: 999_999_999_999 - index,
      to: HOSTILE,
    }),
  ),
  losses: [move({ kind: 'churn', who: undefined, before: 123_456_789_012_345, after: 0 })],
  invoiced: {
    ...invoicedWeek,
    net: -987_654_321_000,
    lines: 1_000_000,
    byType: Array.from({ length: 150 }, (_, index) => ({
      type: `${HOSTILE} ${index}`,
      amount: -6_584_362_140,
      count: 1_000_000,
    })),
    discounts: [{ type: `${HOSTILE}_${'Z'.repeat(300)}`, amount: 999_999_999_999, lines: 1, share: 0.9999 }],
  },
  customers: [
    sale(HOSTILE, {
      vendorAmount: 999_999_999_999,
      tier: HOSTILE,
      name: HOSTILE,
      edition: HOSTILE,
      billingPeriod: HOSTILE,
      paymentStatus: HOSTILE,
      partner: { name: HOSTILE },
    }),
  ],
  refunds: [
    { line: refund({ ...IN_WEEK, vendorAmount: -999_999_999_999, refundReason: HOSTILE }), who: HOSTILE },
  ],
  changes: {
    weeks: weeksEndingWith('2025-03-02', 13).map((week) => ({
      week,
      before: 1,
      after: -999_999_999_999,
      behind: [
        { who: HOSTILE, delta: -1_000_000_000_000 },
        { who: undefined, delta: 1 },
      ],
      more: 4_000,
    })),
    runRate: [{ week: '2025-03-02', before: 1, after: -1e13, behind: [{ who: HOSTILE, delta: 1 }], more: 9 }],
    untold: weeksEndingWith('2025-03-02', 13).map((week) => ({ week, net: -999_999_999_999 })),
    payments: [{ status: HOSTILE, amount: -1, count: 1 }],
  },
  asOf: startOf('2025-03-10'),
};

const noHistory: NewSalesDigest = {
  ...busy,
  state: 'provisional',
  movements: [weekOfMoves(0, moves.slice(0, 1))],
  change: unjudged,
  amount: unjudged,
  buyers: unjudged,
  buyersFourWeeks: unjudged,
  gains: moves.slice(0, 1),
  losses: [],
  invoiced: {
    ...quiet.invoiced,
    week: WEEK,
    net: 3_720_000,
    lines: 1,
    customers: 1,
    byType: [{ type: 'New', amount: 3_720_000, count: 1 }],
    open: { amount: 3_720_000, count: 1 },
  } as InvoicedWeek,
  customers: busy.customers.slice(0, 1),
  refunds: [],
  retention: { fourWeeks: undefined, twelveMonths: undefined },
  earlier: { amount: 0, count: 0 },
  late: { amount: 0, count: 0 },
  withoutPeriod: { amount: 0, count: 0 },
  leftOut: [],
  changes: undefined,
};

const stale: NewSalesDigest = {
  ...busy,
  knownUntil: startOf('2025-03-12') + 6 * 3_600_000,
  asOf: startOf('2025-03-12') + 6 * 3_600_000,
  change: { ...busy.change, verdict: 'within' },
  buyers: { ...busy.buyers, value: 44, verdict: 'too early' },
};

const neverPulled: NewSalesDigest = {
  ...quiet,
  movements: [],
  change: unjudged,
  amount: unjudged,
  buyers: unjudged,
  buyersFourWeeks: unjudged,
  invoiced: undefined,
  changes: undefined,
  asOf: undefined,
};

/** The new-sales digest in its situations. */
export const situations = {
  quiet: () => newSalesDigest(quiet),
  busy: () => newSalesDigest(busy),
  absurd: () => newSalesDigest(absurd),
  'no-history': () => newSalesDigest(noHistory),
  stale: () => newSalesDigest(stale),
  'never-pulled': () => newSalesDigest(neverPulled),
} satisfies DigestSituations;
