import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../domain/clock.ts';
import { PulseError, reasonOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import { createSeen } from './seen.ts';
import { isSignedBySlack } from './signature.ts';

/** What `/healthz` and `/readyz` answer. No names, amounts or versions in `details`: the port may be public. */
export interface HealthReport {
  /** False: something needs a person. `/healthz` answers 503. */
  readonly isHealthy: boolean;
  /** False: still starting. `/readyz` answers 503. */
  readonly isReady: boolean;
  /** States and ages. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Slack's requests: how to check them and who handles them. */
export interface EventsEndpoint {
  readonly signingSecret: string;
  /** Gets requests that are signed, new and read: `rawBody` holds the body. */
  readonly listener: RequestListener;
}

/** What the server works with. Without `events` it answers the health routes only. */
export interface HttpServerDeps {
  readonly port: number;
  readonly events?: EventsEndpoint;
  readonly health: () => HealthReport;
  readonly clock: Clock;
  readonly log: Log;
}

const EVENTS_PATH = '/slack/events';
/** Slack sends kilobytes; Bolt would read 4 MB. */
const BODY_LIMIT = 256 * 1024;
const FORM = 'application/x-www-form-urlencoded';

function answer(response: ServerResponse, status: number, body?: object): void {
  if (response.headersSent) return;
  response.writeHead(status, body ? { 'content-type': 'application/json' } : {});
  response.end(body && JSON.stringify(body));
}

/** The body, or undefined when it is longer than the limit or the connection broke. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > BODY_LIMIT) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Serves Slack's requests and the health routes; everything else is 404. */
export function createHttpServer({ port, events, health, clock, log }: HttpServerDeps) {
  const seen = createSeen(clock);

  async function receive(
    endpoint: EventsEndpoint,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = await readBody(request);
    if (!body) {
      response.setHeader('connection', 'close');
      return answer(response, 413);
    }
    const isForm = headerOf(request, 'content-type')?.startsWith(FORM) ?? false;
    // Slack checks the certificate with an unsigned `ssl_check=1`: answered here, whatever else it carries.
    if (isForm && new URLSearchParams(body.toString()).get('ssl_check') === '1') return answer(response, 200);
    const timestamp = headerOf(request, 'x-slack-request-timestamp');
    const signature = headerOf(request, 'x-slack-signature');
    if (!isSignedBySlack(endpoint.signingSecret, { timestamp, signature, body }, clock())) {
      log.warn({}, 'a request without a valid signature was refused');
      return answer(response, 401);
    }
    // Slack signs its own retries afresh, so the same signature again is a replay, or a proxy that repeats itself.
    if (!seen.note(signature ?? '')) {
      log.warn({}, 'a replayed request was refused');
      return answer(response, 401);
    }
    // Bolt answers 400 to "...; charset=utf-8", which some proxies add.
    if (isForm) request.headers['content-type'] = FORM;
    endpoint.listener(Object.assign(request, { rawBody: body }), response);
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?', 1)[0];
    if (events && path === EVENTS_PATH && request.method === 'POST')
      return receive(events, request, response);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || (path !== '/healthz' && path !== '/readyz')) return answer(response, 404);
    const { isHealthy, isReady, details } = health();
    const isFine = path === '/healthz' ? isHealthy : isReady;
    answer(response, isFine ? 200 : 503, { status: isFine ? 'ok' : 'failing', ...details });
  }

  const server = createServer(
    // Node looks for late requests every 30 s unless told otherwise, whatever the timeouts say.
    { requestTimeout: 10_000, headersTimeout: 5000, connectionsCheckingInterval: 1000 },
    (request, response) => {
      route(request, response).catch((error: unknown) => {
        log.error({ error: reasonOf(error) }, 'a request failed');
        answer(response, 500);
      });
    },
  );

  return {
    /** Listens. Throws PORT_UNAVAILABLE. */
    start(): Promise<void> {
      return new Promise((resolve, reject) => {
        server.once('error', (error) => {
          reject(
            new PulseError('PORT_UNAVAILABLE', `Cannot listen on port ${port}: ${error.message}. Set PORT.`, {
              cause: error,
            }),
          );
        });
        server.listen(port, resolve);
      });
    },

    /** The port it listens on; undefined before `start`. */
    port(): number | undefined {
      const address = server.address() as AddressInfo | null;
      return address?.port;
    },

    /** Accepts nothing new. */
    close(): void {
      server.close();
      server.closeIdleConnections();
    },

    /** Cuts what is still open. */
    destroy(): void {
      server.closeAllConnections();
    },
  };
}

/** Serves Slack's requests and the health routes. */
export type HttpServer = ReturnType<typeof createHttpServer>;
