/** What the lists, cursors and questions of the registry make of answers that move, repeat and name nobody. */
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/reporting/endpoint.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { allOf, clientFor, json, serve } from './loopback.ts';
import { type Json, licenseSample, metricSample, transactionSample } from './samples.ts';

/** Serves a list by `offset` and `limit`; `rowsAt` gives the list as it is at each request. */
async function serveList(list: string, rowsAt: (count: number) => readonly Json[]) {
  const server = await serve((asked, response, count) => {
    const rows = rowsAt(count);
    const offset = Number(asked.url.searchParams.get('offset'));
    const end = offset + Number(asked.url.searchParams.get('limit'));
    json(response, {
      [list]: rows.slice(offset, end),
      ...(end < rows.length ? { _links: { next: { href: `/x?offset=${end}` } } } : {}),
    });
  });
  return clientFor(server.url).client;
}

const line = (id: number, changes: Json = {}) =>
  transactionSample({ transactionId: 'IN-1', transactionLineItemId: `line-${id}`, ...changes });

describe('the list of transaction lines', () => {
  it('tells lines of one order apart', async () => {
    const rows = Array.from({ length: 120 }, (_, index) => line(index));
    const client = await serveList('transactions', () => rows);
    expect(await allOf(client.pull(endpoints.transactions))).toHaveLength(120);
  });

  it('gives a line that changes while it is read once', async () => {
    const before = Array.from({ length: 60 }, (_, index) => line(index));
    const after = before.map((row, index) => (index === 45 ? line(45, { lastUpdated: '2026-03-09' }) : row));
    const client = await serveList('transactions', (count) => (count === 1 ? before : after));
    const read = await allOf(client.pull(endpoints.transactions));
    expect(read.map(({ lineId }) => lineId)).toEqual(before.map((_, index) => `line-${index}`));
  });
});

describe('the list of licences', () => {
  it('keeps every earlier state of one licence', async () => {
    const states = ['2025-01-01', '2025-02-01', '2025-03-01'].map((maintenanceStartDate) =>
      licenseSample({ maintenanceStartDate, recordCreatedDate: maintenanceStartDate }),
    );
    const client = await serveList('licenses', () => states);
    const parameters = { showLicensesHistory: 'true' as const, text: 'E-111-AAA-AAA-11A' };
    const read = await allOf(client.pull(endpoints.licenses, { parameters }));
    expect(read.map(({ maintenanceStart }) => maintenanceStart)).toEqual([
      '2025-01-01',
      '2025-02-01',
      '2025-03-01',
    ]);
  });

  it('leaves out the apps that nobody asked for, after they told the pages apart', async () => {
    const rows = Array.from({ length: 90 }, (_, index) =>
      licenseSample({ addonKey: index % 2 === 0 ? 'even' : 'odd', appEntitlementId: `ent-${index}` }),
    );
    const client = await serveList('licenses', () => rows);
    const pull = client.pull(endpoints.licenses, { appKeys: ['odd'] });
    const read = await allOf(pull);
    expect(new Set(read.map(({ appKey }) => appKey))).toEqual(new Set(['odd']));
    expect(pull.report.rows).toBe(45);
  });
});

describe('a question about partner metrics', () => {
  it('is asked by POST, at the developer space, with its page in the query', async () => {
    const server = await serve((asked, response) =>
      json(response, { records: asked.url.searchParams.get('offset') === '0' ? [metricSample('')] : [] }),
    );
    const { client } = clientFor(server.url);
    await allOf(client.pull(endpoints.installs, { parameters: { productId: 'p-1' } }));
    expect(server.asked.map(({ method, url }) => [method, url.pathname, url.search])).toEqual([
      ['POST', '/rest/3/partner-metrics/developer-space/space-1', '?offset=0&limit=14'],
      ['POST', '/rest/3/partner-metrics/developer-space/space-1', '?offset=14&limit=14'],
    ]);
    expect(JSON.parse(server.asked[1]?.body ?? '')).toMatchObject({ granularity: 'WEEK' });
  });

  it('about some apps leaves out the others, and the records that name none', async () => {
    const records = ['a', 'b', null].map((appKey) => metricSample('', { appKey }));
    const server = await serve((asked, response) =>
      json(response, { records: asked.url.searchParams.get('offset') === '0' ? records : [] }),
    );
    const { client } = clientFor(server.url);
    const read = await allOf(client.pull(endpoints.installs, { appKeys: ['b'] }));
    expect(read.map(({ appKey }) => appKey)).toEqual(['b']);
  });

  it('that brings two numbers for one app and week gives both: nobody could say which is right', async () => {
    const records = [1, 2, 2].map((installCounts) => metricSample('', { installCounts }));
    const server = await serve((asked, response) =>
      json(response, { records: asked.url.searchParams.get('offset') === '0' ? records : [] }),
    );
    const { client } = clientFor(server.url);
    const read = await allOf(client.pull(endpoints.installs));
    expect(read.map(({ installs }) => installs)).toEqual([1, 2]);
  });

  it('is not answered where "records" is missing', async () => {
    const server = await serve((_asked, response) => json(response, { errors: [] }));
    const { client } = clientFor(server.url);
    await expect(allOf(client.pull(endpoints.gmv))).rejects.toMatchObject({ code: 'API_UNEXPECTED_SHAPE' });
  });
});

it('the apps of a developer space can be had by key', async () => {
  const items = ['a', 'b'].map((key) => ({
    appKey: key,
    appName: key,
    productId: `p-${key}`,
    state: 'PUBLIC',
  }));
  const server = await serve((_asked, response) => json(response, { items, links: {} }));
  const { client } = clientFor(server.url);
  expect(await allOf(client.pull(endpoints.apps, { appKeys: ['b'] }))).toEqual([
    { appKey: 'b', name: 'b', productId: 'p-b', state: 'PUBLIC' },
  ]);
});

it.each(['licenses-export-sync', 'feedback-export', 'renewal-details-export'] as const)(
  'the export of %s is cut into rows as it arrives, and refused when it ends early',
  async (id) => {
    const server = await serve((_asked, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('[{"addonKey":"a"},{"addonKey":"b"},');
    });
    const { client } = clientFor(server.url);
    const endpoint: Endpoint<unknown> = endpoints[id];
    const pull = client.pull(endpoint);
    await expect(allOf(pull)).rejects.toMatchObject({ code: 'API_TRUNCATED' });
    expect(pull.report.quarantinedRows).toBe(2);
  },
);
