import { describe, expect, it } from 'vitest';
import type { Day } from '../../../src/domain/day.ts';
import type { MetricSeries } from '../../../src/domain/metric-series.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';

const tuesday = Date.parse('2026-03-17T09:00:00Z');
const DAY = 86_400_000;

function cancellations(points: Record<Day, number>, name = 'Cancellations'): MetricSeries {
  const entries = Object.entries(points) as [Day, number][];
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
});
