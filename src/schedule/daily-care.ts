import { announceBackupFailed } from '../alerts/operator-news.ts';
import type { Clock } from '../domain/clock.ts';
import { addDays, dayOf, startOf } from '../domain/day.ts';
import { PulseError, reasonOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import { hasDailyBackup, keepDailyBackup } from '../store/kept-backups.ts';
import { troubleOf } from '../store/store-trouble.ts';
import type { Store } from '../store/store.ts';

/** How long personal data is kept, in days: see SECURITY.md. */
export const KEPT_DAYS = {
  /** Message bodies, after they were posted or given up. */
  bodies: 7,
  /** Who asked what. */
  audit: 180,
  /** Contacts, after the last day of their licence or purchase. */
  contacts: 400,
} as const;

/** What the care of a store uses. */
export interface DailyCareDependencies {
  readonly store: Pick<Store, 'audit' | 'outbox' | 'retention'>;
  readonly databasePath: string;
  /** Where the operator is told; undefined when nobody has said so yet. */
  readonly opsChannel: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What a store needs once a day: personal data that is too old is deleted, then a backup is made. Costs nothing when it was
 * done today. Never throws: the operator is told once a day.
 */
export async function careDaily(deps: DailyCareDependencies): Promise<void> {
  const { clock, databasePath, log, opsChannel, store } = deps;
  const now = clock();
  const today = dayOf(now);
  if (hasDailyBackup(databasePath, today)) return;
  try {
    const [bodies, audit, contacts] = [
      await store.outbox.dropBodies(startOf(addDays(today, -KEPT_DAYS.bodies))),
      await store.audit.forgetBefore(startOf(addDays(today, -KEPT_DAYS.audit))),
      await store.retention.dropContacts(addDays(today, -KEPT_DAYS.contacts)),
    ];
    if (bodies + audit + contacts > 0) log.info({ bodies, audit, contacts }, 'dropped what is too old');
    await keepDailyBackup(databasePath, today);
    log.info({}, 'backup made');
  } catch (error) {
    if (troubleOf(error) === 'STORE_BUSY') {
      log.warn({}, 'another program holds the database: the backup waits for the next sync');
      return;
    }
    const code = error instanceof PulseError ? error.code : 'UNEXPECTED';
    log.error({ code, error: reasonOf(error) }, 'the daily backup could not be made');
    if (opsChannel === undefined) return;
    try {
      await store.outbox.enqueue(announceBackupFailed(code, opsChannel, now), now);
    } catch {
      // A disk that takes no backup may take no message either; the log has it.
    }
  }
}
