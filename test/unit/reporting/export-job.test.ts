import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { PullOptions, ReportingClientOptions } from '../../../src/reporting/client.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { allOf, type Asked, clientFor, errorOf, json, serve } from './loopback.ts';
import { licenseSample, sample } from './samples.ts';

const ROOT = '/rest/3/reporting/developer-space/space-1/licenses/async/export';
const ROWS = [licenseSample(), licenseSample({ addonKey: 'Größe 漢字 😀' })];
const BODY = JSON.stringify(ROWS);

type Answer = Parameters<typeof serve>[0];

/** What the three resources of an export answer; a status is a word or an HTTP code. */
interface Script {
  readonly start?: Answer;
  /** One per poll; the last one stays. */
  readonly statuses?: readonly (string | number)[];
  readonly download?: Answer;
}

async function pullLicenses(
  script: Script,
  options: PullOptions = {},
  overrides: Partial<ReportingClientOptions> = {},
) {
  let started = 0;
  let polls = 0;
  let downloads = 0;
  const server = await serve((asked, response) => {
    const { pathname } = asked.url;
    if (asked.method === 'POST' && pathname === ROOT) {
      started += 1;
      if (script.start) script.start(asked, response, started);
      else json(response, { export: { id: `id-${started}` } });
      return;
    }
    if (pathname.endsWith('/status')) {
      const statuses = script.statuses ?? ['COMPLETED'];
      const status = statuses[Math.min(polls, statuses.length - 1)];
      polls += 1;
      if (typeof status === 'number') json(response, { errors: [{ message: 'no' }] }, status);
      else json(response, { export: { id: 'whatever', status } });
      return;
    }
    downloads += 1;
    if (script.download) script.download(asked, response, downloads);
    else json(response, BODY);
  });
  const { client, waits } = clientFor(server.url, overrides);
  const pull = client.pull(endpoints['licenses-export'], options);
  const rows: unknown[] = [];
  let error: (Error & { code?: string }) | undefined;
  try {
    for await (const row of pull) rows.push(row);
  } catch (thrown) {
    error = thrown as Error;
  }
  const paths = server.asked.map(({ method, url }: Asked) => `${method} ${url.pathname.replace(ROOT, '')}`);
  return { rows, error, waits, paths, asked: server.asked, report: pull.report };
}

describe('an export', () => {
  it('has its rows sent on a connection that ends with them, and everything else on one that stays', async () => {
    const { asked } = await pullLicenses({});
    expect(asked.map(({ headers }) => headers.connection)).toEqual(['keep-alive', 'keep-alive', 'close']);
  });

  it('is started, polled at once and then ever slower, and downloaded, by its id', async () => {
    const { rows, waits, paths, asked, report } = await pullLicenses({
      statuses: ['QUEUED', 'QUEUED', 'IN_PROGRESS', 'in_progress', 'PROCESSING', 'x', 'y', 'COMPLETED'],
    });
    expect(rows).toHaveLength(2);
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
    expect(new Set(paths)).toEqual(new Set(['POST ', 'GET /id-1/status', 'GET /id-1']));
    expect(asked[0]).toMatchObject({ body: '{}', headers: { 'content-type': 'application/json' } });
    expect(asked[0]?.url.searchParams.getAll('cloudComplianceBoundaries')).toHaveLength(3);
    expect(report).toMatchObject({ rows: 2, requests: 10, quarantinedRows: 0 });
  });

  it('that is ready at once is downloaded without a wait', async () => {
    const { waits, paths } = await pullLicenses({});
    expect(waits).toEqual([]);
    expect(paths).toEqual(['POST ', 'GET /id-1/status', 'GET /id-1']);
  });

  it('that is "not found" yet, on its status or its download, is asked for again', async () => {
    const { rows, error } = await pullLicenses({
      statuses: [404, 404, 404, 404, 404, 'COMPLETED'],
      download: (_asked, response, count) =>
        count < 4
          ? json(response, { errors: [{ message: 'Export is being processed' }] }, 404)
          : json(response, BODY),
    });
    expect(error).toBeUndefined();
    expect(rows).toHaveLength(2);
  });

  it('that failed is an error', async () => {
    const { error, paths } = await pullLicenses({ statuses: ['IN_PROGRESS', 'FAILED'] });
    expect(error).toMatchObject({ code: 'EXPORT_FAILED' });
    expect(paths).toHaveLength(3);
  });

  it.each<[string, Script]>([
    ['processing', { statuses: ['IN_PROGRESS'] }],
    ['not found', { statuses: [404] }],
    ['completed without a download', { download: (_asked, response) => json(response, {}, 404) }],
  ])('that stays %s is given up after 15 minutes', async (_name, script) => {
    const { error, waits } = await pullLicenses(script);
    expect(error).toMatchObject({ code: 'EXPORT_TIMED_OUT', message: expect.stringMatching(/within 900 s/) });
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBe(900_000);
    expect(waits.length).toBeLessThan(200);
  });

  it('may be given less time', async () => {
    const { waits } = await pullLicenses({ statuses: ['QUEUED'] }, {}, { deadlines: { exportMs: 1_000 } });
    expect(waits).toEqual([250, 500, 250]);
  });

  it('is started again after a gateway failure: the same parameters give the same export', async () => {
    const { rows, paths } = await pullLicenses({
      start: (_asked, response, count) => json(response, { export: { id: 'id-7' } }, count === 1 ? 502 : 200),
    });
    expect(rows).toHaveLength(2);
    expect(paths.slice(0, 3)).toEqual(['POST ', 'POST ', 'GET /id-7/status']);
  });

  it.each<[string, unknown]>([
    ['no export', {}],
    ['no id', { export: {} }],
    ['an empty id', { export: { id: '' } }],
    ['a number', { export: { id: 5 } }],
    ['a list', []],
  ])('whose start names %s is an error', async (_name, answer) => {
    const { error, paths } = await pullLicenses({ start: (_asked, response) => json(response, answer) });
    expect(error).toMatchObject({ code: 'API_UNEXPECTED_SHAPE' });
    expect(paths).toEqual(['POST ']);
  });

  it('without a status is an error', async () => {
    const server = await serve((asked, response) =>
      json(response, asked.method === 'POST' ? { export: { id: 'a' } } : { export: {} }),
    );
    const { client } = clientFor(server.url);
    const error = await errorOf(allOf(client.pull(endpoints['licenses-export'])));
    expect(error).toMatchObject({ code: 'API_UNEXPECTED_SHAPE' });
  });

  it('never follows the links of its answers', async () => {
    const evil = await serve((_asked, response) => json(response, '[]'));
    const links = {
      self: { href: evil.url },
      status: { href: evil.url },
      download: { href: `${evil.url}/x` },
    };
    const { rows } = await pullLicenses({
      start: (_asked, response) =>
        json(response, { _links: links, presignedUrl: evil.url, export: { id: 'a', url: evil.url } }),
    });
    expect(rows).toHaveLength(2);
    expect(evil.asked).toEqual([]);
  });

  it.each(['../../../admin', 'a/../../b', '//evil.example/x', 'a?x=1#y', 'x@evil.example'])(
    'with the id %j stays below its resource',
    async (id) => {
      const { paths } = await pullLicenses({
        start: (_asked, response) => json(response, { export: { id } }),
      });
      expect(paths).toEqual([
        'POST ',
        `GET /${encodeURIComponent(id)}/status`,
        `GET /${encodeURIComponent(id)}`,
      ]);
    },
  );

  it('with an id that is no segment is an error', async () => {
    const { error } = await pullLicenses({
      start: (_asked, response) => json(response, { export: { id: '..' } }),
    });
    expect(error).toMatchObject({ code: 'API_PARAMETER' });
  });
});

