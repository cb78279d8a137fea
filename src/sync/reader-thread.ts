import { parentPort, workerData } from 'node:worker_threads';
import { PulseError, reasonOf } from '../domain/errors.ts';
import { createReportingClient } from '../reporting/client.ts';
import { openKnownRows } from '../store/known-rows.ts';
import { LOADED } from '../store/record-sync.ts';
import type { FromReader, ReaderOptions, ToReader } from './export-reader.ts';
import { readExport } from './read-export.ts';

/** Batches on their way at once: enough to keep the writer busy, few enough to be held in memory. */
const MOST_UNTAKEN = 8;

const { baseUrl, databasePath, email, token } = workerData as ReaderOptions;
const client = createReportingClient({ baseUrl, email, token: { reveal: () => token } });
let aborting = new AbortController();
let untaken = 0;
let onTaken: (() => void) | undefined;

function send(message: FromReader): void {
  parentPort?.postMessage(message);
}

async function read({ id, request }: Extract<ToReader, { type: 'read' }>): Promise<void> {
  aborting = new AbortController();
  untaken = 0;
  const known = openKnownRows(databasePath, LOADED[request.kind], request.isFresh);
  try {
    const summary = await readExport(
      client,
      known,
      request,
      async (rows) => {
        untaken += 1;
        send({ id, type: 'rows', rows });
        if (untaken < MOST_UNTAKEN) return;
        await new Promise<void>((resolve) => {
          onTaken = resolve;
        });
        aborting.signal.throwIfAborted();
      },
      aborting.signal,
    );
    send({ id, type: 'done', summary });
  } catch (error) {
    const code = error instanceof PulseError ? error.code : 'UNEXPECTED';
    send({ id, type: 'failed', code, message: reasonOf(error) });
  } finally {
    known.close();
  }
}

parentPort?.on('message', (message: ToReader) => {
  switch (message.type) {
    case 'read':
      void read(message);
      return;
    case 'taken':
      untaken -= 1;
      onTaken?.();
      return;
    case 'abort':
      aborting.abort(new Error('aborted'));
      onTaken?.();
  }
});
