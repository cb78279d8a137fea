import { describe, expect, it } from 'vitest';
import { rulesOfChannel } from '../../src/alerts/channel-rules.ts';
import { alertsHere } from '../../src/alerts/alerts-here.ts';
import type { AlertSetting } from '../../src/domain/alert-rules.ts';
import { addDays, type Day, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import type { Message } from '../../src/domain/message.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type { RecordedLicense, RecordedLine } from '../../src/domain/recorded.ts';
import {
  alertActed,
  alertProblem,
  askInChannel,
  snoozeForm,
  unknownApp,
} from '../../src/messages/alert-answers.ts';
import { alertForm } from '../../src/messages/alert-form.ts';
import { changeNote, snoozeOverNote } from '../../src/messages/alert-note.ts';
import { alertLine, alertSettings } from '../../src/messages/alert-settings.ts';
import { alertSummary, alertSummaryTables } from '../../src/messages/alert-summary.ts';
import { dataProblemAlert } from '../../src/messages/data-problem-alert.ts';
import { dataRecovered, dataStale, rowsSetAside, ruleFailed } from '../../src/messages/ops.ts';
import { FLOORS } from '../support/alert-options.ts';
import { type Answer, createAlertWorld } from '../support/alert-world.ts';
import { expectGolden } from '../support/golden.ts';
import { churn, evaluation, feedback, license, line } from '../unit/analytics/rows.ts';
import { hostileNames } from '../unit/messages/kit/hostile-names.ts';

const DAY: Day = '2026-03-16';
const HOUR = 3_600_000;
const NOW = startOf('2026-03-17') + 6 * HOUR;

/** Rows as Atlassian gives them, with everything that is known of a customer. */
const KNOWN = {
  entitlement: 'E-1AA-AAA-AAA-AAA',
  aliases: { appEntitlementNumber: 'E-1AA-AAA-AAA-AAA' },
  host: { cloudId: 'site-1', siteHostname: 'acme.atlassian.net' },
  name: 'Diagrams for Jira',
  edition: 'Advanced',
  customer: { company: 'Acme GmbH', country: 'Germany', region: 'EMEA' },
  parentProduct: 'Jira',
  parentEdition: 'Premium',
};
const licensed = (changes: Partial<RecordedLicense> = {}): RecordedLicense =>
  license({ ...KNOWN, tier: '500 Users', maintenanceEnd: '2026-09-12', ...changes });
const sold = (changes: Partial<RecordedLine>): RecordedLine =>
  line({ ...KNOWN, saleDate: DAY, bookedOn: DAY, transactionId: 'IN-9', lineId: 'a', ...changes });

/** What the channel shows after some syncs, each so many hours after the first. */
function shown(
  before: Answer,
  steps: readonly (readonly [hours: number, answer: Answer])[],
  settings: readonly AlertSetting[] = [],
): Message {
  const world = createAlertWorld({}, settings);
  world.sync(NOW - 48 * HOUR, before, { silent: true });
  for (const [hours, answer] of steps) world.sync(NOW + hours * HOUR, answer);
  const posts = [...world.shown.posts.values()];
  expect(posts).toHaveLength(1);
  return posts[0]?.message ?? { text: '', blocks: [] };
}

/** The lines of a change of plan for the whole of a running term. */
function change(
  from: number,
  to: number,
  bill: Partial<RecordedLine> = {},
): readonly [RecordedLine, RecordedLine] {
  const window = { maintenanceStart: '2025-09-12', maintenanceEnd: '2026-09-12' } as const;
  return [
    sold({
      ...window,
      lineId: 'refund',
      saleType: 'Refund',
      tier: '500 Users',
      vendorAmount: -from,
      purchasePrice: -from * 1.15,
      originalTransactionId: 'IN-1',
    }),
    sold({
      ...window,
      lineId: 'bill',
      saleType: 'Upgrade',
      oldTier: '500 Users',
      tier: '1000 Users',
      vendorAmount: to,
      purchasePrice: to * 1.15,
      ...bill,
    }),
  ];
}

const hostile = hostileNames(200, 23)[150] ?? '';

describe('an upgrade', () => {
  const high: AlertSetting[] = [
    { kind: 'rule', channel: 'C1', rule: 'large-transaction', app: '', threshold: 2_000_000 },
  ];
  it('of users', () => {
    expectGolden(
      'upgrade-users',
      shown({ licenses: [licensed()] }, [[0, { lines: change(500_000, 810_000) }]], high),
    );
  });
  it('to annual billing, through a partner and not paid yet', () => {
    const bill = {
      tier: '500 Users',
      oldTier: '500 Users',
      oldBillingPeriod: 'Monthly',
      billingPeriod: 'Annual',
      paymentStatus: 'Open',
      paymentTerms: 'Net30',
      partner: { name: 'Resolution Reseller', type: 'Reseller' },
    };
    expectGolden(
      'upgrade-to-annual',
      shown({ licenses: [licensed()] }, [[0, { lines: change(41_000, 492_000, bill) }]], high),
    );
  });
  it('whose threshold was set in the channel', () => {
    const settings: AlertSetting[] = [
      ...high,
      { kind: 'rule', channel: 'C1', rule: 'upgrade', app: '', threshold: 30_000 },
    ];
    expectGolden(
      'upgrade-small',
      shown({ licenses: [licensed()] }, [[0, { lines: change(50_000, 81_000) }]], settings),
    );
  });
  it('of hostile names', () => {
    const names = {
      name: hostile,
      edition: hostile,
      tier: hostile,
      oldTier: `${hostile} before`,
      partner: { name: hostile, type: hostile },
    };
    const who = { customer: { company: hostile, country: hostile }, parentProduct: hostile };
    const lines = change(500_000, 810_000, names).map((one) => ({ ...one, ...who }));
    expectGolden('upgrade-hostile', shown({ licenses: [licensed(who)] }, [[0, { lines }]], high));
  });
});

describe('a downgrade', () => {
  const less = { saleType: 'Downgrade', tier: '250 Users' };
  it('of users', () => {
    expectGolden(
      'downgrade-users',
      shown({ licenses: [licensed()] }, [[0, { lines: change(500_000, 290_000, less) }]]),
    );
  });
  it('to monthly billing', () => {
    const bill = {
      tier: '500 Users',
      oldTier: '500 Users',
      oldBillingPeriod: 'Annual',
      billingPeriod: 'Monthly',
      maintenanceStart: DAY,
      maintenanceEnd: addDays(DAY, 30),
    };
    expectGolden(
      'downgrade-to-monthly',
      shown({ licenses: [licensed()] }, [[0, { lines: change(492_000, 41_000, bill) }]]),
    );
  });
  it('that was restated below the threshold', () => {
    const steps = [
      [0, { lines: change(500_000, 290_000, less) }],
      [5, { lines: change(500_000, 460_000, less) }],
    ] as const;
    expectGolden('downgrade-restated', shown({ licenses: [licensed()] }, steps));
  });
});

describe('a refund', () => {
  const refund = sold({
    saleType: 'Refund',
    tier: '500 Users',
    vendorAmount: -324_000,
    purchasePrice: -372_600,
    refundReason: 'CUSTOMER_REQUEST',
    originalTransactionId: 'IN-8',
  });
  it('of a sale that is known', () => {
    const sale = sold({
      transactionId: 'IN-8',
      lineId: 'sale',
      saleDate: '2026-03-02',
      vendorAmount: 324_000,
    });
    expectGolden(
      'refund',
      shown({ licenses: [licensed()], lines: [sale] }, [
        [0, { lines: [refund] }],
        [24, {}],
      ]),
    );
  });
  it('without a reason, of a customer nobody knows', () => {
    const { originalTransactionId: _, refundReason: __, ...bare } = refund;
    const nameless = { ...bare, entitlement: '', aliases: {}, customer: {} };
    expectGolden('refund-nameless', shown({}, [[0, { lines: [nameless] }]]));
  });
  it('whose new bill came after it was told', () => {
    const [given, bill] = change(500_000, 810_000);
    expectGolden(
      'refund-became-upgrade',
      shown({ licenses: [licensed()] }, [
        [0, { lines: [given] }],
        [24, {}],
        [30, { lines: [bill] }],
      ]),
    );
  });
});

describe('a payment problem', () => {
  const bill = (changes: Partial<RecordedLine> = {}) =>
    sold({
      saleDate: '2026-01-15',
      saleType: 'Renewal',
      tier: '500 Users',
      vendorAmount: 464_800,
      purchasePrice: 534_520,
      paymentStatus: 'Open',
      paymentTerms: 'Net30',
      partner: { name: 'Resolution Reseller', type: 'Reseller' },
      maintenanceEnd: '2027-01-15',
      ...changes,
    });
  const before = { licenses: [licensed()], lines: [bill()] };
  it('while it is tried again', () => {
    expectGolden('payment-failing', shown(before, [[0, { lines: [bill({ dunningAttempts: 2 })] }]]));
  });
  it('that was given up', () => {
    expectGolden(
      'payment-given-up',
      shown(before, [[0, { lines: [bill({ dunningAttempts: 4, paymentStatus: 'Uncollectible' })] }]]),
    );
  });
  it('that was paid after all', () => {
    expectGolden(
      'payment-paid',
      shown(before, [
        [0, { lines: [bill({ dunningAttempts: 2 })] }],
        [48, { lines: [bill({ dunningAttempts: 3, paymentStatus: 'Paid' })] }],
      ]),
    );
  });
});

describe('a customer', () => {
  const term = { maintenanceStart: '2025-03-15', maintenanceEnd: '2026-03-15' } as const;
  const paid = sold({ ...term, saleDate: '2025-03-15', tier: '500 Users', vendorAmount: 1_240_000 });
  const event = churn({ ...KNOWN, eventDate: '2026-03-15', maintenanceEnd: '2026-03-15' });
  it('that cancels before the end of its term', () => {
    const long = { ...paid, maintenanceEnd: '2026-09-12' as const };
    expectGolden(
      'leaving-cancelled',
      shown({ licenses: [licensed()], lines: [long] }, [
        [0, { licenses: [licensed({ status: 'cancelled' })] }],
      ]),
    );
  });
  it('that left, with another app of ours on its site', () => {
    const other = license({
      ...KNOWN,
      appKey: 'app-2',
      name: 'Pages for Jira',
      entitlement: 'E-2',
      aliases: {},
    });
    expectGolden(
      'leaving-left',
      shown({ licenses: [licensed(term), other], lines: [paid] }, [[0, { events: [event] }]]),
    );
  });
  it('that left and said why two days later', () => {
    const words = feedback({
      ...KNOWN,
      date: '2026-03-14',
      reason: 'Moved to a competitor',
      message: 'Your <b>dark mode</b> & the price: we tried *everything*, @here and <!channel>.',
    });
    expectGolden(
      'leaving-with-words',
      shown({ licenses: [licensed(term)], lines: [paid] }, [
        [0, { events: [event] }],
        [48, { feedback: [words] }],
      ]),
    );
  });
  it('that left and got its last bill back', () => {
    const back = line({
      ...paid,
      transactionId: 'CN-7',
      lineId: 'back',
      saleType: 'Refund',
      saleDate: DAY,
      lastUpdated: DAY,
      vendorAmount: -paid.vendorAmount,
      purchasePrice: -paid.purchasePrice,
      originalTransactionId: paid.transactionId,
    });
    expectGolden(
      'leaving-refunded',
      shown({ licenses: [licensed(term)], lines: [paid] }, [
        [0, { events: [event] }],
        [24, { lines: [back] }],
      ]),
    );
  });
  it('that stays after all', () => {
    expectGolden(
      'leaving-stays',
      shown({ licenses: [licensed(term)], lines: [paid] }, [
        [0, { licenses: [licensed({ ...term, status: 'cancelled' })] }],
        [24, { licenses: [licensed({ ...term, maintenanceEnd: '2027-03-15' })] }],
      ]),
    );
  });
});

describe('a big evaluation', () => {
  const big = (changes: Partial<RecordedLicense> = {}) =>
    evaluation('E-1AA-AAA-AAA-AAA', DAY, {
      ...KNOWN,
      tier: 'Evaluation',
      opportunityUsers: 2600,
      ...changes,
    });
  it('that began', () => {
    const other = license({
      ...KNOWN,
      appKey: 'app-2',
      name: 'Pages for Jira',
      entitlement: 'E-2',
      aliases: {},
    });
    expectGolden('evaluation', shown({ licenses: [other] }, [[0, { licenses: [big()] }]]));
  });
  it('of a site that tried before, and that was extended', () => {
    const before = evaluation('E-0', '2025-10-01', { ...KNOWN, entitlement: 'E-0', status: 'inactive' });
    expectGolden(
      'evaluation-again',
      shown({ licenses: [before] }, [
        [0, { licenses: [big({ opportunityUsers: Number.POSITIVE_INFINITY })] }],
        [
          24 * 20,
          {
            licenses: [big({ opportunityUsers: Number.POSITIVE_INFINITY, maintenanceEnd: addDays(DAY, 60) })],
          },
        ],
      ]),
    );
  });
  it('that was bought', () => {
    const { opportunityUsers: _, ...bought } = big({ licenseType: 'COMMERCIAL', tier: '2600 Users' });
    const bill = sold({
      saleDate: '2026-04-10',
      maintenanceStart: '2026-04-10',
      maintenanceEnd: '2027-04-10',
      vendorAmount: 90_000,
    });
    expectGolden(
      'evaluation-bought',
      shown({}, [
        [0, { licenses: [big()] }],
        [24 * 25, { licenses: [bought], lines: [bill] }],
      ]),
    );
  });
});

describe('feedback', () => {
  const before = {
    licenses: [licensed()],
    lines: [
      sold({
        saleDate: '2025-09-12',
        maintenanceStart: '2025-09-12',
        maintenanceEnd: '2026-09-12',
        tier: '500 Users',
        vendorAmount: 540_000,
      }),
    ],
  };
  const written = (changes: object = {}) =>
    feedback({
      ...KNOWN,
      date: DAY,
      feedbackType: 'disable',
      reason: 'Missing feature',
      message: 'We need a dark mode.',
      ...changes,
    });
  it('of a paying customer', () => {
    expectGolden('feedback', shown(before, [[0, { feedback: [written()] }]]));
  });
  it('in several pieces', () => {
    expectGolden(
      'feedback-pieces',
      shown(before, [
        [
          0,
          {
            feedback: [
              written(),
              written({ message: 'And your support never answered.', reason: undefined }),
            ],
          },
        ],
      ]),
    );
  });
  it('in hostile words, of a kind nobody knows', () => {
    expectGolden(
      'feedback-hostile',
      shown(before, [
        [0, { feedback: [written({ message: hostile.repeat(40), reason: hostile, feedbackType: hostile })] }],
      ]),
    );
  });
});

describe('an unusual week', () => {
  const WEEK: Day = '2026-03-08';
  const weeks = weeksEndingWith(WEEK, 45);
  const usual = (index: number) => 20 + ((index * 7) % 5) - 2;
  const points = (of: (index: number, week: Day) => number) =>
    weeks.map((period, index) => ({ period, value: of(index, period) }));
  const base = { appKey: 'app-1', dataset: 'Annual', type: '' };
  const churnSeries = (last: number): MetricSeries[] => [
    { ...base, metric: 'churn', name: 'Customers', points: points(() => 2000) },
    {
      ...base,
      metric: 'churn',
      name: 'Cancellations',
      points: points((index, week) => (week === WEEK ? last : usual(index))),
    },
  ];
  const after = (...steps: readonly MetricSeries[][]): Message => {
    const world = createAlertWorld();
    world.sync(startOf('2026-01-01'), {}, { silent: true });
    for (const [index, series] of steps.entries()) world.sync(NOW + (24 + index) * HOUR, { series });
    return [...world.shown.posts.values()][0]?.message ?? { text: '', blocks: [] };
  };
  it('of a rate', () => {
    expectGolden('unusual-rate', after(churnSeries(60)));
  });
  it('of a count over all apps, whose numbers may still change', () => {
    const evaluations: MetricSeries[] = [
      {
        ...base,
        appKey: null,
        dataset: '',
        metric: 'evaluations',
        name: 'Evaluations',
        points: points((index, week) => (week === WEEK ? 3 : usual(index))),
      },
    ];
    expectGolden('unusual-count', after(evaluations));
  });
  it('that was restated to what is usual', () => {
    expectGolden('unusual-restated', after(churnSeries(60), churnSeries(21)));
  });
});

describe('a data problem', () => {
  const facts = {
    developerId: 'dev-1',
    vanishedLines: [],
    vanishedLicenses: 0,
    altered: [],
    bulk: [],
    settledDays: 28,
    now: NOW,
  };
  it('of lines that vanished, more than fit', () => {
    const vanishedLines = Array.from({ length: 8 }, (_, index) =>
      sold({ transactionId: `IN-${index}`, vendorAmount: 10_000 * (index + 1) }),
    );
    expectGolden('data-vanished', dataProblemAlert({ ...facts, vanishedLines, vanishedLicenses: 3 }).message);
  });
  it('of an amount that changed long after', () => {
    const altered = [
      {
        line: sold({ saleDate: '2026-01-10', vendorAmount: 60_000, customer: { company: hostile } }),
        before: 100_000,
      },
    ];
    expectGolden('data-altered', dataProblemAlert({ ...facts, altered }).message);
  });
  it('of so much at once that no alert was drawn from it', () => {
    expectGolden('data-bulk', dataProblemAlert({ ...facts, bulk: ['transactions', 'licenses'] }).message);
  });
  it('that the operator hears of after a sync', () => {
    expectGolden('ops-stale', dataStale(NOW - 40 * HOUR, NOW));
    expectGolden('ops-recovered', dataRecovered(NOW - 60 * HOUR, NOW));
    expectGolden(
      'ops-set-aside',
      rowsSetAside(
        [
          { dataset: 'licenses', rows: 12 },
          { dataset: 'transactions', rows: 1 },
        ],
        '/pulse',
      ),
    );
    expectGolden('ops-rule-failed', ruleFailed('big-evaluation'));
  });
});

describe('what people did with an alert', () => {
  function after(
    act: (world: ReturnType<typeof createAlertWorld>) => void,
    settings: readonly AlertSetting[] = [],
  ): Message {
    const world = createAlertWorld({}, settings);
    world.sync(NOW - HOUR, { licenses: [licensed()] }, { silent: true });
    world.sync(NOW, {
      lines: [sold({ vendorAmount: 1_840_000, maintenanceStart: DAY, maintenanceEnd: addDays(DAY, 365) })],
    });
    act(world);
    return [...world.shown.posts.values()][0]?.message ?? { text: '', blocks: [] };
  }
  it('stands on it: handled, snoozed', () => {
    expectGolden(
      'alert-handled',
      after((world) => world.act(1, { kind: 'handled' }, NOW + HOUR, 'U0ADA')),
      ['U0ADA'],
    );
    expectGolden(
      'alert-snoozed',
      after((world) => world.act(1, { kind: 'snooze', until: NOW + 24 * HOUR }, NOW + HOUR, 'U0ADA')),
      ['U0ADA'],
    );
  });
  it('stands beside whom it is for', () => {
    const owner: AlertSetting = {
      kind: 'owner',
      channel: 'C1',
      owner: { of: 'region', name: 'EMEA' },
      userId: 'U0BOB',
    };
    expectGolden(
      'alert-owned',
      after(() => undefined, [owner]),
      ['U0BOB'],
    );
  });
});

describe('several alerts as one', () => {
  const some = [
    {
      rule: 'large-transaction',
      title: 'Acme GmbH: new sale, +$18.4k',
      amount: 1_840_000,
      entitlement: 'E-1',
    },
    { rule: 'refund', title: 'Globex: refund, -$3,240', amount: -324_000, entitlement: 'E-2' },
    {
      rule: 'big-evaluation',
      title: 'Initech: big evaluation, 2,600 users',
      amount: 2600,
      entitlement: 'E-3',
    },
    {
      rule: 'unusual-week',
      title: 'Cancellations, 8–14 Mar, all apps: higher than usual',
      amount: 60,
      entitlement: '',
    },
  ] as const;
  it('after quiet hours', () => {
    expectGolden('summary-quiet', alertSummary(some, { kind: 'quiet' }));
  });
  it('after an absence', () => {
    expectGolden('summary-away', alertSummary(some, { kind: 'away', since: NOW - 5 * 24 * HOUR }));
  });
  it('of which none has a message of its own', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...some[index % 4],
      amount: index * 1000,
      title: index === 7 ? hostile : `Customer ${index}`,
    })) as (typeof some)[number][];
    const [first, ...rest] = alertSummaryTables(many);
    if (!first) throw new Error('no table');
    expectGolden('summary-tables', { ...alertSummary(many), thread: [first, ...rest] });
  });
});

