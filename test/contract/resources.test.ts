/** Lists, synchronous exports and single answers: the samples through the client, and what live clients saw of the rest. */
import nock from 'nock';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/reporting/endpoint.ts';
import { endpoints } from '../../src/reporting/endpoints/index.ts';
import { allOf, clientFor, EMAIL, errorOf, TOKEN } from '../unit/reporting/loopback.ts';
import {
  catalogueSample,
  freeStarterSample,
  type Json,
  readOne,
  sample,
  touchpointSample,
} from '../unit/reporting/samples.ts';
import { api, CLEAN, useSamplesOnly, ORIGIN, pathOf, pull } from './serve-sample.ts';

useSamplesOnly();

/** Serves an answer at an endpoint's path to a query that holds all of this and none of `without`. */
function serveAt(
  { path }: Pick<Endpoint<unknown>, 'path'>,
  body: unknown,
  queryHas: Json = {},
  without: readonly string[] = [],
): void {
  api()
    .get(pathOf({ path }))
    .query((query) => {
      expect(query).toMatchObject(queryHas);
      expect(Object.keys(query).filter((name) => without.includes(name))).toEqual([]);
      return true;
    })
    .basicAuth({ user: EMAIL, pass: TOKEN })
    .reply(200, JSON.stringify(body), { 'content-type': 'application/json' });
}

const ALL_BOUNDARIES = ['commercial', 'fedramp_moderate', 'isolated_cloud'];

describe('lists', () => {
  it('licenses.json: one page, the row of the export, in an order that does not pretend to have a direction', async () => {
    serveAt(
      endpoints.licenses,
      sample('licenses'),
      {
        offset: '0',
        limit: '50',
        sortBy: 'startDate',
        withDataInsights: 'true',
        includeAtlassianLicenses: 'true',
        showLifeTimeFreeLicenses: 'true',
        cloudComplianceBoundaries: ALL_BOUNDARIES,
      },
      ['order', 'accept'],
    );
    const { rows, report } = await pull(endpoints.licenses);
    const [raw] = sample('licenses')['licenses'] as Json[];
    expect(rows).toEqual([readOne(endpoints['licenses-export'], raw)]);
    expect(report).toEqual({ rows: 1, requests: 1, ...CLEAN });
  });

  it('sales.transactions.json: one page of two lines, oldest sale first', async () => {
    serveAt(
      endpoints.transactions,
      sample('sales.transactions'),
      {
        offset: '0',
        limit: '50',
        sortBy: 'date',
        order: 'asc',
        includeManualInvoice: 'true',
        cloudComplianceBoundaries: ALL_BOUNDARIES,
      },
      ['accept'],
    );
    const { rows, report } = await pull(endpoints.transactions);
    const raws = sample('sales.transactions')['transactions'] as Json[];
    expect(rows).toEqual(raws.map((raw) => readOne(endpoints['transactions-export'], raw)));
    expect(report).toEqual({ rows: 2, requests: 1, ...CLEAN });
  });
});

describe('exports in one answer', () => {
  const exports: [string, Endpoint<unknown>, Endpoint<unknown>, string, string][] = [
    [
      'licenses/export',
      endpoints['licenses-export-sync'],
      endpoints['licenses-export'],
      'licenses',
      'licenses',
    ],
    [
      'sales/transactions/export',
      endpoints['transactions-export-sync'],
      endpoints['transactions-export'],
      'sales.transactions',
      'transactions',
    ],
    ...(['churn', 'conversion', 'renewal'] as const).map((kind): (typeof exports)[number] => [
      `sales/metrics/${kind}/details/export`,
      endpoints[`${kind}-details-export`],
      endpoints[`${kind}-details`],
      'sales.metrics.saleMetric.details',
      'events',
    ]),
    [
      'feedback/details/export',
      endpoints['feedback-export'],
      endpoints['feedback-details'],
      'feedback.details',
      'feedback',
    ],
  ];

  it.each(exports)(
    '%s: the rows of the list, asked for as JSON and never paged',
    async (path, endpoint, list, name, field) => {
      const raws = sample(name)[field] as Json[];
      expect(endpoint.path).toBe(`reporting/developer-space/{developerId}/${path}`);
      serveAt(endpoint, raws, { accept: 'json' }, ['offset', 'limit', 'sortBy', 'order']);
      const { rows, report } = await pull(endpoint);
      expect(rows).toEqual(raws.map((raw) => readOne(list, raw)));
      expect(report).toEqual({ rows: raws.length, requests: 1, ...CLEAN });
    },
  );

  it('that are CSV after all are not read as JSON', async () => {
    api()
      .get(pathOf(endpoints['licenses-export-sync']))
      .query(true)
      .times(5)
      .reply(200, '"addonKey"\n"a"\n', { 'content-type': 'text/csv' });
    expect(await errorOf(pull(endpoints['licenses-export-sync']))).toMatchObject({ code: 'API_NOT_JSON' });
  });

  it('sales/freeStarterTier/export: the twelve fields a live client saw', async () => {
    serveAt(endpoints['free-starter-tier-export'], [freeStarterSample()], {
      accept: 'json',
      includeAtlassianLicenses: 'true',
      date: '2026-04-01',
    });
    const { rows, report } = await pull(endpoints['free-starter-tier-export'], {
      parameters: { date: '2026-04-01' },
    });
    expect(rows).toEqual([
      {
        appKey: 'test-app',
        name: 'Test App',
        productId: 'acd011b1-1111-45bc-902a-247046a11111',
        aliases: {
          appEntitlementId: '1a1a11aa-aa11-1a11-aa1a-aa111a1111a1',
          appEntitlementNumber: 'E-111-AAA-AAA-11A',
          licenseId: 'SEN-123',
        },
        host: {},
        hosting: 'Cloud',
        day: '2026-04-01',
        customer: { mailDomain: 'acme.example' },
        technicalContact: { email: 'jane@acme.example' },
        parentEdition: 'Free',
        parentUsers: 7,
        evaluationStart: '2025-11-20',
      },
    ]);
    expect(report).toEqual({ rows: 1, requests: 1, ...CLEAN });
  });
});

