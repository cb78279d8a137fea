import { workerData } from 'node:worker_threads';
import { createReportingClient } from '../reporting/client.ts';
import { openLoadWriter } from '../store/load-writer.ts';
import { LOADED } from '../store/record-sync.ts';
import { toStoreError } from '../store/store-trouble.ts';
import { serveThread } from '../thread/serve-thread.ts';
import { secretFrom } from '../thread/thread-secret.ts';
import type { ReaderData, ReaderNote } from './export-reader.ts';
import { type ExportRequest, type ExportSummary, readExport } from './read-export.ts';

const { baseUrl, databasePath, email, token } = workerData as ReaderData;
let say: (note: ReaderNote) => void = () => undefined;
const client = createReportingClient({
  baseUrl,
  email,
  token: secretFrom(token, (renewed) => say({ renewed })),
});

serveThread<ExportRequest, ExportSummary, ReaderNote>(async (request, { note, signal }) => {
  say = note;
  const writer = openLoadWriter(databasePath, LOADED[request.kind], request);
  try {
    const onStarted = (index: number, exportId: string): void => note({ index, exportId });
    return await readExport(client, databasePath, request, { writer, onStarted }, signal);
  } catch (error) {
    // Another thread gets the code and the message alone.
    throw toStoreError(error);
  } finally {
    writer.close();
  }
});