describe('an export that outlives its process', () => {
  it('tells its id before it is polled, and waits until that is stored', async () => {
    const order: string[] = [];
    await pullLicenses(
      {
        download: (_asked, response) => {
          order.push('downloaded');
          json(response, BODY);
        },
      },
      {
        onExportStarted: async (id) => {
          await new Promise((resolve) => setImmediate(resolve));
          order.push(`stored ${id}`);
        },
      },
    );
    expect(order).toEqual(['stored id-1', 'downloaded']);
  });

  it('is not polled when its id could not be stored', async () => {
    const disk = new Error('disk full');
    const { error, paths } = await pullLicenses({}, { onExportStarted: () => Promise.reject(disk) });
    expect(error).toBe(disk);
    expect(paths).toEqual(['POST ']);
  });

  it('is resumed by its id: nothing is started, nothing is told', async () => {
    const told: string[] = [];
    const { rows, paths } = await pullLicenses(
      { statuses: ['IN_PROGRESS', 'COMPLETED'] },
      { resumeExportId: 'old-1', onExportStarted: (id) => void told.push(id) },
    );
    expect(rows).toHaveLength(2);
    expect(told).toEqual([]);
    expect(paths).toEqual(['GET /old-1/status', 'GET /old-1/status', 'GET /old-1']);
  });

  it('is started anew when the API has forgotten it', async () => {
    const told: string[] = [];
    const { rows, paths } = await pullLicenses(
      { statuses: [...Array.from({ length: 16 }, () => 404), 'COMPLETED'] },
      { resumeExportId: 'old-1', onExportStarted: (id) => void told.push(id) },
    );
    expect(rows).toHaveLength(2);
    expect(told).toEqual(['id-1']);
    expect(paths.filter((path) => path === 'POST ')).toHaveLength(1);
    expect(paths.slice(-2)).toEqual(['GET /id-1/status', 'GET /id-1']);
  });

  it('is started anew when its file is gone', async () => {
    const { rows } = await pullLicenses(
      {
        download: (asked, response) =>
          asked.url.pathname.endsWith('old-1') ? json(response, {}, 404) : json(response, BODY),
      },
      { resumeExportId: 'old-1' },
    );
    expect(rows).toHaveLength(2);
  });
});

