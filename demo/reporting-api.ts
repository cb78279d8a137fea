import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Day } from '../src/domain/day.ts';
import { createExports } from './reporting-api/exports.ts';
import { createFaults, type FaultRule } from './reporting-api/faults.ts';
import { createFileLinks } from './reporting-api/file-links.ts';
import { GLOBAL_ROUTES, LISTING_ROUTES } from './reporting-api/listing-routes.ts';
import { METRIC_ROUTES } from './reporting-api/partner-metrics.ts';
import { type Answer, answerFrom, refusal } from './reporting-api/route.ts';
import { ROUTES } from './reporting-api/routes.ts';
import { type Sending, sendAnswer, sendFaulty } from './reporting-api/send.ts';
import type { World } from './world/world.ts';

/** What the simulator serves, to whom. */
export interface ReportingApiOptions {
  readonly world: World;
  /** Basic authentication: anything else is a 401 without a body. */
  readonly email: string;
  readonly token: string;
  readonly developerId: string;
  /** The day on which the API is asked; the world's own today when absent. `setToday` takes precedence. */
  readonly today?: () => Day;
  /** A free port when absent. */
  readonly port?: number;
  /** How many polls of an export answer QUEUED or IN_PROGRESS before it is COMPLETED; 2 when absent. */
  readonly exportPolls?: number;
  /** The shapes of Atlassian's reference page instead of those seen live. */
  readonly docsShapes?: boolean;
  /** The vendor that became the developer space; 1210833 when absent. */
  readonly vendorId?: number;
  /** What `limit` and `offset` of partner metrics count: periods, as documented, when absent. */
  readonly metricPages?: 'periods' | 'rows';
}

/** One request, as it arrived. Credentials are not kept. */
export interface LedgerEntry {
  readonly method: string;
  /** From `/rest/3` on; `/files/...` for the files that answers link to. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** 0 while unanswered, and for connections that hang or are reset. */
  status: number;
}

/** A running simulator of the Reporting API on the loopback interface. */
export interface ReportingApiSimulator {
  /** The API's base without `/rest/3`, as `MARKETPLACE_API_URL` wants it. It has a path, as the real one does. */
  readonly url: string;
  readonly requests: LedgerEntry[];
  setToday(day: Day): void;
  /** From now on this token is the only good one. */
  setToken(token: string): void;
  /** Scripts a fault; the returned function clears it. */
  fail(rule: FaultRule): () => void;
  clearFaults(): void;
  /** Ends the life of all links to files that were given out. */
  expireFileLinks(): void;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** The real base is `https://api.atlassian.com/marketplace`, while hrefs in answers begin with `/rest/3`. */
const PREFIX = '/marketplace';

/** The roots that name a developer space, and what lies below them. */
const SPACES = {
  reporting: ROUTES,
  'partner-metrics': METRIC_ROUTES,
  'product-listing': LISTING_ROUTES,
} as const;
const SPACE = /^\/rest\/3\/(reporting|partner-metrics|product-listing)\/developer-space\/([^/]+)(.*)$/;

/** The JSON that a request says; undefined when it says nothing or no JSON. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Serves a world over HTTP as strictly as the API it stands for. Resolves when it listens. */
export async function createReportingApi(options: ReportingApiOptions): Promise<ReportingApiSimulator> {
  const { world, developerId, docsShapes = false } = options;
  const faults = createFaults();
  const exports = createExports(options.exportPolls ?? 2);
  let origin = '';
  const files = createFileLinks(() => origin);
  const requests: LedgerEntry[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const authorizationOf = (token: string): string =>
    `Basic ${Buffer.from(`${options.email}:${token}`).toString('base64')}`;
  let authorization = authorizationOf(options.token);
  let chosenDay: Day | undefined;

  function today(): Day {
    return chosenDay ?? options.today?.() ?? world.today;
  }

  function answerTo(request: IncomingMessage, url: URL, path: string, body: unknown): Answer {
    if (url.pathname.startsWith('/files/')) return files.answer(url, request.headers);
    if (request.headers.authorization !== authorization) return { status: 401 };
    const context = {
      world,
      today: today(),
      developerId,
      vendorId: options.vendorId ?? 1_210_833,
      exports,
      files,
      docsShapes,
      metricPages: options.metricPages ?? ('periods' as const),
      accept: request.headers.accept ?? '',
      body,
      path,
      query: url.searchParams,
    };
    const method = request.method ?? 'GET';
    const [, root, id, rest = ''] = SPACE.exec(path) ?? [];
    if (root === undefined) {
      const below = /^\/rest\/3(\/.*)$/.exec(path)?.[1];
      return below === undefined ? { status: 404 } : answerFrom(GLOBAL_ROUTES, method, below, context);
    }
    if (decodeURIComponent(id ?? '') !== developerId) {
      return refusal(400, 'Invalid developer id', 'developerId');
    }
    return answerFrom(SPACES[root as keyof typeof SPACES], method, rest, context);
  }

  function repeat(response: ServerResponse): Sending['repeat'] {
    return (everyMs, step) => {
      const timer = setInterval(() => {
        if (!response.destroyed && step()) return;
        clearInterval(timer);
        timers.delete(timer);
      }, everyMs);
      timers.add(timer);
    };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const url = new URL(request.url ?? '/', 'http://loopback');
    const { pathname, searchParams: query } = url;
    const isOutside = !pathname.startsWith(`${PREFIX}/`) && !pathname.startsWith('/files/');
    const path = isOutside ? `outside:${pathname}` : pathname.replace(PREFIX, '');
    const method = request.method ?? 'GET';
    const entry: LedgerEntry = { method, path, query, status: 0 };
    requests.push(entry);
    const sending: Sending = {
      response,
      acceptsGzip: /\bgzip\b/.test(request.headers['accept-encoding'] ?? ''),
      repeat: repeat(response),
    };
    response.once('finish', () => {
      entry.status = response.statusCode;
    });
    const fault = faults.take(method, query.size > 0 ? `${path}?${query.toString()}` : path);
    if (fault) await sendFaulty(sending, fault, () => answerTo(request, url, path, body));
    else await sendAnswer(sending, answerTo(request, url, path, body));
    if (response.headersSent) entry.status = response.statusCode;
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A caller that went away is its own business; anything else must be seen.
      if (response.destroyed) return;
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;

  return {
    url: `${origin}${PREFIX}`,
    requests,
    setToday(day) {
      chosenDay = day;
    },
    setToken(token) {
      authorization = authorizationOf(token);
    },
    fail: (rule) => faults.add(rule),
    clearFaults: () => faults.clear(),
    expireFileLinks: () => files.expire(),
    close() {
      for (const timer of timers) clearInterval(timer);
      return new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
    },
  };
}
