import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createReportingClient, type ReportingClientOptions } from '../../../src/reporting/client.ts';

/** What a loopback server was asked. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A real server on loopback that lives as long as the test. */
export interface Loopback {
  readonly url: string;
  readonly asked: Asked[];
}

/** Serves until the test has finished. The handler may answer however badly it likes. */
export async function serve(
  answer: (asked: Asked, response: ServerResponse, count: number) => void,
): Promise<Loopback> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Asked = {
        method: request.method ?? '',
        url: new URL(request.url ?? '/', 'http://loopback'),
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      asked.push(one);
      answer(one, response, asked.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** Answers with JSON of a known length. */
export function json(response: ServerResponse, value: unknown, status = 200): void {
  const body = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

/** The canary that no error may show. */
export const TOKEN = 'canary-token-4711-ATATT3xFfGF0';
export const EMAIL = 'jane@partner.example';

/** A client whose waits pass at once on a clock of its own. */
export function clientFor(baseUrl: string, overrides: Partial<ReportingClientOptions> = {}) {
  const waits: number[] = [];
  let at = Date.parse('2026-03-10T00:00:00Z');
  const client = createReportingClient({
    baseUrl,
    email: EMAIL,
    token: { reveal: () => TOKEN },
    developerId: 'space-1',
    random: () => 0.5,
    now: () => at,
    wait: async (ms, signal) => {
      signal.throwIfAborted();
      waits.push(ms);
      at += ms;
    },
    ...overrides,
  });
  onTestFinished(() => client.close());
  return { client, waits };
}

/** All rows of a pull. */
export async function allOf<Row>(pull: AsyncIterable<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of pull) rows.push(row);
  return rows;
}

/** What a promise was rejected with. */
export async function errorOf(
  promise: Promise<unknown>,
): Promise<Error & { code?: string; status?: number }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
