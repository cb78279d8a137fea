/** Aborts, cuts, slow and hostile answers from a real server: what a mock cannot do faithfully. */
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createReportingClient, type Deadlines } from '../../../src/reporting/client.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { allOf, clientFor, EMAIL, errorOf, json, type Loopback, serve, TOKEN } from './loopback.ts';
import { sample } from './samples.ts';

const CHURN = JSON.stringify(sample('sales.metrics.churn'));
const JSON_TYPE = { 'content-type': 'application/json' };

type Answer = Parameters<typeof serve>[0];

/** One pull of the churn aggregate from a server that answers so. */
async function pullChurn(answer: Answer, deadlines: Partial<Deadlines> = {}) {
  const server = await serve(answer);
  const { client, waits } = clientFor(server.url, { deadlines });
  const pull = client.pull(endpoints.churn);
  const result = await allOf(pull).then(
    (rows) => ({ rows, error: undefined }),
    (error: Error & { code: string }) => ({ rows: [], error }),
  );
  return { ...result, waits, requests: server.asked.length, report: pull.report };
}

async function writeBytes(response: ServerResponse, bytes: Buffer, size: number): Promise<void> {
  for (let at = 0; at < bytes.length; at += size) {
    await new Promise<void>((resolve) => response.write(bytes.subarray(at, at + size), () => resolve()));
  }
  response.end();
}

describe('an answer that does not come', () => {
  it('because nobody listens, is tried five times', async () => {
    const server = await serve(() => undefined);
    const { client, waits } = clientFor(server.url.replace(/:\d+$/, ':1'));
    const pull = client.pull(endpoints.churn);
    expect(await errorOf(allOf(pull))).toMatchObject({
      code: 'API_UNAVAILABLE',
      message: expect.stringMatching(/ECONNREFUSED/),
    });
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(pull.report.requests).toBe(5);
  });

  it('because the server hangs up, is tried again', async () => {
    const { rows, requests } = await pullChurn((_asked, response, count) => {
      if (count < 3) response.destroy();
      else json(response, CHURN);
    });
    expect([rows.length, requests]).toEqual([8, 3]);
  });

  it('because headers never arrive, is tried again', async () => {
    const { rows, requests } = await pullChurn(
      (_asked, response, count) => {
        if (count > 1) json(response, CHURN);
      },
      { headersMs: 100 },
    );
    expect([rows.length, requests]).toEqual([8, 2]);
  });

  it('within its total time is not tried again', async () => {
    const { error, requests } = await pullChurn(() => undefined, { requestMs: 150 });
    expect(error).toMatchObject({ code: 'API_UNAVAILABLE', message: expect.stringMatching(/within 150 ms/) });
    expect(requests).toBe(1);
  });

  it('because it drips for ever, ends with its total time', async () => {
    const { error, rows, requests } = await pullChurn(
      (_asked, response) => {
        response.writeHead(200, JSON_TYPE);
        const drip = setInterval(() => response.write('{'), 10);
        response.on('close', () => clearInterval(drip));
      },
      { requestMs: 300 },
    );
    expect(rows).toEqual([]);
    expect(error).toMatchObject({
      code: 'API_UNAVAILABLE',
      message: expect.stringMatching(/no complete answer within 300 ms/),
    });
    expect(requests).toBe(1);
  });

  it('because the body stalls, is tried again', async () => {
    const { rows, requests } = await pullChurn(
      (_asked, response, count) => {
        if (count > 1) return json(response, CHURN);
        response.writeHead(200, JSON_TYPE);
        return response.write('{"total":');
      },
      { headersMs: 150 },
    );
    expect([rows.length, requests]).toEqual([8, 2]);
  });
});

describe('an answer that is cut', () => {
  const page = Buffer.from(CHURN.padEnd(65_536, ' '));

  it('at any kilobyte of a page is rejected whole and fetched again', async () => {
    for (let cut = 0; cut < page.length; cut += 1_024) {
      const { rows, requests } = await pullChurn((_asked, response, count) => {
        if (count > 1) return json(response, CHURN);
        response.writeHead(200, { ...JSON_TYPE, 'content-length': page.length });
        return response.write(page.subarray(0, cut), () => response.destroy());
      });
      expect([cut, rows.length, requests]).toEqual([cut, 8, 2]);
    }
  });

  it.each([
    ['shorter than its stated length, though valid JSON', { 'content-length': String(page.length) }],
    ['in the middle of its chunks', { 'transfer-encoding': 'chunked' }],
  ])('%s is API_TRUNCATED after five requests', async (_name, headers) => {
    const { error, rows, requests } = await pullChurn((_asked, response) => {
      response.writeHead(200, { ...JSON_TYPE, ...headers });
      response.write(CHURN, () => response.destroy());
    });
    expect(rows).toEqual([]);
    expect(error).toMatchObject({ code: 'API_TRUNCATED' });
    expect(requests).toBe(5);
  });

  it('inside its gzip stream is API_TRUNCATED', async () => {
    const zipped = gzipSync(CHURN);
    const { error } = await pullChurn((_asked, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' });
      response.end(zipped.subarray(0, zipped.length - 20));
    });
    expect(error).toMatchObject({ code: 'API_TRUNCATED' });
  });
});

