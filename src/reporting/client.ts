import type { Instant } from '../domain/day.ts';
import type { Endpoint, GivenParameters, ParameterList } from './endpoint.ts';
import { ApiParameterError, ReportingError } from './errors.ts';
import { eachRow } from './each-row.ts';
import { createIntake, type Quarantined } from './intake.ts';
import { DEVELOPER_SPACE, parseBaseUrl } from './origin.ts';
import { readParameters } from './parameters.ts';
import { type PullJob, pullRows, streamRows, type TakeBytes } from './pull.ts';
import { createRequester, type Credentials } from './request.ts';
import { createTransport, type RetryNotice } from './transport.ts';

/** How long things may take, in ms. */
export interface Deadlines {
  /** Until a connection stands. 5 s. */
  readonly connectMs: number;
  /** Until headers arrive, and between two pieces of a body. 30 s. */
  readonly headersMs: number;
  /** For a page or a document: time on the wire over all its tries; waits between tries are not counted. 2 min. */
  readonly requestMs: number;
  /** For the download of an export, to its last byte. 10 min. */
  readonly downloadMs: number;
  /** From the start of an export until it is ready. 15 min. */
  readonly exportMs: number;
}

/** What a client needs. */
export interface ReportingClientOptions {
  /** The address of the Atlassian account that asks. */
  readonly email: string;
  /** An API token of that account, or what reveals it for each request: such an object can hide it from whoever prints it. */
  readonly token: string | Credentials['token'];
  /** Where the API is, without `/rest/3`. Atlassian's own address unless given; plain http for loopback only. */
  readonly baseUrl?: string;
  /** Asked when a pull names no developer space. */
  readonly developerId?: string;
  /** 0..1, for jitter. */
  readonly random?: () => number;
  /** Waits, and rejects when the signal aborts. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** The time, in ms since 1970. */
  readonly now?: () => Instant;
  /** Told of each try that failed and will be repeated, before the wait. */
  readonly onRetry?: (notice: RetryNotice) => void;
  /** Other limits than the usual ones. */
  readonly deadlines?: Partial<Deadlines>;
}

/** What to pull. */
export interface PullOptions<Parameters extends ParameterList = ParameterList> {
  /** Instead of the client's. */
  readonly developerId?: string;
  /** As the API spells them; several values are sent as repeated keys. */
  readonly parameters?: GivenParameters<Parameters>;
  /** Only rows of these apps, filtered on our side. Refused where the rows name no app. */
  readonly appKeys?: readonly string[];
  /** Ends the pull: what is under way throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** An export started earlier: continue with it instead of starting one. */
  readonly resumeExportId?: string;
  /** Told the id of a started export before it is first polled; awaited. */
  readonly onExportStarted?: (id: string) => void | Promise<void>;
}

/** What a pull brought. Final once its iteration has ended without throwing. */
export interface PullReport {
  /** Domain rows given out: for aggregates and benchmarks one per series. */
  readonly rows: number;
  /** Why rows were left out, by place and expectation. */
  readonly quarantined: readonly Quarantined[];
  /** Rows left out; for aggregates and benchmarks single points, fields or misplaced series. */
  readonly quarantinedRows: number;
  /** Fields that nobody reads, by path, with how often they came. */
  readonly unmappedFields: ReadonlyMap<string, number>;
  /** Requests sent, tries and polls included. */
  readonly requests: number;
}

/** The rows of one endpoint, once: nothing is sent before the first row is asked for, a second iteration throws. */
export interface Pull<Row> extends AsyncIterable<Row> {
  readonly report: PullReport;
}

