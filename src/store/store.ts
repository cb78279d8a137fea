import { type Audit, createAudit } from './audit.ts';
import { openDatabase } from './database.ts';
import { createEntitlements } from './entitlements.ts';
import { createMeta, type Meta } from './meta.ts';
import { migrate } from './migrate.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createReadModel, type ReadModel } from './read-model.ts';
import { createSyncRecorder } from './record-sync.ts';
import { createSearch, type Search } from './search.ts';
import { createSeries } from './series.ts';
import { createSlots, type Slots } from './slots.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import { createSyncRuns, type SyncRuns } from './sync-runs.ts';

/** Everything that is remembered. Other parts get the narrow piece they need, never the whole. */
export interface Store {
  readonly read: ReadModel;
  readonly search: Search;
  readonly syncRuns: SyncRuns;
  readonly recorder: ReturnType<typeof createSyncRecorder>;
  readonly outbox: Outbox;
  readonly slots: Slots;
  readonly subscriptions: Subscriptions;
  readonly audit: Audit;
  readonly meta: Meta;
  close(): Promise<void>;
}

/**
 * Opens the store, at the newest schema. Throws STORE_UNWRITABLE, STORE_CORRUPT, STORE_FOREIGN or STORE_NEWER.
 */
export async function createStore(path: string): Promise<Store> {
  const db = openDatabase(path);
  try {
    migrate(db);
  } catch (error) {
    db.close();
    throw error;
  }
  const series = createSeries(db);
  const syncRuns = createSyncRuns(db);
  const entitlements = createEntitlements(db);
  return {
    read: createReadModel(db, { series, syncRuns }),
    search: createSearch(db),
    syncRuns,
    recorder: createSyncRecorder(db, { entitlements, series, syncRuns }),
    outbox: createOutbox(db),
    slots: createSlots(db),
    subscriptions: createSubscriptions(db),
    audit: createAudit(db),
    meta: createMeta(db),
    async close() {
      if (!db.open) return;
      try {
        db.pragma('wal_checkpoint(TRUNCATE)');
      } catch {
        // On a full disk the write-ahead log stays as it is: the next opening reads it, nothing is lost.
      }
      db.close();
    },
  };
}
