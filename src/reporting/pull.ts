import { csvRows } from './csv-rows.ts';
import { cursorRows } from './cursor-pages.ts';
import { type Endpoint, isSelected, type ParameterValues, type Selection, type Source } from './endpoint.ts';
import { ApiUnexpectedShapeError } from './errors.ts';
import { fetchExport } from './export-job.ts';
import type { IntakeLedger } from './intake.ts';
import { createRowSplitter, parseRow } from './json-rows.ts';
import { type PathNames, spokenPath } from './origin.ts';
import { pageRows } from './pages.ts';
import { questionRows } from './question-pages.ts';
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
  readonly names: PathNames;
  readonly query: URLSearchParams;
  readonly body: ParameterValues;
  readonly selection: Selection;
  readonly options: ExportOptions;
  readonly exportMs: number;
  readonly intake: IntakeLedger;
  readonly onSend: () => void;
}

/** Rows as they come, several at a time: one promise per row would cost more than parsing it. */
type Batches<Row> = AsyncGenerator<readonly Row[], void, undefined>;
type Bytes = AsyncIterable<Buffer>;
type SourceOf<Row, Kind extends Source<Row>['kind']> = Extract<Source<Row>, { readonly kind: Kind }>;

function questionOf(job: PullJob<unknown>): Question {
  const { endpoint, names, onSend, options, query } = job;
  return {
    path: endpoint.path,
    names,
    query,
    onSend,
    ...(options.signal ? { signal: options.signal } : {}),
  };
}

async function* arrayRows<Row>({ endpoint, intake, selection }: PullJob<Row>, bytes: Bytes): Batches<Row> {
  const splitter = createRowSplitter();
  let number = 0;
  for await (const chunk of bytes) {
    const rows: Row[] = [];
    splitter.push(chunk, (row) => {
      number += 1;
      rows.push(...endpoint.read(parseRow(row, number), intake, selection));
    });
    yield rows;
  }
  splitter.end();
}

/** Takes the bytes of one row; they are valid until it returns. */
export type TakeBytes = (bytes: Buffer) => void;

/** Hands out the rows of an export unread. */
export async function streamRows(job: PullJob<unknown>, take: TakeBytes): Promise<void> {
  const { endpoint } = job;
  if (endpoint.source.kind !== 'export') throw new TypeError(`${endpoint.id} is no export.`);
  const splitter = createRowSplitter();
  for await (const chunk of await exportBytes(job, endpoint.source)) {
    splitter.push(chunk, take);
  }
  splitter.end();
}

function exportBytes(job: PullJob<unknown>, source: SourceOf<unknown, 'export'>): Promise<Bytes> {
  const { endpoint, names, query, options, onSend } = job;
  return fetchExport(job.transport, {
    path: endpoint.path,
    ...(source.jobs === undefined ? {} : { jobs: source.jobs }),
    names,
    query,
    deadlineMs: job.exportMs,
    onSend,
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.resumeExportId === undefined ? {} : { resumeExportId: options.resumeExportId }),
    ...(options.onExportStarted ? { onExportStarted: options.onExportStarted } : {}),
  });
}

async function* documentRows<Row>(job: PullJob<Row>): Batches<Row> {
  yield job.endpoint.read(await job.transport.document(questionOf(job)), job.intake, job.selection);
}

/** The rows of a list, read one by one; those that nobody asked for are left out after they told their page apart. */
async function* selected<Row>(rows: AsyncIterable<Row>, { intake, selection }: PullJob<Row>): Batches<Row> {
  for await (const row of rows) {
    if (typeof row === 'object' && row !== null && isSelected(row, selection, intake)) yield [row];
  }
}

/** Asks for one page: the job's query with these parameters of its own. */
function pageFetcher(job: PullJob<unknown>, extra: Partial<Question> = {}) {
  return (paging: Readonly<Record<string, string | number>>): Promise<unknown> => {
    const asked = new URLSearchParams(job.query);
    for (const [name, value] of Object.entries(paging)) asked.set(name, String(value));
    return job.transport.document({ ...questionOf(job), query: asked, ...extra });
  };
}

