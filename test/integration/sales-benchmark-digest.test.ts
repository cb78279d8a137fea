import { describe, expect, it } from 'vitest';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { salesBenchmark } from '../../src/digests/sales-benchmark.ts';
import { type Day, monthsEndingWith, startOf } from '../../src/domain/day.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type { Store } from '../../src/store/store.ts';
import { chartPoints, parentText, tableRows } from '../support/reading.ts';
import { recordPulls } from '../support/record-pulls.ts';
import { aLicense } from '../support/rows.ts';
import { openStore } from '../support/store-on-disk.ts';

/** Tuesday 10 November 2026: the months up to September were just published. */
const NOW = startOf('2026-11-10') + 9 * 3_600_000;
const SYNCED = startOf('2026-11-10') + 6 * 3_600_000;
const REQUEST: DigestRequest = {
  developerId: 'dev-1',
  app: null,
  week: '2026-11-01',
  now: NOW,
  today: '2026-11-10',
};

const SEPTEMBER: Day = '2026-09-01';

type Fields = Readonly<Record<string, number | null>>;

function month(period: Day, fields: Fields, appKey: string | null = null): MetricSeries[] {
  return Object.entries(fields).map(([name, value]) => ({
    metric: 'sales-benchmark',
    appKey,
    dataset: '',
    name,
    type: '',
    points: [{ period, value }],
  }));
}

/** $100.00 in July 2025, $101.00 in August, ... $114.00 in September 2026: fifteen months. */
const SALES = monthsEndingWith(SEPTEMBER, 15).flatMap((period, index) =>
  month(period, {
    sales: 10_000 + 100 * index,
    growthYoY: 10 + index,
    gapYoY: index === 3 ? null : 4,
    percentile: 80,
    percentileYtd: 85,
  }),
);

const APP_1 = month(
  SEPTEMBER,
  {
    sales: 9_000,
    previousMonth: 8_000,
    growthMoM: 12.5,
    gapMoM: 10,
    baseProductGapMoM: -1.5,
    percentile: 99,
    ytd: 80_000,
    ytdLastYear: 50_000,
    growthYoY: 60,
    gapYoY: 55,
    baseProductGapYoY: 48.2,
    percentileYtd: 100,
  },
  'app-1',
);

const NEWEST: Fields = {
  previousMonth: 11_300,
  growthMoM: 0.88,
  gapMoM: 2.1,
  percentile: 83,
  ytd: 99_000,
  ytdLastYear: 80_000,
  growthYoY: 23.75,
  gapYoY: 12.5,
  percentileYtd: 88,
};

/** The same key comes twice for September: the later number counts. */
const ALL = [...SALES, ...month(SEPTEMBER, NEWEST), ...APP_1];

async function record(store: Store, rows: readonly MetricSeries[], at = SYNCED): Promise<void> {
  await recordPulls(store, at, {
    'sales-benchmark': { kind: 'series', metric: 'sales-benchmark', rows },
    licenses: { kind: 'licenses', rows: [aLicense()] },
  });
}

async function openRecorded(rows: readonly MetricSeries[] = ALL): Promise<Store> {
  const store = await openStore();
  await record(store, rows);
  return store;
}

