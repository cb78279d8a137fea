import { extname } from 'node:path';
import type { ReportingClient } from '../reporting/client.ts';
import type { LoadWriter } from '../store/load-writer.ts';
import { createThread } from '../thread/call-thread.ts';
import { type ExportRequest, type ExportSummary, type ExportTarget, readExport } from './read-export.ts';

/** What the reader's thread needs. The token travels to a thread of this process and nowhere else. */
export interface ReaderOptions {
  readonly baseUrl: string;
  readonly email: string;
  readonly token: string;
  readonly databasePath: string;
}

/** What the thread says while it reads: an export was started. */
export interface ExportStart {
  readonly index: number;
  readonly exportId: string;
}

/**
 * Reads exports into loads that were begun: one in a thread of its own, and a second one meanwhile in the calling thread,
 * so that two exports of a million rows keep two processors busy.
 */
export interface ExportReader {
  /**
   * Reads one data set; `writer` is the load's own, for reading in this thread. Throws the pull's error as a PulseError of
   * the same code and message, or the signal's reason.
   */
  read(
    request: ExportRequest,
    writer: LoadWriter,
    signal: AbortSignal,
    onStarted?: ExportTarget['onStarted'],
  ): Promise<ExportSummary>;
  stop(): Promise<void>;
}

/** Creates a reader; its thread starts with the first reading and lives until `stop`. */
export function createExportReader(client: ReportingClient, options: ReaderOptions): ExportReader {
  let isThreadBusy = false;
  let hear: ExportTarget['onStarted'] = () => undefined;
  const thread = createThread<ExportRequest, ExportSummary, ExportStart>(
    new URL(`./reader-thread${extname(import.meta.url)}`, import.meta.url),
    { data: options, onNote: ({ exportId, index }) => hear(index, exportId) },
  );

  async function readThere(
    request: ExportRequest,
    signal: AbortSignal,
    onStarted: ExportTarget['onStarted'],
  ): Promise<ExportSummary> {
    isThreadBusy = true;
    hear = onStarted;
    try {
      return await thread.ask(request, signal);
    } finally {
      isThreadBusy = false;
    }
  }

  return {
    read: (request, writer, signal, onStarted = () => undefined) =>
      isThreadBusy
        ? readExport(client, options.databasePath, request, { writer, onStarted }, signal)
        : readThere(request, signal, onStarted),
    stop: () => thread.stop(),
  };
}
