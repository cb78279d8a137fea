import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PulseError } from '../domain/errors.ts';
import { mergeReports } from '../reporting/row-parser.ts';
import type { IncomingRow } from '../store/snapshots.ts';
import type { ExportRequest, ExportSummary } from './read-export.ts';
import { createRowReader, type RowReader } from './read-rows.ts';
import type { RowBatch } from './row-batch.ts';

/** What a reader needs. The token travels to a thread of this process and nowhere else. */
export interface ReaderOptions {
  readonly baseUrl: string;
  readonly email: string;
  readonly token: string;
  readonly databasePath: string;
}

/** What the thread is told. */
export type ToReader =
  | { readonly type: 'read'; readonly id: number; readonly request: ExportRequest }
  | { readonly type: 'taken' }
  | { readonly type: 'abort' };

/** What the thread tells. */
export type FromReader = { readonly id: number } & (
  | { readonly type: 'rows'; readonly rows: readonly IncomingRow[] }
  | { readonly type: 'bytes'; readonly batch: RowBatch }
  | { readonly type: 'done'; readonly summary: ExportSummary }
  | { readonly type: 'failed'; readonly code: string; readonly message: string }
);

/**
 * Reads exports in a thread of its own, so that reading and writing a million rows share two processors. Rows come read, or
 * as bytes when the writer has time to read them.
 */
export interface ExportReader {
  /**
   * Reads one data set; one at a time. `take` gets the rows in order. Throws the pull's error as a PulseError of the
   * same code and message, what `take` throws, or the signal's reason.
   */
  read(
    request: ExportRequest,
    take: (rows: readonly IncomingRow[]) => void,
    signal: AbortSignal,
  ): Promise<ExportSummary>;
  stop(): Promise<void>;
}

/** A reading under way. */
interface Reading {
  readonly id: number;
  /** Reads the rows that come as bytes. */
  readonly reader: RowReader;
  readonly take: (rows: readonly IncomingRow[]) => void;
  readonly resolve: (summary: ExportSummary) => void;
  readonly reject: (error: unknown) => void;
}

/** Half of a thread's rows are garbage a moment later: a small heap collects them instead of growing. */
export const MEMORY = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };

/** Creates a reader; its thread starts with the first reading and lives until `stop`. */
export function createExportReader(options: ReaderOptions): ExportReader {
  let thread: Worker | undefined;
  let reading: Reading | undefined;
  let readings = 0;

  function onMessage(worker: Worker, message: FromReader): void {
    if (!reading || message.id !== reading.id) return;
    if (message.type === 'done') {
      const { report, seen } = message.summary;
      reading.resolve({ seen, report: mergeReports([report, reading.reader.report()]) });
    } else if (message.type === 'failed') reading.reject(new PulseError(message.code, message.message));
    else {
      try {
        reading.take(message.type === 'rows' ? message.rows : reading.reader.read(message.batch));
        worker.postMessage({ type: 'taken' } satisfies ToReader);
      } catch (error) {
        worker.postMessage({ type: 'abort' } satisfies ToReader);
        reading.reject(error);
      }
    }
  }

  function start(): Worker {
    const file = new URL(`./reader-thread${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(file, { workerData: options, resourceLimits: MEMORY });
    worker.on('message', (message: FromReader) => onMessage(worker, message));
    worker.on('error', (error) => reading?.reject(error));
    worker.on('exit', () => {
      thread = undefined;
      reading?.reject(
        new PulseError(
          'SYNC_THREAD_ENDED',
          'The thread that reads exports ended. The next sync starts another.',
        ),
      );
    });
    return worker;
  }

  return {
    async read(request, take, signal) {
      signal.throwIfAborted();
      const worker = (thread ??= start());
      const id = (readings += 1);
      const abort = (): void => worker.postMessage({ type: 'abort' } satisfies ToReader);
      signal.addEventListener('abort', abort);
      try {
        return await new Promise<ExportSummary>((resolve, reject) => {
          reading = { id, reader: createRowReader(request.kind, request), take, resolve, reject };
          worker.postMessage({ type: 'read', id, request } satisfies ToReader);
        });
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        reading = undefined;
        signal.removeEventListener('abort', abort);
      }
    },
    async stop() {
      await thread?.terminate();
      thread = undefined;
    },
  };
}
