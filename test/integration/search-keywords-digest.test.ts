import { describe, expect, it } from 'vitest';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { searchKeywords } from '../../src/digests/search-keywords.ts';
import { type Day, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type { Store } from '../../src/store/store.ts';
import { toShareSeries, toZeroResultSeries } from '../../src/sync/data-sets/market-keywords.ts';
import { toSearchSeries } from '../../src/sync/data-sets/search-keywords.ts';
import { chartPoints, parentText, tableRows } from '../support/reading.ts';
import { recordPulls } from '../support/record-pulls.ts';
import { aLicense } from '../support/rows.ts';
import { openStore } from '../support/store-on-disk.ts';

/** Tuesday 17 March 2026: the week 8 to 14 March is told, the newest month is February. */
const NOW = startOf('2026-03-17') + 9 * 3_600_000;
const SYNCED = startOf('2026-03-17') + 6 * 3_600_000;
const WEEK: Day = '2026-03-08';
const WEEKS = weeksEndingWith(WEEK, 13);
const REQUEST: DigestRequest = { developerId: 'dev-1', app: null, week: WEEK, now: NOW, today: '2026-03-17' };

const points = (values: readonly number[]) =>
  values.map((value, index) => ({ period: WEEKS[index + 13 - values.length] ?? WEEK, value }));

const TWELVE = (each: number) => Array.from({ length: 12 }, () => each);

/**
 * Twenty a week for 12 weeks, 33 in the last: 26 of app 1, 7 of app 2. The weeks of 25 December and 1 January are no
 * history, so ten of them are compared. Seven series are tested (all apps, two apps, four keywords): each at .05 / 7.
 */
const APPS = [
  { appKey: 'app-1', name: 'App 1', appearances: 0, points: points([...TWELVE(14), 26]) },
  { appKey: 'app-2', name: 'App 2', appearances: 0, points: points([...TWELVE(6), 7]) },
];

function shown(appKey: string, name: string, values: readonly number[]): MetricSeries {
  return { metric: 'app-search-keywords', appKey, dataset: '', name, type: '', points: points(values) };
}

const KEYWORDS = [
  shown('app-1', 'gantt', [...TWELVE(10), 21]),
  shown('app-1', 'Zeitplan', [5]),
  shown('app-1', 'plan', [...TWELVE(4), 0]),
  shown('app-2', 'forms', [...TWELVE(6), 7]),
];

const shares = (...words: readonly string[]) =>
  words.map((keyword, index) => ({ keyword, percent: 5 - index }));

const MARKET = [
  ...toShareSeries('2026-01-01', 'marketplace', shares('structure', 'Gantt', 'forms')),
  ...toShareSeries('2026-02-01', 'marketplace', shares('structure', 'jira', 'Gantt', 'ZEITPLAN')),
  ...toShareSeries('2026-02-01', 'embedded-marketplace', shares('forms')),
  ...toZeroResultSeries('2026-01-01', [{ keyword: 'sap sync', count: 8 }]),
  ...toZeroResultSeries('2026-02-01', [
    { keyword: 'sap sync', product: 'jira', hosting: 'Cloud', count: 30 },
    { keyword: 'SAP sync', count: 3 },
    { keyword: 'gantz', count: 2 },
  ]),
];

async function recordMarket(store: Store, rows: readonly MetricSeries[], at: number): Promise<void> {
  const metric = ['search-keywords-by-source', 'zero-result-keywords'] as const;
  await recordPulls(store, at, { 'market-keywords': { kind: 'series', metric, rows } });
}

async function recordSearches(store: Store, apps = APPS, at = SYNCED): Promise<void> {
  const metric = ['search-keywords', 'app-search-keywords'] as const;
  await recordPulls(store, at, {
    'search-keywords': { kind: 'series', metric, rows: [...toSearchSeries(apps), ...KEYWORDS] },
    licenses: {
      kind: 'licenses',
      rows: [
        aLicense(),
        aLicense({ appKey: 'app-2', name: 'App 2', aliases: { appEntitlementNumber: 'E-2' } }),
      ],
    },
  });
}

async function openRecorded(): Promise<Store> {
  const store = await openStore();
  await recordSearches(store);
  await recordMarket(store, MARKET, SYNCED);
  return store;
}

describe('the digest of searches from the store', () => {
  it('tells the sum of the apps beside what is usual', async () => {
    const store = await openRecorded();
    const message = await searchKeywords.build(store.read, REQUEST);
    // 200 in 10 weeks: 9 to 33 is usual, by the exact test (34: .0061); 26 + 7 = 33.
    expect(message.text).toContain(
      'Searches showed your apps 33 times; usual 20 (range 9 to 33): within the usual range.',
    );
    const text = parentText(message);
    // 20 + 20 + 20 + 33.
    expect(text).toContain('*Last 4 weeks*\\n93; too few weeks before it');
    // 140 in 10 weeks: 5 to 25 (26: .0063).
    expect(text).toContain(
      '*By app*\\nApp 1 26, usual 14 (range 5 to 25): *higher than usual*; App 2 7, usual 6',
    );
    expect(chartPoints(message)?.['Appearances']?.slice(-2)).toEqual(['1 Mar 20', '8 Mar 33']);
    // The older of the two pulls behind it.
    await recordMarket(store, MARKET, SYNCED + 7_200_000);
    expect(parentText(await searchKeywords.build(store.read, REQUEST))).toContain(
      'Data as of Tue 17 Mar 06:00 UTC',
    );
  });

  it('tells the keywords with their usual range and their place among all searches, whatever the capitals', async () => {
    const store = await openRecorded();
    const message = await searchKeywords.build(store.read, REQUEST);
    const text = parentText(message);
    expect(text).toContain('*Keywords that showed your apps*, places among all searches of Feb 2026');
    // 100 in 10 weeks: 2 to 20 (20: .0098) is usual, 21 is more.
    expect(text).toContain(
      '• *gantt*, App 1: 21, usual 10 (range 2 to 20): *higher than usual*; 3rd on the Marketplace',
    );
    expect(text).toContain('• *forms*, App 2: 7, usual 6; 1st within products');
    expect(text).toContain('• *Zeitplan*, App 1: 5, new; 4th on the Marketplace');
    expect(text).toContain('• *plan*, App 1: 0, usual 4');
    expect(tableRows(message)).toContain('forms | App 2 | 7 | 1 to 14 | within the usual range | - | 1');
  });

  it('tells what nobody found, with its filters, spellings together, and what may mean a keyword of ours', async () => {
    const store = await openRecorded();
    const message = await searchKeywords.build(store.read, REQUEST);
    const text = parentText(message);
    expect(text).toContain('*Product ideas, Feb 2026*');
    // 30 + 3 after 8.
    expect(text).toContain('• *sap sync* (jira, Cloud): 33 searches, 8 the month before');
    expect(text).toContain('• *gantz*: 2 searches, not listed the month before, may mean your keyword gantt');
    expect(tableRows(message)).toContain('Gantt | 3 | 2 | 3.00');
    expect(tableRows(message)).toContain('jira | 2 | not listed | 4.00');
  });

  it('keeps the month to one line while its lists read the same, unless somebody asks', async () => {
    const store = await openRecorded();
    const request = { ...REQUEST, lastSpokeAt: SYNCED + 1 };
    const message = await searchKeywords.build(store.read, request);
    expect(parentText(message)).toContain('What everybody searches for: Feb 2026 is still the newest month');
    expect(parentText(message)).not.toContain('Product ideas');
    // Places are told all the same.
    expect(parentText(message)).toContain('3rd on the Marketplace');
    // A share that moves without changing any place is no news.
    const moved = toShareSeries('2026-02-01', 'marketplace', [
      { keyword: 'structure', percent: 6 },
      ...shares('', 'jira', 'Gantt', 'ZEITPLAN').slice(1),
    ]);
    const missing = MARKET.filter(
      ({ metric, points: [point] }) => metric === 'zero-result-keywords' && point?.period === '2026-02-01',
    );
    const embedded = toShareSeries('2026-02-01', 'embedded-marketplace', shares('forms'));
    await recordMarket(store, [...moved, ...embedded, ...missing], SYNCED + 2);
    expect(parentText(await searchKeywords.build(store.read, request))).not.toContain('Product ideas');
    const asked = await searchKeywords.build(store.read, { ...request, isAsked: true });
    expect(parentText(asked)).toContain('Product ideas');
  });

  it('tells the month again when other words are on its lists', async () => {
    const store = await openRecorded();
    await recordMarket(store, toZeroResultSeries('2026-02-01', [{ keyword: 'erp', count: 99 }]), SYNCED + 2);
    const message = await searchKeywords.build(store.read, { ...REQUEST, lastSpokeAt: SYNCED + 1 });
    expect(parentText(message)).toContain('• *erp*: 99 searches');
    // What is not listed any more has no number any more.
    expect(parentText(message)).not.toContain('sap sync');
  });

  it('tells one app by itself, without what is about no app', async () => {
    const store = await openRecorded();
    const app = { appKey: 'app-2', name: 'App 2' };
    const message = await searchKeywords.build(store.read, { ...REQUEST, app });
    expect(message.text).toContain('Searches showed App 2 7 times');
    expect(parentText(message)).not.toContain('gantt');
    expect(parentText(message)).not.toContain('Product ideas');
  });

  it('says which week reads differently from what it told', async () => {
    const store = await openRecorded();
    const restated = APPS.map((one) => ({
      ...one,
      points: one.points.map((point) => ({
        ...point,
        value: point.value + (point.period === '2026-03-01' ? 3 : 0),
      })),
    }));
    await recordSearches(store, restated, SYNCED + 2);
    const message = await searchKeywords.build(store.read, { ...REQUEST, lastSpokeAt: SYNCED + 1 });
    expect(parentText(message)).toContain('appearances in searches: week 1–7 Mar from 20 to 26');
  });

  it('knows nothing, rather than zero, before the first sync, and says which half is missing', async () => {
    const store = await openStore();
    const message = await searchKeywords.build(store.read, REQUEST);
    expect(message.text).toContain('Searches have not been read yet');
    expect(parentText(message)).toContain('*Not read yet*: searches, keywords of the Marketplace');
    await recordSearches(store);
    const half = await searchKeywords.build(store.read, REQUEST);
    expect(half.text).toContain('Searches showed your apps 33 times');
    expect(parentText(half)).toContain('*Not read yet*: keywords of the Marketplace');
  });
});
