import { extname } from 'node:path';
import type { Secret, SecretCopy } from '../domain/secret.ts';
import { mergeReports } from '../reporting/row-parser.ts';
import type { IncomingRow } from '../store/snapshots.ts';
import { createThread } from '../thread/call-thread.ts';
import type { ExportHandlers, ExportRequest, ExportSummary } from './read-export.ts';
import { createRowReader } from './read-rows.ts';
import type { RowBatch } from './row-batch.ts';

/** What a reader needs. */
export interface ReaderOptions {
  readonly baseUrl: string;
  readonly email: string;
  readonly token: Secret;
  readonly databasePath: string;
}

/** The same as its thread gets it. */
export type ReaderData = Omit<ReaderOptions, 'token'> & { readonly token: SecretCopy };

/** Rows on their way from the thread: read, or as bytes for whoever writes them to read. */
type ReadRows = { readonly rows: readonly IncomingRow[] } | { readonly batch: RowBatch };

/** What the thread says while it reads: rows, an export it started, the token that stood in the file of a refused one. */
export type ReaderNote =
  | ReadRows
  | { readonly index: number; readonly exportId: string }
  | { readonly renewed: string };

/** What the thread is told: a piece of the rows has been taken. */
export type Taken = 'taken';

/**
 * Reads exports in a thread of its own, so that reading and writing a million rows share two processors. Rows come read,
 * or as bytes when the writer has time to read them.
 */
export interface ExportReader {
  /**
   * Reads one data set; one at a time. `take` gets the rows in order, `onStarted` hears of every export that was started.
   * Throws the pull's error as a PulseError of the same code and message, what `take` throws, or the signal's reason.
   */
  read(
    request: ExportRequest,
    take: (rows: readonly IncomingRow[]) => void,
    signal: AbortSignal,
    onStarted?: ExportHandlers['onStarted'],
  ): Promise<ExportSummary>;
  stop(): Promise<void>;
}

/** Creates a reader; its thread starts with the first reading and lives until `stop`. */
export function createExportReader(options: ReaderOptions): ExportReader {
  let hear: ((note: Exclude<ReaderNote, { readonly renewed: string }>) => void) | undefined;
  const thread = createThread<ExportRequest, ExportSummary, ReaderNote, Taken>(
    new URL(`./reader-thread${extname(import.meta.url)}`, import.meta.url),
    {
      data: { ...options, token: options.token.copy() } satisfies ReaderData,
      onNote: (note) => {
        if ('renewed' in note) return options.token.adopt(note.renewed);
        hear?.(note);
        if (!('exportId' in note)) thread.tell('taken');
      },
    },
  );

  return {
    async read(request, take, signal, onStarted) {
      const reader = createRowReader(request.kind, request);
      hear = (note) => {
        if ('exportId' in note) onStarted?.(note.index, note.exportId);
        else take('rows' in note ? note.rows : reader.read(note.batch));
      };
      const { report, seen } = await thread.ask(request, signal);
      return { seen, report: mergeReports([report, reader.report()]) };
    },
    stop: () => thread.stop(),
  };
}
