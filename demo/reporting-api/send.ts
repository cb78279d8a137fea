import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import type { Fault } from './faults.ts';
import type { Answer } from './route.ts';

/** How the caller can be answered. */
export interface Sending {
  readonly response: ServerResponse;
  readonly acceptsGzip: boolean;
  /** Runs every `everyMs` until the connection or the simulator closes. */
  readonly repeat: (everyMs: number, step: () => boolean) => void;
}

const JSON_TYPE = 'application/json;charset=UTF-8';
const HTML_PAGE =
  '<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body>Please try again.</body></html>';
/** Rows per written chunk of an export. */
const BATCH = 200;

function* arrayChunks(rows: readonly unknown[]): Generator<string> {
  yield '[';
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH).map((row) => JSON.stringify(row));
    yield `${from === 0 ? '' : ','}${batch.join(',')}`;
  }
  yield ']';
}

function bodyOf(answer: Answer): unknown {
  if ('text' in answer) return answer.text;
  return 'rows' in answer ? answer.rows : answer.body;
}

function wire(answer: Answer): Buffer {
  const body = bodyOf(answer);
  if ('text' in answer) return Buffer.from(answer.text);
  return Buffer.from(body === undefined ? '' : JSON.stringify(body));
}

/** Sends an answer as the API would: JSON or text, compressed when the caller takes gzip, exports streamed. */
export async function sendAnswer({ response, acceptsGzip }: Sending, answer: Answer): Promise<void> {
  if ('rows' in answer) {
    response.writeHead(200, {
      'content-type': JSON_TYPE,
      ...(acceptsGzip ? { 'content-encoding': 'gzip' } : {}),
    });
    const source = Readable.from(arrayChunks(answer.rows));
    await (acceptsGzip ? pipeline(source, createGzip(), response) : pipeline(source, response));
    return;
  }
  if (!('text' in answer) && answer.body === undefined) {
    response.writeHead(
      answer.status,
      answer.status === 401 ? { 'www-authenticate': 'Basic realm="Marketplace"' } : {},
    );
    response.end();
    return;
  }
  const plain = wire(answer);
  const data = acceptsGzip ? gzipSync(plain) : plain;
  response.writeHead(answer.status, {
    'content-type': 'text' in answer ? answer.type : JSON_TYPE,
    'content-length': data.length,
    ...(acceptsGzip ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(data);
}

/** Sends an answer the way a fault prescribes. Answers that a fault damages are not compressed. */
export async function sendFaulty(sending: Sending, fault: Fault, answer: () => Answer): Promise<void> {
  const { response } = sending;
  switch (fault.kind) {
    case 'status': {
      const isText = typeof fault.body === 'string';
      response.writeHead(fault.status, {
        'content-type': isText ? 'text/plain' : JSON_TYPE,
        ...fault.headers,
      });
      response.end(fault.body === undefined ? '' : isText ? fault.body : JSON.stringify(fault.body));
      return;
    }
    case 'html':
      response.writeHead(fault.status ?? 502, { 'content-type': fault.lying ? JSON_TYPE : 'text/html' });
      response.end(HTML_PAGE);
      return;
    case 'redirect':
      response.writeHead(fault.status ?? 302, { location: fault.to });
      response.end();
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      if (fault.afterHeaders) response.writeHead(200, { 'content-type': JSON_TYPE }).flushHeaders();
      return;
    case 'alter': {
      const honest = answer();
      const altered = fault.alter(structuredClone(bodyOf(honest)));
      await sendAnswer(sending, { status: honest.status, body: altered });
      return;
    }
    case 'truncate':
      truncate(response, answer(), fault.bytes, fault.how ?? 'length');
      return;
    case 'drip':
      drip(sending, answer(), fault.bytes ?? 1, fault.everyMs ?? 50);
  }
}

function truncate(
  response: ServerResponse,
  answer: Answer,
  bytes: number,
  how: 'length' | 'chunked' | 'quiet',
): void {
  const full = wire(answer);
  const part = full.subarray(0, bytes);
  const length = { length: full.length, quiet: part.length, chunked: undefined }[how];
  response.writeHead(answer.status, {
    'content-type': JSON_TYPE,
    ...(length === undefined ? {} : { 'content-length': length }),
  });
  if (how === 'quiet') response.end(part);
  else response.write(part, () => response.destroy());
}

function drip({ response, repeat }: Sending, answer: Answer, bytes: number, everyMs: number): void {
  const full = wire(answer);
  response.writeHead(answer.status, { 'content-type': JSON_TYPE, 'content-length': full.length });
  let sent = 0;
  repeat(everyMs, () => {
    response.write(full.subarray(sent, sent + bytes));
    sent += bytes;
    if (sent < full.length) return true;
    response.end();
    return false;
  });
}
