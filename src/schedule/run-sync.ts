import { readAlertBasis } from '../alerts/alert-basis.ts';
import { type AnnounceOptions, announceAlerts } from '../alerts/announce-alerts.ts';
import { announceRuleFailed, announceSyncOutcome } from '../alerts/sync-outcome.ts';
import type { Clock } from '../domain/clock.ts';
import type { ContactLevel } from '../domain/contact.ts';
import { dayOf } from '../domain/day.ts';
import { reasonOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { Cents } from '../domain/money.ts';
import { type AlertWrites, NOTHING_TO_SAY } from '../store/alert-book.ts';
import type { Announce } from '../store/record-sync.ts';
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
  /** IANA zone of quiet hours and of the times alerts name. */
  readonly zone: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Announces what a sync brought. Whatever goes wrong, the sync is recorded. */
export function createAnnounce(
  options: AnnounceOptions | undefined,
  { channels, log }: Pick<RunSyncDependencies, 'channels' | 'log'>,
): Announce {
  return (news, book): AlertWrites => {
    if (!options || !channels) return NOTHING_TO_SAY;
    try {
      const { entries, facts, failures, happenings, messages } = announceAlerts(news, book, options);
      for (const { error, rule } of failures) log.error({ rule, error }, 'an alert rule failed');
      if (happenings.length > 0) log.info({ alerts: happenings.length }, 'alerts were found');
      const failed = failures.map(({ rule }) => announceRuleFailed(rule, channels.ops, news.at));
      return { entries: [...entries, ...failed], facts, messages };
    } catch (error) {
      log.error({ error: reasonOf(error) }, 'the news of a sync could not be announced');
      return { ...NOTHING_TO_SAY, entries: [announceRuleFailed('all', channels.ops, news.at)] };
    }
  };
}

/**
 * Syncs the developer spaces one after the other, and enqueues what is worth telling. Throws SYNC_RUNNING when another
 * process does so.
 */
export async function runSync(
  deps: RunSyncDependencies,
  developerIds: readonly string[],
  options: { readonly full: boolean; readonly signal: AbortSignal },
): Promise<SyncReport[]> {
  const { channels, client, clock, contacts, largeTransaction, log, reader, slash, store, zone } = deps;
  const reports: SyncReport[] = [];
  const release = await store.lockSync();
  try {
    for (const developerId of developerIds) {
      const now = clock();
      const before = await store.read.readFreshness(developerId);
      const awaySince = await readAwaySince(store, developerId, now);
      const alerts = channels && {
        ...(await readAlertBasis(store, developerId, dayOf(now), largeTransaction)),
        channels,
        zone,
        ...(awaySince !== undefined && { awaySince }),
      };
      const report = await syncSpace(
        developerId,
        { client, reader, store, contacts, clock, log, announce: createAnnounce(alerts, deps) },
        options,
      );
      if (channels) {
        const entries = announceSyncOutcome(report, channels, slash, clock(), before);
        await store.outbox.enqueue(entries, clock());
      }
      reports.push(report);
    }
  } finally {
    release();
  }
  return reports;
}
