import { createReadStream } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { type ExportName, jsonFile, jsonText, type Revision } from './exports.ts';

/** What the server is told: which rows its exports have from now on, or whether the end of an export has to wait. */
export type Told = Revision | 'hold' | 'release';

/**
 * The Reporting API of a partner with large exports, in a process of its own: it only reads files and sends them; without a
 * folder for them it makes the rows while it sends them. Told by its arguments how many rows they have.
 */
const [rows = '0', folder] = process.argv.slice(2);
let revision: Revision = 0;
let held = Promise.withResolvers<void>();
held.resolve();

function json(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}

const EMPTY: readonly (readonly [RegExp, object])[] = [
  [/\/details$/, { events: [], feedback: [], totalCount: 0 }],
  [/\/churn\/benchmark$/, { churnBenchmarkPerApp: [] }],
  [/\/partner-metrics\//, { records: [] }],
  [/\/search-keywords\/source\/|\/zero-search-results-keywords\//, { details: [] }],
  [
    /\/customer-insights\//,
    {
      regionWiseUserInsightsPerMonth: [],
      usersEditionDistribution: [],
      activePaidUsersInsights: [],
      usersDistributionPerProduct: [],
    },
  ],
  [/\/benchmark\//, { total: {}, totals: {}, addons: [] }],
  [/./, { total: { name: 'All apps', series: [], datasets: [] }, addons: [] }],
];

function sourceOf(name: ExportName): Readable {
  if (folder === undefined) return Readable.from(jsonText(name, Number(rows), revision));
  return createReadStream(jsonFile(folder, name, Number(rows), revision), { highWaterMark: 2 ** 18 });
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback');
  const [, resource = '', rest = ''] =
    /\/(licenses|sales\/transactions)\/async\/export(.*)$/.exec(pathname) ?? [];
  if (resource === '') {
    json(response, EMPTY.find(([path]) => path.test(pathname))?.[1]);
    return;
  }
  const name: ExportName = resource === 'licenses' ? 'licenses' : 'transactions';
  if (request.method === 'POST') {
    // Everything is newer than 2018: the second pull of licences finds nothing.
    json(response, { export: { id: searchParams.has('endDate') ? 'none' : `all-${revision}` } });
  } else if (rest.endsWith('/status')) json(response, { export: { id: rest, status: 'COMPLETED' } });
  else if (rest === '/none') json(response, []);
  else {
    response.setHeader('content-type', 'application/json');
    const sent = sourceOf(name);
    sent.pipe(response, { end: false });
    sent.on('end', () => void held.promise.then(() => response.end()));
  }
});

process.on('message', (told: Told) => {
  if (told === 'hold') held = Promise.withResolvers<void>();
  else if (told === 'release') held.resolve();
  else revision = told;
  process.send?.('ready');
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
