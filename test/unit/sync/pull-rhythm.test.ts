import { describe, expect, it } from 'vitest';
import { startOf } from '../../../src/domain/day.ts';
import type { Freshness } from '../../../src/store/sync-runs.ts';
import type { DataSet, ExportedDataSet } from '../../../src/sync/data-set.ts';
import { DATA_SETS } from '../../../src/sync/data-sets/index.ts';
import { nextPullAt, planPull, readFlags, recordFlags } from '../../../src/sync/plan-pull.ts';

const HOUR = 3_600_000;
const NOW = startOf('2026-03-17') + 9 * HOUR;

const named = (name: string): DataSet => {
  const found = DATA_SETS.find((one) => one.name === name);
  if (!found) throw new Error(`no data set ${name}`);
  return found;
};

/** The plan of a sync now, when the last good pull and the last full one were so many hours ago. */
function planOf(name: string, goodHours?: number, fullHours?: number, full = false) {
  const ago = (hours: number | undefined) => (hours === undefined ? undefined : NOW - hours * HOUR);
  return planPull(named(name), { goodAt: ago(goodHours), fullAt: ago(fullHours), startedAt: NOW, full });
}

describe('a sync asks a data set', () => {
  it('for everything the first time, once a day, and when it is told to', async () => {
    expect(planOf('licenses')).toMatchObject({ mode: 'full', since: undefined });
    expect(planOf('licenses', 1, 24)).toMatchObject({ mode: 'full', since: '2026-03-17' });
    expect(planOf('licenses', 1, 23.95)).toMatchObject({ mode: 'full' });
    expect(planOf('licenses', 1, 1, true)).toMatchObject({ mode: 'full' });
  });

  it('for what is recent with every sync in between', async () => {
    expect(planOf('transactions', 1, 2)).toMatchObject({ mode: 'incremental', since: '2026-03-17' });
    expect(planOf('transactions', 30, 2)).toMatchObject({ mode: 'incremental', since: '2026-03-16' });
  });

  it('for nothing where only a full pull makes sense and none is due', async () => {
    expect(planOf('churn-benchmark', 1, 1)).toBeUndefined();
    expect(planOf('churn-benchmark', 25, 25)).toMatchObject({ mode: 'full' });
  });

  it('at a time that can be told, where it is not the next sync', () => {
    const freshness: Freshness = { developerId: 'dev-1', dataset: 'churn-benchmark', goodAt: NOW };
    expect(nextPullAt(named('churn-benchmark').rhythm, freshness)).toBe(NOW + 24 * HOUR);
    expect(nextPullAt(named('licenses').rhythm, freshness)).toBeUndefined();
    expect(
      nextPullAt(named('churn-benchmark').rhythm, { ...freshness, goodAt: undefined } as never),
    ).toBeUndefined();
  });
});

describe('licences', () => {
  it('are two pulls, before and after insights begin: withDataInsights applies only after July 2018', () => {
    const [since, before] = (named('licenses') as ExportedDataSet).exports({
      mode: 'incremental',
      since: '2026-03-17',
      today: '2026-03-17',
      at: NOW,
    });
    expect(since).toMatchObject({ startDate: '2018-07-02' });
    expect(before).toMatchObject({ endDate: '2018-07-01' });
    expect(since?.['lastUpdated']).toBe(before?.['lastUpdated']);
  });
});

describe('the flags of an export', () => {
  function memory(known = new Map<string, string>()) {
    return {
      read: async (name: string) => known.get(name),
      record: async (name: string, value: string) => void known.set(name, value),
      known,
    };
  }

  it('are remembered, and a new one makes a back-fill due: the API moves no lastUpdated for it', async () => {
    const licenses = named('licenses') as ExportedDataSet;
    const meta = memory();
    expect(await readFlags(meta, licenses, 'dev-1')).toBe('same');
    await recordFlags(meta, licenses, 'dev-1');
    expect(await readFlags(meta, licenses, 'dev-1')).toBe('same');
    const [name = '', flags = ''] = [...meta.known][0] ?? [];
    expect(flags).toContain('includeAtlassianLicenses');
    meta.known.set(
      name,
      flags.replace('"includeAtlassianLicenses":["true"]', '"includeAtlassianLicenses":["false"]'),
    );
    expect(await readFlags(meta, licenses, 'dev-1')).toBe('changed');
    expect(await readFlags(meta, licenses, 'dev-2')).toBe('same');
  });
});
