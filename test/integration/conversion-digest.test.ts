import { describe, expect, it } from 'vitest';
import { conversion } from '../../src/digests/conversion.ts';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { addDays, type Day, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import type { License } from '../../src/domain/license.ts';
import type { LicenseEvent } from '../../src/domain/license-event.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type { ThreadedMessage } from '../../src/domain/message.ts';
import type { TransactionLine } from '../../src/domain/transaction-line.ts';
import type { Store } from '../../src/store/store.ts';
import { recordPulls } from '../support/record-pulls.ts';
import { aLicense, aLine } from '../support/rows.ts';
import { openStore } from '../support/store-on-disk.ts';

/** Tuesday 17 March 2026, 09:00 UTC: the week 8-14 March is told, its 30-day cohort is 1-7 February. */
const NOW = startOf('2026-03-17') + 9 * 3_600_000;
const SYNCED = startOf('2026-03-17') + 6 * 3_600_000;
const WEEK: Day = '2026-03-08';

const REQUEST: DigestRequest = {
  developerId: 'dev-1',
  app: null,
  week: WEEK,
  now: NOW,
  today: '2026-03-17',
};

/** A 30-day evaluation on a site of its own; run out and not bought unless the changes say otherwise. */
function evaluated(name: string, start: Day, changes: Partial<License> = {}): License {
  return aLicense({
    aliases: { appEntitlementNumber: `E-${name}` },
    host: { cloudId: `site-${name}`, siteHostname: `${name}.atlassian.net` },
    customer: { company: `Company ${name}` },
    licenseType: 'EVALUATION',
    status: 'inactive',
    tier: 'Evaluation',
    maintenanceStart: start,
    maintenanceEnd: addDays(start, 30),
    evaluationStart: start,
    evaluationEnd: addDays(start, 30),
    ...changes,
  });
}

function boughtBy(name: string, saleDate: Day, changes: Partial<TransactionLine> = {}): TransactionLine {
  return aLine({
    aliases: { appEntitlementNumber: `E-${name}` },
    host: { cloudId: `site-${name}` },
    transactionId: `IN-${name}`,
    lineId: `line-${name}`,
    saleDate,
    maintenanceStart: saleDate,
    maintenanceEnd: addDays(saleDate, 365),
    ...changes,
  });
}

/** Twelve weeks of three evaluations each, the first bought on its tenth day: 1 of 3 every week. */
const BEFORE = weeksEndingWith('2026-01-25', 12).flatMap((week) => [
  evaluated(`${week}-a`, week, { licenseType: 'COMMERCIAL', evaluationSale: addDays(week, 10) }),
  evaluated(`${week}-b`, week),
  evaluated(`${week}-c`, addDays(week, 6)),
]);

const COHORT = [
  // Bought on day 18 by Atlassian's own date.
  evaluated('A', '2026-02-02', { licenseType: 'COMMERCIAL', evaluationSale: '2026-02-20' }),
  // Bought on day 30 by its first paid line: 3 February + 30 days = 5 March.
  evaluated('B', '2026-02-03', { licenseType: 'COMMERCIAL' }),
  // Bought on day 31: too late for the cohort, in time for the week told.
  evaluated('C', '2026-02-07', {
    licenseType: 'COMMERCIAL',
    status: 'active',
    tier: '50 Users',
    evaluationSale: '2026-03-10',
    maintenanceEnd: '2026-04-10',
  }),
  evaluated('D', '2026-02-05'),
  // None of these three is a customer's new evaluation.
  evaluated('sandbox', '2026-02-04', { sandbox: 'yes', evaluationSale: '2026-02-10' }),
  evaluated('atlassian', '2026-02-04', { isAtlassian: true, evaluationSale: '2026-02-10' }),
  evaluated('existing', '2026-02-04', { licenseType: 'COMMERCIAL', evaluationSale: '2026-02-10' }),
];

/** Data Center changes its SEN when an evaluation is bought. */
const DATA_CENTER = [
  evaluated('dc', '2025-12-20', { hosting: 'Data Center', aliases: { licenseId: 'SEN-1' }, host: {} }),
  evaluated('dc', '2025-12-20', {
    hosting: 'Data Center',
    aliases: { licenseId: 'SEN-2' },
    host: {},
    licenseType: 'COMMERCIAL',
    status: 'active',
    tier: '500 Users',
    evaluationLicense: 'SEN-1',
    evaluationSale: '2026-03-12',
    maintenanceStart: '2026-03-12',
    maintenanceEnd: '2027-03-12',
  }),
];

const running = { status: 'active' } as const;
const RUNNING = [
  evaluated('soon', '2026-02-22', { ...running, maintenanceEnd: '2026-03-24', opportunityUsers: 501 }),
  evaluated('today', '2026-02-15', { ...running, maintenanceEnd: '2026-03-17', opportunityUsers: 500 }),
  evaluated('later', '2026-02-23', { ...running, maintenanceEnd: '2026-03-25', opportunityUsers: 9000 }),
];

const LINES = [
  boughtBy('B', '2026-03-05'),
  // $31.00 for a month: $372.00 a year.
  boughtBy('C', '2026-03-10', {
    vendorAmount: 3_100,
    maintenanceEnd: '2026-04-10',
    billingPeriod: 'Monthly',
  }),
  boughtBy('existing', '2025-02-10'),
  // $3,650.00 for 365 days.
  boughtBy('dc', '2026-03-12', {
    aliases: { licenseId: 'SEN-2' },
    host: {},
    hosting: 'Data Center',
    vendorAmount: 365_000,
  }),
];

function series(name: string, points: Readonly<Record<Day, number>>): MetricSeries {
  const elements = Object.entries(points).map(([period, value]) => ({ period: period as Day, value }));
  return { metric: 'conversion', appKey: null, dataset: '', name, type: '', points: elements };
}

function converted(name: string, eventDate: Day): LicenseEvent {
  const { appKey, aliases, host, hosting, name: appName } = evaluated(name, '2026-02-01');
  return {
    kind: 'conversion',
    appKey,
    name: appName,
    aliases,
    host,
    hosting,
    eventDate,
    lastUpdated: eventDate,
  };
}

async function openRecorded(): Promise<Store> {
  const store = await openStore();
  await recordPulls(store, SYNCED, {
    licenses: { kind: 'licenses', rows: [...BEFORE, ...COHORT, ...DATA_CENTER, ...RUNNING] },
    transactions: { kind: 'lines', rows: LINES },
    conversion: {
      kind: 'series',
      metric: 'conversion',
      rows: [
        series('Evaluations', { '2026-03-01': 4, '2026-03-08': 5 }),
        series('Conversions', { '2026-03-01': 1, '2026-03-08': 2 }),
      ],
    },
    'conversion-events': {
      kind: 'events',
      event: 'conversion',
      from: '2026-03-01',
      to: '2026-03-17',
      rows: [converted('B', '2026-03-05'), converted('C', '2026-03-10')],
    },
  });
  return store;
}

/** All text of a message's own blocks, a line per piece. */
function parentText({ blocks }: ThreadedMessage): string {
  return JSON.stringify(blocks).replaceAll('\u00A0', ' ');
}

/** The rows of the tables in the thread, cells joined by a bar. */
function tableRows({ thread }: ThreadedMessage): string[] {
  const tables = thread.flatMap(({ blocks }) => blocks.filter(({ type }) => type === 'data_table'));
  return tables.flatMap(({ rows }) =>
    (rows as { text: string }[][]).map((row) =>
      row
        .map(({ text }) => text)
        .join(' | ')
        .replaceAll('\u00A0', ' '),
    ),
  );
}

describe('the conversion digest from the store', () => {
  it('tells the newest cohort whose evaluations all had 30 days, without sandboxes, Atlassian and old customers', async () => {
    const store = await openRecorded();
    const { text } = await conversion.build(store.read, REQUEST);
    // A and B of A, B, C, D; after 12 of 36 in the 12 weeks before, four of four have a chance of 2.0 % (Fisher).
    expect(text).toContain('Evaluations started 1–7 Feb: 2 of 4 bought within 30 days; usual 0 to 4 of 4');
  });

  it('lists who bought in the week with the first-year value, Data Center under its new SEN', async () => {
    const store = await openRecorded();
    const message = await conversion.build(store.read, REQUEST);
    const rows = tableRows(message);
    // 20 December to 12 March is 82 days, 7 February to 10 March 31; the median of the two is 56.5.
    expect(rows).toContain('Company dc | App 1, 500 users | $3,650.00 | 82 | SEN-2');
    expect(rows).toContain('Company C | App 1, 50 users | $372.00 | 31 | E-C');
    const [first, second] = ['Company dc', 'Company C'].map((name) => parentText(message).indexOf(name));
    expect(first).toBeLessThan(second ?? 0);
    expect(JSON.stringify(message.thread).replaceAll('\u00A0', ' ')).toContain(
      '2 evaluations bought, $4,022.00 in the first year',
    );
    expect(parentText(message)).toContain('*Median time to buy*\\n56.5 days');
  });

  it("names Atlassian's ratio as what it is and says where its list and count differ", async () => {
    const store = await openRecorded();
    const message = await conversion.build(store.read, REQUEST);
    expect(parentText(message)).toContain(
      '*Atlassian ratio (same week, not a cohort)*\\n2 of 5; 12 weeks before: 1 of 4 (25 %)',
    );
    expect(parentText(message)).toContain('Atlassian counts 2 conversions, its list names 1');
  });

  it('tells the newest cohort that had 60 days: nine weeks before the week', async () => {
    const store = await openRecorded();
    const message = await conversion.build(store.read, REQUEST);
    expect(parentText(message)).toContain('*Bought within 60 days*\\nStarted 4–10 Jan: 1 of 3');
  });

  it('warns of evaluations that run out from today to the seventh day after, and only in the newest digest', async () => {
    const store = await openRecorded();
    const message = await conversion.build(store.read, REQUEST);
    expect(parentText(message)).toContain(
      '*Running out by 24 Mar*: 2 evaluations, 1 on a site with more than 500 users',
    );
    expect(tableRows(message)).toContain('Company soon | App 1 | 24 Mar | 501 | E-soon');
    expect(tableRows(message).some((row) => row.startsWith('Company later'))).toBe(false);
    const older = await conversion.build(store.read, { ...REQUEST, week: '2026-03-01' });
    expect(parentText(older)).not.toContain('Running out');
  });

  it('counts every evaluation of half a year in exactly one size', async () => {
    const store = await openRecorded();
    const message = await conversion.build(store.read, REQUEST);
    // 36 before and 4 of the cohort and one of Data Center; bought within 30 days: 12 and A and B.
    expect(JSON.stringify(message.thread).replaceAll('\u00A0', ' ')).toContain(
      'started 10 Aug to 7 Feb, 14 of 41 (34 %) bought within 30 days',
    );
    // B, C and Data Center have the size they bought; nothing tells that of the others.
    expect(tableRows(message)).toContain('11 to 50 users | 3 | 1 | too few | $1,000.00');
    expect(tableRows(message)).toContain('size not known | 38 | 13 | 34 % | -');
  });

  it('tells the cohort of an older week as it was told then', async () => {
    const store = await openRecorded();
    const { text } = await conversion.build(store.read, { ...REQUEST, week: '2026-03-01' });
    expect(text).toContain('Evaluations started 25–31 Jan: 1 of 3 bought within 30 days');
  });

  it('is about one app where one is asked for', async () => {
    const store = await openRecorded();
    const app = { appKey: 'app-2', name: 'App 2' };
    const { text, thread } = await conversion.build(store.read, { ...REQUEST, app });
    expect(text).toContain('App 2: No evaluation started 1–7 Feb');
    expect(thread).toEqual([]);
  });

  it("says which of Atlassian's conversion numbers changed since it last spoke, and who is behind it", async () => {
    const store = await openRecorded();
    const spoke = SYNCED + 3_600_000;
    await recordPulls(store, spoke + 3_600_000, {
      conversion: {
        kind: 'series',
        metric: 'conversion',
        rows: [
          series('Evaluations', { '2026-03-01': 4, '2026-03-08': 5 }),
          series('Conversions', { '2026-03-01': 3, '2026-03-08': 2 }),
        ],
      },
      'conversion-events': {
        kind: 'events',
        event: 'conversion',
        from: '2026-03-01',
        to: '2026-03-17',
        rows: [converted('A', '2026-03-04'), converted('B', '2026-03-05'), converted('C', '2026-03-10')],
      },
    });
    const message = await conversion.build(store.read, { ...REQUEST, lastSpokeAt: spoke });
    expect(parentText(message)).toContain(
      "*Changed since my last digest*, Atlassian's conversions: week 1–7 Mar from 1 to 3 (+Company A)",
    );
  });

  it('says which cohorts it told read differently now, and who is behind it', async () => {
    const store = await openRecorded();
    const spoke = SYNCED + 3_600_000;
    // Told: A and B of the four of 1 to 7 February. D turns out to have bought on day 20, and E to have started then.
    const now = COHORT.map((license) =>
      license.customer.company === 'Company D'
        ? { ...license, licenseType: 'COMMERCIAL', evaluationSale: '2026-02-25' as const }
        : license,
    );
    await recordPulls(store, spoke + 3_600_000, {
      licenses: {
        kind: 'licenses',
        rows: [...BEFORE, ...now, ...DATA_CENTER, ...RUNNING, evaluated('E', '2026-02-06')],
      },
    });
    const message = await conversion.build(store.read, { ...REQUEST, lastSpokeAt: spoke });
    expect(parentText(message)).toContain('Evaluations started 1–7 Feb: 3 of 5 bought within 30 days');
    expect(parentText(message)).toContain(
      '*Changed since my last digest*, bought within 30 days of those who started: week 1–7 Feb from 2 of 4 to 3 of 5 (+Company D)',
    );
    const unchanged = await conversion.build(store.read, { ...REQUEST, lastSpokeAt: spoke + 7_200_000 });
    expect(parentText(unchanged)).toContain('*Changed since my last digest:* nothing in the weeks I told');
  });

  it('knows nothing, rather than zero, before the first sync', async () => {
    const store = await openStore();
    const { text } = await conversion.build(store.read, REQUEST);
    expect(text).toContain('How evaluations convert is not known yet');
  });
});