describe('bytes on the wire', () => {
  const text = JSON.stringify(sample('evaluations.metric')).replaceAll('app-key-1', 'Größe 漢字 😀');

  it('may come one at a time, plain or zipped, without harm to any character', async () => {
    for (const [bytes, headers] of [
      [Buffer.from(text), {}],
      [gzipSync(text), { 'content-encoding': 'gzip' }],
    ] as const) {
      const server = await serve((_asked, response) => {
        response.writeHead(200, { ...JSON_TYPE, ...headers });
        response.socket?.setNoDelay(true);
        void writeBytes(response, bytes, 1);
      });
      const { client } = clientFor(server.url);
      const rows = await allOf(client.pull(endpoints['evaluations-by-hosting']));
      expect(rows.map(({ appKey }) => appKey)).toContain('Größe 漢字 😀');
    }
  });

  it('may begin with a byte order mark and white space', async () => {
    expect((await pullChurn((_asked, response) => json(response, `\ufeff\n ${CHURN}`))).rows).toHaveLength(8);
  });

  it.each(['br', 'deflate', 'gzip, gzip', 'gzip, gzip, gzip, gzip, gzip, gzip', 'compress'])(
    'encoded as %s, which nobody asked for, are refused',
    async (encoding) => {
      const { error } = await pullChurn((_asked, response) => {
        response.writeHead(200, { ...JSON_TYPE, 'content-encoding': encoding });
        response.end(CHURN);
      });
      expect(error).toMatchObject({ code: 'API_NOT_JSON' });
    },
  );
});

describe('an answer that is too much', () => {
  const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20, ' '));

  it('when inflated is refused while it inflates, and not tried again', async () => {
    expect(bomb.length).toBeLessThan(80_000);
    const { error, requests } = await pullChurn((_asked, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' });
      response.end(bomb);
    });
    expect(error).toMatchObject({ code: 'API_TOO_LARGE' });
    expect(requests).toBe(1);
  });

  it('on the wire is refused as well', async () => {
    const { error } = await pullChurn((_asked, response) => {
      response.writeHead(200, JSON_TYPE);
      void writeBytes(response, Buffer.from(`{"a":"${'x'.repeat(33 * 2 ** 20)}"}`), 2 ** 20);
    });
    expect(error).toMatchObject({ code: 'API_TOO_LARGE' });
  });

  it('in depth is only JSON', async () => {
    const deep = `{"total":{"name":"x","datasets":[${'['.repeat(10 ** 6)}${']'.repeat(10 ** 6)}]},"addons":[]}`;
    const { rows, report } = await pullChurn((_asked, response) => json(response, deep));
    expect(rows).toEqual([]);
    expect(report.quarantinedRows).toBe(1);
  });

  it('as an explanation of a refusal does not hide the refusal', async () => {
    const { error } = await pullChurn((_asked, response) => {
      response.writeHead(403, { 'content-encoding': 'gzip' });
      response.end(bomb);
    });
    expect(error).toMatchObject({ code: 'API_FORBIDDEN' });
  });
});

describe('the credential', () => {
  it('is sent as Basic to the configured origin, with nothing a server could keep', async () => {
    let headers: unknown;
    await pullChurn((asked, response) => {
      headers = asked.headers;
      json(response, CHURN);
    });
    const basic = Buffer.from(`${EMAIL}:${TOKEN}`).toString('base64');
    expect(headers).toMatchObject({ authorization: `Basic ${basic}`, accept: 'application/json' });
    expect(headers).not.toHaveProperty('cookie');
  });

  it.each([301, 302, 303, 307, 308])('does not follow a redirect (HTTP %d)', async (status) => {
    const evil: Loopback = await serve((_asked, response) => json(response, CHURN));
    for (const location of [
      evil.url,
      `//${new URL(evil.url).host}/x`,
      'http://169.254.169.254/latest',
      '/elsewhere',
    ]) {
      const { error, requests } = await pullChurn((_asked, response) => {
        response.writeHead(status, { location });
        response.end();
      });
      expect(error).toMatchObject({ code: 'API_REDIRECTED' });
      expect(requests).toBe(1);
    }
    expect(evil.asked).toEqual([]);
  });

  it.each<[string, Answer]>([
    [
      '400',
      (_asked, response) => json(response, { errors: [{ message: `bad ${TOKEN} for ${EMAIL}` }] }, 400),
    ],
    ['401', (asked, response) => json(response, String(asked.headers['authorization']), 401)],
    ['403 echoing the request', (asked, response) => json(response, asked.headers, 403)],
    ['404', (asked, response) => json(response, `<p>${JSON.stringify(asked.headers)}`, 404)],
    ['429', (asked, response) => json(response, String(asked.headers['authorization']), 429)],
    ['500', (_asked, response) => json(response, `${encodeURIComponent(TOKEN)} ${TOKEN}`, 500)],
    ['HTML', (asked, response) => json(response, `<b>${String(asked.headers['authorization'])} ${TOKEN}`)],
    ['broken HTTP', (_asked, response) => response.socket?.end(`HTTP/1.1 nonsense ${TOKEN}\r\n\r\n`)],
    [
      'a cut',
      (_asked, response) => response.writeHead(200, JSON_TYPE).write(`{"${TOKEN}`, () => response.destroy()),
    ],
    ['a redirect', (_asked, response) => response.writeHead(302, { location: `http://x/?${TOKEN}` }).end()],
  ])('is in no error, whatever the server echoes: %s', async (_name, answer) => {
    const { error } = await pullChurn(answer);
    const basic = Buffer.from(`${EMAIL}:${TOKEN}`).toString('base64');
    const seen = `${inspect(error, { depth: 20, showHidden: true })} ${JSON.stringify(error)} ${error?.stack}`;
    expect(error).toBeInstanceOf(Error);
    for (const secret of [TOKEN, encodeURIComponent(TOKEN), basic, EMAIL]) expect(seen).not.toContain(secret);
  });
});

