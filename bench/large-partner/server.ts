import { createReadStream } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ExportName, jsonFile, type Revision } from './exports.ts';

/**
 * The Reporting API of a partner with large exports, in a process of its own: it only reads files and sends them. Told by
 * its arguments where they are and how many rows they have, and by messages which revision to send.
 */
const [folder = '', rows = '0'] = process.argv.slice(2);
let revision: Revision = 0;

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
    createReadStream(jsonFile(folder, name, Number(rows), revision), { highWaterMark: 2 ** 18 }).pipe(
      response,
    );
  }
});

process.on('message', (next: Revision) => {
  revision = next;
  process.send?.('ready');
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
