import type { Endpoint, Selection } from './endpoint.ts';
import { fetchExport } from './export-job.ts';
import type { IntakeLedger } from './intake.ts';
import { createRowSplitter } from './json-rows.ts';
import { pageRows } from './pages.ts';
import type { Question, Transport } from './transport.ts';

/** The options of a pull that concern how it runs. */
export interface ExportOptions {
  readonly signal?: AbortSignal;
  readonly resumeExportId?: string;
  readonly onExportStarted?: (id: string) => void | Promise<void>;
}

/** One pull under way. */
export interface PullJob<Row> {
  readonly transport: Transport;
  readonly endpoint: Endpoint<Row>;
  readonly developerId: string;
  readonly query: URLSearchParams;
  readonly selection: Selection;
  readonly options: ExportOptions;
  readonly exportMs: number;
  readonly intake: IntakeLedger;
  readonly onSend: () => void;
}

/** Rows as they come, several at a time: one promise per row would cost more than parsing it. */
type Batches<Row> = AsyncGenerator<readonly Row[], void, undefined>;

async function* exportRows<Row>(job: PullJob<Row>): Batches<Row> {
  const { endpoint, developerId, query, options, onSend, intake, selection } = job;
  const bytes = await fetchExport(job.transport, {
    developerId,
    path: endpoint.path,
    query,
    deadlineMs: job.exportMs,
    onSend,
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.resumeExportId === undefined ? {} : { resumeExportId: options.resumeExportId }),
    ...(options.onExportStarted ? { onExportStarted: options.onExportStarted } : {}),
  });
  const splitter = createRowSplitter();
  for await (const chunk of bytes) {
    yield splitter.push(chunk).flatMap((raw) => endpoint.read(raw, intake, selection));
  }
  splitter.end();
}

async function* documentOrPages<Row>(job: PullJob<Row>): Batches<Row> {
  const { transport, endpoint, developerId, query, intake, selection, onSend, options } = job;
  const { source, path: resource } = endpoint;
  const signal = options.signal ? { signal: options.signal } : {};
  const ask = (asked: URLSearchParams): Promise<unknown> => {
    const question: Question = { developerId, resource, query: asked, onSend, ...signal };
    return transport.document(question);
  };
  if (source.kind !== 'pages') {
    yield endpoint.read(await ask(query), intake, selection);
    return;
  }
  const all = pageRows<Row>({
    resource,
    list: source.list,
    fetchPage: (offset, limit) => {
      const asked = new URLSearchParams(query);
      asked.set('offset', String(offset));
      asked.set('limit', String(limit));
      return ask(asked);
    },
    // Selected afterwards: an unselected row must still tell its page from the others.
    read: (raw) => endpoint.read(raw, intake, {})[0],
    keyOf: (row) => source.keyOf(row),
  });
  for await (const row of all) if (isSelected(row, selection)) yield [row];
}

function isSelected(row: unknown, { appKeys }: Selection): boolean {
  if (!appKeys || typeof row !== 'object' || row === null || !('appKey' in row)) return true;
  return typeof row.appKey === 'string' && appKeys.has(row.appKey);
}

/** The rows of a pull, however its endpoint brings them: exported, paged or in one document. */
export function pullRows<Row>(job: PullJob<Row>): Batches<Row> {
  return job.endpoint.source.kind === 'export' ? exportRows(job) : documentOrPages(job);
}