it('what changed is noted, quietly or again', () => {
  const changes = [
    { name: 'Payment', before: 'Open', after: 'Paid' },
    { name: 'Reason', after: 'Price' },
    { name: 'Extended', before: 'by 30 days' },
    { name: 'Words', after: hostile },
  ];
  expectGolden('note-changed', changeNote('Acme GmbH: refund, -$3,240', changes, false));
  expectGolden('note-again', changeNote('Acme GmbH: refund, -$3,240', changes.slice(0, 1), true));
  expectGolden('note-snooze-over', snoozeOverNote('Acme GmbH: refund, -$3,240'));
});

describe('settings', () => {
  const ownThresholds = {
    ...FLOORS,
    'large-transaction': { amount: 420_000, source: 'percentile', movements: 318 } as const,
  };
  const options = {
    waiting: [],
    apps: [{ appKey: 'app-1', name: 'Diagrams for Jira' }],
    channels: { alert: 'C1', ops: 'C9' },
    spaces: [{ developerId: '1210', thresholds: ownThresholds }] as const,
    zone: 'Europe/Berlin',
    now: NOW,
  };
  const everything: AlertSetting[] = [
    { kind: 'rule', channel: 'C1', rule: 'refund', app: '', isOn: false },
    { kind: 'rule', channel: 'C1', rule: 'upgrade', app: '', threshold: 250_000 },
    { kind: 'rule', channel: 'C1', rule: 'upgrade', app: 'app-1', threshold: 900_000 },
    { kind: 'rule', channel: 'C1', rule: 'downgrade', app: 'app-1', isOn: false },
    { kind: 'rule', channel: 'C1', rule: 'feedback', app: '', mutedUntil: NOW + 24 * HOUR },
    { kind: 'quiet', channel: 'C1', hours: { from: 1200, to: 480 } },
    { kind: 'days', channel: 'C1', days: [1, 2, 3, 4, 5] },
    { kind: 'owner', channel: 'C1', owner: { of: 'all', name: '' }, userId: 'U0ADA' },
    { kind: 'owner', channel: 'C1', owner: { of: 'app', name: 'app-1' }, userId: 'U0BOB' },
  ];
  it('as they are when nobody set anything', () => {
    expectGolden('alerts-default', alertSettings(alertsHere('C1', { ...options, settings: [] }), '/pulse'));
    expectGolden('alerts-none', alertSettings(alertsHere('C7', { ...options, settings: [] }), '/pulse'));
  });
  it('of several developer spaces, each judged by its own sales', () => {
    const spaces = [...options.spaces, { developerId: '1211', thresholds: FLOORS }] as const;
    const here = alertsHere('C1', { ...options, spaces, settings: everything });
    expectGolden('alerts-two-spaces', alertSettings(here, '/pulse'), ['U0ADA', 'U0BOB']);
    expect(JSON.stringify(alertForm(here, '/pulse').form)).toContain('now: $4,200 in 1210, $1,000 in 1211');
    expect(alertLine(here).mrkdwn).toContain('large-transaction from $4,200 in 1210 or $1,000 in 1211,');
  });
  it('with everything that can be set', () => {
    const waiting = [
      { channel: 'C1', state: 'held', facts: 3 },
      { channel: 'C1', state: 'waiting', facts: 1 },
    ] as const;
    const here = alertsHere('C1', { ...options, settings: everything, waiting });
    expectGolden('alerts-everything', alertSettings(here, '/pulse', true), ['U0ADA', 'U0BOB']);
    const { form, ...words } = alertForm(here, '/pulse');
    expectGolden('alerts-form', { text: words.text, blocks: form?.blocks ?? [] }, [], 'modal');
  });
  it('that could not be understood', () => {
    expectGolden('alerts-problem', alertProblem('/pulse', 'rule', hostile));
    expectGolden('alerts-unknown-app', unknownApp(hostile, ['Diagrams for Jira', hostile]));
    expectGolden('alerts-direct', askInChannel('/pulse'));
  });
  it('of one alert', () => {
    expectGolden('alerts-handled', alertActed({ kind: 'handled' }, 'done', 'UTC'));
    expectGolden('alerts-snoozed', alertActed({ kind: 'snooze', until: NOW + 24 * HOUR }, 'done', 'UTC'));
    const { form, ...words } = snoozeForm(12, '2026-03-18', '/pulse');
    expectGolden('alerts-snooze-form', { text: words.text, blocks: form?.blocks ?? [] }, [], 'modal');
  });
  it('of a channel without settings have a threshold for every rule', () => {
    const rules = rulesOfChannel('C1', [], { ...options, thresholds: ownThresholds });
    expect(rules.threshold('feedback', { appKey: 'a', name: 'A' })).toMatchObject({ amount: 0 });
  });
});
