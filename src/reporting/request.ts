import { Agent, Pool, request } from 'undici';
import type { Renewal } from '../domain/secret.ts';
import {
  type BodyLimits,
  checkBodyHeaders,
  EXPORT_LIMITS,
  FILE_LIMITS,
  type RawBody,
  readBytes,
} from './body.ts';
import { FileRefusedError } from './errors.ts';
import { readErrorText } from './error-text.ts';
import { type ApiOrigin, fileUrl, type PathNames, resourceUrl, spokenPath } from './origin.ts';
import { type Answerer, toNetworkError } from './network-error.ts';
import { excerptOf } from './redact.ts';
import { toStatusError } from './status-error.ts';

/** Who asks: HTTP Basic, `email:api token`. */
export interface Credentials {
  readonly email: string;
  readonly token: {
    /** Asked for the token with each request, so that nobody else has to hold it. */
    readonly reveal: () => string;
    /**
     * Looks for another token after a 401: `renewed` when `reveal` gives another one than the refused one now, which is then
     * used at once.
     */
    readonly renew?: (refused: string) => Renewal | Promise<Renewal>;
  };
}

/** One request to a resource of the API. */
export interface Call {
  readonly method: 'GET' | 'POST';
  /** The path template below `/rest/3/`. */
  readonly path: string;
  /** What fills the template's `{names}`. */
  readonly names: PathNames;
  readonly query: URLSearchParams;
  /** What a POST says; `{}` when absent. */
  readonly body?: object;
  readonly limits: BodyLimits;
}

/** Sends one request at a time, to one origin, with one credential. */
export interface Requester {
  /**
   * The inflated bytes of a 2xx answer, as they arrive. Everything else throws a ReportingError, also while the bytes
   * are read; `signal` ends both at once, with the signal's own reason.
   */
  readonly send: (call: Call, signal: AbortSignal) => Promise<AsyncGenerator<Buffer, void, undefined>>;
  /**
   * The inflated bytes of a linked CSV file, asked for without credential, whatever its host. Throws a FileRefusedError
   * when the link is none that may be followed, or its server refuses it.
   */
  readonly download: (
    link: string,
    resource: string,
    signal: AbortSignal,
  ) => Promise<AsyncGenerator<Buffer, void, undefined>>;
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

const asked = (call: Call): string => `${call.method} ${spokenPath(call.path)}`;

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
  const files = new Agent({
    connect: { timeout: connectMs },
    headersTimeout: headersMs,
    bodyTimeout: headersMs,
  });

  /** Every spelling of the credential that an answer could send back. */
  const secrets = new Set<string>();

  const excerpt = (text: string): string => excerptOf(text, [...secrets]);

  function basicOf(token: string): string {
    const basic = Buffer.from(`${credentials.email}:${token}`).toString('base64');
    for (const secret of [token, encodeURIComponent(token), basic]) secrets.add(secret);
    return basic;
  }

  async function* guard(
    bytes: AsyncIterable<Buffer>,
    what: string,
    signal: AbortSignal,
    who?: Answerer,
  ): AsyncGenerator<Buffer, void, undefined> {
    try {
      yield* bytes;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw toNetworkError(error, what, true, who);
    }
  }

  async function open(call: Call, token: string, signal: AbortSignal) {
    const isPost = call.method === 'POST';
    const url = resourceUrl(api, call.path, call.names, call.query);
    try {
      return await request(url, {
        dispatcher: pool,
        method: call.method,
        headers: {
          authorization: `Basic ${basicOf(token)}`,
          accept: 'application/json',
          'accept-encoding': 'gzip',
          'user-agent': 'marketplace-pulse',
          ...(isPost ? { 'content-type': 'application/json' } : {}),
        },
        body: isPost ? JSON.stringify(call.body ?? {}) : null,
        signal,
        // Whoever writes a long answer reads it slowly: a server that closes the idle connection meanwhile would make undici
        // (8.12) refuse what it received whole, unless nothing more was to come on that connection.
        reset: call.limits === EXPORT_LIMITS,
      });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw toNetworkError(error, asked(call), false);
    }
  }

  async function send(call: Call, signal: AbortSignal): Promise<AsyncGenerator<Buffer, void, undefined>> {
    signal.throwIfAborted();
    const token = credentials.token.reveal();
    const { statusCode, headers, body } = await open(call, token, signal);
    // Without a listener an abort after the last read would surface as an unhandled error of the stream.
    body.on('error', () => undefined);
    const raw = toRawBody(headers, body);
    if (statusCode < 200 || statusCode > 299) {
      const text = await readErrorText(raw);
      body.destroy();
      if (signal.aborted) throw signal.reason;
      const retryAfter = header(headers, 'retry-after');
      const location = header(headers, 'location');
      const renewal = statusCode === 401 ? await credentials.token.renew?.(token) : undefined;
      throw toStatusError({
        status: statusCode,
        asked: asked(call),
        developerId: call.names['developerId'] ?? '',
        excerpt: excerpt(text),
        ...(retryAfter === undefined ? {} : { retryAfter }),
        ...(location === undefined ? {} : { location }),
        ...(renewal === undefined ? {} : { renewal }),
      });
    }
    try {
      checkBodyHeaders(raw);
    } catch (error) {
      body.destroy();
      throw error;
    }
    return guard(readBytes(raw, call.limits), asked(call), signal);
  }

  async function download(
    link: string,
    resource: string,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<Buffer, void, undefined>> {
    signal.throwIfAborted();
    const url = fileUrl(api, link);
    if (!url) throw new FileRefusedError(`The file of ${resource} is at an address that is not followed.`);
    const what = `GET the file of ${resource}`;
    const who: Answerer = {
      name: `The file of ${resource}`,
      check: 'Check that the network lets https through to where the link leads.',
    };
    let answer: Awaited<ReturnType<typeof request>>;
    try {
      answer = await request(url, { dispatcher: files, headers: { 'accept-encoding': 'gzip' }, signal });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw toNetworkError(error, what, false, who);
    }
    const { statusCode, headers, body } = answer;
    body.on('error', () => undefined);
    const raw = toRawBody(headers, body);
    try {
      if (statusCode !== 200)
        throw new FileRefusedError(`${what} gave HTTP ${statusCode}.`, { status: statusCode });
      checkBodyHeaders(raw, 'CSV');
    } catch (error) {
      body.destroy();
      throw error;
    }
    return guard(readBytes(raw, FILE_LIMITS), what, signal, who);
  }

  return {
    send,
    download,
    excerpt,
    close: async () => void (await Promise.all([pool.destroy(), files.destroy()])),
  };
}
