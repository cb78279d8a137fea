import { parentPort, workerData } from 'node:worker_threads';
import { PulseError, reasonOf } from './domain/errors.ts';
import type { Log } from './domain/log.ts';
import { toOperatorError } from './exit-code.ts';
import { createReportingClient } from './reporting/client.ts';
import { careDaily } from './schedule/daily-care.ts';
import { runSync } from './schedule/run-sync.ts';
import { createStore } from './store/store.ts';
import { createExportReader } from './sync/export-reader.ts';
import type { FromSyncThread, SyncThreadOptions, ToSyncThread } from './sync-thread.ts';

const { baseUrl, databasePath, email, token, ...options } = workerData as SyncThreadOptions;

function send(message: FromSyncThread): void {
  parentPort?.postMessage(message);
}

function logAt(level: keyof Log): Log['info'] {
  return (fields, message) => send({ type: 'log', level, fields, message });
}

const log: Log = {
  debug: logAt('debug'),
  info: logAt('info'),
  warn: logAt('warn'),
  error: logAt('error'),
};
const client = createReportingClient({
  baseUrl,
  email,
  token: { reveal: () => token },
  onRetry: (notice) => log.info({ ...notice }, 'asking the API again'),
});
const reader = createExportReader({ baseUrl, databasePath, email, token });
const store = await createStore(databasePath, { bulk: true, checks: false });
let aborting = new AbortController();

async function sync({ clockOffsetMs, developerIds, full }: Extract<ToSyncThread, { type: 'sync' }>) {
  aborting = new AbortController();
  const clock = (): number => Date.now() + clockOffsetMs;
  try {
    const deps = { ...options, client, reader, store, clock, log };
    const reports = await runSync(deps, developerIds, { full, signal: aborting.signal });
    send({ type: 'done', reports });
    await careDaily({ store, databasePath, opsChannel: options.channels?.ops, clock, log });
  } catch (error) {
    const told = toOperatorError(error);
    const code = told instanceof PulseError ? told.code : 'UNEXPECTED';
    send({ type: 'failed', code, message: reasonOf(told) });
  }
}

parentPort?.on('message', (message: ToSyncThread) => {
  if (message.type === 'abort') aborting.abort(new Error('aborted'));
  else void sync(message);
});
