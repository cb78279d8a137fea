import { announceAlerts } from '../alerts/announce-alerts.ts';
import { announceSyncOutcome } from '../alerts/data-problem.ts';
import { readLargeThreshold } from '../alerts/large-threshold.ts';
import { sayAsOne } from '../alerts/say-as-one.ts';
import type { Clock } from '../domain/clock.ts';
import type { ContactLevel } from '../domain/contact.ts';
import { dayOf } from '../domain/day.ts';
import type { Log } from '../domain/log.ts';
import type { Cents } from '../domain/money.ts';
import type { Store } from '../store/store.ts';
import { type SyncDependencies, type SyncReport, syncSpace } from '../sync/sync-space.ts';
import { readAwaySince } from './absence.ts';

/** Where the messages of a sync go. */
export interface SyncChannels {
  readonly digest: string;
  readonly alert: string;
  readonly ops: string;
}

/** What a run uses. */
export interface RunSyncDependencies {
  readonly client: SyncDependencies['client'];
  readonly reader: SyncDependencies['reader'];
  readonly store: Store;
  readonly contacts: ContactLevel;
  /** Absent when nobody has said yet where to post: then nothing is enqueued. */
  readonly channels: SyncChannels | undefined;
  /** A fixed threshold of the large-transaction alert. */
  readonly largeTransaction?: Cents;
  readonly slash: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Syncs the developer spaces one after the other, and enqueues what is worth telling. Throws SYNC_RUNNING when another
 * process does so.
 */
export async function runSync(
  { channels, client, clock, contacts, largeTransaction, log, reader, slash, store }: RunSyncDependencies,
  developerIds: readonly string[],
  options: { readonly full: boolean; readonly signal: AbortSignal },
): Promise<SyncReport[]> {
  const reports: SyncReport[] = [];
  const release = await store.lockSync();
  try {
    for (const developerId of developerIds) {
      const now = clock();
      const today = dayOf(now);
      const threshold = await readLargeThreshold(store, developerId, today, largeTransaction);
      const awaySince = await readAwaySince(store, developerId, now);
      const report = await syncSpace(
        developerId,
        {
          client,
          reader,
          store,
          contacts,
          clock,
          log,
          announce: (news) =>
            channels ? announceAlerts(news, { today, now: news.at, threshold }, channels.alert) : [],
          ...(awaySince !== undefined && { gather: (entries) => sayAsOne(entries, awaySince, clock()) }),
        },
        options,
      );
      if (channels)
        await store.outbox.enqueue(announceSyncOutcome(report, channels, slash, clock()), clock());
      reports.push(report);
    }
  } finally {
    release();
  }
  return reports;
}
