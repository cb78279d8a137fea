import { describe, expect, it } from 'vitest';
import { churn } from '../../src/digests/churn.ts';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { newSales } from '../../src/digests/new-sales.ts';
import { type Day, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import type { Feedback } from '../../src/domain/feedback.ts';
import type { License } from '../../src/domain/license.ts';
import type { LicenseEvent } from '../../src/domain/license-event.ts';
import type { ThreadedMessage } from '../../src/domain/message.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type { TransactionLine } from '../../src/domain/transaction-line.ts';
import type { Store } from '../../src/store/store.ts';
import { recordPulls } from '../support/record-pulls.ts';
import { aLicense, aLine } from '../support/rows.ts';
import { openStore } from '../support/store-on-disk.ts';

const WEEK: Day = '2026-03-08';

/** Tuesday 17 March 2026, 09:00 UTC: the week of 8 to 14 March is told. */
const REQUEST: DigestRequest = {
  developerId: 'dev-1',
  app: null,
  week: WEEK,
  now: startOf('2026-03-17') + 9 * 3_600_000,
  today: '2026-03-17',
};

const SYNCED = startOf('2026-03-17') + 6 * 3_600_000;

/** Every week 2 of 50 monthly and 1 of 10 annual customers; in the week told 3 of 50 and 2 of 4. */
function series(): MetricSeries[] {
  const weeks = weeksEndingWith(WEEK, 30);
  const one = (dataset: string, name: string, before: number, now: number): MetricSeries => ({
    metric: 'churn',
    appKey: null,
    dataset,
    name,
    type: '',
    points: weeks.map((period) => ({ period, value: period === WEEK ? now : before })),
  });
  return [
    one('Monthly', 'Customers', 50, 50),
    one('Monthly', 'Cancellations', 2, 3),
    one('Annual', 'Customers', 10, 4),
    one('Annual', 'Cancellations', 1, 2),
  ];
}

/** 47 monthly customers renewed, so 3 + 47 = 50; 3 annual ones, so 2 + 3 is not 4. */
const RENEWAL: MetricSeries[] = (
  [
    ['Monthly', 'Renewals', 47],
    ['Monthly', 'Renewal opportunities', 50],
    ['Annual', 'Renewals', 3],
    ['Annual', 'Renewal opportunities', 4],
  ] as const
).map(([dataset, name, value]) => ({
  metric: 'renewal',
  appKey: null,
  dataset,
  name,
  type: '',
  points: [{ period: WEEK, value }],
}));

function benchmark(rows: Readonly<Record<Day, readonly [rate: number, index: number]>>): MetricSeries[] {
  const field = (name: string, valueOf: (row: readonly [number, number]) => number): MetricSeries => ({
    metric: 'churn-benchmark',
    appKey: 'app-1',
    dataset: '',
    name,
    type: '',
    points: Object.entries(rows).map(([period, row]) => ({ period: period as Day, value: valueOf(row) })),
  });
  return [
    field('churnRate', ([rate]) => rate),
    field('churnRateIndex', ([, index]) => index),
    field('isolatedChurnRate', () => 2.5),
    field('isolatedChurnRateIndex', () => 0.97),
    field('churnedLicenses', ([rate]) => rate * 10),
    field('totalLicenses', () => 1000),
  ];
}

function owned(name: string, changes: Partial<License> = {}): License {
  return aLicense({
    aliases: { appEntitlementNumber: `E-${name}` },
    host: { cloudId: `site-${name}` },
    customer: { company: `Company ${name}`, country: 'Germany' },
    status: 'inactive',
    ...changes,
  });
}

function term(
  name: string,
  [from, to]: readonly [Day, Day],
  cents: number,
  changes: Partial<TransactionLine> = {},
): TransactionLine {
  return aLine({
    aliases: { appEntitlementNumber: `E-${name}` },
    host: { cloudId: `site-${name}` },
    customer: { company: `Company ${name}` },
    transactionId: `IN-${name}-${from}`,
    lineId: `line-${name}-${from}`,
    saleDate: from,
    lastUpdated: from,
    vendorAmount: cents,
    maintenanceStart: from,
    maintenanceEnd: to,
    ...changes,
  });
}

function left(name: string, eventDate: Day, changes: Partial<LicenseEvent> = {}): LicenseEvent {
  const { appKey, hosting, name: appName } = aLicense();
  return {
    kind: 'churn',
    appKey,
    name: appName,
    hosting,
    aliases: { appEntitlementNumber: `E-${name}` },
    host: {},
    eventDate,
    lastUpdated: eventDate,
    ...changes,
  };
}

const MONTHLY = { billingPeriod: 'Monthly' } as const;

/** C is known by its old SEN and its host; the event names it by a number that no other row carries, and its transaction. */
const OF_C = { aliases: { licenseId: 'SEN-77' }, host: { hostEntitlementNumber: 'E-host-c' } } as const;

const LICENSES = [
  owned('a'),
  owned('b'),
  owned('c', OF_C),
  owned('d', { sandbox: 'yes' }),
  // Still there on the sites of a and c: app 2, and an evaluation of app 3 that is no customer.
  owned('a2', { appKey: 'app-2', name: 'App 2', status: 'active', host: { cloudId: 'site-a' } }),
  owned('c2', { appKey: 'app-2', name: 'App 2', status: 'active', host: OF_C.host }),
  owned('a3', {
    appKey: 'app-3',
    name: 'App 3',
    status: 'active',
    host: { cloudId: 'site-a' },
    licenseType: 'EVALUATION',
  }),
  owned('f', { status: 'cancelled', maintenanceStart: '2025-11-30', maintenanceEnd: '2026-11-30' }),
];

const LINES = [
  term('a', ['2024-03-10', '2025-03-10'], 100_000),
  term('a', ['2025-03-10', '2026-03-10'], 120_000),
  term('b', ['2026-01-09', '2026-02-09'], 4_800, MONTHLY),
  term('b', ['2026-02-09', '2026-03-09'], 4_800, MONTHLY),
  term('c', ['2025-03-11', '2026-03-11'], 60_000, { ...OF_C, transactionId: 'IN-C' }),
  term('d', ['2025-03-11', '2026-03-11'], 70_000),
  term('f', ['2025-11-30', '2026-11-30'], 84_000),
];

const EVENTS = [
  left('a', '2026-03-10', { monthsValid: 12 }),
  left('b', '2026-03-09', { monthsValid: 1 }),
  left('c-of-later', '2026-03-11', { monthsValid: 12, transactionId: 'IN-C' }),
  left('d', '2026-03-11', { monthsValid: 1 }),
  left('e', '2026-03-12', { monthsValid: 1 }),
];

const FEEDBACK: Feedback[] = [
  {
    appKey: 'app-1',
    name: 'App 1',
    aliases: { appEntitlementNumber: 'E-a' },
    host: {},
    hosting: 'Cloud',
    date: '2026-03-08',
    feedbackType: 'unsubscribe',
    reason: 'Too expensive',
    message: 'The price doubled.',
  },
  {
    appKey: 'app-1',
    name: 'App 1',
    aliases: { licenseId: 'SEN-77' },
    host: {},
    hosting: 'Cloud',
    date: '2026-03-01',
    feedbackType: 'uninstall',
    reason: 'No longer needed',
  },
];

async function openRecorded(): Promise<Store> {
  const store = await openStore();
  const range = { from: '2026-01-01', to: '2026-03-17' } as const;
  await recordPulls(store, SYNCED, {
    licenses: { kind: 'licenses', rows: LICENSES },
    transactions: { kind: 'lines', rows: LINES },
    churn: { kind: 'series', metric: 'churn', rows: series() },
    renewal: { kind: 'series', metric: 'renewal', rows: RENEWAL },
    'churn-events': { kind: 'events', event: 'churn', ...range, rows: EVENTS },
    'renewal-events': { kind: 'events', event: 'renewal', ...range, rows: [] },
    feedback: { kind: 'feedback', ...range, rows: FEEDBACK },
    'churn-benchmark': {
      kind: 'series',
      metric: 'churn-benchmark',
      rows: benchmark({ '2025-12-01': [4, 1.1], '2026-01-01': [5.1, 1.31] }),
    },
  });
  return store;
}

function plain(text: string): string {
  return text.replaceAll('\u00A0', ' ');
}

function parentText({ blocks }: ThreadedMessage): string {
  return plain(JSON.stringify(blocks));
}

function rowsOf({ thread }: ThreadedMessage, start: string): string[] {
  const reply = thread.find(({ text }) => plain(text).startsWith(start));
  const table = reply?.blocks.find(({ type }) => type === 'data_table');
  const rows = (table?.['rows'] ?? []) as { text: string }[][];
  return rows.slice(1).map((row) => plain(row.map(({ text }) => text).join(' | ')));
}

describe('the churn digest from the store', () => {
  it('tells how many of those due left, together and by billing period, beside what is usual', async () => {
    const message = await churn.build((await openRecorded()).read, REQUEST);
    // 3 + 2 of 50 + 4; before, 3 of 60 every week. Fisher's range of 54 against 36 of 720 at .01 is 0 to 8.
    expect(plain(message.text)).toContain(
      'Churn 8–14 Mar, All cloud apps: 5 of 54 customers due for renewal left (9.3 %); usual 5 % (range 0 to 8 of 54): within the usual range.',
    );
    const parent = parentText(message);
    expect(parent).toContain('*Monthly plans*\\n3 of 50 (6 %)"');
    expect(parent).toContain('*Annual plans*\\n2 of 4 left"');
  });

  it('names who left with worth, tenure, reason and what they keep, by whatever identifier joins them', async () => {
    const message = await churn.build((await openRecorded()).read, REQUEST);
    // a: 120,000 a year, since 10 March 2024, 730 days. b: 4,800 a month, since 9 January 2026, 59 days. c: 60,000 a year,
    // since 11 March 2025, 365 days. 237,600 together.
    expect(rowsOf(message, 'All 5 customers that left, $2,376.00 a year together, our share.')).toEqual([
      'Company a | App 1, 50 users, Annual | $1,200.00 | 2 years | Too expensive | App 2 | E-a',
      'Company c | App 1, 50 users, Annual | $600.00 | 12 months | No longer needed | App 2 | SEN-77',
      'Company b | App 1, 50 users, Monthly | $576.00 | 59 days | none given | - | E-b',
      'Company d | App 1, 50 users, Monthly | $0.00 | never paid | none given | - | E-d',
      'Without a name | App 1, Monthly | $0.00 | never paid | none given | - | E-e',
    ]);
    const parent = parentText(message);
    expect(parent).toContain(
      '• *Company a* (Germany): App 1, 50 users, annual; $1,200 a year; 2 years with us; still uses App 2; reason: _Too expensive_',
    );
    expect(parent).toContain('*Kept another app of ours*\\n2 of 5');
    const reasons = JSON.stringify(message.thread);
    expect(reasons).toContain('Too expensive: 1, $1,200 a year');
    expect(reasons).toContain('1 of 5 left within 90 days of the first payment');
    expect(reasons).toContain('*In their own words*\\n• Company a: “The price doubled.”');
  });

  it('compares the loss with the run-rate that the new-sales digest tells', async () => {
    const store = await openRecorded();
    // On Saturday 7 March, a month: a 10,000, b 4,800, c 5,000, f 7,000, together 26,800; d is a sandbox. 321,600 a year:
    // 237,600 of it are 73.9 %.
    expect(parentText(await churn.build(store.read, REQUEST))).toContain(
      '*Lost revenue, a year*\\n$2,376 (74 % of run-rate)',
    );
    const sales = JSON.stringify((await newSales.build(store.read, REQUEST)).thread);
    expect(sales).toContain('Run-rate: $268.00 a month before this week');
  });

  it('tells apart who cancelled and has paid until later', async () => {
    const message = await churn.build((await openRecorded()).read, REQUEST);
    const words = JSON.stringify(message.thread);
    expect(words).toContain('1 customer cancelled but is still paid for, $840 a year: not counted as left.');
    expect(words).toContain('*Company f*, App 1: paid until 30 Nov 2026, $840 a year');
    const older = await churn.build((await openRecorded()).read, { ...REQUEST, week: '2026-03-01' });
    expect(JSON.stringify(older.thread)).not.toContain('still paid for');
  });

  it("says what does not add up between Atlassian's own numbers, and nothing of what does", async () => {
    const parent = parentText(await churn.build((await openRecorded()).read, REQUEST));
    expect(parent).toContain(
      '*Does not add up*: Annual plans: 2 cancellations and 3 renewals, but 4 customers due and 4 opportunities',
    );
    expect(parent).not.toContain('Monthly plans: 3');
    expect(parent).not.toContain('its list names');
  });

  it('tells the churn benchmark when a month of it is new or restated, and one line otherwise', async () => {
    const store = await openRecorded();
    const first = await churn.build(store.read, REQUEST);
    expect(
      rowsOf(first, "Atlassian's churn benchmark. App 1, active on 31 Jan 2026, gone by 28 Feb 2026"),
    ).toEqual(['App 1 | 5.1 % | 1.31x the average, worse | 2.5 % | 0.97x the average, about the same']);
    expect(plain(JSON.stringify(first.thread))).toContain(
      'gone by 28 Feb 2026: 5.1 %, of it 2.5 pp left only this app; 1.31x the average app of the same product (worse).',
    );
    const told = { ...REQUEST, lastSpokeAt: SYNCED };
    const again = await churn.build(store.read, told);
    expect(parentText(again)).toContain('Churn benchmark: Jan 2026 is still the newest month');
    expect(JSON.stringify(again.thread)).not.toContain('churn benchmark');
    await recordPulls(store, SYNCED + 1000, {
      'churn-benchmark': {
        kind: 'series',
        metric: 'churn-benchmark',
        rows: benchmark({ '2025-12-01': [4.4, 1.1], '2026-01-01': [5.1, 1.31] }),
      },
    });
    const restated = await churn.build(store.read, told);
    expect(JSON.stringify(restated.thread)).toContain('Restated since my last digest: Dec 2025.');
  });

  it('knows nothing, rather than zero, before the first sync', async () => {
    const { text } = await churn.build((await openStore()).read, REQUEST);
    expect(text).toBe('Churn 8–14 Mar, All cloud apps: No churn numbers have been read yet.');
  });
});
