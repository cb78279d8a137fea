/** `pulse report` as a process, against a server on loopback: what goes to stdout, to stderr, and how it ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { json, type Loopback, serve } from '../unit/reporting/loopback.ts';
import { licenseSample, sample, transactionSample } from '../unit/reporting/samples.ts';

const CLI = join(import.meta.dirname, '../../src/cli.ts');

interface Setup {
  readonly url?: string;
  /** Instead of what a report needs. */
  readonly env?: Readonly<Record<string, string>>;
}

function start(args: readonly string[], { env, url = 'http://127.0.0.1:1' }: Setup = {}) {
  const child = spawn(process.execPath, [CLI, 'report', ...args], {
    cwd: '/',
    env: env ?? {
      MARKETPLACE_EMAIL: 'jane@partner.example',
      MARKETPLACE_API_TOKEN: 'a-token',
      MARKETPLACE_DEVELOPER_ID: 'space-1',
      MARKETPLACE_API_URL: url,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const told = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (told.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told.stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...told }));
  return { child, told, ended };
}

const run = (args: readonly string[], setup?: Setup) => start(args, setup).ended;

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');
const rowsOf = (text: string) => linesOf(text).map((line) => JSON.parse(line) as Record<string, unknown>);

/** Pages of transaction lines without an end. */
function serveEndlessPages(): Promise<Loopback> {
  return serve(({ url }, response) => {
    const offset = Number(url.searchParams.get('offset'));
    const transactions = Array.from({ length: 50 }, (_, index) =>
      transactionSample({ transactionId: 'IN-1', transactionLineItemId: `line-${offset + index}` }),
    );
    json(response, { transactions, _links: { next: { href: `?offset=${offset + 50}&limit=50` } } });
  });
}

describe('what is printed', () => {
  it('is a list of endpoints without a name, and one of them with --describe: nothing is configured or asked', async () => {
    const list = await run([], { env: {} });
    expect(list).toMatchObject({ code: 0, stderr: '' });
    expect(list.stdout).toMatch(/^Licences\n {2}licenses {2,}licences page by page/m);
    const one = await run(['search-keywords-by-source', '--describe'], { env: {} });
    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(one.stdout).toContain(
      '/rest/3/reporting/developer-space/{developerId}/search-keywords/source/{source}',
    );
    expect(one.stdout).toMatch(/ source .*one of marketplace, embedded-marketplace \(required\)/);
    expect(one.stdout).toContain('market-keywords: digest search-keywords');
    expect((await run(['gmv', '--describe'], { env: {} })).stdout).toContain('this command only');
  });

  it.each([[[]], [['--json']]])(
    'is one JSON object a line on stdout, and the count on stderr: %j',
    async (form) => {
      const server = await serve((_asked, response) => json(response, sample('sales.metrics.churn')));
      const args = ['churn', '--param', 'startDate=2026-03-01', '--param', 'aggregation=month', ...form];
      const { code, stderr, stdout } = await run(args, { url: server.url });
      expect(code).toBe(0);
      expect(rowsOf(stdout)).toHaveLength(8);
      expect(rowsOf(stdout)[0]).toMatchObject({ metric: 'churn', appKey: null });
      expect(stderr).toBe('8 rows in 1 request\n');
      expect(server.asked[0]?.url.search).toBe('?aggregation=month&startDate=2026-03-01');
    },
  );

  it('says unlimited where JSON knows no infinity', async () => {
    const rows = [licenseSample({ evaluationOpportunitySize: 'Unlimited Users' })];
    const server = await serve((_asked, response) => json(response, rows));
    const { stdout } = await run(['licenses-export-sync'], { url: server.url });
    expect(rowsOf(stdout)[0]).toMatchObject({ opportunityUsers: 'Infinity' });
  });

  it('is a table with --table, money in dollars', async () => {
    const server = await serve((_asked, response) => json(response, sample('sales.transactions.metric')));
    const { code, stdout } = await run(['sales-by-type', '--table'], { url: server.url });
    expect(code).toBe(0);
    const [head, ...lines] = linesOf(stdout);
    expect(head).toMatch(/^metric +appKey +dataset +name +type +period +value$/);
    expect(lines.some((line) => / revenue .* \$[\d,]+\.\d\d$/.test(line))).toBe(true);
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([head?.length]));
  });

  it('says what did not fit, and which fields nobody reads', async () => {
    const rows = [licenseSample({ novelty: 1 }), licenseSample({ tier: 7 })];
    const server = await serve((_asked, response) => json(response, rows));
    const { code, stderr, stdout } = await run(['licenses-export-sync'], { url: server.url });
    expect([code, rowsOf(stdout).length]).toEqual([0, 1]);
    expect(linesOf(stderr)).toEqual([
      '1 row in 1 request',
      'set aside: 1 at tier, expected string',
      'not read: novelty (1)',
    ]);
  });

  it('stops with --limit, and asks for no further page', async () => {
    const server = await serveEndlessPages();
    const { code, stderr, stdout } = await run(['transactions', '--limit', '7'], { url: server.url });
    expect([code, rowsOf(stdout).length, server.asked.length]).toEqual([0, 7, 1]);
    expect(stderr).toContain('stopped after 7 rows, as --limit says');
  });
});

