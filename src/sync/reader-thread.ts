import { parentPort, workerData } from 'node:worker_threads';
import { PulseError, reasonOf } from '../domain/errors.ts';
import { createReportingClient } from '../reporting/client.ts';
import { openKnownRows } from '../store/known-rows.ts';
import { LOADED } from '../store/record-sync.ts';
import type { FromReader, ReaderOptions, ToReader } from './export-reader.ts';
import { readExport } from './read-export.ts';
import { createRowReader } from './read-rows.ts';
import type { RowBatch } from './row-batch.ts';

/** Batches on their way at once: enough to keep the writer busy, few enough to be held in memory. */
const MOST_UNTAKEN = 4;
/** With fewer on their way the writer has time to read rows itself: both threads share the work as it comes. */
const WRITER_IS_IDLE_BELOW = 2;

const { baseUrl, databasePath, email, token } = workerData as ReaderOptions;
const client = createReportingClient({ baseUrl, email, token: { reveal: () => token } });
let aborting = new AbortController();
let untaken = 0;
let onTaken: (() => void) | undefined;

const isAhead = (): boolean => untaken >= MOST_UNTAKEN;

function send(message: FromReader, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

async function read({ id, request }: Extract<ToReader, { type: 'read' }>): Promise<void> {
  aborting = new AbortController();
  const { signal } = aborting;
  untaken = 0;
  const known = openKnownRows(databasePath, LOADED[request.kind], request.isFresh);
  const reader = createRowReader(request.kind, request);

  async function give(batch: RowBatch): Promise<void> {
    untaken += 1;
    if (untaken <= WRITER_IS_IDLE_BELOW) send({ id, type: 'bytes', batch }, [batch.bytes.buffer]);
    else send({ id, type: 'rows', rows: reader.read(batch) });
    while (isAhead()) {
      await new Promise<void>((resolve) => {
        onTaken = resolve;
      });
      signal.throwIfAborted();
    }
  }

  try {
    const requests = await readExport(client, known, request, give, signal);
    const report = { ...reader.report(), requests };
    send({ id, type: 'done', summary: { report, seen: known.seen() } });
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
