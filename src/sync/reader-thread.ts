import { workerData } from 'node:worker_threads';
import { createReportingClient } from '../reporting/client.ts';
import { openKnownRows } from '../store/known-rows.ts';
import { LOADED } from '../store/record-sync.ts';
import { serveThread } from '../thread/serve-thread.ts';
import { secretFrom } from '../thread/thread-secret.ts';
import type { ReaderData, ReaderNote, Taken } from './export-reader.ts';
import { type ExportRequest, type ExportSummary, readExport } from './read-export.ts';
import { createRowReader } from './read-rows.ts';

/** Batches on their way at once: enough to keep the writer busy, few enough to be held in memory. */
const MOST_UNTAKEN = 4;
/** With fewer on their way the writer has time to read rows itself: both threads share the work as it comes. */
const WRITER_IS_IDLE_BELOW = 2;

const { baseUrl, databasePath, email, token } = workerData as ReaderData;
let say: (note: ReaderNote) => void = () => undefined;
const client = createReportingClient({
  baseUrl,
  email,
  token: secretFrom(token, (renewed) => say({ renewed })),
});
let untaken = 0;
let onTaken: (() => void) | undefined;

const isAhead = (): boolean => untaken >= MOST_UNTAKEN;

serveThread<ExportRequest, ExportSummary, ReaderNote, Taken>(
  async (request, { note, signal }) => {
    say = note;
    untaken = 0;
    const known = openKnownRows(databasePath, LOADED[request.kind], request.isFresh);
    const reader = createRowReader(request.kind, request);
    try {
      const requests = await readExport(
        client,
        known,
        request,
        {
          onStarted: (index, exportId) => note({ index, exportId }),
          take: async (batch) => {
            untaken += 1;
            if (untaken <= WRITER_IS_IDLE_BELOW) note({ batch }, [batch.bytes.buffer]);
            else note({ rows: reader.read(batch) });
            while (isAhead()) {
              await new Promise<void>((resolve) => {
                onTaken = resolve;
              });
              signal.throwIfAborted();
            }
          },
        },
        signal,
      );
      return { report: { ...reader.report(), requests }, seen: known.seen() };
    } finally {
      known.close();
    }
  },
  (reply) => {
    if (reply === 'taken') untaken -= 1;
    onTaken?.();
  },
);
