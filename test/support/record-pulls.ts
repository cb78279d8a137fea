import type { Instant } from '../../src/domain/day.ts';
import { NOTHING_TO_SAY } from '../../src/store/alert-book.ts';
import type { Store } from '../../src/store/store.ts';
import type { DatasetName } from '../../src/store/sync-runs.ts';
import { type GivenRows, toPulled } from './store-on-disk.ts';

/** Records full pulls of several data sets as one sync at one instant would. */
export async function recordPulls(
  store: Store,
  at: Instant,
  pulled: Partial<Record<DatasetName, GivenRows>>,
  developerId = 'dev-1',
): Promise<void> {
  const pulls = [];
  for (const [name, rows] of Object.entries(pulled)) {
    const dataset = name as DatasetName;
    const runId = await store.syncRuns.start(developerId, dataset, 'full', at);
    pulls.push({
      runId,
      dataset,
      mode: 'full' as const,
      pulled: toPulled(store, rows, { at, mode: 'full', silent: true, developerId }),
      silent: true,
      quarantinedRows: 0,
      quarantined: [],
      unmappedFields: new Map<string, number>(),
    });
  }
  await store.recorder.recordSync({ developerId, at, pulls, announce: () => NOTHING_TO_SAY });
}
