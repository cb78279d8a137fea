import { workerData } from 'node:worker_threads';
import { createReportingClient } from '../reporting/client.ts';
import { openLoadWriter } from '../store/load-writer.ts';
import { LOADED } from '../store/record-sync.ts';
import { serveThread } from '../thread/serve-thread.ts';
import type { ExportStart, ReaderOptions } from './export-reader.ts';
import { type ExportRequest, type ExportSummary, readExport } from './read-export.ts';

const { baseUrl, databasePath, email, token } = workerData as ReaderOptions;
const client = createReportingClient({ baseUrl, email, token: { reveal: () => token } });

serveThread<ExportRequest, ExportSummary, ExportStart>(async (request, { note, signal }) => {
  const writer = openLoadWriter(databasePath, LOADED[request.kind], request);
  try {
    const onStarted = (index: number, exportId: string): void => note({ index, exportId });
    return await readExport(client, databasePath, request, { writer, onStarted }, signal);
  } finally {
    writer.close();
  }
});
