import { describe, expect, it } from 'vitest';
import type { AppSearches } from '../../../src/domain/app-searches.ts';
import type { InstallCount } from '../../../src/domain/install-count.ts';
import type { MetricSeries } from '../../../src/domain/metric-series.ts';
import type { ZeroResultKeyword } from '../../../src/domain/zero-result-keyword.ts';
import { toInstallSeries } from '../../../src/sync/data-sets/installs.ts';
import { toShareSeries, toZeroResultSeries } from '../../../src/sync/data-sets/market-keywords.ts';
import { toSearchSeries } from '../../../src/sync/data-sets/search-keywords.ts';

/** Each series as its app and the numbers of its periods, in the order of the names. */
function numbers(series: readonly MetricSeries[]) {
  return series
    .map(({ appKey, dataset, name, points }) => ({
      of: [appKey ?? 'all', dataset, name].filter((part) => part !== '').join(' '),
      values: Object.fromEntries(points.map(({ period, value }) => [period, value])),
    }))
    .toSorted((a, b) => (a.of < b.of ? -1 : 1));
}

const INSTALLS: InstallCount[] = [
  { period: '2024-10-21', appKey: 'app-1', productId: 'p1', installs: 1429 },
  // Atlassian's own sample names another product in the week after, and none in a later one.
  { period: '2024-10-28', appKey: 'app-1', productId: 'p2', installs: 1427 },
  { period: '2024-11-11', appKey: 'app-1', installs: 1428 },
  { period: '2024-10-21', appKey: 'app-2', productId: 'p9', installs: 71 },
  { period: '2024-10-28', appKey: 'app-2', productId: 'p9', installs: 73 },
];

describe('installations as series', () => {
  it('are those of each app and the sum of all', () => {
    // 1,429 + 71 = 1,500 and 1,427 + 73 = 1,500; in the last week app 1 alone.
    expect(numbers(toInstallSeries(INSTALLS))).toEqual([
      { of: 'all Installs', values: { '2024-10-21': 1500, '2024-10-28': 1500, '2024-11-11': 1428 } },
      { of: 'app-1 Installs', values: { '2024-10-21': 1429, '2024-10-28': 1427, '2024-11-11': 1428 } },
      { of: 'app-2 Installs', values: { '2024-10-21': 71, '2024-10-28': 73 } },
    ]);
  });

  it('count a record without an app in the sum alone', () => {
    const series = toInstallSeries([...INSTALLS, { period: '2024-10-21', installs: 5 }]);
    expect(numbers(series)[0]?.values['2024-10-21']).toBe(1505);
    expect(numbers(series).slice(1)).toEqual(numbers(toInstallSeries(INSTALLS)).slice(1));
  });

  it('take the later of two numbers for one product, and add up two products of one app', () => {
    const more: InstallCount[] = [
      { period: '2024-10-21', appKey: 'app-2', productId: 'p9', installs: 70 },
      { period: '2024-10-21', appKey: 'app-2', productId: 'p8', installs: 4 },
    ];
    // 70 instead of 71, and 4 of the second product.
    expect(numbers(toInstallSeries([...INSTALLS, ...more]))[2]?.values['2024-10-21']).toBe(74);
  });

  it('do not depend on the order of the records', () => {
    expect(numbers(toInstallSeries(INSTALLS.toReversed()))).toEqual(numbers(toInstallSeries(INSTALLS)));
    expect(toInstallSeries([])).toEqual([]);
  });
});

function searches(appKey: string, points: Record<string, number>): AppSearches {
  return {
    appKey,
    name: appKey,
    appearances: 0,
    points: Object.entries(points).map(([period, value]) => ({ period: period as '2026-03-01', value })),
  };
}

describe('appearances as series', () => {
  it('add up over apps week by week, an app without a number in a week adding none', () => {
    const rows = [
      searches('app-1', { '2026-03-01': 200, '2026-03-08': 201 }),
      searches('app-2', { '2026-03-08': 51 }),
    ];
    expect(numbers(toSearchSeries(rows))).toEqual([
      // 200; 201 + 51 = 252.
      { of: 'all Appearances', values: { '2026-03-01': 200, '2026-03-08': 252 } },
      { of: 'app-1 Appearances', values: { '2026-03-01': 200, '2026-03-08': 201 } },
      { of: 'app-2 Appearances', values: { '2026-03-08': 51 } },
    ]);
    expect(numbers(toSearchSeries(rows.toReversed()))).toEqual(numbers(toSearchSeries(rows)));
    expect(toSearchSeries([])).toEqual([]);
  });
});

describe('keywords of the Marketplace as series', () => {
  it('are one per source and keyword, in percent', () => {
    const rows = [
      { keyword: 'structure', percent: 2.69 },
      { keyword: 'jira', percent: 2.6 },
    ];
    expect(numbers(toShareSeries('2026-02-01', 'marketplace', rows))).toEqual([
      { of: 'all marketplace jira', values: { '2026-02-01': 2.6 } },
      { of: 'all marketplace structure', values: { '2026-02-01': 2.69 } },
    ]);
  });

  it('that nothing was found for are kept apart by their filters, and added up where those read the same', () => {
    const rows: ZeroResultKeyword[] = [
      { keyword: 'sap sync', product: 'jira', hosting: 'Cloud', category: 'Integrations', count: 30 },
      { keyword: 'sap sync', product: 'jira', hosting: 'Cloud', category: 'Integrations', count: 2 },
      { keyword: 'sap sync', count: 5 },
      { keyword: 'gant', other: 'Beta', count: 1 },
    ];
    expect(numbers(toZeroResultSeries('2026-02-01', rows))).toEqual([
      { of: 'all Beta gant', values: { '2026-02-01': 1 } },
      { of: 'all jira, Cloud, Integrations sap sync', values: { '2026-02-01': 32 } },
      { of: 'all sap sync', values: { '2026-02-01': 5 } },
    ]);
    expect(numbers(toZeroResultSeries('2026-02-01', rows.toReversed()))).toEqual(
      numbers(toZeroResultSeries('2026-02-01', rows)),
    );
  });
});
