import { describe, expect, it } from 'vitest';
import { customers } from '../../src/digests/customers.ts';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { type Day, startOf } from '../../src/domain/day.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type { Store } from '../../src/store/store.ts';
import { chartPoints, parentText, tableRows } from '../support/reading.ts';
import { recordPulls } from '../support/record-pulls.ts';
import { aLicense } from '../support/rows.ts';
import { openStore } from '../support/store-on-disk.ts';

/** Tuesday 17 March 2026: the newest month is February. */
const NOW = startOf('2026-03-17') + 9 * 3_600_000;
const SYNCED = startOf('2026-03-17') + 6 * 3_600_000;
const FEBRUARY: Day = '2026-02-01';
const REQUEST: DigestRequest = {
  developerId: 'dev-1',
  app: null,
  week: '2026-03-08',
  now: NOW,
  today: '2026-03-17',
};

const METRICS = [
  'customers-by-region',
  'customers-by-edition',
  'customers-by-activity',
  'customers-by-tier',
] as const;

function group(
  metric: (typeof METRICS)[number],
  name: string,
  numbers: readonly [count: number, percent: number, index: number],
  { dataset = '', period = FEBRUARY }: { dataset?: string; period?: Day } = {},
): MetricSeries[] {
  return (['count', 'percent', 'index'] as const).map((type, place) => ({
    metric,
    appKey: null,
    dataset,
    name,
    type,
    points: [{ period, value: numbers[place] ?? 0 }],
  }));
}

const ROWS = [
  ...group('customers-by-region', 'emea', [150, 75, 1.8]),
  ...group('customers-by-region', 'apac', [50, 25, 0.96]),
  ...group('customers-by-region', 'emea', [140, 73.68, 1.8], { period: '2026-01-01' }),
  ...group('customers-by-region', 'apac', [50, 26.32, 0.97], { period: '2026-01-01' }),
  ...group('customers-by-region', 'emea', [100, 100, 2], { period: '2025-02-01' }),
  ...group('customers-by-edition', 'enterprise', [30, 15, 2.54]),
  ...group('customers-by-activity', 'paid', [160, 80, 1.3]),
  ...group('customers-by-activity', 'non-paid', [40, 20, 0.52]),
  ...group('customers-by-tier', '1000+', [12, 9, 6.9], { dataset: 'Jira' }),
];

async function record(store: Store, rows: readonly MetricSeries[], at = SYNCED): Promise<void> {
  await recordPulls(store, at, { customers: { kind: 'series', metric: METRICS, rows } });
}

async function openRecorded(): Promise<Store> {
  const store = await openStore();
  await record(store, ROWS);
  return store;
}

