import { Pool, request } from 'undici';
import { type BodyLimits, checkBodyHeaders, type RawBody, readBytes } from './body.ts';
import { readErrorText } from './error-text.ts';
import { type ApiOrigin, resourceUrl } from './origin.ts';
import { toNetworkError } from './network-error.ts';
import { excerptOf } from './redact.ts';
import { toStatusError } from './status-error.ts';

/** Who asks: HTTP Basic, `email:api token`. */
export interface Credentials {
  readonly email: string;
  readonly token: { readonly reveal: () => string };
}

/** One request to a resource of a developer space. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly developerId: string;
  /** `sales/metrics/churn`: the path below the developer space. */
  readonly resource: string;
  readonly query: URLSearchParams;
  readonly limits: BodyLimits;
}

/** Sends one request at a time, to one origin, with one credential. */
export interface Requester {
  /**
   * The inflated bytes of a 2xx answer, as they arrive. Everything else throws a ReportingError, also while the bytes
   * are read; `signal` ends both at once, with the signal's own reason.
   */
  readonly send: (call: Call, signal: AbortSignal) => Promise<AsyncGenerator<Buffer, void, undefined>>;
  /** What an answer's text may show in an error message. */
  readonly excerpt: (text: string) => string;
  readonly close: () => Promise<void>;
}

/** What a requester needs to know. Times in ms. */
export interface RequesterOptions {
  readonly api: ApiOrigin;
  readonly credentials: Credentials;
  readonly connectMs: number;
  readonly headersMs: number;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

const asked = (call: Call): string => `${call.method} ${call.resource}`;

function toRawBody(headers: Headers, stream: AsyncIterable<Buffer>): RawBody {
  const length = header(headers, 'content-length');
  return {
    contentType: header(headers, 'content-type') ?? '',
    contentEncoding: header(headers, 'content-encoding') ?? '',
    ...(length !== undefined && /^\d+$/.test(length) ? { contentLength: Number(length) } : {}),
    stream,
  };
}

/** Creates a requester. Its connections go to the configured origin, whatever an answer says. */
export function createRequester({ api, credentials, connectMs, headersMs }: RequesterOptions): Requester {
  // A pool is bound to its origin, so that not even a wrong URL could carry the credential elsewhere. Redirects are
  // off unless an interceptor adds them.
  const pool = new Pool(api.origin, {
    connections: 4,
    connect: { timeout: connectMs },
    headersTimeout: headersMs,
    bodyTimeout: headersMs,
    allowH2: false,
  });

  function secrets(): string[] {
    const token = credentials.token.reveal();
    return [
      token,
      encodeURIComponent(token),
      Buffer.from(`${credentials.email}:${token}`).toString('base64'),
    ];
  }

  const excerpt = (text: string): string => excerptOf(text, secrets());

  async function* guard(
    bytes: AsyncIterable<Buffer>,
    call: Call,
    signal: AbortSignal,
  ): AsyncGenerator<Buffer, void, undefined> {
    try {
      yield* bytes;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw toNetworkError(error, asked(call), true);
    }
  }

  async function open(call: Call, signal: AbortSignal) {
    const isPost = call.method === 'POST';
    const url = resourceUrl(api, call.developerId, call.resource, call.query);
    const basic = Buffer.from(`${credentials.email}:${credentials.token.reveal()}`).toString('base64');
    try {
      return await request(url, {
        dispatcher: pool,
        method: call.method,
        headers: {
          authorization: `Basic ${basic}`,
          accept: 'application/json',
          'accept-encoding': 'gzip',
          'user-agent': 'marketplace-pulse',
          ...(isPost ? { 'content-type': 'application/json' } : {}),
        },
        body: isPost ? '{}' : null,
        signal,
      });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw toNetworkError(error, asked(call), false);
    }
  }

  async function send(call: Call, signal: AbortSignal): Promise<AsyncGenerator<Buffer, void, undefined>> {
    signal.throwIfAborted();
    const { statusCode, headers, body } = await open(call, signal);
    // Without a listener an abort after the last read would surface as an unhandled error of the stream.
    body.on('error', () => undefined);
    const raw = toRawBody(headers, body);
    if (statusCode < 200 || statusCode > 299) {
      const text = await readErrorText(raw);
      body.destroy();
      if (signal.aborted) throw signal.reason;
      const retryAfter = header(headers, 'retry-after');
      const location = header(headers, 'location');
      throw toStatusError({
        status: statusCode,
        asked: asked(call),
        developerId: call.developerId,
        excerpt: excerpt(text),
        ...(retryAfter === undefined ? {} : { retryAfter }),
        ...(location === undefined ? {} : { location }),
      });
    }
    try {
      checkBodyHeaders(raw);
    } catch (error) {
      body.destroy();
      throw error;
    }
    return guard(readBytes(raw, call.limits), call, signal);
  }

  return { send, excerpt, close: () => pool.destroy() };
}
