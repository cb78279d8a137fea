/** A file behind a link that an answer gave: on another server, without our credential, for minutes only. */
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { PullOptions, ReportingClientOptions } from '../../../src/reporting/client.ts';
import type { Endpoint } from '../../../src/reporting/endpoint.ts';
import { fileUrl, parseBaseUrl } from '../../../src/reporting/origin.ts';
import { createRequester } from '../../../src/reporting/request.ts';
import { type Asked, allOf, clientFor, EMAIL, errorOf, json, serve, TOKEN } from './loopback.ts';

type Answer = Parameters<typeof serve>[0];

const listing: Endpoint<{ key: string }> = {
  id: 'listing',
  summary: 'rows of a linked file',
  path: 'reporting/listing/latest',
  source: {
    kind: 'file',
    linkOf: (document) => z.object({ url: z.string() }).safeParse(document).data?.url,
  },
  parameters: {},
  defaults: {},
  rowSchema: z.object({}),
  read: (raw) => [raw as { key: string }],
};

const FILE = 'key,name\na,Größe 漢字 😀\nb,"two\nlines"\n';
const ROWS = [
  { key: 'a', name: 'Größe 漢字 😀' },
  { key: 'b', name: 'two\nlines' },
];
const SIGNATURE = 'X-Amz-Signature=canary0123456789abcdef';