describe('a caller who changes their mind', () => {
  const reason = new Error('changed my mind');

  it('before the first request sends nothing', async () => {
    const server = await serve((_asked, response) => json(response, CHURN));
    const { client } = clientFor(server.url);
    const signal = AbortSignal.abort(reason);
    expect(await errorOf(allOf(client.pull(endpoints.churn, { signal })))).toBe(reason);
    expect(server.asked).toEqual([]);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['while headers are waited for', () => undefined],
    ['while the body arrives', (response) => response.writeHead(200, JSON_TYPE).write('{"total":')],
    ['while a refusal is explained', (response) => response.writeHead(503, JSON_TYPE).write('{"errors":')],
  ])('%s gets their own reason, and the connection is gone', async (_name, answer) => {
    const controller = new AbortController();
    const gone = Promise.withResolvers<void>();
    const server = await serve((_asked, response) => {
      response.on('close', () => gone.resolve());
      answer(response);
      setImmediate(() => controller.abort(reason));
    });
    const { client } = clientFor(server.url);
    expect(await errorOf(allOf(client.pull(endpoints.churn, { signal: controller.signal })))).toBe(reason);
    await gone.promise;
    expect(server.asked).toHaveLength(1);
  });

  it('while a retry is waited for gets their own reason', async () => {
    const controller = new AbortController();
    const server = await serve((_asked, response) => json(response, {}, 503));
    const { client } = clientFor(server.url, {
      wait: async () => {
        controller.abort(reason);
      },
    });
    expect(await errorOf(allOf(client.pull(endpoints.churn, { signal: controller.signal })))).toBe(reason);
    expect(server.asked).toHaveLength(1);
  });

  it('by closing the client ends what is under way and what comes later', async () => {
    const server = await serve(() => undefined);
    const { client } = clientFor(server.url);
    const pulls = [client.pull(endpoints.churn), client.pull(endpoints.renewal)].map((pull) =>
      errorOf(allOf(pull)),
    );
    await client.close();
    pulls.push(errorOf(allOf(client.pull(endpoints.churn))));
    for (const pull of pulls) expect(await pull).toMatchObject({ code: 'API_CLIENT_CLOSED' });
  });

  it('by closing the client ends a wait for the next try, by the real clock too', async () => {
    const server = await serve((_asked, response) => {
      response.writeHead(429, { 'retry-after': '3000' });
      response.end();
    });
    const waiting = Promise.withResolvers<void>();
    const client = createReportingClient({
      baseUrl: server.url,
      email: EMAIL,
      token: { reveal: () => TOKEN },
      developerId: 'space-1',
      onRetry: () => waiting.resolve(),
    });
    const pull = errorOf(allOf(client.pull(endpoints.churn)));
    await waiting.promise;
    await client.close();
    expect(await pull).toMatchObject({ code: 'API_CLIENT_CLOSED' });
    expect(server.asked).toHaveLength(1);
  });
});

it('a retry is announced with its cause', async () => {
  const notices: unknown[] = [];
  const server = await serve((_asked, response, count) =>
    count === 1 ? json(response, {}, 502) : json(response, CHURN),
  );
  const { client } = clientFor(server.url, { onRetry: (notice) => notices.push(notice) });
  await allOf(client.pull(endpoints.churn));
  expect(notices).toEqual([
    { resource: 'sales/metrics/churn', attempt: 1, afterMs: 1_000, outcome: { kind: 'status', status: 502 } },
  ]);
});