describe('marketing-attribution.async.export.json', () => {
  const start = sample('marketing-attribution.async.export');
  const { id } = start['export'] as { id: string };
  const jobs = pathOf({ path: `reporting/developer-space/{developerId}/async/export/${id}` });

  it('is started at one path, and polled and downloaded at another than its links say', async () => {
    api()
      .post(`${pathOf(endpoints['marketing-attribution-export'])}/async/export`, '{}')
      .query({ accept: 'json', startDate: '2026-01-01' })
      .reply(200, start);
    api().get(`${jobs}/status`).reply(200, sample('async.export.exportId.status'));
    api()
      .get(jobs)
      .reply(200, JSON.stringify([touchpointSample()]), { 'content-type': 'application/json' });
    const { rows, report } = await pull(endpoints['marketing-attribution-export'], {
      parameters: { startDate: '2026-01-01' },
    });
    expect(rows).toEqual([
      {
        appKey: 'test-app',
        name: 'test-app',
        aliases: {
          appEntitlementId: 'ent-1',
          appEntitlementNumber: 'E-111-AAA-AAA-11A',
          addonLicenseId: '4711',
        },
        visitedAt: Date.parse('2026-03-15T14:51:05Z'),
        channel: 'paid-search-non-branded',
        campaign: { source: 'google', medium: 'cpc', content: 'ad 1' },
        referrer: 'https://www.google.com/',
        page: 'https://marketplace.atlassian.com/apps/123?utm_source=google',
        userType: 'anonymous',
      },
    ]);
    expect(report).toEqual({ rows: 1, requests: 3, ...CLEAN });
  });
});

describe('product-catalog.json', () => {
  it('links to a file elsewhere, which is read without the credential', async () => {
    const answer = sample('product-catalog');
    const link = new URL(answer['presignedUrl'] as string);
    // The sample's own host is not on the loopback, where alone an API on the loopback may lead.
    serveAt(endpoints['product-catalog'], {
      ...answer,
      presignedUrl: `${ORIGIN}${link.pathname}${link.search}`,
    });
    const rows = [catalogueSample(), catalogueSample({ product_id: '', summary: 'Two\nlines, "quoted"' })];
    const columns = Object.keys(catalogueSample());
    const csv = [columns, ...rows.map((row) => columns.map((name) => String(row[name])))]
      .map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))
      .join('\n');
    nock(ORIGIN, { badheaders: ['authorization', 'cookie'] })
      .get(link.pathname)
      .query(Object.fromEntries(link.searchParams))
      .reply(200, csv, { 'content-type': 'binary/octet-stream' });
    const { rows: read, report } = await pull(endpoints['product-catalog']);
    expect(read[0]).toEqual({
      appKey: 'mycompany.myapp',
      name: 'My app',
      productId: 'acd011b1-1111-45bc-902a-247046a11111',
      vendorName: 'My company',
      tagLine: 'The best app',
      summary: 'Does it all',
      version: '1.0.0',
      releasedOn: '2025-03-01',
      hosting: 'Data Center',
      versionStatus: 'approved',
      paymentModel: 'paid-via-atlassian',
      categories: ['Admin tools', 'Project management'],
      parentSoftware: ['jira', 'confluence'],
      isBeta: false,
      isConnect: true,
      isSupported: true,
      isPublic: true,
      isAutoUpdatable: false,
      averageStars: 3.5,
      reviewScore: 4.25,
      reviews: 12,
      downloads: 12_345,
      installs: 678,
    });
    expect(read[1]).toMatchObject({ summary: 'Two lines, "quoted"' });
    expect(read[1]).not.toHaveProperty('productId');
    expect(report).toEqual({ rows: 2, requests: 2, ...CLEAN });
  });
});

