import { type MarketplaceConfig, readReportConfig } from '../config/read-config.ts';
import { EXIT } from '../exit-code.ts';
import { count } from '../messages/kit/words.ts';
import { createReportingClient, type PullReport } from '../reporting/client.ts';
import type { Endpoint } from '../reporting/endpoint.ts';
import type { Outcome } from '../reporting/retry.ts';
import type { RetryNotice } from '../reporting/transport.ts';
import { configSources, print } from './context.ts';
import { describeEndpoint, listEndpoints } from './describe-endpoint.ts';
import { toFlatRows } from './flat-rows.ts';
import { createReportOutput, ReaderGoneError } from './report-output.ts';
import { createReportProgress } from './report-progress.ts';
import { chooseEndpoint, type ReportOptions, type ReportRequest, toReportRequest } from './report-request.ts';
import { createReportTable, type ReportTable } from './report-table.ts';

/** How many names of fields and columns are told. */
const MOST_NAMES = 12;

function someOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const clock = (): number => performance.now();

/** The developer spaces to ask: one, when the answer is the same for all; none, when the endpoint knows none. */
function spacesOf(
  endpoint: Endpoint<unknown>,
  { developerIds }: MarketplaceConfig,
): readonly (string | undefined)[] {
  if (!endpoint.path.includes('{developerId}')) return [undefined];
  return endpoint.isMarketplaceWide ? developerIds.slice(0, 1) : developerIds;
}

/** JSON knows no infinity, and "unlimited users" must not become "nobody knows". */
const spelled = (_name: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** Gives rows their form: JSON lines, or a table. */
function createRowWriter(endpoint: Endpoint<unknown>, { columns, table: isTable }: ReportRequest) {
  if (!isTable) {
    return { line: (row: object) => `${JSON.stringify(row, spelled)}\n`, end: () => '', table: undefined };
  }
  const { columns: width, isTTY } = process.stdout;
  const table = createReportTable({ width: isTTY ? width : undefined, ...(columns && { columns }) });
  return {
    line: (row: object) =>
      toFlatRows(row, endpoint.cents?.(row) ?? [])
        .map(table.push)
        .join(''),
    end: table.end,
    table,
  };
}

/** What a pull brought and what of it did not fit, for stderr. */
function summaryLines({ quarantined, requests, rows, unmappedFields }: PullReport): string[] {
  const fields = [...unmappedFields].map(([name, times]) => `${name} (${times})`);
  return [
    `${count(rows, 'row')} in ${count(requests, 'request')}`,
    ...quarantined.map((one) => `set aside: ${one.count} at ${one.path}, expected ${one.expected}`),
    ...(fields.length > 0 ? [`not read: ${someOf(fields)}`] : []),
  ];
}

/** What a table does not show. */
function tableLines(table: ReportTable | undefined): string[] {
  const hidden = table?.hidden() ?? [];
  const { known, wanted } = table?.missing() ?? { known: [], wanted: [] };
  return [
    ...(hidden.length > 0 ? [`no room for ${someOf(hidden)}: choose with --columns, or take --json`] : []),
    ...(wanted.length > 0 && known.length > 0
      ? [`no row has ${wanted.join(', ')}: the columns are ${known.join(', ')}`]
      : []),
  ];
}

function spokenOutcome(outcome: Outcome): string {
  if (outcome.kind === 'status') return `HTTP ${outcome.status}`;
  return outcome.kind === 'network' ? `no answer (${outcome.code})` : 'an answer that cannot be read';
}

function spokenRetry({ afterMs, attempt, outcome, resource }: RetryNotice): string {
  return `${resource}: ${spokenOutcome(outcome)}, try ${attempt + 1} in ${Math.ceil(afterMs / 1_000)} s`;
}

/** Pulls and prints. Gives the exit code; throws what the API or the configuration prevents. */
async function printRows(endpoint: Endpoint<unknown>, request: ReportRequest): Promise<number> {
  const marketplace = readReportConfig(configSources(), endpoint.path.includes('{developerId}'));
  const spaces = spacesOf(endpoint, marketplace);
  const output = createReportOutput(process.stdout, clock);
  const progress = createReportProgress(process.stderr, clock);
  const writer = createRowWriter(endpoint, request);
  const interrupted = new AbortController();
  const onInterrupt = (): void => interrupted.abort();
  process.once('SIGINT', onInterrupt);
  const client = createReportingClient({
    baseUrl: marketplace.apiUrl,
    email: marketplace.email,
    token: marketplace.token,
    onRetry: (notice) => progress.note(spokenRetry(notice)),
  });
  let printed = 0;
  try {
    for (const developerId of spaces) {
      if (printed >= request.limit) break;
      const { parameters } = request;
      const { signal } = interrupted;
      const pull = client.pull(endpoint, {
        parameters,
        signal,
        ...(developerId !== undefined && { developerId }),
      });
      progress.follow(() => pull.report);
      for await (const row of pull) {
        // Rows on a terminal are progress enough, and would be torn apart by a line that is rewritten.
        if (process.stdout.isTTY) progress.pause();
        const told = spaces.length > 1 ? { developerId, ...(row as object) } : (row as object);
        await output.write(writer.line(told));
        printed += 1;
        if (printed >= request.limit) break;
      }
      progress.pause();
      const [first = '', ...others] = summaryLines(pull.report);
      for (const line of [spaces.length > 1 ? `${developerId}: ${first}` : first, ...others])
        progress.note(line);
    }
    await output.write(writer.end());
    await output.flush();
    if (printed >= request.limit) progress.note(`stopped after ${count(printed, 'row')}, as --limit says`);
    for (const line of tableLines(writer.table)) progress.note(line);
    return EXIT.ok;
  } catch (error) {
    progress.pause();
    if (error instanceof ReaderGoneError) return EXIT.ok;
    // Whole rows that came before are worth reading; that they are not all is said.
    await output
      .write(writer.end())
      .then(output.flush)
      .catch(() => undefined);
    if (printed > 0) progress.note(`incomplete: ended after ${count(printed, 'row')}`);
    if (interrupted.signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    progress.pause();
    process.off('SIGINT', onInterrupt);
    await client.close();
  }
}

/** `pulse report [endpoint]`: rows of one API resource, or what there is to ask for. Gives the exit code. */
export async function report(id: string | undefined, options: ReportOptions): Promise<number> {
  if (id === undefined) {
    print(listEndpoints(process.stdout.isTTY ? process.stdout.columns : undefined));
    return EXIT.ok;
  }
  const endpoint = chooseEndpoint(id);
  if (options.describe) {
    print(describeEndpoint(endpoint));
    return EXIT.ok;
  }
  return printRows(endpoint, toReportRequest(endpoint, options));
}