/** Pulls rows of the Marketplace Reporting API. */
export interface ReportingClient {
  /**
   * The endpoint's rows in domain words. Throws an ApiParameterError at once for parameters it does not take; the
   * iteration throws a ReportingError for whatever prevents complete rows, or the signal's reason. Rows of an iteration
   * that threw are incomplete and must not replace anything.
   */
  pull<Row, Parameters extends ParameterList>(
    endpoint: Endpoint<Row, Parameters>,
    options?: PullOptions<Parameters>,
  ): Pull<Row>;
  /**
   * Streams an export's rows as bytes, for callers who read them elsewhere (`createRowParser`) or not at all. Gives the
   * number of requests. Throws like `pull`.
   */
  streamRows<Row, Parameters extends ParameterList>(
    endpoint: Endpoint<Row, Parameters>,
    options: PullOptions<Parameters>,
    take: TakeBytes,
  ): Promise<number>;
  /**
   * One light request, tried once, for ten seconds at most: true when the API answers at all, if only with a refusal; false when
   * nobody answers, or with a 5xx, a 429 or something that is no JSON. Throws the signal's reason.
   */
  isThere(options?: { readonly developerId?: string; readonly signal?: AbortSignal }): Promise<boolean>;
  /** Ends what is under way and closes the connections. */
  close(): Promise<void>;
}

const ATLASSIAN = 'https://api.atlassian.com/marketplace';

const LOOK_MS = 10_000;

const DEADLINES: Deadlines = {
  connectMs: 5_000,
  headersMs: 30_000,
  requestMs: 120_000,
  downloadMs: 600_000,
  exportMs: 900_000,
};

/** Creates a client. Throws a ConfigurationError when the base URL cannot be used. */
export function createReportingClient(options: ReportingClientOptions): ReportingClient {
  const deadlines: Deadlines = { ...DEADLINES, ...options.deadlines };
  const { baseUrl = ATLASSIAN, email, token } = options;
  const requester = createRequester({
    api: parseBaseUrl(baseUrl),
    credentials: { email, token: typeof token === 'string' ? { reveal: () => token } : token },
    connectMs: deadlines.connectMs,
    headersMs: deadlines.headersMs,
  });
  const transport = createTransport({
    requester,
    random: options.random ?? Math.random,
    now: options.now ?? Date.now,
    ...(options.wait ? { wait: options.wait } : {}),
    ...(options.onRetry ? { onRetry: options.onRetry } : {}),
    requestMs: deadlines.requestMs,
    downloadMs: deadlines.downloadMs,
  });

  /** Checks what is asked for, and counts what comes of it. */
  function begin<Row>(endpoint: Endpoint<Row>, asked: PullOptions) {
    const developerId = asked.developerId ?? options.developerId ?? '';
    if (developerId === '' && endpoint.path.includes('{developerId}')) {
      throw new ApiParameterError('No developer space was named.');
    }
    const { body, names, query, selection } = readParameters(endpoint, asked.parameters ?? {}, asked.appKeys);
    const intake = createIntake();
    const counted = { requests: 0, rows: 0 };
    let isStarted = false;
    const job: PullJob<Row> = {
      transport,
      endpoint,
      names: { ...names, developerId },
      query,
      body,
      selection,
      options: asked,
      exportMs: deadlines.exportMs,
      intake,
      onSend: () => {
        counted.requests += 1;
      },
    };
    return {
      counted,
      start: (): PullJob<Row> => {
        if (isStarted) throw new TypeError('A pull can be iterated once.');
        isStarted = true;
        return job;
      },
      report: (): PullReport => ({
        ...counted,
        quarantined: intake.quarantined(),
        quarantinedRows: intake.quarantinedRows(),
        unmappedFields: intake.unmappedFields(),
      }),
    };
  }

  return {
    pull(endpoint, asked = {}) {
      const { counted, report, start } = begin(endpoint, asked);
      return {
        get report() {
          return report();
        },
        [Symbol.asyncIterator]: () =>
          eachRow(pullRows(start()), () => {
            counted.rows += 1;
          }),
      };
    },
    async streamRows(endpoint, asked, take) {
      const { counted, start } = begin(endpoint, asked);
      await streamRows(start(), take);
      return counted.requests;
    },
    async isThere(asked = {}) {
      const { signal } = asked;
      const names = { developerId: asked.developerId ?? options.developerId ?? '' };
      const limit = AbortSignal.timeout(LOOK_MS);
      try {
        const either = signal ? AbortSignal.any([signal, limit]) : limit;
        await transport.document({ path: DEVELOPER_SPACE, names, isSingle: true, signal: either });
        return true;
      } catch (error) {
        signal?.throwIfAborted();
        const status = error instanceof ReportingError ? error.status : undefined;
        return status !== undefined && status < 500 && status !== 429;
      }
    },
    close: () => transport.close(),
  };
}