describe('a download', () => {
  it('may be zipped, and come byte by byte', async () => {
    const zipped = gzipSync(BODY);
    const { rows } = await pullLicenses({
      download: (_asked, response) => {
        response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-encoding': 'gzip' });
        response.socket?.setNoDelay(true);
        for (const byte of zipped) response.write(Buffer.of(byte));
        response.end();
      },
    });
    expect(rows).toMatchObject([{ appKey: 'test-app' }, { appKey: 'Größe 漢字 😀' }]);
  });

  it('that is a page of HTML at first is tried again', async () => {
    const { rows } = await pullLicenses({
      download: (_asked, response, count) => json(response, count === 1 ? '<html>wait</html>' : BODY),
    });
    expect(rows).toHaveLength(2);
  });

  it.each(['{"licenses":[]}', '{}'])('that is no array (%s) is an error', async (body) => {
    const { error } = await pullLicenses({ download: (_asked, response) => json(response, body) });
    expect(error).toMatchObject({ code: 'API_UNEXPECTED_SHAPE' });
  });

  it.each(['', '   \n'])('that is empty (%j) is no empty array', async (body) => {
    const { rows, error } = await pullLicenses({ download: (_asked, response) => json(response, body) });
    expect(rows).toEqual([]);
    expect(error).toMatchObject({ code: 'API_TRUNCATED' });
  });

  it('cut anywhere ends in API_TRUNCATED, never in fewer rows', async () => {
    const body = Buffer.from(JSON.stringify(Array.from({ length: 20 }, () => licenseSample())));
    for (let cut = 0; cut < body.length; cut += 1_024) {
      const { error } = await pullLicenses({
        download: (_asked, response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.write(body.subarray(0, cut), () => response.destroy());
        },
      });
      expect([cut, error?.code]).toEqual([cut, 'API_TRUNCATED']);
      const { error: ended } = await pullLicenses({
        download: (_asked, response) => json(response, body.subarray(0, cut).toString('utf8')),
      });
      expect([cut, ended?.code]).toEqual([cut, 'API_TRUNCATED']);
    }
  });

  it('of a bomb is refused', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('[1'), Buffer.alloc(32 * 2 ** 20, ' ')]));
    const { error } = await pullLicenses({
      download: (_asked, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        response.end(bomb);
      },
    });
    expect(error).toMatchObject({ code: 'API_TOO_LARGE' });
  });

  it('has a deadline of its own', async () => {
    const { error } = await pullLicenses(
      {
        download: (_asked, response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.write('[1,');
          const drip = setInterval(() => response.write(' '), 10);
          response.on('close', () => clearInterval(drip));
        },
      },
      {},
      { deadlines: { downloadMs: 200 } },
    );
    expect(error).toMatchObject({
      code: 'API_UNAVAILABLE',
      message: expect.stringMatching(/no complete answer within 200 ms/),
    });
  });

  it('that the caller aborts ends with their own reason', async () => {
    const controller = new AbortController();
    const reason = new Error('changed my mind');
    const { error, rows } = await pullLicenses(
      {
        download: (_asked, response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.write(`[${JSON.stringify(ROWS[0])},`, () => setImmediate(() => controller.abort(reason)));
        },
      },
      { signal: controller.signal },
    );
    expect(rows.length).toBeLessThanOrEqual(1);
    expect(error).toBe(reason);
  });

  it('that is under way ends when the client is closed', async () => {
    const server = await serve((asked, response) => {
      if (asked.method === 'POST') return json(response, { export: { id: 'a' } });
      if (asked.url.pathname.endsWith('/status')) return json(response, { export: { status: 'COMPLETED' } });
      response.writeHead(200, { 'content-type': 'application/json' });
      return response.write(`[${JSON.stringify(ROWS[0])},`);
    });
    const { client } = clientFor(server.url);
    const rows = client.pull(endpoints['licenses-export'])[Symbol.asyncIterator]();
    await rows.next();
    const next = errorOf(Promise.resolve(rows.next()));
    await client.close();
    expect(await next).toMatchObject({ code: 'API_CLIENT_CLOSED' });
  });

  it('that the reader leaves is closed', async () => {
    const gone = Promise.withResolvers<void>();
    const server = await serve((asked, response) => {
      if (asked.method === 'POST') return json(response, { export: { id: 'a' } });
      if (asked.url.pathname.endsWith('/status'))
        return json(response, sample('async.export.exportId.status'));
      response.on('close', () => gone.resolve());
      response.writeHead(200, { 'content-type': 'application/json' });
      return response.write(`[${JSON.stringify(ROWS[0])},`);
    });
    const { client } = clientFor(server.url);
    for await (const row of client.pull(endpoints['licenses-export'])) {
      expect(row.appKey).toBe('test-app');
      break;
    }
    await gone.promise;
  });

  it('keeps what fits and counts what does not', async () => {
    const rows = [licenseSample(), { broken: true }, licenseSample({ extra: 1 }), 5];
    const { rows: read, report } = await pullLicenses({
      download: (_asked, response) => json(response, rows),
    });
    expect(read).toHaveLength(2);
    expect(report).toMatchObject({ rows: 2, quarantinedRows: 2 });
    expect(Object.fromEntries(report.unmappedFields)).toEqual({ broken: 1, extra: 1 });
  });
});
