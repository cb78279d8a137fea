import { describe, expect, it } from 'vitest';
import type { ExportedDataSet, Rhythm } from '../../../src/sync/data-set.ts';
import { DATA_SETS } from '../../../src/sync/data-sets/index.ts';
import { licenses } from '../../../src/sync/data-sets/licenses.ts';
import { nextPullAt, planPull, readFlags, readingOf, recordFlags } from '../../../src/sync/plan-pull.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-16T06:00:00Z');

/** What is planned for a data set whose last full and last good pull were so many hours ago. */
function planned(rhythm: Rhythm, fullAgo?: number, goodAgo = fullAgo, full = false) {
  const ago = (hours: number | undefined) => (hours === undefined ? undefined : NOW - hours * HOUR);
  const dataSet = {
    name: 'feedback' as const,
    endpoints: [],
    rhythm,
    pull: async () => Promise.reject(new Error()),
  };
  return planPull(dataSet, { goodAt: ago(goodAgo), fullAt: ago(fullAgo), startedAt: NOW, full });
}

describe('a data set with recent pulls', () => {
  const rhythm = { fullHours: 24, recentHours: 0, asks: 'x' };

  it('is pulled in full first, then once a day, and what is recent with every sync between', async () => {
    expect(planned(rhythm)).toMatchObject({ mode: 'full', since: undefined });
    expect(planned(rhythm, 1)).toMatchObject({ mode: 'incremental', since: '2026-03-16' });
    expect(planned(rhythm, 23, 1)).toMatchObject({ mode: 'incremental' });
    expect(planned(rhythm, 24, 1)).toMatchObject({ mode: 'full' });
  });

  it('counts a day that is a few minutes short, because syncs drift', async () => {
    expect(planned(rhythm, 24 - 4 / 60, 1)).toMatchObject({ mode: 'full' });
    expect(planned(rhythm, 24 - 6 / 60, 1)).toMatchObject({ mode: 'incremental' });
  });

  it('is pulled in full when the last pull seems to be in the future: the clock was fast', async () => {
    expect(planned(rhythm, -20)).toMatchObject({ mode: 'full', since: '2026-03-16' });
    expect(planned(rhythm, 1, -0.1)).toMatchObject({ mode: 'incremental', since: '2026-03-16' });
  });

  it('is pulled in full when somebody asks for all', async () => {
    expect(planned(rhythm, 1, 1, true)).toMatchObject({ mode: 'full' });
  });
});

describe('a data set with full pulls alone', () => {
  it('is left out until it is due', async () => {
    const rhythm = { fullHours: 24, asks: 'x' };
    expect(planned(rhythm, 5)).toBeUndefined();
    expect(planned(rhythm, 25)).toMatchObject({ mode: 'full' });
  });
});

describe('when a data set is due again', () => {
  const good = { developerId: 'dev-1', dataset: 'feedback', goodAt: NOW } as const;

  it('is its rhythm after the last good pull, or the next sync', () => {
    expect(nextPullAt({ fullHours: 24, asks: 'x' }, good)).toBe(NOW + 24 * HOUR);
    expect(nextPullAt({ fullHours: 24, recentHours: 6, asks: 'x' }, good)).toBe(NOW + 6 * HOUR);
    expect(nextPullAt({ fullHours: 24, recentHours: 0, asks: 'x' }, good)).toBeUndefined();
    expect(
      nextPullAt({ fullHours: 24, asks: 'x' }, { developerId: 'dev-1', dataset: 'feedback' }),
    ).toBeUndefined();
  });
});

describe('the flags of an export', () => {
  it('that changed make one back-fill, and none when they are the same or nothing was pulled yet', async () => {
    const values = new Map<string, string>();
    const meta = {
      read: async (name: string) => values.get(name),
      record: async (name: string, value: string) => void values.set(name, value),
    };
    expect(await readFlags(meta, licenses, 'dev-1')).toBe('same');
    await recordFlags(meta, licenses, 'dev-1');
    expect(await readFlags(meta, licenses, 'dev-1')).toBe('same');
    const [[name, value] = ['', '']] = values;
    expect(value).toContain('"includeAtlassianLicenses":["true"]');
    values.set(name, value.replace('includeAtlassianLicenses', 'includeNobody'));
    expect(await readFlags(meta, licenses, 'dev-1')).toBe('changed');
    expect(await readFlags(meta, licenses, 'dev-2')).toBe('same');
  });

  it('are one thing, how rows are read another', () => {
    expect(readingOf(licenses, 'masked')).not.toBe(readingOf(licenses, 'full'));
  });
});

it('every data set names its endpoints and how much it asks for', () => {
  for (const { endpoints, name, rhythm } of DATA_SETS) {
    expect([name, endpoints.length > 0, rhythm.asks.length > 3]).toEqual([name, true, true]);
    expect(rhythm.fullHours).toBeGreaterThanOrEqual(rhythm.recentHours ?? 0);
  }
  const exported = DATA_SETS.filter((one): one is ExportedDataSet => 'exports' in one);
  expect(exported.map(({ name }) => name)).toEqual(['licenses', 'transactions']);
});
