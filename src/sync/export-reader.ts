import { extname } from 'node:path';
import type { Secret, SecretCopy } from '../domain/secret.ts';
import type { ReportingClient } from '../reporting/client.ts';
import type { LoadWriter } from '../store/load-writer.ts';
import { createThread } from '../thread/call-thread.ts';
import { type ExportRequest, type ExportSummary, type ExportTarget, readExport } from './read-export.ts';

/** What the reader's thread needs. */
export interface ReaderOptions {
  readonly baseUrl: string;
  readonly email: string;
  readonly token: Secret;
  readonly databasePath: string;
}

/** The same as the thread gets it. */
export type ReaderData = Omit<ReaderOptions, 'token'> & { readonly token: SecretCopy };

/** What the thread says while it reads: an export was started, or the token that stood in the file of a refused one. */
export type ReaderNote = { readonly index: number; readonly exportId: string } | { readonly renewed: string };

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

/** Creates a reader; its thread lives as long as it reads. */
export function createExportReader(client: ReportingClient, options: ReaderOptions): ExportReader {
  let isThreadBusy = false;
  let hear: ExportTarget['onStarted'] = () => undefined;
  const thread = createThread<ExportRequest, ExportSummary, ReaderNote>(
    new URL(`./reader-thread${extname(import.meta.url)}`, import.meta.url),
    {
      data: (): ReaderData => ({ ...options, token: options.token.copy() }),
      onNote: (note) => {
        if ('renewed' in note) options.token.adopt(note.renewed);
        else hear(note.index, note.exportId);
      },
    },
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
      // Its memory is better used for making indexes.
      await thread.stop();
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