describe('the customers digest from the store', () => {
  it('tells how many, beside a month and a year ago, and who is over- and under-represented', async () => {
    const store = await openRecorded();
    const message = await customers.build(store.read, REQUEST);
    // 150 + 50 = 200 after 190 (+5.3 %) and 100 (+100 %). Jira sites of 1000+ have an index of 6.9, but 12 customers only.
    expect(message.text.replaceAll('\u00A0', ' ')).toBe(
      'Customers Feb 2026, All apps: 200 customers in Feb 2026, 10 more than in Jan (+5.3 %), 100 more than a year ago (+100 %). Beside the whole Marketplace most over-represented are Enterprise editions, 2.5x the average; most under-represented those who do not pay for Jira or Confluence, 0.5x the average.',
    );
    const text = parentText(message);
    expect(text).toContain('*Regions*\\nEMEA 150 (75 %), 1.8x the average\\nAPAC 50 (25 %), as the average');
    expect(text).toContain('*For Jira or Confluence itself*\\nPaying 160 (80 %), 1.3x the average');
    expect(chartPoints(message)?.['Times the average']).toEqual([
      'EMEA 1.8',
      'APAC 0.96',
      'Enterprise 2.54',
      'Paying 1.3',
      'Not paying 0.52',
    ]);
    expect(tableRows(message)).toContain('EMEA | 150 | 75.0 | 1.80 | 140 | 100');
    expect(tableRows(message)).toContain('1000+ | 12 | 9.0 | 6.90 | - | -');
  });

  it('keeps to one line while nothing is new, unless somebody asks', async () => {
    const store = await openRecorded();
    const request = { ...REQUEST, lastSpokeAt: SYNCED + 1 };
    expect((await customers.build(store.read, request)).text).toContain('Feb 2026 is still the newest month');
    expect((await customers.build(store.read, { ...request, isAsked: true })).text).toContain(
      '200 customers',
    );
  });

  it('tells a month again when a count of it is restated, not when a share alone moves', async () => {
    const store = await openRecorded();
    const request = { ...REQUEST, lastSpokeAt: SYNCED + 1 };
    const rest = ROWS.filter(({ name, points: [point] }) => name !== 'emea' || point?.period !== FEBRUARY);
    await record(store, [...rest, ...group('customers-by-region', 'emea', [150, 75.1, 1.79])], SYNCED + 2);
    expect((await customers.build(store.read, request)).text).toContain('still the newest month');
    await record(store, [...rest, ...group('customers-by-region', 'emea', [152, 75.2, 1.79])], SYNCED + 3);
    expect(parentText(await customers.build(store.read, request))).toContain(
      '*Restated since my last digest*: Feb 2026, from 200 to 202',
    );
    const others = group('customers-by-edition', 'enterprise', [29, 14.5, 2.5]);
    await record(store, others, SYNCED + 5);
    const moved = await customers.build(store.read, { ...request, lastSpokeAt: SYNCED + 4 });
    expect(parentText(moved)).toContain('*Restated since my last digest*: Feb 2026, other groups');
  });

  it('drops a group that the month does not have any more', async () => {
    const store = await openRecorded();
    await record(store, group('customers-by-region', 'emea', [180, 100, 2]), SYNCED + 2);
    const message = await customers.build(store.read, REQUEST);
    expect(message.text).toContain('180 customers in Feb 2026');
    expect(parentText(message)).not.toContain('APAC');
  });

  it('counts the sites of one app from its licences', async () => {
    const store = await openRecorded();
    await recordPulls(store, SYNCED, {
      licenses: {
        kind: 'licenses',
        rows: [
          aLicense({ parentEdition: 'Premium' }),
          aLicense({
            aliases: { appEntitlementNumber: 'E-2' },
            host: { cloudId: 'site-2' },
            customer: { region: 'APAC' },
          }),
          aLicense({
            aliases: { appEntitlementNumber: 'E-3' },
            host: { cloudId: 'site-3' },
            status: 'inactive',
          }),
        ],
      },
    });
    const app = { appKey: 'app-1', name: 'App 1' };
    const message = await customers.build(store.read, { ...REQUEST, app });
    expect(message.text).toContain(
      'Customers 17 Mar 2026, App 1: 2 cloud sites have a license of App 1 in use',
    );
    const text = parentText(message);
    expect(text).toContain('*Regions*\\nAPAC 1 (50 %)\\nEMEA 1 (50 %)');
    expect(text).toContain('*Users of the site*\\n11-100 2 (100 %)');
    expect(text).not.toContain('200 customers');
  });

  it('tells the month of a past week when asked for one', async () => {
    const store = await openRecorded();
    const message = await customers.build(store.read, { ...REQUEST, week: '2026-01-11' });
    expect(message.text).toContain('190 customers in Jan 2026');
  });

  it('says what was never read', async () => {
    const store = await openStore();
    const message = await customers.build(store.read, REQUEST);
    expect(message.text).toContain('has not been read yet');
    expect(parentText(message)).toContain('*Not read yet*: customers');
    await record(store, []);
    expect((await customers.build(store.read, REQUEST)).text).toContain(
      'has published no month of customers yet',
    );
  });
});