/** What the three kinds of paged lists have in common. */
function listOf<Row>(job: PullJob<Row>, source: { readonly list: string; keyOf(row: Row): string }) {
  const { endpoint, intake } = job;
  return {
    resource: spokenPath(endpoint.path),
    list: source.list,
    read: (raw: unknown): Row | undefined => endpoint.read(raw, intake, {})[0],
    keyOf: (row: Row) => source.keyOf(row),
  };
}

function offsetRows<Row>(job: PullJob<Row>, source: SourceOf<Row, 'pages'>): AsyncIterable<Row> {
  const fetchPage = pageFetcher(job);
  return pageRows({ ...listOf(job, source), fetchPage: (offset, limit) => fetchPage({ offset, limit }) });
}

function linkedRows<Row>(job: PullJob<Row>, source: SourceOf<Row, 'cursor'>): AsyncIterable<Row> {
  const fetchPage = pageFetcher(job);
  return cursorRows({
    ...listOf(job, source),
    fetchPage: (cursor, limit) => fetchPage({ ...(cursor === undefined ? {} : { cursor }), limit }),
  });
}

/**
 * The same rows, unless they are of several apps. Records of metrics name other product ids than the one they were asked
 * for by (in the documentation's samples too), so that only their app keys tell that a question was misread.
 */
async function* ofOneApp<Row>(rows: AsyncIterable<Row>, resource: string): AsyncGenerator<Row> {
  let one: unknown;
  for await (const row of rows) {
    const key = typeof row === 'object' && row !== null && 'appKey' in row ? row.appKey : undefined;
    one ??= key;
    if (key !== undefined && key !== one) {
      throw new ApiUnexpectedShapeError(`The answer of ${resource} is about several apps, not one.`);
    }
    yield row;
  }
}

function answeredRows<Row>(job: PullJob<Row>, source: SourceOf<Row, 'question'>): AsyncIterable<Row> {
  const fetchPage = pageFetcher(job, { method: 'POST', body: source.body(job.body) });
  const periods = source.periods(job.body);
  const rows = questionRows({
    ...listOf(job, source),
    mostPeriods: source.mostPeriods,
    ...(periods === undefined ? {} : { periods }),
    fetchPage: (offset, limit) => fetchPage({ offset, limit }),
  });
  return job.body['productId'] ? ofOneApp(rows, spokenPath(job.endpoint.path)) : rows;
}

/** The rows of a linked CSV file. A link lives for minutes: when the file is refused, a new link is asked for once. */
async function* fileRows<Row>(job: PullJob<Row>, source: SourceOf<Row, 'file'>): Batches<Row> {
  const { endpoint, intake, onSend, options, selection, transport } = job;
  async function link(): Promise<string> {
    const found = source.linkOf(await transport.document(questionOf(job)));
    if (found === undefined) {
      throw new ApiUnexpectedShapeError(`The answer of ${spokenPath(endpoint.path)} links to no file.`);
    }
    return found;
  }
  const bytes = await transport.file({
    link,
    resource: spokenPath(endpoint.path),
    onSend,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  for await (const rows of csvRows(bytes)) {
    yield rows.flatMap((raw) => endpoint.read(raw, intake, selection));
  }
}

/** The rows of a pull, however its endpoint brings them: exported, streamed, paged, in one document or in a file. */
export async function* pullRows<Row>(job: PullJob<Row>): Batches<Row> {
  const { source } = job.endpoint;
  switch (source.kind) {
    case 'export':
      yield* arrayRows(job, await exportBytes(job, source));
      return;
    case 'array':
      yield* arrayRows(job, await job.transport.stream(questionOf(job)));
      return;
    case 'document':
      yield* documentRows(job);
      return;
    case 'file':
      yield* fileRows(job, source);
      return;
    case 'pages':
      yield* selected(offsetRows(job, source), job);
      return;
    case 'cursor':
      yield* selected(linkedRows(job, source), job);
      return;
    case 'question':
      yield* selected(answeredRows(job, source), job);
  }
}
