import { describe, expect, it } from 'vitest';
import type { Day } from '../../../src/domain/day.ts';
import type { MetricSeries } from '../../../src/domain/metric-series.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';

const tuesday = Date.parse('2026-03-17T09:00:00Z');
const DAY = 86_400_000;

function cancellations(points: Record<Day, number | null>, name = 'Cancellations'): MetricSeries {
  const entries = Object.entries(points) as [Day, number | null][];
  return {
    metric: 'churn',
    appKey: null,
    dataset: 'Monthly',
    name,
    type: '',
    points: entries.map(([period, value]) => ({ period, value })),
  };
}

describe('metric series', () => {
  it('tell what was known at any past instant', async () => {
    const store = await openStore();
    await recordRows(
      store,
      { kind: 'series', metric: 'churn', rows: [cancellations({ '2026-03-01': 5 })] },
      { at: tuesday },
    );
    const later = cancellations({ '2026-03-01': 7 });
    const change = await recordRows(
      store,
      { kind: 'series', metric: 'churn', rows: [later] },
      { at: tuesday + 7 * DAY },
    );
    expect(change).toMatchObject({ added: 0, changed: 1 });
    const query = { developerId: 'dev-1', metric: 'churn', from: '2026-01-01', to: '2026-12-31' } as const;
    const then = await store.read.readSeries({ ...query, knownAt: tuesday + DAY });
    expect(then[0]?.points).toEqual([{ period: '2026-03-01', value: 5 }]);
    expect((await store.read.readSeries(query))[0]?.points).toEqual([{ period: '2026-03-01', value: 7 }]);
  });

  it('write nothing when the same answer comes again', async () => {
    const store = await openStore();
    const rows = [cancellations({ '2026-03-01': 5, '2026-03-08': 2 })];
    await recordRows(store, { kind: 'series', metric: 'churn', rows }, { at: tuesday });
    const again = await recordRows(store, { kind: 'series', metric: 'churn', rows }, { at: tuesday + DAY });
    expect(again).toMatchObject({ rows: 2, added: 0, changed: 0 });
  });

  it('compare an answer with the newest value, whatever was before it', async () => {
    const store = await openStore();
    const changes: number[] = [];
    for (const [day, value] of [5, 6, 6, 5].entries()) {
      const rows = [cancellations({ '2026-03-01': value })];
      const at = tuesday + day * DAY;
      const { changed } = await recordRows(store, { kind: 'series', metric: 'churn', rows }, { at });
      changes.push(changed);
    }
    expect(changes).toEqual([0, 1, 0, 1]);
  });

  it('leave what never was a number without one when it is left out', async () => {
    const store = await openStore();
    const both = [cancellations({ '2026-03-01': null }), cancellations({ '2026-03-01': 9 }, 'Customers')];
    await recordRows(store, { kind: 'series', metric: 'churn', rows: both }, { at: tuesday });
    const rows = [cancellations({ '2026-03-01': 9 }, 'Customers')];
    const change = await recordRows(store, { kind: 'series', metric: 'churn', rows }, { at: tuesday + DAY });
    expect(change).toMatchObject({ added: 0, changed: 0 });
  });

  it('know nothing of a week in which only other series have a number', async () => {
    const store = await openStore();
    const first = [cancellations({ '2026-03-01': 5 }), cancellations({ '2026-03-08': 9 }, 'Customers')];
    await recordRows(store, { kind: 'series', metric: 'churn', rows: first }, { at: tuesday });
    const series = await store.read.readSeries({
      developerId: 'dev-1',
      metric: 'churn',
      from: '2026-01-01',
      to: '2026-12-31',
    });
    expect(series.map(({ points }) => points)).toEqual([
      [{ period: '2026-03-01', value: 5 }],
      [{ period: '2026-03-08', value: 9 }],
    ]);
  });

  it('take a number left out of a known week for zero, and a week left out for unknown', async () => {
    const store = await openStore();
    const both = [
      cancellations({ '2026-03-01': 5, '2026-03-08': 2 }),
      cancellations({ '2026-03-01': 9, '2026-03-08': 9 }, 'Customers'),
    ];
    await recordRows(store, { kind: 'series', metric: 'churn', rows: both }, { at: tuesday });
    const customersOnly = [cancellations({ '2026-03-08': 9 }, 'Customers')];
    await recordRows(store, { kind: 'series', metric: 'churn', rows: customersOnly }, { at: tuesday + DAY });
    const [series] = await store.read.readSeries({
      developerId: 'dev-1',
      metric: 'churn',
      from: '2026-01-01',
      to: '2026-12-31',
    });
    expect(series?.points).toEqual([
      { period: '2026-03-01', value: 5 },
      { period: '2026-03-08', value: 0 },
    ]);
  });

  it('take a keyword that is no longer listed for one without a number, whatever number it had', async () => {
    const store = await openStore();
    const listed = (words: Record<string, number>): MetricSeries[] =>
      Object.entries(words).map(([name, value]) => ({
        metric: 'search-keywords-by-source',
        appKey: null,
        dataset: 'marketplace',
        name,
        type: '',
        points: [{ period: '2026-02-01', value }],
      }));
    const metric = 'search-keywords-by-source';
    const before = { kind: 'series', metric, rows: listed({ gantt: 2.5, roadmap: 0, forms: 1 }) } as const;
    const after = { kind: 'series', metric, rows: listed({ gantt: 2.5 }) } as const;
    await recordRows(store, before, { at: tuesday });
    expect(await recordRows(store, after, { at: tuesday + DAY })).toMatchObject({ rows: 1, changed: 2 });
    expect(await recordRows(store, after, { at: tuesday + 2 * DAY })).toMatchObject({ rows: 1, changed: 0 });
    const series = await store.read.readSeries({
      developerId: 'dev-1',
      metric,
      from: '2026-01-01',
      to: '2026-12-31',
    });
    expect(series.map(({ name, points: [point] }) => [name, point?.value])).toEqual([
      ['gantt', 2.5],
      ['roadmap', null],
      ['forms', null],
    ]);
  });

  it('take a keyword for gone only in the answer about its own app', async () => {
    const store = await openStore();
    const shown = (appKey: string, name: string, value: number): MetricSeries => ({
      metric: 'app-search-keywords',
      appKey,
      dataset: '',
      name,
      type: '',
      points: [{ period: '2026-03-01', value }],
    });
    const record = (rows: readonly MetricSeries[], at: number) =>
      recordRows(store, { kind: 'series', metric: 'app-search-keywords', rows }, { at });
    await record(
      [shown('app-1', 'gantt', 5), shown('app-1', 'plan', 2), shown('app-2', 'forms', 9)],
      tuesday,
    );
    await record([shown('app-1', 'gantt', 5)], tuesday + DAY);
    const series = await store.read.readSeries({
      developerId: 'dev-1',
      metric: 'app-search-keywords',
      from: '2026-01-01',
      to: '2026-12-31',
    });
    expect(series.map(({ name, points: [point] }) => [name, point?.value])).toEqual([
      ['gantt', 5],
      ['plan', 0],
      ['forms', 9],
    ]);
  });

  it('of several metrics that are pulled together are kept apart', async () => {
    const store = await openStore();
    const customers = (
      metric: 'customers-by-region' | 'customers-by-edition',
      name: string,
    ): MetricSeries => ({
      metric,
      appKey: null,
      dataset: '',
      name,
      type: 'count',
      points: [{ period: '2026-02-01', value: 7 }],
    });
    const rows = [customers('customers-by-region', 'emea'), customers('customers-by-edition', 'free')];
    const metric = ['customers-by-region', 'customers-by-edition'] as const;
    const change = await recordRows(store, { kind: 'series', metric, rows }, { at: tuesday });
    expect(change).toMatchObject({ rows: 2, added: 2 });
    // What the answer says of one metric leaves nothing out of the other.
    const again = { kind: 'series', metric, rows: rows.slice(0, 1) } as const;
    expect(await recordRows(store, again, { at: tuesday + DAY })).toMatchObject({ rows: 1, changed: 0 });
  });

  it('refuse a series of a metric that the pull is not about', async () => {
    const store = await openStore();
    const pulled = {
      kind: 'series',
      metric: 'conversion-by-month',
      rows: [cancellations({ '2026-03-01': 1 })],
    } as const;
    await expect(recordRows(store, pulled, { at: tuesday })).rejects.toThrow(
      'series of churn among those of conversion-by-month',
    );
  });
});
