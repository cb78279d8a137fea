import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Day } from '../src/domain/day.ts';
import { createExports } from './reporting-api/exports.ts';
import { createFaults, type FaultRule } from './reporting-api/faults.ts';
import { type Answer, refusal } from './reporting-api/route.ts';
import { answerRequest } from './reporting-api/routes.ts';
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
}

/** One request, as it arrived. Credentials are not kept. */
export interface LedgerEntry {
  readonly method: string;
  /** From `/rest/3` on. */
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
  /** Scripts a fault; the returned function clears it. */
  fail(rule: FaultRule): () => void;
  clearFaults(): void;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** The real base is `https://api.atlassian.com/marketplace`, while hrefs in answers begin with `/rest/3`. */
const PREFIX = '/marketplace';

/** Serves a world over HTTP as strictly as the API it stands for. Resolves when it listens. */
export async function createReportingApi(options: ReportingApiOptions): Promise<ReportingApiSimulator> {
  const { world, developerId, docsShapes = false } = options;
  const faults = createFaults();
  const exports = createExports(options.exportPolls ?? 2);
  const requests: LedgerEntry[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const authorization = `Basic ${Buffer.from(`${options.email}:${options.token}`).toString('base64')}`;
  let chosenDay: Day | undefined;

  function today(): Day {
    return chosenDay ?? options.today?.() ?? world.today;
  }

  function answerTo(request: IncomingMessage, path: string, query: URLSearchParams): Answer {
    if (request.headers.authorization !== authorization) return { status: 401 };
    const match = /^\/rest\/3\/reporting\/developer-space\/([^/]+)(.*)$/.exec(path);
    if (!match) return { status: 404 };
    if (decodeURIComponent(match[1] ?? '') !== developerId)
      return refusal(400, 'Invalid developer id', 'developerId');
    const context = { world, today: today(), exports, docsShapes, path, query };
    return answerRequest(request.method ?? 'GET', match[2] ?? '', context);
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
    request.resume();
    const target = new URL(request.url ?? '/', 'http://loopback');
    const { pathname, searchParams: query } = target;
    const path = pathname.startsWith(`${PREFIX}/`) ? pathname.slice(PREFIX.length) : `outside:${pathname}`;
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
    if (fault) await sendFaulty(sending, fault, () => answerTo(request, path, query));
    else await sendAnswer(sending, answerTo(request, path, query));
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

  return {
    url: `http://127.0.0.1:${port}${PREFIX}`,
    requests,
    setToday(day) {
      chosenDay = day;
    },
    fail: (rule) => faults.add(rule),
    clearFaults: () => faults.clear(),
    close() {
      for (const timer of timers) clearInterval(timer);
      return new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
    },
  };
}
