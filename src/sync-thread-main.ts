import { workerData } from 'node:worker_threads';
import type { Log } from './domain/log.ts';
import { createReportingClient } from './reporting/client.ts';
import { careDaily } from './schedule/daily-care.ts';
import { runSync } from './schedule/run-sync.ts';
import { createStore } from './store/store.ts';
import { toStoreError } from './store/store-trouble.ts';
import { createExportReader } from './sync/export-reader.ts';
import type { SyncReport } from './sync/sync-space.ts';
import type { SyncNote, SyncQuestion, SyncThreadData } from './sync-thread.ts';
import { serveThread } from './thread/serve-thread.ts';
import { secretFrom } from './thread/thread-secret.ts';

const { baseUrl, databasePath, email, token: copy, ...options } = workerData as SyncThreadData;
let say: (note: SyncNote) => void = () => undefined;

function logAt(level: keyof Log): Log['info'] {
  return (fields, message) => say({ level, fields, message });
}

const log: Log = {
  debug: logAt('debug'),
  info: logAt('info'),
  warn: logAt('warn'),
  error: logAt('error'),
};
const token = secretFrom(copy, (renewed) => say({ renewed }));
const client = createReportingClient({
  baseUrl,
  email,
  token,
  onRetry: (notice) => log.info({ ...notice }, 'asking the API again'),
});
const reader = createExportReader(client, { baseUrl, databasePath, email, token });
const store = await createStore(databasePath, { bulk: true, checks: false });

serveThread<SyncQuestion, readonly SyncReport[], SyncNote>(
  async ({ clockOffsetMs, developerIds, full }, { note, signal }) => {
    say = note;
    const clock = (): number => Date.now() + clockOffsetMs;
    try {
      const deps = { ...options, client, reader, store, clock, log };
      const reports = await runSync(deps, developerIds, { full, signal });
      await careDaily({ store, databasePath, opsChannel: options.channels?.ops, clock, log });
      return reports;
    } catch (error) {
      throw toStoreError(error);
    }
  },
);