function csv(response: ServerResponse, body: string | Buffer = FILE): void {
  response.writeHead(200, {
    'content-type': 'binary/octet-stream',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

const expired = (response: ServerResponse): void => {
  response.writeHead(403, { 'content-type': 'application/xml' });
  response.end(
    `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>${SIGNATURE}</Message></Error>`,
  );
};

/** The API links to the file server; `link` writes another link than that. */
async function pullFile(
  answer: Answer,
  link: (fileServer: string, count: number) => unknown = (url, count) => `${url}/f${count}.csv?${SIGNATURE}`,
  options: PullOptions = {},
  overrides: Partial<ReportingClientOptions> = {},
) {
  const files = await serve(answer);
  const api = await serve((_asked, response, count) => json(response, { url: link(files.url, count) }));
  const { client, waits } = clientFor(api.url, overrides);
  const pull = client.pull(listing, options);
  const rows: unknown[] = [];
  let error: (Error & { code?: string }) | undefined;
  try {
    for await (const row of pull) rows.push(row);
  } catch (thrown) {
    error = thrown as Error;
  }
  return { rows, error, waits, asked: files.asked, links: api.asked.length, report: pull.report };
}

const paths = (asked: readonly Asked[]): string[] => asked.map(({ url }) => url.pathname);

describe('a linked file', () => {
  it('is asked for at its link and read row by row', async () => {
    const { rows, asked, links, report } = await pullFile((_asked, response) => csv(response));
    expect(rows).toEqual(ROWS);
    expect(asked.map(({ method, url }) => [method, url.pathname, url.search])).toEqual([
      ['GET', '/f1.csv', `?${SIGNATURE}`],
    ]);
    expect(links).toBe(1);
    expect(report).toMatchObject({ rows: 2, requests: 2 });
  });

  it('never sees our credential, nor anything made from it', async () => {
    const { asked } = await pullFile((_asked, response, count) =>
      count === 1 ? expired(response) : csv(response),
    );
    expect(asked).toHaveLength(2);
    const basic = Buffer.from(`${EMAIL}:${TOKEN}`).toString('base64');
    for (const { headers, url } of asked) {
      expect(headers).not.toHaveProperty('authorization');
      expect(headers).not.toHaveProperty('cookie');
      for (const secret of [TOKEN, basic, EMAIL]) {
        expect(`${JSON.stringify(headers)} ${url.href}`).not.toContain(secret);
      }
    }
  });

  it('may be zipped, and come byte by byte', async () => {
    for (const [bytes, headers] of [
      [Buffer.from(FILE), {}],
      [gzipSync(FILE), { 'content-encoding': 'gzip' }],
    ] as const) {
      const { rows } = await pullFile((_asked, response) => {
        response.writeHead(200, { 'content-type': 'text/csv', ...headers });
        response.socket?.setNoDelay(true);
        for (const byte of bytes) response.write(Buffer.of(byte));
        response.end();
      });
      expect(rows).toEqual(ROWS);
    }
  });

  it('whose link has expired is asked for at a fresh link', async () => {
    const { rows, asked, links, report } = await pullFile((_asked, response, count) =>
      count === 1 ? expired(response) : csv(response),
    );
    expect(rows).toEqual(ROWS);
    expect(paths(asked)).toEqual(['/f1.csv', '/f2.csv']);
    expect(links).toBe(2);
    expect(report.requests).toBe(4);
  });

  it('whose fresh link has expired too is refused', async () => {
    const { error, asked } = await pullFile((_asked, response) => expired(response));
    expect(error).toMatchObject({ code: 'FILE_REFUSED', status: 403 });
    expect(paths(asked)).toEqual(['/f1.csv', '/f2.csv']);
  });

  it.each([404, 410, 500, 503])('that its server answers with %d twice is refused', async (status) => {
    const { error, asked } = await pullFile((_asked, response) => json(response, {}, status));
    expect(error).toMatchObject({ code: 'FILE_REFUSED', status });
    expect(asked).toHaveLength(2);
  });

  it('whose connection is lost before its first byte is asked for once more', async () => {
    const { rows, asked } = await pullFile((_asked, response, count) => {
      if (count === 1) response.destroy();
      else csv(response);
    });
    expect(rows).toEqual(ROWS);
    expect(asked).toHaveLength(2);
  });

  it('that nobody serves is unavailable, in words about the file', async () => {
    const { error } = await pullFile(
      () => undefined,
      () => 'http://127.0.0.1:1/f.csv',
    );
    expect(error).toMatchObject({
      code: 'API_UNAVAILABLE',
      message: expect.stringMatching(/^The file of reporting\/listing\/latest could not be reached/),
    });
  });

  it.each([301, 302, 303, 307, 308])('that redirects (HTTP %d) is refused, not followed', async (status) => {
    const evil = await serve((_asked, response) => csv(response));
    const { error } = await pullFile((_asked, response) => {
      response.writeHead(status, { location: evil.url });
      response.end();
    });
    expect(error).toMatchObject({ code: 'FILE_REFUSED', status });
    expect(evil.asked).toEqual([]);
  });

  it.each([undefined, null, 7, {}])('without a link (%j) is an unexpected answer', async (link) => {
    const { error, asked } = await pullFile(
      () => undefined,
      () => link,
    );
    expect(error).toMatchObject({ code: 'API_UNEXPECTED_SHAPE' });
    expect(asked).toEqual([]);
  });
});

describe('a file that cannot be read', () => {
  it.each(['text/html', 'application/xml', 'application/json; charset=utf-8'])(
    'because it is %s is asked for once more, then API_NOT_JSON',
    async (type) => {
      const { error, rows, asked } = await pullFile((_asked, response) => {
        response.writeHead(200, { 'content-type': type });
        response.end('<html>maintenance</html>');
      });
      expect(rows).toEqual([]);
      expect(error).toMatchObject({ code: 'API_NOT_JSON', message: expect.stringMatching(/not CSV/) });
      expect(asked).toHaveLength(2);
    },
  );

  it('because it is compressed in another way is refused', async () => {
    const { error } = await pullFile((_asked, response) => {
      response.writeHead(200, { 'content-encoding': 'br' });
      response.end(FILE);
    });
    expect(error).toMatchObject({ code: 'API_NOT_JSON' });
  });

  it('because it is cut is truncated', async () => {
    for (const cut of [12, 30, FILE.length - 4]) {
      const { error } = await pullFile((_asked, response) => {
        response.writeHead(200, { 'content-length': Buffer.byteLength(FILE) });
        response.write(Buffer.from(FILE).subarray(0, cut), () => response.destroy());
      });
      expect([cut, error?.code]).toEqual([cut, 'API_TRUNCATED']);
    }
  });

  it('because it is a bomb is too large', async () => {
    const bomb = gzipSync(Buffer.from(`key\n${'aaaaaaaaaaaaaaa\n'.repeat(4 * 2 ** 20)}`));
    expect(bomb.length).toBeLessThan(300_000);
    const { error, asked } = await pullFile((_asked, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(bomb);
    });
    expect(error).toMatchObject({ code: 'API_TOO_LARGE' });
    expect(asked).toHaveLength(1);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['headers never come', () => undefined],
    [
      'it drips for ever',
      (response) => {
        response.writeHead(200, { 'content-type': 'text/csv' });
        response.write('key\n');
        const drip = setInterval(() => response.write('a\n'), 10);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('within its time, because %s, is unavailable', async (_name, answer) => {
    const { error } = await pullFile(
      (_asked, response) => answer(response),
      undefined,
      {},
      {
        deadlines: { downloadMs: 200 },
      },
    );
    expect(error).toMatchObject({
      code: 'API_UNAVAILABLE',
      message: 'The file of reporting/listing/latest was not complete within 200 ms.',
    });
  });

  it.each<[string, Answer]>([
    ['expired', (_asked, response) => expired(response)],
    ['broken', (_asked, response) => response.socket?.end(`HTTP/1.1 nonsense ${SIGNATURE}\r\n\r\n`)],
    ['HTML', (_asked, response) => json(response, `<html>${SIGNATURE}`)],
    ['cut', (_asked, response) => response.writeHead(200).write(SIGNATURE, () => response.destroy())],
    ['odd', (_asked, response) => csv(response, `a,b\n${SIGNATURE}\n`)],
  ])('keeps its link and its words to itself when it is %s', async (_name, answer) => {
    const { error } = await pullFile(answer);
    expect(error).toBeInstanceOf(Error);
    const seen = `${inspect(error, { depth: 20, showHidden: true })} ${JSON.stringify(error)} ${error?.stack}`;
    for (const secret of [SIGNATURE, 'canary0123456789abcdef', TOKEN, EMAIL]) {
      expect(seen).not.toContain(secret);
    }
  });
});

describe('a caller who changes their mind', () => {
  const reason = new Error('changed my mind');

  it.each<[string, (response: ServerResponse) => void]>([
    ['while headers are waited for', () => undefined],
    ['while the file arrives', (response) => response.writeHead(200).write('key\na\n')],
  ])('%s gets their own reason, and the connection is gone', async (_name, answer) => {
    const controller = new AbortController();
    const gone = Promise.withResolvers<void>();
    const { error, asked } = await pullFile(
      (_asked, response) => {
        response.on('close', () => gone.resolve());
        answer(response);
        setImmediate(() => controller.abort(reason));
      },
      undefined,
      { signal: controller.signal },
    );
    expect(error).toBe(reason);
    await gone.promise;
    expect(asked).toHaveLength(1);
  });

  it('by closing the client ends the download', async () => {
    const files = await serve((_asked, response) => response.writeHead(200).write('key\na\n'));
    const api = await serve((_asked, response) => json(response, { url: files.url }));
    const { client } = clientFor(api.url);
    const rows = client.pull(listing)[Symbol.asyncIterator]();
    await rows.next();
    const next = errorOf(Promise.resolve(rows.next()));
    await client.close();
    expect(await next).toMatchObject({ code: 'API_CLIENT_CLOSED' });
    expect(await errorOf(allOf(client.pull(listing)))).toMatchObject({ code: 'API_CLIENT_CLOSED' });
  });

  it('by leaving closes the connection', async () => {
    const gone = Promise.withResolvers<void>();
    const files = await serve((_asked, response) => {
      response.on('close', () => gone.resolve());
      response.writeHead(200).write('key\na\nb\n');
    });
    const api = await serve((_asked, response) => json(response, { url: files.url }));
    const { client } = clientFor(api.url);
    for await (const { key } of client.pull(listing)) {
      expect(key).toBe('a');
      break;
    }
    await gone.promise;
  });
});

describe('a link that is not followed', () => {
  const https = parseBaseUrl('https://api.atlassian.com/marketplace');
  const loopback = parseBaseUrl('http://127.0.0.1:8080');

  const refused = [
    'http://s3.amazonaws.com/x.csv',
    'https://127.0.0.1/x',
    'https://10.0.0.7/x',
    'https://169.254.169.254/latest/meta-data',
    'https://2130706433/x',
    'https://0x7f000001/x',
    'https://0177.0.0.1/x',
    'https://[::1]/x',
    'https://[::ffff:10.0.0.7]/x',
    'https://localhost/x',
    'https://localhost./x',
    'https://app.localhost/x',
    'https://intranet/x',
    'https://user@s3.amazonaws.com/x',
    'https://user:pass@s3.amazonaws.com/x',
    'ftp://s3.amazonaws.com/x',
    'file:///etc/passwd',
    'data:text/csv,a,b',
    'javascript:alert(1)',
    '/x.csv',
    '//s3.amazonaws.com/x',
    '',
  ];

  it.each(refused)('from an API on https: %s', async (link) => {
    expect(fileUrl(https, link)).toBeUndefined();
    const requester = createRequester({
      api: https,
      credentials: { email: EMAIL, token: { reveal: () => TOKEN } },
      connectMs: 100,
      headersMs: 100,
    });
    const error = await errorOf(requester.download(link, 'x', AbortSignal.timeout(1_000)));
    expect(error).toMatchObject({ code: 'FILE_REFUSED' });
    expect(error.status).toBeUndefined();
    await requester.close();
  });

  it.each([
    'https://s3.amazonaws.com/b/x-2025-11-06-10:30:00.csv?X-Amz-Algorithm=AWS4',
    'https://bucket.s3.us-east-1.amazonaws.com/x?y=1#z',
  ])('is not one like %s', (link) => {
    expect(fileUrl(https, link)?.href).toBe(link);
  });

  it.each([
    'https://s3.amazonaws.com/x',
    'http://10.0.0.7/x',
    'file:///etc/passwd',
    'http://u:p@127.0.0.1/x',
  ])('from an API on the loopback: %s', async (link) => {
    const { error, asked, links } = await pullFile(
      (_asked, response) => csv(response),
      () => link,
    );
    expect(fileUrl(loopback, link)).toBeUndefined();
    expect(error).toMatchObject({
      code: 'FILE_REFUSED',
      message: 'The file of reporting/listing/latest is at an address that is not followed.',
    });
    expect(asked).toEqual([]);
    expect(links).toBe(1);
  });
});
