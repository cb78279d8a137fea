import { describe, expect, it } from 'vitest';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { renewal } from '../../src/digests/renewal.ts';
import { addDays, type Day, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import type { Feedback } from '../../src/domain/feedback.ts';
import type { License } from '../../src/domain/license.ts';
import type { LicenseEvent } from '../../src/domain/license-event.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type { ThreadedMessage } from '../../src/domain/message.ts';
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

const FIRST_SYNC = startOf('2026-03-10') + 6 * 3_600_000;
const LAST_SYNC = startOf('2026-03-17') + 6 * 3_600_000;

/** Nine of ten annual and 45 of 50 monthly customers every week, 3 of 4 and 44 of 50 in the week told. */
function series(lateRenewals: number): MetricSeries[] {
  const weeks = weeksEndingWith(WEEK, 13);
  const key = { appKey: null, type: '' } as const;
  const points = (before: number, now: number) =>
    weeks.map((period) => ({ period, value: period === WEEK ? now : before }));
  const monthly = points(45, 44).map((point) =>
    point.period === '2026-03-01' ? { ...point, value: 45 + lateRenewals } : point,
  );
  return [
    { ...key, metric: 'renewal', dataset: 'Monthly', name: 'Renewals', points: monthly },
    { ...key, metric: 'renewal', dataset: 'Monthly', name: 'Renewal opportunities', points: points(50, 50) },
    { ...key, metric: 'renewal', dataset: 'Annual', name: 'Renewals', points: points(9, 3) },
    { ...key, metric: 'renewal', dataset: 'Annual', name: 'Renewal opportunities', points: points(10, 4) },
  ];
}

/** Customers and cancellations of the week told: monthly ones add up, annual ones do not. */
const CHURN: MetricSeries[] = (
  [
    ['Monthly', 'Customers', 50],
    ['Monthly', 'Cancellations', 6],
    ['Annual', 'Customers', 5],
    ['Annual', 'Cancellations', 1],
  ] as const
).map(([dataset, name, value]) => ({
  metric: 'churn',
  appKey: null,
  dataset,
  name,
  type: '',
  points: [{ period: WEEK, value }],
}));

function owned(name: string, changes: Partial<License> = {}): License {
  return aLicense({
    aliases: { appEntitlementNumber: `E-${name}` },
    host: { cloudId: `site-${name}` },
    customer: { company: `Company ${name}` },
    ...changes,
  });
}

let transactions = 0;

/** A paid annual term of a customer. */
function term(
  name: string,
  from: Day,
  to: Day,
  cents: number,
  changes: Partial<TransactionLine> = {},
): TransactionLine {
  transactions += 1;
  return aLine({
    aliases: { appEntitlementNumber: `E-${name}` },
    host: { cloudId: `site-${name}` },
    customer: { company: `Company ${name}` },
    transactionId: `IN-${transactions}`,
    lineId: `line-${transactions}`,
    saleDate: from,
    saleType: 'Renewal',
    vendorAmount: cents,
    maintenanceStart: from,
    maintenanceEnd: to,
    ...changes,
  });
}

function event(kind: 'renewal' | 'churn', name: string, eventDate: Day, monthsValid = 12): LicenseEvent {
  const { appKey, aliases, host, hosting, name: appName } = owned(name);
  return {
    kind,
    appKey,
    name: appName,
    aliases,
    host,
    hosting,
    eventDate,
    monthsValid,
    lastUpdated: eventDate,
  };
}

const MONTHLY = { billingPeriod: 'Monthly' } as const;

const RENEWED = [
  term('annual', '2025-03-10', '2026-03-10', 100_000),
  term('annual', '2026-03-10', '2027-03-10', 120_000, { tier: '100 Users' }),
  term('monthly', '2026-02-09', '2026-03-09', 4_800, MONTHLY),
  term('monthly', '2026-03-09', '2026-04-09', 4_800, MONTHLY),
  term('unbilled', '2025-03-12', '2026-03-12', 50_000),
];

/** Licences that end, with the term that ends with them. */
const ENDING: readonly (readonly [License, ...TransactionLine[]])[] = [
  // Day 30 from today, $2,400 a year, cancelled already.
  ending('cancelled', '2026-04-16', 240_000, { status: 'cancelled' }),
  // Day 31, $600 a year; gave feedback in January.
  ending('feedback', '2026-04-17', 60_000),
  // Day 61: not within the 60 days of the parent message.
  ending('later', '2026-05-17', 99_900),
  // Its next term is billed already, and its site is a sandbox.
  [...ending('billed', '2026-04-01', 70_000), term('billed', '2026-04-01', '2027-04-01', 70_000)],
  ending('sandbox', '2026-04-01', 70_000, { sandbox: 'yes' }),
  // Ended 12 days ago, nothing since; the second is churn already.
  ending('late', '2026-03-05', 48_000),
  ending('left', '2026-03-05', 48_000),
];

function ending(
  name: string,
  end: Day,
  cents: number,
  changes: Partial<License> = {},
): [License, TransactionLine] {
  const start = `${Number(end.slice(0, 4)) - 1}${end.slice(4)}` as Day;
  return [
    owned(name, { maintenanceStart: start, maintenanceEnd: end, ...changes }),
    term(name, start, end, cents),
  ];
}

/** A Data Center subscription with an old licence that ends soon and a new one that does not. */
const DATA_CENTER = ['2026-04-01', '2027-04-01'].map((end, index) =>
  owned('dc', {
    hosting: 'Data Center',
    aliases: { appEntitlementNumber: 'E-dc', addonLicenseId: `SEN-${index}` },
    maintenanceStart: addDays(end as Day, -365),
    maintenanceEnd: end as Day,
  }),
);

const FEEDBACK: Feedback = {
  appKey: 'app-1',
  name: 'App 1',
  aliases: { appEntitlementNumber: 'E-feedback' },
  host: {},
  hosting: 'Cloud',
  date: '2026-01-20',
  feedbackType: 'disable',
  message: 'Too slow',
};

async function openRecorded(): Promise<Store> {
  const store = await openStore();
  const range = { from: '2026-02-01', to: '2026-03-17' } as const;
  const events = [
    event('renewal', 'annual', '2026-03-10'),
    event('renewal', 'monthly', '2026-03-09', 1),
    event('renewal', 'unbilled', '2026-03-12'),
  ];
  const rows = ENDING.map(([license]) => license);
  const lines = ENDING.flatMap(([, ...own]) => own);
  await recordPulls(store, FIRST_SYNC, {
    renewal: { kind: 'series', metric: 'renewal', rows: series(0) },
    'renewal-events': { kind: 'events', event: 'renewal', ...range, rows: [] },
  });
  await recordPulls(store, LAST_SYNC, {
    licenses: { kind: 'licenses', rows: [...rows, ...DATA_CENTER, owned('annual'), owned('tardy')] },
    transactions: {
      kind: 'lines',
      rows: [...RENEWED, ...lines, term('dc', '2025-04-01', '2026-04-01', 90_000)],
    },
    renewal: { kind: 'series', metric: 'renewal', rows: series(2) },
    churn: { kind: 'series', metric: 'churn', rows: CHURN },
    'renewal-events': {
      kind: 'events',
      event: 'renewal',
      ...range,
      rows: [...events, event('renewal', 'tardy', '2026-03-05')],
    },
    'churn-events': {
      kind: 'events',
      event: 'churn',
      ...range,
      rows: [event('churn', 'left', '2026-03-05')],
    },
    feedback: { kind: 'feedback', from: '2026-01-01', to: '2026-03-17', rows: [FEEDBACK] },
  });
  return store;
}

/** Text with ordinary spaces only: a percentage has a no-break one. */
function plain(text: string): string {
  return text.replaceAll('\u00A0', ' ');
}

function parentText({ blocks }: ThreadedMessage): string {
  return plain(JSON.stringify(blocks));
}

/** The rows of the table whose reply begins with these words, cells joined by a bar. */
function rowsOf({ thread }: ThreadedMessage, start: string): string[] {
  const reply = thread.find(({ text }) => text.startsWith(start));
  const table = reply?.blocks.find(({ type }) => type === 'data_table');
  const rows = (table?.['rows'] ?? []) as { text: string }[][];
  return rows.slice(1).map((row) => row.map(({ text }) => text).join(' | '));
}

describe('the renewal digest from the store', () => {
  it('tells how many of those due renewed, both plans together and each by itself', async () => {
    const message = await renewal.build((await openRecorded()).read, REQUEST);
    // 44 + 3 = 47 of 50 + 4 = 54; 47 / 54 = 87.0 %.
    expect(plain(message.text)).toContain(
      'Renewals 8–14 Mar, All cloud apps: 47 of 54 customers due renewed (87 %); usual 90 %',
    );
    const parent = parentText(message);
    expect(parent).toContain('*Monthly plans*\\n44 of 50 (88 %) renewed; usual 90 %');
    // Below 10 due there are counts alone; the lists name 4 customers of the 34 of four weeks, too few for a rate.
    expect(parent).toContain('*Annual plans*\\n3 of 4 renewed; usual 2 to 4 of 4: within the usual range');
  });

  it('lists who renewed with the bill of the new term, and says whose is missing', async () => {
    const message = await renewal.build((await openRecorded()).read, REQUEST);
    expect(plain(message.text)).toContain(
      'The renewed terms bring us $1,248; 1 bill of theirs not known yet.',
    );
    expect(rowsOf(message, "3 renewals in Atlassian's list, $1,248.00 our share")).toEqual([
      'Company annual | App 1, 100 users, Annual | $1,200.00 | $1,200.00 | $1,000.00',
      'Company monthly | App 1, 50 users, Monthly | $48.00 | $576.00 | $576.00',
      'Company unbilled | App 1, 50 users, Annual | not known | not known | $500.00',
    ]);
    // $1,200 - $1,000 a year; the monthly plan is unchanged although February has 28 days and March 31.
    expect(parentText(message)).toContain('+$200 a year: 1 pays more, of 2');
  });

  it('says what does not add up', async () => {
    const parent = parentText(await renewal.build((await openRecorded()).read, REQUEST));
    expect(parent).toContain('Atlassian counts 47 renewals, its list names 3');
    expect(parent).toContain(
      'Annual plans: 1 cancellation and 3 renewals, but 5 customers due and 4 opportunities',
    );
    expect(parent).not.toContain('Monthly plans: 6 cancellations');
  });

  it('says which weeks told before are different now, and who is behind it', async () => {
    const store = await openRecorded();
    const request = { ...REQUEST, lastSpokeAt: startOf('2026-03-10') + 9 * 3_600_000 };
    expect(parentText(await renewal.build(store.read, request))).toContain(
      '*Changed since my last digest*, renewals: week 1–7 Mar from 54 of 60 to 56 of 60 (+Company tardy)',
    );
  });

  it('looks ahead: what is due, what needs a look and why, and what is late', async () => {
    const message = await renewal.build((await openRecorded()).read, REQUEST);
    const parent = parentText(message);
    expect(parent).toContain('*Next 60 days:* 2 annual renewals, $3,000 a year. *Needs a look (2):*');
    expect(parent).toContain('due 16 Apr (in 30 days), $2,400 a year; _cancelled already_');
    expect(parent).toContain('due 17 Apr (in 31 days), $600 a year; _gave feedback_');
    expect(parent).toContain('*Late, and not called churn yet:* 1 renewal, $480 a year.');
    expect(parent).toContain('*Company late*, App 1, 50 users: ended 12 days ago');
    expect(rowsOf(message, 'Due within 30 days: 1 annual renewal, $2,400.00')).toHaveLength(1);
    expect(rowsOf(message, 'Due in 31 to 60 days: 1 annual renewal, $600.00')).toHaveLength(1);
    expect(rowsOf(message, 'Due in 61 to 90 days: 1 annual renewal, $999.00')).toHaveLength(1);
  });

  it('does not look ahead from an older week', async () => {
    const message = await renewal.build((await openRecorded()).read, { ...REQUEST, week: '2026-03-01' });
    // 45 + 2 of 50 and 9 of 10.
    expect(plain(message.text)).toContain('56 of 60 customers due renewed (93 %)');
    expect(parentText(message)).not.toContain('Next 60 days');
    expect(message.thread.map(({ text }) => text.slice(0, 9))).toEqual(['1 renewal']);
  });

  it('says that nothing is known in an empty store', async () => {
    const store = await openStore();
    const { text } = await renewal.build(store.read, REQUEST);
    expect(text).toBe(
      "Renewals 8–14 Mar, All cloud apps: Atlassian has not published this week's renewals yet.",
    );
  });
});