describe('the sales benchmark digest from the store', () => {
  it('tells the newest month in full the first time, the Marketplace being own growth minus the gap', async () => {
    const store = await openRecorded();
    const message = await salesBenchmark.build(store.read, REQUEST);
    // 23.75 - 12.5 = 11.25; shown with one decimal each.
    expect(message.text.replaceAll('\u00A0', ' ')).toContain(
      'This year to Sep you did 12.5 pp better than all partners: they grew 11.3 %, you grew 23.8 %; our share of Cloud sales $990 after $800 a year ago.',
    );
    const text = parentText(message);
    // 0.88 - 2.1 = -1.22.
    expect(text).toContain(
      '$114 after $113 in Aug: you did 2.1 pp better than all partners: they fell 1.2 %, you grew 0.9 %',
    );
    // 112 + 113 + 114 = 339; 109 + 110 + 111 = 330: +2.7 %; 100 + 101 + 102 = 303: +11.9 %.
    expect(text).toContain(
      '*Jul–Sep 2026*\\n$339; the three months before $330 (+2.7 %); a year ago $303 (+12 %)',
    );
    expect(text).toContain('88th percentile (up 3) in the year to date; 83rd percentile (up 3) in the month');
  });

  it('lists each app beside all of its product, and the product itself', async () => {
    const store = await openRecorded();
    const message = await salesBenchmark.build(store.read, REQUEST);
    expect(tableRows(message)).toContain(
      'App 1 | $800.00 | +60.0 % | +5.0 % | +55.0 | +48.2 | top of the Marketplace',
    );
    const app = { appKey: 'app-1', name: 'App 1' };
    const own = await salesBenchmark.build(store.read, { ...REQUEST, app });
    expect(own.text.replaceAll('\u00A0', ' ')).toContain(
      'you did 55.0 pp better than all apps for the same product: they grew 5.0 %, you grew 60.0 %',
    );
    expect(parentText(own)).toContain('48.2 pp better than the product in the year to date');
  });

  it('says where the apps do not make what all of them together are', async () => {
    // Of the year $800.00 and $190.00 make $990.00; of the month $90.00 and $25.00 make $115.00, not $114.00.
    const second = month(SEPTEMBER, { sales: 2_500, ytd: 19_000 }, 'app-2');
    const text = parentText(
      await salesBenchmark.build((await openRecorded([...ALL, ...second])).read, REQUEST),
    );
    expect(text).toContain(
      '*Does not add up*: Atlassian tells $114.00 for the month of all apps, its apps one by one make $115.00',
    );
    expect(text).not.toContain('for the year to date of all apps');
  });

  it('draws the year to date month by month and leaves out a month without comparison', async () => {
    const store = await openRecorded();
    const points = chartPoints(await salesBenchmark.build(store.read, { ...REQUEST, chartWeeks: 15 }));
    expect(points?.['You']).toHaveLength(14);
    // July 2025: 10, and 10 - 4 of the Marketplace.
    expect([points?.['You']?.[0], points?.['Marketplace']?.[0]]).toEqual(['Jul 2025 10', 'Jul 2025 6']);
    expect(JSON.stringify(points)).not.toContain('Oct 2025');
  });

  it('keeps to one line while nothing is new, unless somebody asks', async () => {
    const store = await openRecorded();
    const request = { ...REQUEST, lastSpokeAt: SYNCED + 1 };
    const message = await salesBenchmark.build(store.read, request);
    expect(message.text).toContain('Sep 2026 is still the newest month');
    expect(message.thread).toEqual([]);
    const asked = await salesBenchmark.build(store.read, { ...request, isAsked: true });
    expect(asked.text).toContain('This year to Sep');
  });

  it('tells a month that came, and an older one that was restated', async () => {
    const store = await openRecorded();
    const request = { ...REQUEST, lastSpokeAt: SYNCED + 1 };
    await record(store, month('2026-10-01', { sales: 11_500 }), SYNCED + 2);
    const came = await salesBenchmark.build(store.read, request);
    expect(parentText(came)).toContain('*Oct 2026*');
    expect(parentText(came)).not.toContain('Restated');
    await record(store, month('2026-08-01', { sales: 12_000 }), SYNCED + 3);
    const restated = await salesBenchmark.build(store.read, { ...request, lastSpokeAt: SYNCED + 2 });
    expect(parentText(restated)).toContain('*Restated since my last digest*: Aug 2026 from $113 to $120');
  });

  it('tells the month of a past week when asked for one', async () => {
    const store = await openRecorded();
    const message = await salesBenchmark.build(store.read, { ...REQUEST, week: '2026-03-15' });
    expect(message.text).toContain('Sales benchmark Mar 2026, All apps');
  });

  it('says that nothing was read, which is not that nothing is published', async () => {
    const store = await openStore();
    const message = await salesBenchmark.build(store.read, REQUEST);
    expect(message.text).toContain('has not been read yet');
    expect(parentText(message)).toContain('*Not read yet*: the sales benchmark');
    const none = await openRecorded([]);
    expect((await salesBenchmark.build(none.read, REQUEST)).text).toContain(
      'has published no sales benchmark',
    );
  });
});