describe('index.json', () => {
  it('names what the account may read, at the address without its documented slash', async () => {
    expect(pathOf(endpoints.links)).toBe('/marketplace/rest/3/reporting/developer-space/space-1');
    serveAt(endpoints.links, sample('index'));
    const { rows, report } = await pull(endpoints.links);
    expect(rows).toHaveLength(25);
    expect(rows.slice(0, 2)).toEqual([
      {
        name: 'appRequestsAndApprovals',
        path: 'reporting/developer-space/{developerId}/app-requests-and-approvals{?productId*,startDate,endDate}',
        type: 'application/json',
      },
      {
        name: 'cloudChurn',
        path: 'reporting/developer-space/{developerId}/sales/metrics/churn{?aggregation,startDate,endDate}',
        type: 'application/json',
      },
    ]);
    expect(rows.find(({ name }) => name === 'freeStarterTier')).toEqual({
      name: 'freeStarterTier',
      path: 'reporting/developer-space/{developerId}/sales/freeStarterTier/export?accept=csv',
      type: 'text/csv',
    });
    expect(report).toEqual({ rows: 25, requests: 1, ...CLEAN });
  });
});

describe('the partner’s own things', () => {
  /** The documentation's example of an app's listing, shortened where nothing is read. */
  const listing = (changes: Json = {}): Json => ({
    productId: '12345678-1234-1234-1234-123456789abc',
    appKey: 'com.example.app.addon',
    developerId: '87654321-4321-4321-4321-210987654321',
    appName: 'Example App for Platform',
    summary: 'This addon allows integration',
    tagLine: 'Streamline your workflow',
    images: { iconFileId: 'abc12345-6789-def0-1234-56789abcdef0' },
    tags: { category: [{ id: 'productivity', name: 'Productivity' }], keywords: [] },
    communityEnabled: true,
    developerLinks: { issueTracker: 'https://issues.example.com/browse/PROJ' },
    state: 'PUBLIC',
    approvalStatus: 'APPROVED',
    slug: 'example-app',
    revision: 3,
    ...changes,
  });

  it('apps come by cursors, private ones included', async () => {
    const next = '/rest/3/product-listing/developer-space/space-1?limit=50&cursor=b64%3D';
    const privately = listing({ appKey: 'com.example.lab', productId: 'p-2', state: 'private' });
    serveAt(
      endpoints.apps,
      { items: [listing()], links: { self: '/x', next } },
      { includePrivate: 'true', limit: '50' },
      ['cursor', 'offset'],
    );
    serveAt(
      endpoints.apps,
      { items: [listing(), privately], links: { self: '/x' } },
      { includePrivate: 'true', limit: '50', cursor: 'b64=' },
    );
    const { rows, report } = await pull(endpoints.apps);
    expect(rows).toEqual([
      {
        appKey: 'com.example.app.addon',
        name: 'Example App for Platform',
        productId: '12345678-1234-1234-1234-123456789abc',
        state: 'PUBLIC',
      },
      {
        appKey: 'com.example.lab',
        name: 'Example App for Platform',
        productId: 'p-2',
        state: 'PRIVATE',
      },
    ]);
    expect(report).toEqual({ rows: 2, requests: 2, ...CLEAN });
  });

  it('a vendor is a developer space, and an unknown one is not found', async () => {
    const path = { path: 'developer-space/vendor/1210833' };
    serveAt(path, { developerId: '87654321-4321-4321-4321-210987654321' });
    const parameters = { vendorId: '1210833' };
    const { rows, report } = await pull(endpoints['developer-space'], { parameters });
    expect(rows).toEqual([{ developerId: '87654321-4321-4321-4321-210987654321' }]);
    expect(report).toEqual({ rows: 1, requests: 1, ...CLEAN });
    // Who asks for a developer space need not know one.
    serveAt(path, { developerId: 'space-9' });
    const { client } = clientFor(`${ORIGIN}/marketplace`, { developerId: '' });
    expect(await allOf(client.pull(endpoints['developer-space'], { parameters }))).toEqual([
      { developerId: 'space-9' },
    ]);
    expect(() => client.pull(endpoints.apps)).toThrow(/No developer space was named/);
    api().get(pathOf(path)).reply(404);
    expect(await errorOf(pull(endpoints['developer-space'], { parameters }))).toMatchObject({
      code: 'API_NOT_FOUND',
    });
  });
});
