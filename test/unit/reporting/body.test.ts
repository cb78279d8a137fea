import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  checkBodyHeaders,
  EXPORT_LIMITS,
  opensJson,
  type RawBody,
  readBytes,
  readDocument,
} from '../../../src/reporting/body.ts';
import { ApiNotJsonError, ApiTooLargeError, ApiTruncatedError } from '../../../src/reporting/errors.ts';
import { allOf } from './loopback.ts';

async function* chunks(...parts: (string | Buffer)[]): AsyncGenerator<Buffer, void, undefined> {
  for (const part of parts) yield Buffer.from(part);
}

const body = (stream: RawBody['stream'], headers: Partial<RawBody> = {}): RawBody => ({
  contentType: 'application/json',
  contentEncoding: '',
  stream,
  ...headers,
});

const LIMITS = { wireBytes: 1_000, inflatedBytes: 5_000 };
const read = async (raw: RawBody) => Buffer.concat(await allOf(readBytes(raw, LIMITS))).toString('utf8');

describe('the bytes of a body', () => {
  it.each([9, 11])('that end before or after their stated %d bytes are truncated', async (contentLength) => {
    await expect(read(body(chunks('01234', '56789'), { contentLength }))).rejects.toThrow(ApiTruncatedError);
  });

  it('count as they come over the wire, not as they inflate', async () => {
    const zipped = gzipSync('x'.repeat(4_000));
    const raw = body(chunks(zipped), { contentEncoding: 'GZIP', contentLength: zipped.length });
    expect(await read(raw)).toHaveLength(4_000);
  });

  it.each<[string, RawBody]>([
    ['on the wire', body(chunks('x'.repeat(600), 'x'.repeat(600)))],
    ['inflated', body(chunks(gzipSync('x'.repeat(6_000))), { contentEncoding: 'gzip' })],
  ])('that are too many %s are refused', async (_name, raw) => {
    await expect(read(raw)).rejects.toThrow(ApiTooLargeError);
  });
});

it('a body that inflates two hundredfold is a bomb, whatever the limit', async () => {
  const zipped = gzipSync(Buffer.alloc(32 * 2 ** 20, '0,'));
  const bytes = readBytes(body(chunks(zipped), { contentEncoding: 'gzip' }), EXPORT_LIMITS);
  await expect(allOf(bytes)).rejects.toThrow(ApiTooLargeError);
});

describe('a document', () => {
  const parse = (...parts: (string | Buffer)[]) =>
    readDocument(chunks(...parts), (text) => `<${text.slice(0, 9)}>`);

  it('is parsed when it is whole, wherever its characters were cut', async () => {
    const bytes = Buffer.from('\ufeff {"company":"漢字"}');
    expect(await parse(...[...bytes].map((byte) => Buffer.of(byte)))).toEqual({ company: '漢字' });
  });

  it('that is no JSON from its first byte is not read to its end', async () => {
    let isReadOn = false;
    async function* endless() {
      yield Buffer.from('  <html>');
      isReadOn = true;
      yield Buffer.from('</html>');
    }
    await expect(readDocument(endless(), (text) => text)).rejects.toThrow(
      'The answer is not JSON: "  <html>"',
    );
    expect(isReadOn).toBe(false);
  });

  it.each(['', '   ', '12', '{"a":', '{"a":1}}'])('is no JSON when it is %j', async (text) => {
    await expect(parse(text)).rejects.toThrow(ApiNotJsonError);
  });

  it('opens with a brace or a bracket, or nobody knows yet', () => {
    expect([' \n{', '[', '<', 'x', ' \t'].map((text) => opensJson(Buffer.from(text)))).toEqual([
      true,
      true,
      false,
      false,
      undefined,
    ]);
  });
});

it.each([
  'application/json',
  'application/hal+json;charset=utf-8',
  'text/plain',
  'application/octet-stream',
  '',
])('a body of type %j may be JSON', (contentType) => {
  expect(() => checkBodyHeaders(body(chunks(), { contentType }))).not.toThrow();
});

it.each(['text/html; charset=utf-8', 'application/xml', 'text/csv', 'application/pdf'])(
  'a body of type %j is none',
  (contentType) => {
    expect(() => checkBodyHeaders(body(chunks('{}'), { contentType }))).toThrow(ApiNotJsonError);
  },
);
