/** Reading requests and writing answers, shared by everything the simulator serves. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultHit } from './faults.ts';

const MAX_BODY_BYTES = 1_000_000;

/** An answer before it is written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A JSON answer. */
export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

/** The whole body as text; rejects beyond 1 MB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error('request body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Writes an answer. */
export function write(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': String(Buffer.byteLength(answer.body)),
  });
  response.end(answer.body);
}

/** True when the fault lets the work happen before it spoils the answer. */
export function accepts(hit: FaultHit): boolean {
  return hit.mode.kind === 'rate-limited' ? false : hit.mode.accept === true;
}

/** Writes what the fault makes of the true answer. */
export async function writeFaulty(response: ServerResponse, hit: FaultHit, answer: Answer): Promise<void> {
  const { mode } = hit;
  switch (mode.kind) {
    case 'error': {
      const detail = mode.messages === undefined ? {} : { response_metadata: { messages: mode.messages } };
      return write(response, json({ ok: false, error: mode.error, ...detail }, 200));
    }
    case 'status':
      return write(response, {
        status: mode.status,
        headers: { 'content-type': 'text/plain' },
        body: mode.body ?? `simulated ${mode.status}`,
      });
    case 'rate-limited': {
      const header: Record<string, string> =
        mode.retryAfter === undefined ? {} : { 'retry-after': String(mode.retryAfter) };
      return write(response, json({ ok: false, error: 'ratelimited' }, 429, header));
    }
    case 'html':
      return write(response, {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>',
      });
    case 'cut': {
      const half = answer.body.slice(0, Math.max(1, Math.floor(answer.body.length / 2)));
      response.writeHead(answer.status, {
        ...answer.headers,
        'content-length': String(Buffer.byteLength(answer.body)),
      });
      response.write(half, () => response.destroy());
      return;
    }
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      await hit.released;
      return write(response, answer);
    case 'answer':
      return write(response, {
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: mode.body,
      });
  }
}
