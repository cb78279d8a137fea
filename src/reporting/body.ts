import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ApiNotJsonError, ApiTooLargeError, ApiTruncatedError } from './errors.ts';

/** The parts of an answer that reading its body needs. */
export interface RawBody {
  readonly contentType: string;
  readonly contentEncoding: string;
  /** The stated length on the wire; absent for chunked answers. */
  readonly contentLength?: number;
  readonly stream: AsyncIterable<Buffer>;
}

/** Sizes beyond which an answer is refused, in bytes. */
export interface BodyLimits {
  readonly wireBytes: number;
  readonly inflatedBytes: number;
}

/** Whole documents: far above any page or aggregate, low enough to be held in memory. */
export const DOCUMENT_LIMITS: BodyLimits = { wireBytes: 32 * 2 ** 20, inflatedBytes: 32 * 2 ** 20 };

/** A linked file: the catalogue of the whole Marketplace has some ten thousand lines. */
export const FILE_LIMITS: BodyLimits = { wireBytes: 256 * 2 ** 20, inflatedBytes: 512 * 2 ** 20 };

/** Exports are streamed: a million licences are 1.6 GB of JSON, so the limit only ends what never ends. */
export const EXPORT_LIMITS: BodyLimits = { wireBytes: 8 * 2 ** 30, inflatedBytes: 8 * 2 ** 30 };

/**
 * JSON of rows compresses 10 to 30 times; gzip's maximum is 1,032 times. Beyond the grace size a higher ratio than this
 * is a bomb, whatever the limit.
 */
const LARGEST_RATIO = 200;
const RATIO_GRACE_BYTES = 16 * 2 ** 20;
const WHITESPACE = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

const UNREADABLE = { outcome: { kind: 'unreadable' } } as const;

/** What a body is expected to be. */
export type BodyKind = 'JSON' | 'CSV';

const NEVER: Readonly<Record<BodyKind, RegExp>> = {
  JSON: /\b(html|xml|csv|pdf)\b/i,
  CSV: /\b(html|xml|json|pdf)\b/i,
};

/** Throws an ApiNotJsonError when the headers say the body is something else than expected. */
export function checkBodyHeaders(body: RawBody, kind: BodyKind = 'JSON'): void {
  if (NEVER[kind].test(body.contentType)) {
    throw new ApiNotJsonError(
      `The answer is ${body.contentType.split(';')[0]?.slice(0, 40)}, not ${kind}.`,
      UNREADABLE,
    );
  }
  if (!/^(|identity|gzip|x-gzip)$/i.test(body.contentEncoding.trim())) {
    throw new ApiNotJsonError('The answer is compressed in a way nobody asked for.', UNREADABLE);
  }
}

/** True for a body whose first byte, after a byte order mark and white space, opens an object or an array. */
export function opensJson(chunk: Buffer): boolean | undefined {
  const first = chunk.find((byte) => !WHITESPACE.has(byte));
  return first === undefined ? undefined : first === 0x7b || first === 0x5b;
}

function inflatedLimit(inflated: number, wire: number, limits: BodyLimits): void {
  const isBomb = inflated > RATIO_GRACE_BYTES && inflated > wire * LARGEST_RATIO;
  if (inflated > limits.inflatedBytes || isBomb) {
    throw new ApiTooLargeError(`The answer is larger than allowed: ${inflated} bytes after inflation.`);
  }
}

/**
 * The bytes of a body, inflated, as they arrive. Throws an ApiTooLargeError beyond the limits, an ApiTruncatedError
 * when the length on the wire is not the stated one or the gzip stream ends early, an ApiNotJsonError when it is no gzip.
 */
export async function* readBytes(body: RawBody, limits: BodyLimits): AsyncGenerator<Buffer, void, undefined> {
  let wire = 0;
  async function* counted(): AsyncGenerator<Buffer, void, undefined> {
    for await (const chunk of body.stream) {
      wire += chunk.length;
      if (wire > limits.wireBytes)
        throw new ApiTooLargeError(`The answer is larger than ${limits.wireBytes} bytes.`);
      yield chunk;
    }
    if (body.contentLength !== undefined && wire !== body.contentLength) {
      throw new ApiTruncatedError(
        `The answer ended after ${wire} of ${body.contentLength} bytes.`,
        UNREADABLE,
      );
    }
  }
  if (!/gzip/i.test(body.contentEncoding)) {
    yield* counted();
    return;
  }
  const gunzip = createGunzip();
  pipeline(Readable.from(counted(), { objectMode: false }), gunzip, () => undefined);
  let inflated = 0;
  for await (const chunk of gunzip as AsyncIterable<Buffer>) {
    inflated += chunk.length;
    inflatedLimit(inflated, wire, limits);
    yield chunk;
  }
}

/** The whole body as a parsed document. Besides what `readBytes` throws: ApiNotJsonError for anything but JSON. */
export async function readDocument(
  bytes: AsyncIterable<Buffer>,
  describe: (text: string) => string,
): Promise<unknown> {
  const chunks: Buffer[] = [];
  let opens: boolean | undefined;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    opens ??= opensJson(chunk);
    if (opens === false) break;
  }
  const text = new TextDecoder().decode(Buffer.concat(chunks));
  try {
    if (opens !== true) throw new SyntaxError('no object or array');
    return JSON.parse(text);
  } catch {
    throw new ApiNotJsonError(`The answer is not JSON: "${describe(text.slice(0, 4_096))}"`, UNREADABLE);
  }
}
