import * as z from 'zod';
import {
  ApiNotFoundError,
  ApiUnexpectedShapeError,
  ExportFailedError,
  ExportTimedOutError,
} from './errors.ts';
import { type PathNames, spokenPath } from './origin.ts';
import type { Question, Transport } from './transport.ts';

/** One asynchronous export of an endpoint. */
export interface ExportJob {
  /** The endpoint's path template; the export is started at `{path}/async/export`. */
  readonly path: string;
  /** Where its status and file are, when not below the place where it is started. */
  readonly jobs?: string;
  readonly names: PathNames;
  readonly query: URLSearchParams;
  /** From the start (or resumption) until the download begins, in ms. */
  readonly deadlineMs: number;
  /** An export started earlier, by its id: nothing is started while it is known to the API. */
  readonly resumeExportId?: string;
  /** Called, and awaited, before the first poll, so that the id survives a crash. */
  readonly onExportStarted?: (id: string) => void | Promise<void>;
  readonly signal?: AbortSignal;
  readonly onSend?: () => void;
}

type Bytes = AsyncGenerator<Buffer, void, undefined>;

const FIRST_POLL_MS = 250;
const SLOWEST_POLL_MS = 5_000;
/** Answers "404" in a row after which a resumed id counts as forgotten: about a minute. */
const FORGOTTEN_AFTER = 16;

const started = z.object({ export: z.object({ id: z.string().min(1) }) });
const polled = z.object({ export: z.object({ status: z.string() }) });

async function unlessNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiNotFoundError) return undefined;
    throw error;
  }
}

/** Where an export is started, asked about and downloaded; `jobs`: see `ExportJob`. */
export function exportPaths(path: string, jobs?: string): { start: string; status: string; file: string } {
  const start = `${path}/async/export`;
  const file = `${jobs ?? start}/{exportId}`;
  return { start, status: `${file}/status`, file };
}

/**
 * The bytes of a finished export: started by POST (or resumed), polled at once, then after 0.25 s, doubling to 5 s,
 * downloaded as a stream. 404 on the status or the download of a known id means "not yet" (the API answers "Export is
 * being processed"), until the deadline; a resumed id that stays unknown for about a minute is started anew.
 *
 * Throws an ExportFailedError when the API says FAILED, an ExportTimedOutError at the deadline, an
 * ApiUnexpectedShapeError when the start answer names no export, and whatever a request throws.
 */
export async function fetchExport(transport: Transport, job: ExportJob): Promise<Bytes> {
  const { path } = job;
  const paths = exportPaths(path, job.jobs);
  const spoken = spokenPath(path);
  const ask: Pick<Question, 'signal' | 'onSend'> = {
    ...(job.signal ? { signal: job.signal } : {}),
    ...(job.onSend ? { onSend: job.onSend } : {}),
  };

  async function start(): Promise<string> {
    const { names, query } = job;
    const answer = await transport.document({ ...ask, method: 'POST', path: paths.start, names, query });
    const parsed = started.safeParse(answer);
    if (!parsed.success)
      throw new ApiUnexpectedShapeError(`The start of the export of ${spoken} named no export id.`);
    await job.onExportStarted?.(parsed.data.export.id);
    return parsed.data.export.id;
  }

  /** QUEUED, IN_PROGRESS, COMPLETED, ...; undefined for "not found yet". */
  async function readStatus(id: string): Promise<string | undefined> {
    const names = { ...job.names, exportId: id };
    const answer = await unlessNotFound(transport.document({ ...ask, path: paths.status, names }));
    if (answer === undefined) return undefined;
    const parsed = polled.safeParse(answer);
    if (!parsed.success) throw new ApiUnexpectedShapeError(`The export of ${spoken} gave no status.`);
    return parsed.data.export.status.toUpperCase();
  }

  const endsAt = transport.now() + job.deadlineMs;
  let isResumed = job.resumeExportId !== undefined;
  let id = job.resumeExportId ?? (await start());
  let pollMs = FIRST_POLL_MS;
  let unknownInARow = 0;

  for (;;) {
    const status = await readStatus(id);
    if (status === 'FAILED') {
      throw new ExportFailedError(
        `Atlassian reports the export of ${spoken} as FAILED. Forget its id and start a new one.`,
      );
    }
    if (status === 'COMPLETED') {
      const names = { ...job.names, exportId: id };
      const bytes = await unlessNotFound(transport.stream({ ...ask, path: paths.file, names }));
      if (bytes) return bytes;
    }
    const isNotFound = status === undefined || status === 'COMPLETED';
    unknownInARow = isNotFound ? unknownInARow + 1 : 0;
    if (isResumed && unknownInARow >= FORGOTTEN_AFTER) {
      isResumed = false;
      id = await start();
      pollMs = FIRST_POLL_MS;
      continue;
    }
    const leftMs = endsAt - transport.now();
    if (leftMs <= 0) {
      throw new ExportTimedOutError(
        `The export of ${spoken} was not ready within ${Math.round(job.deadlineMs / 1_000)} s (last status: ${status ?? 'unknown'}).`,
      );
    }
    await transport.wait(Math.min(pollMs, leftMs), job.signal);
    pollMs = Math.min(SLOWEST_POLL_MS, pollMs * 2);
  }
}
