import { type Announcement, type AnnounceOptions, announceAlerts } from '../../src/alerts/announce-alerts.ts';
import type { Instant } from '../../src/domain/day.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { AlertWrites } from '../../src/store/alert-book.ts';
import type { Pull } from '../../src/store/record-sync.ts';
import type { Store } from '../../src/store/store.ts';
import type { DatasetName } from '../../src/store/sync-runs.ts';
import { ALERTING } from './alert-options.ts';
import { type GivenRows, toPulled } from './store-on-disk.ts';

/** What a sync brings, by data set. */
export type Brought = Partial<Record<DatasetName, GivenRows>>;

/** One sync with the real announcing, into a real store. Silent data sets are first imports. */
export async function syncAlerts(
  store: Store,
  at: Instant,
  brought: Brought,
  { options = {}, silent = false }: { options?: Partial<AnnounceOptions>; silent?: boolean } = {},
): Promise<Announcement> {
  const developerId = 'dev-1';
  const pulls: Pull[] = [];
  for (const [name, rows] of Object.entries(brought)) {
    const dataset = name as DatasetName;
    const mode = 'incremental' as const;
    pulls.push({
      runId: await store.syncRuns.start(developerId, dataset, mode, at),
      dataset,
      mode,
      pulled: toPulled(store, rows, { at, mode, silent, developerId }),
      silent,
      quarantinedRows: 0,
      quarantined: [],
      unmappedFields: new Map(),
    });
  }
  let said: Announcement | undefined;
  await store.recorder.recordSync({
    developerId,
    at,
    pulls,
    announce: (news, book) => (said = announceAlerts(news, book, { ...ALERTING, ...options })),
  });
  if (!said) throw new Error('nothing was announced');
  return said;
}

type Said = Pick<AlertWrites, 'entries'>;

/** The messages that are posted (not edits or notes), as the sentence a notification gives. */
export function posts({ entries }: Said): string[] {
  return entries.filter(({ parentKey }) => parentKey === undefined).map(({ message }) => message.text);
}

/** The edits, as text. */
export function edits({ entries }: Said): string[] {
  return entries.filter(({ act }) => act === 'edit').map(({ message }) => plainText(message));
}

/** The notes in threads, those shown in the channel with a mark. */
export function notes({ entries }: Said): string[] {
  return entries
    .filter(({ act, key }) => act !== 'edit' && key.includes('/note/'))
    .map(({ act, message }) => `${act === 'broadcast' ? 'AGAIN ' : ''}${message.text}`);
}

/** Keys of posted messages. */
export function keysOf({ entries }: Said): string[] {
  return entries.filter(({ parentKey }) => parentKey === undefined).map(({ key }) => key);
}
