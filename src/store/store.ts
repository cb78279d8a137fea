import { type Alerts, createAlerts } from './alerts.ts';
import { type Audit, createAudit } from './audit.ts';
import { dayOf } from '../domain/day.ts';
import { type ConnectionOptions, type Database, emptyLog, openDatabase } from './database.ts';
import { checkRoom } from './disk.ts';
import { createEntitlements } from './entitlements.ts';
import { clearInterruptedLoads } from './first-load.ts';
import { createFrozenNumbers, type FrozenNumbers } from './frozen-numbers.ts';
import { keepMigrationBackup } from './kept-backups.ts';
import { takeLock } from './lock.ts';
import { createMeta, type Meta } from './meta.ts';
import { migrate, newestSchema, schemaOf } from './migrate.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPreparedDigests, type PreparedDigests } from './prepared-digests.ts';
import { createReadModel, type ReadModel } from './read-model.ts';
import { createSyncRecorder } from './record-sync.ts';
import { createRetention, type Retention } from './retention.ts';
import { retryWhenBusy } from './retry-busy.ts';
import { createHistory, type StoreHistory } from './row-history.ts';
import { createSearch, type Search } from './search.ts';
import { createSeries } from './series.ts';
import { createSlots, type Slots } from './slots.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import { createSyncRuns, type SyncRuns } from './sync-runs.ts';
import { createTold, type ToldDigests } from './told.ts';

/** Everything that is remembered. Other parts get the narrow piece they need, never the whole. */
export interface Store {
  readonly read: ReadModel;
  readonly search: Search;
  readonly history: StoreHistory;
  readonly syncRuns: SyncRuns;
  readonly recorder: ReturnType<typeof createSyncRecorder>;
  readonly outbox: Outbox;
  readonly slots: Slots;
  readonly told: ToldDigests;
  readonly subscriptions: Subscriptions;
  readonly alerts: Alerts;
  readonly audit: Audit;
  readonly prepared: PreparedDigests;
  readonly numbers: FrozenNumbers;
  readonly meta: Meta;
  readonly retention: Retention;
  /**
   * Takes the right to sync this store and restores what an interrupted sync left. Throws SYNC_RUNNING when another
   * process has it, STORE_UNWRITABLE where less than 10 MB are free. Returns the release, after which the write-ahead log
   * is empty, unless somebody still reads it.
   */
  lockSync(): Promise<() => void>;
  close(): Promise<void>;
}

/** How a store is opened. */
export interface StoreOptions extends ConnectionOptions {
  /** This process holds the bot's lock already. */
  readonly isBot?: boolean;
}

function tryToEmptyLog(db: Database): void {
  try {
    emptyLog(db);
  } catch {
    // On a full disk the write-ahead log stays as it is: whoever opens the store reads it, nothing is lost.
  }
}

/**
 * Brings a store that holds something to the newest schema: with a backup, and never under a running bot, whose version
 * does not know that schema.
 */
async function migrateKept(db: Database, path: string, isBot: boolean): Promise<void> {
  const release = isBot ? () => undefined : takeLock(path, 'bot');
  try {
    // The name says the day by the machine's clock; nothing else depends on it.
    await keepMigrationBackup(path, newestSchema(), dayOf(Date.now()));
    migrate(db);
  } finally {
    release();
  }
}

/**
 * Opens the store, at the newest schema. Throws STORE_UNWRITABLE, STORE_CORRUPT, STORE_FOREIGN or STORE_NEWER;
 * INSTANCE_RUNNING when the schema is old and a bot uses it.
 */
export async function createStore(path: string, options: StoreOptions = {}): Promise<Store> {
  const db = openDatabase(path, options);
  const patient = <Part extends object>(part: Part): Part =>
    options.waits === false ? retryWhenBusy(part) : part;
  try {
    const schema = schemaOf(db);
    if (schema > 0 && schema < newestSchema()) await migrateKept(db, path, options.isBot ?? false);
    else migrate(db);
  } catch (error) {
    db.close();
    throw error;
  }
  const series = createSeries(db);
  const syncRuns = createSyncRuns(db);
  const entitlements = createEntitlements(db);
  const alerts = createAlerts(db);
  return {
    read: patient(createReadModel(db, { series, syncRuns })),
    search: patient(createSearch(db)),
    history: patient(createHistory(db)),
    syncRuns: patient(syncRuns),
    recorder: createSyncRecorder(db, { alerts, entitlements, series, syncRuns }),
    outbox: patient(createOutbox(db)),
    slots: patient(createSlots(db)),
    told: patient(createTold(db)),
    subscriptions: patient(createSubscriptions(db)),
    alerts: patient(alerts),
    audit: patient(createAudit(db)),
    prepared: patient(createPreparedDigests(db)),
    numbers: patient(createFrozenNumbers(db)),
    meta: patient(createMeta(db)),
    retention: patient(createRetention(db)),
    async lockSync() {
      checkRoom(path);
      const release = takeLock(path, 'sync');
      try {
        clearInterruptedLoads(db);
      } catch (error) {
        release();
        throw error;
      }
      return () => {
        if (db.open) tryToEmptyLog(db);
        release();
      };
    },
    async close() {
      if (!db.open) return;
      tryToEmptyLog(db);
      db.close();
    },
  };
}