describe('several developer spaces', () => {
  const spaces = (url: string) => ({
    MARKETPLACE_EMAIL: 'jane@partner.example',
    MARKETPLACE_API_TOKEN: 'a-token',
    MARKETPLACE_DEVELOPER_ID: 'space-1,space-2',
    MARKETPLACE_API_URL: url,
  });

  it('are asked one after the other, and their rows told apart', async () => {
    const server = await serve((_asked, response) => json(response, [licenseSample()]));
    const { stderr, stdout } = await run(['licenses-export-sync'], { env: spaces(server.url) });
    expect(rowsOf(stdout).map(({ developerId }) => developerId)).toEqual(['space-1', 'space-2']);
    expect(linesOf(stderr)).toEqual(['space-1: 1 row in 1 request', 'space-2: 1 row in 1 request']);
    const table = await run(['licenses-export-sync', '--columns', 'developerId,tier'], {
      env: spaces(server.url),
    });
    expect(linesOf(table.stdout).map((line) => line.split(' ')[0])).toEqual([
      'developerId',
      'space-1',
      'space-2',
    ]);
  });

  it('are asked once where the answer is about the whole Marketplace', async () => {
    const server = await serve((_asked, response) =>
      json(response, sample('search-keywords.source.sourceKey')),
    );
    const { stdout } = await run(['search-keywords-by-source', '--param', 'source=marketplace'], {
      env: spaces(server.url),
    });
    expect(server.asked.map(({ url }) => url.pathname)).toEqual([
      '/rest/3/reporting/developer-space/space-1/search-keywords/source/marketplace',
    ]);
    expect(rowsOf(stdout)[0]).not.toHaveProperty('developerId');
  });

  it('need not be known to those who ask for one, or for the catalogue', async () => {
    const server: Loopback = await serve(({ url }, response) => {
      if (url.pathname === '/file')
        response.end('marketplace_app_key,marketplace_app_name,app_software_hosting\na,A,CLOUD\n');
      else json(response, { developerId: 'space-9', presignedUrl: `${server.url}/file` });
    });
    const env = {
      MARKETPLACE_EMAIL: 'jane@partner.example',
      MARKETPLACE_API_TOKEN: 'a-token',
      MARKETPLACE_API_URL: server.url,
    };
    const found = await run(['developer-space', '--param', 'vendorId=1210833'], { env });
    expect([found.code, found.stdout]).toEqual([0, '{"developerId":"space-9"}\n']);
    const catalogue = await run(['product-catalog'], { env });
    expect(rowsOf(catalogue.stdout)).toMatchObject([{ appKey: 'a', hosting: 'Cloud' }]);
    const missing = await run(['apps'], { env });
    expect([missing.code, missing.stdout]).toEqual([78, '']);
    expect(missing.stderr).toContain('MARKETPLACE_DEVELOPER_ID');
  });
});

describe('a report that cannot be', () => {
  it.each([
    [['nonsense'], 64, /There is no endpoint "nonsense"/],
    [['churn', '--param', 'startDate=2026-02-30'], 64, /startDate takes a date/],
    [['churn'], 78, /MARKETPLACE_EMAIL[^]*MARKETPLACE_API_TOKEN[^]*MARKETPLACE_DEVELOPER_ID/],
  ])('%j ends with %d before anything is asked', async (args, expected, message) => {
    const { code, stderr, stdout } = await run(args, { env: {} });
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('because the API refuses it ends with 77', async () => {
    const server = await serve((_asked, response) => json(response, { errors: [] }, 401));
    const { code, stderr, stdout } = await run(['churn'], { url: server.url });
    expect([code, stdout]).toEqual([77, '']);
    expect(stderr).toContain('MARKETPLACE_API_TOKEN');
    expect(stderr).not.toContain('a-token');
  });

  it('because it was cut off ends with 69, and says that the rows above are not all', async () => {
    const row = JSON.stringify(licenseSample());
    const server = await serve((_asked, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`[${row},${row},{"addonKey":`);
    });
    const { code, stderr, stdout } = await run(['licenses-export-sync'], { url: server.url });
    expect([code, rowsOf(stdout).length]).toEqual([69, 2]);
    expect(stderr).toMatch(/^incomplete: ended after 2 rows\nThe export ended inside its array/m);
  });
});

describe('a report that is ended from outside', () => {
  it('by Ctrl-C ends with 130, its rows whole, and says that they are not all', async () => {
    const server = await serveEndlessPages();
    const { child, ended } = start(['transactions'], { url: server.url });
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    const { code, stderr, stdout } = await ended;
    expect(code).toBe(130);
    expect(rowsOf(stdout).length).toBeGreaterThan(0);
    expect(stderr).toMatch(/^incomplete: ended after [\d,]+ rows\n$/);
  });

  it('by Ctrl-C while nothing has come yet ends with 130 at once', async () => {
    const server = await serve(() => undefined);
    const { child, ended } = start(['churn'], { url: server.url });
    while (server.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGINT');
    expect(await ended).toEqual({ code: 130, stdout: '', stderr: '' });
  });

  it('by a reader who has seen enough ends quietly with 0', async () => {
    const server = await serveEndlessPages();
    const { child, ended } = start(['transactions'], { url: server.url });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const { code, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('a long report', () => {
  it('tells on stderr alone that it goes on, and why a request is repeated', async () => {
    const server = await serve((_asked, response, count) => {
      if (count === 1) {
        response.writeHead(503, { 'retry-after': '2' });
        response.end();
      } else json(response, [licenseSample()]);
    });
    const { code, stderr, stdout } = await run(['licenses-export-sync'], { url: server.url });
    expect([code, rowsOf(stdout).length]).toEqual([0, 1]);
    expect(stderr).toMatch(
      /^licenses\/export: HTTP 503, try 2 in 3 s\n0 rows, waiting, 1 request, 2 s\n1 row in 2 requests\n$/,
    );
  });
});
