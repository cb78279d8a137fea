/** The simulator's exports, listings, catalogue and partner metrics: how strict they are, and whose data they show. */
import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  createReportingApi,
  type ReportingApiOptions,
  type ReportingApiSimulator,
} from '../../demo/reporting-api.ts';
import { APPS } from '../../demo/world/apps.ts';
import { createWorld } from '../../demo/world/world.ts';
import { addDays, type Day } from '../../src/domain/day.ts';
import { createReportingClient, type PullOptions } from '../../src/reporting/client.ts';
import type { Endpoint } from '../../src/reporting/endpoint.ts';
import { endpoints } from '../../src/reporting/endpoints/index.ts';

const TODAY: Day = '2026-03-17';
const EMAIL = 'api@northlight.example';
const TOKEN = 'token-1';
const SPACE = '0c6f3b1e-2f3a-4b5c-8d7e-9f0a1b2c3d4e';
const REPORTING = `/rest/3/reporting/developer-space/${SPACE}`;
const METRICS = `/rest/3/partner-metrics/developer-space/${SPACE}`;
const LISTINGS = `/rest/3/product-listing/developer-space/${SPACE}`;
const BASIC = `Basic ${Buffer.from(`${EMAIL}:${TOKEN}`).toString('base64')}`;
const [PLANNER] = APPS;

const world = createWorld({ seed: 7, today: TODAY });
const now = world.at(TODAY);

let api: ReportingApiSimulator;

async function start(options: Partial<ReportingApiOptions> = {}): Promise<void> {
  api = await createReportingApi({ world, email: EMAIL, token: TOKEN, developerId: SPACE, ...options });
}

beforeEach(() => start());
afterEach(() => api.close());

type Json = Readonly<Record<string, unknown>>;

interface Sent {
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

async function call(address: string, { body, headers = { authorization: BASIC } }: Sent = {}) {
  const url = address.startsWith('http') ? address : `${api.url}${address}`;
  const response = await request(url, {
    headers,
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  const raw = Buffer.from(await response.body.arrayBuffer());
  const text = (response.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString();
  const json: unknown = /^\s*[[{]/.test(text) ? JSON.parse(text) : undefined;
  return {
    status: response.statusCode,
    type: String(response.headers['content-type'] ?? ''),
    text,
    json: json as Json,
    rows: json as readonly Json[],
    errors: ((json as { errors?: { message?: string; detail?: string }[] } | undefined)?.errors ?? []).map(
      ({ detail, message }) => message ?? detail,
    ),
  };
}

/** Fields that the world puts into rows so that nobody relies on knowing all of them. */
const STRANGE = /^(agentSeats|appVariant|aiCreditsIncluded)/;

/** What the real client makes of it. */
async function pull<Row>(endpoint: Endpoint<Row>, options: PullOptions = {}) {
  const client = createReportingClient({
    baseUrl: api.url,
    email: EMAIL,
    token: { reveal: () => TOKEN },
    developerId: SPACE,
    wait: async () => undefined,
  });
  onTestFinished(() => client.close());
  const started = client.pull(endpoint, options);
  const rows: Row[] = [];
  for await (const row of started) rows.push(row);
  const strangers = [...started.report.unmappedFields.keys()].filter((name) => !STRANGE.test(name));
  expect([started.report.quarantined, strangers]).toEqual([[], []]);
  return { rows, report: started.report };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

describe('exports in one answer', () => {
  it.each([
    ['licenses/export', 'addonKey'],
    ['sales/transactions/export', 'transactionId'],
    ['sales/metrics/churn/details/export', 'eventDate'],
    ['feedback/details/export', 'feedbackType'],
  ])('%s is CSV, and JSON only for who asks', async (path, column) => {
    const plain = await call(`${REPORTING}/${path}`);
    expect([plain.status, plain.type]).toEqual([200, 'text/csv']);
    expect(plain.text.split('\r\n')[0]).toContain(`"${column}"`);
    const asked = await call(`${REPORTING}/${path}?accept=json`);
    expect(asked.type).toMatch(/^application\/json/);
    expect(Array.isArray(asked.rows)).toBe(true);
    const wrong = await call(`${REPORTING}/${path}?accept=xml`);
    expect([wrong.status, wrong.errors]).toEqual([400, ['Must be one of: csv, json']]);
  });

  it('have no pages, and are as strict about filters as the lists', async () => {
    const all = await call(`${REPORTING}/sales/metrics/renewal/details/export?accept=json&limit=1&offset=5`);
    expect(all.rows).toHaveLength(now.events('renewal').length);
    const wrong = await call(`${REPORTING}/licenses/export?accept=json&hosting=Cloud`);
    expect(wrong.status).toBe(400);
    expect((await call(`${REPORTING}/feedback/details/export?accept=json&startDate=soon`)).errors).toEqual([
      'Must be a date',
    ]);
  });

  it.each(['/licenses', '/sales/transactions', '/feedback/details', ''])(
    'are the only ones with CSV: %s is a 406 to who takes nothing else',
    async (path) => {
      const headers = { authorization: BASIC, accept: 'text/csv' };
      expect((await call(`${REPORTING}${path}`, { headers })).status).toBe(406);
    },
  );

  it('hold through the client what the lists and the asynchronous exports hold', async () => {
    const key = (row: object) => JSON.stringify(row);
    const parameters = { hosting: 'datacenter' };
    const { rows: whole } = await pull(endpoints['licenses-export'], { parameters });
    const { rows: at } = await pull(endpoints['licenses-export-sync'], { parameters });
    const { rows: paged } = await pull(endpoints.licenses, { parameters });
    expect(at).toEqual(whole);
    expect(new Set(paged.map(key))).toEqual(new Set(whole.map(key)));
    expect(whole.length).toBeGreaterThan(50);

    const range = { startDate: '2026-02-01', endDate: '2026-03-01' };
    const { rows: lines } = await pull(endpoints['transactions-export'], { parameters: range });
    const { rows: at2 } = await pull(endpoints['transactions-export-sync'], { parameters: range });
    const { rows: paged2 } = await pull(endpoints.transactions, { parameters: range });
    expect(at2).toEqual(lines);
    // The world exports some lines twice; a list gives each once, oldest sale first.
    expect(new Set(paged2.map(key))).toEqual(new Set(lines.map(key)));
    const days = paged2.map(({ saleDate }) => saleDate);
    expect(days).toEqual(days.toSorted());
    expect(lines.length).toBeGreaterThan(100);
  });

  it.each(['churn', 'conversion', 'renewal'] as const)(
    'hold every %s event that its list holds',
    async (kind) => {
      const parameters = { startDate: '2026-01-01' };
      const { rows } = await pull(endpoints[`${kind}-details-export`], { parameters });
      const { rows: listed } = await pull(endpoints[`${kind}-details`], { parameters });
      expect(rows.length).toBeGreaterThan(10);
      expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(
        new Set(listed.map((row) => JSON.stringify(row))),
      );
    },
  );

  it('hold all feedback', async () => {
    const { rows } = await pull(endpoints['feedback-export']);
    expect(rows).toHaveLength(now.feedback.length);
  });
});

describe('the free starter tier', () => {
  const path = `${REPORTING}/sales/freeStarterTier/export`;

  it('is JSON by default, whose CSV lacks the product', async () => {
    const json = await call(path);
    expect(json.type).toMatch(/^application\/json/);
    expect(Object.keys(json.rows[0] ?? {})).toEqual([
      'day',
      'licenseId',
      'appEntitlementId',
      'entitlementNumber',
      'parentEdition',
      'dateOfEvaluation',
      'parentUnitCount',
      'technicalEmail',
      'vendorId',
      'addonName',
      'addonKey',
      'productId',
    ]);
    const [header = '', ...lines] = (await call(`${path}?accept=csv`)).text.trim().split('\r\n');
    expect(header.split(',')).toHaveLength(11);
    expect(header).not.toContain('productId');
    expect(lines).toHaveLength(json.rows.length);
  });

  it('takes one date, ignores a range, and answers for the future where nothing is said', async () => {
    const days = async (query: string) =>
      new Set((await call(`${path}${query}`)).rows.map((row) => row['day']));
    expect(await days('?date=2026-01-31')).toEqual(new Set(['2026-01-31']));
    expect(await days('?startDate=2026-01-01&endDate=2026-01-31')).toEqual(new Set(['2026-04-27']));
    expect((await call(`${path}?date=31.01.2026`)).status).toBe(400);
  });

  it('breaks for an app that nobody knows, which reads like an outage', async () => {
    const productId = '00000000-0000-0000-0000-000000000000';
    expect((await call(`${path}?productId=${productId}`)).status).toBe(500);
    await expect(
      pull(endpoints['free-starter-tier-export'], { parameters: { productId } }),
    ).rejects.toMatchObject({ code: 'API_UNAVAILABLE', status: 500 });
  });

  it('is what the world has in use on a free edition that day', async () => {
    const { rows } = await pull(endpoints['free-starter-tier-export'], { parameters: { date: TODAY } });
    const expected = now.licenses.filter(
      ({ appEdition, status }) => appEdition === 'Free' && status === 'active',
    );
    expect(rows).toHaveLength(expected.length);
    expect(new Set(rows.map(({ aliases }) => aliases.appEntitlementId))).toEqual(
      new Set(expected.map(({ appEntitlementId }) => appEntitlementId)),
    );
    expect(rows.length).toBeGreaterThan(10);
    const before = await pull(endpoints['free-starter-tier-export'], { parameters: { date: '2024-06-01' } });
    expect(before.rows.length).toBeLessThan(rows.length);
    const parameters = { date: TODAY, productId: PLANNER.productId };
    const one = await pull(endpoints['free-starter-tier-export'], { parameters });
    expect(one.rows).toEqual(rows.filter(({ appKey }) => appKey === PLANNER.appKey));
  });
});

describe('the visits before evaluations', () => {
  const path = `${REPORTING}/marketing-attribution/async/export`;

  it('have their status and their file elsewhere than their links say', async () => {
    const { json } = await call(path, { body: {} });
    const { id } = json['export'] as { id: string };
    const links = json['_links'] as Record<string, { href: string }>;
    expect(links['download']?.href).toBe(`${path}/${id}`);
    expect((await call(links['download']?.href ?? '')).status).toBe(404);
    expect((await call(links['status']?.href ?? '')).status).toBe(404);
    expect((await call(`${REPORTING}/async/export/${id}/status`)).status).toBe(200);
    expect((await call(`${REPORTING}/async/export/${id}`)).errors).toEqual(['Export is being processed']);
    expect((await call(`${REPORTING}/licenses/async/export/${id}/status`)).status).toBe(404);
    expect((await call(`${path}?startDate=soon`, { body: {} })).status).toBe(400);
  });

  it('lie in the thirty days before the evaluations of the world', async () => {
    const { rows } = await pull(endpoints['marketing-attribution-export']);
    const starts = new Map(
      now.licenses
        .filter(({ evaluationStartDate = '' }) => /^\d/.test(evaluationStartDate))
        .map((row) => [row.appEntitlementId ?? row.addonLicenseId, row.evaluationStartDate]),
    );
    const visited = new Set<string | undefined>();
    for (const { aliases, visitedAt } of rows) {
      const id = aliases.appEntitlementId ?? aliases.addonLicenseId;
      const started = Date.parse(`${starts.get(id)}T00:00:00Z`);
      visited.add(id);
      expect(visitedAt).toBeLessThan(started);
      expect(visitedAt).toBeGreaterThanOrEqual(started - 30 * 86_400_000);
    }
    expect(visited.size).toBeGreaterThan(2_000);
    expect(rows.length / visited.size).toBeGreaterThan(4);
  });

  it('are the same ones every time, by app and by day', async () => {
    const parameters = { startDate: '2026-02-01', endDate: '2026-02-28', productId: PLANNER.productId };
    const { rows } = await pull(endpoints['marketing-attribution-export'], { parameters });
    expect(rows.length).toBeGreaterThan(10);
    expect(new Set(rows.map(({ appKey }) => appKey))).toEqual(new Set([PLANNER.appKey]));
    for (const { visitedAt } of rows) {
      expect(visitedAt).toBeGreaterThanOrEqual(Date.parse('2026-02-01T00:00:00Z'));
      expect(visitedAt).toBeLessThan(Date.parse('2026-03-01T00:00:00Z'));
    }
    const { rows: again } = await pull(endpoints['marketing-attribution-export'], { parameters });
    expect(again).toEqual(rows);
  });
});

describe('the catalogue', () => {
  const path = '/rest/3/reporting/product-catalog/latest';
  const link = async (): Promise<string> => String((await call(path)).json['presignedUrl']);

  it('is a link with a permission of its own, a fresh one each time', async () => {
    const { json } = await call(path);
    expect(json).toMatchObject({ date: TODAY, expiresInSeconds: 300 });
    const first = await link();
    expect(await link()).not.toBe(first);
    const file = await call(first, { headers: {} });
    expect([file.status, file.type]).toEqual([200, 'binary/octet-stream']);
    expect(file.text).toContain('"marketplace_app_key"');
  });

  it('refuses a second credential, a wrong signature, and a link that has expired', async () => {
    const good = await link();
    const refusals = [
      await call(good),
      await call(good.replace(/Signature=.{4}/, 'Signature=0000'), { headers: {} }),
      await call(good.replace('wide_public', 'private'), { headers: {} }),
    ];
    api.expireFileLinks();
    refusals.push(await call(good, { headers: {} }));
    expect(refusals.map(({ status, type }) => [status, type])).toEqual([
      [400, 'application/xml'],
      [403, 'application/xml'],
      [403, 'application/xml'],
      [403, 'application/xml'],
    ]);
    expect(refusals[3]?.text).toContain('Request has expired');
  });

  it('holds our apps with the installations of the world, among others under names from hell', async () => {
    const { rows } = await pull(endpoints['product-catalog']);
    const ours = rows.filter(({ vendorName }) => vendorName === 'Northlight');
    expect(new Set(ours.map(({ appKey }) => appKey))).toEqual(new Set(APPS.map(({ appKey }) => appKey)));
    const cloud = ours.find(({ appKey, hosting }) => appKey === PLANNER.appKey && hosting === 'Cloud');
    const inUse = now.licenses.filter(
      ({ addonKey, hosting, maintenanceEndDate, status }) =>
        addonKey === PLANNER.appKey &&
        hosting === 'Cloud' &&
        (status === 'active' || (status === 'cancelled' && (maintenanceEndDate ?? '9999') > TODAY)),
    );
    expect(cloud).toMatchObject({
      installs: inUse.length,
      parentSoftware: ['jira'],
      productId: PLANNER.productId,
    });
    expect(rows.length).toBeGreaterThan(150);
    expect(rows.some(({ vendorName }) => vendorName?.includes('Two Lines Corp'))).toBe(true);
    expect(rows.some(({ categories }) => categories.includes('Time, money'))).toBe(true);
    const { rows: one } = await pull(endpoints['product-catalog'], { appKeys: [PLANNER.appKey] });
    expect(new Set(one.map(({ hosting }) => hosting))).toEqual(new Set(['Cloud', 'Data Center']));
  });

  it('is read although its link expires between the answer and the download, once', async () => {
    api.fail({ kind: 'status', status: 403, body: '<Error/>', path: /^\/files\//, times: 1 });
    const { rows } = await pull(endpoints['product-catalog']);
    expect(rows.length).toBeGreaterThan(150);
    expect(api.requests.map(({ path: asked }) => asked.replace(/-2026.*/, ''))).toEqual([
      path,
      '/files/wide_public_apps_overview',
      path,
      '/files/wide_public_apps_overview',
    ]);
  });
});

describe('the partner’s apps', () => {
  it('come ten at a time, public ones alone, unless more is asked', async () => {
    const { json } = await call(LISTINGS);
    expect((json['items'] as Json[]).map((item) => item['appKey'])).toEqual(APPS.map(({ appKey }) => appKey));
    expect(json['links']).toEqual({ self: LISTINGS });
    const { rows } = await pull(endpoints.apps);
    expect(rows).toHaveLength(APPS.length + 1);
    expect(rows.at(-1)).toMatchObject({ appKey: 'com.northlight.lab-notes', state: 'PRIVATE' });
    const hidden = await pull(endpoints.apps, { parameters: { includePrivate: 'false' } });
    expect(hidden.rows).toHaveLength(APPS.length);
  });

  it('lead to each other by cursors', async () => {
    const first = await call(`${LISTINGS}?limit=4&includePrivate=true`);
    const { next } = first.json['links'] as { next: string };
    const second = await call(next);
    expect((first.json['items'] as Json[]).length + (second.json['items'] as Json[]).length).toBe(7);
    expect(second.json['links']).toEqual({ self: LISTINGS });
  });

  it.each(['limit=51', 'limit=0', 'limit=ten', 'includePrivate=yes', 'cursor=nonsense'])(
    '%s is a 400',
    async (query) => {
      const { errors, status } = await call(`${LISTINGS}?${query}`);
      expect(status).toBe(400);
      expect(errors[0]).toMatch(/^Invalid/);
    },
  );

  it('belong to the developer space that a vendor became', async () => {
    const { rows } = await pull(endpoints['developer-space'], { parameters: { vendorId: '1210833' } });
    expect(rows).toEqual([{ developerId: SPACE }]);
    expect((await call('/rest/3/developer-space/vendor/1')).status).toBe(404);
    expect((await call('/rest/3/developer-space/vendor/1', { headers: {} })).status).toBe(401);
    expect((await call(LISTINGS.replace(SPACE, 'another'))).status).toBe(400);
  });

  it('may be read from the resources that the index lists', async () => {
    const { rows } = await pull(endpoints.links);
    for (const { path } of rows) {
      const status = (await call(`/rest/3/${path.replace(/\{.*\}/, '')}`)).status;
      expect([path, status]).toEqual([path, 200]);
    }
    expect(rows.length).toBeGreaterThan(10);
  });
});

describe('a question about partner metrics', () => {
  const installs = { granularity: 'WEEK', metrics: { metricFields: [{ name: 'INSTALL_COUNT' }] } };
  const gmv = { granularity: 'MONTH', metrics: { metricSets: [{ name: 'GMV' }] } };
  const records = async (body: unknown, query = '') =>
    (await call(`${METRICS}${query}`, { body })).json['records'] as readonly Json[];
  const byType = (...types: string[]) => ({
    ...gmv,
    metrics: { metricFields: [{ name: 'lifetime_gmv' }] },
    attributesFilter: {
      expr: {
        andGroup: types.map((value) => ({
          filter: { fieldName: 'APP_VERSION_TYPE', oneFilter: { stringFilter: { value } } },
        })),
      },
    },
  });

  it.each<[string, unknown, string, string]>([
    ['says nothing', undefined, '', 'Invalid request body'],
    ['is a list', [], '', 'Invalid request body'],
    ['has a list of metrics', { ...installs, metrics: ['sales'] }, '', 'metrics must be an object'],
    [
      'has metrics as texts',
      { ...installs, metrics: { metricFields: ['INSTALL_COUNT'] } },
      '',
      'must be an object',
    ],
    ['names no metric', { ...installs, metrics: {} }, '', 'At least one metric'],
    [
      'names a metric nobody knows',
      { ...installs, metrics: { metricFields: [{ name: 'SALES' }] } },
      '',
      'not known',
    ],
    ['has weeks in lower case', { ...installs, granularity: 'week' }, '', 'Must be one of: YEAR'],
    [
      'has a range of start and end',
      { ...installs, dateRange: { start: '2026-01-01' } },
      '',
      'unrecognized field',
    ],
    ['has no date', { ...installs, dateRange: { startDate: '2026-1-1' } }, '', 'Must be a date'],
    ['misspells its filter', { ...installs, attributeFilter: {} }, '', 'unrecognized field'],
    ['splits by nothing known', { ...installs, attributes: [{ name: 'COUNTRY' }] }, '', 'not known'],
    ['asks for 15 periods', installs, '?limit=15', 'Must be at most 14'],
    ['asks for half a page', installs, '?offset=x', 'Must be a valid integer'],
    [
      'has two types of versions',
      byType('NATIVE_APP', 'NON_HARMONISED'),
      '',
      'Exactly single APP_VERSION_TYPE',
    ],
    ['has a type nobody knows', byType('FORGE'), '', 'Exactly single APP_VERSION_TYPE'],
  ])('that %s is a 400', async (_name, body, query, message) => {
    const { errors, status } = await call(`${METRICS}${query}`, { body: body ?? '' });
    expect(status).toBe(400);
    expect(errors[0]).toContain(message);
  });

  it('is only asked by POST, with our credential, at our developer space', async () => {
    expect((await call(METRICS)).status).toBe(405);
    expect((await call(METRICS, { body: installs, headers: {} })).status).toBe(401);
    expect((await call(METRICS.replace(SPACE, 'x'), { body: installs })).status).toBe(400);
  });

  it('is answered for seven periods, fourteen at most, which begin on Mondays', async () => {
    const periods = async (query: string) => [
      ...new Set((await records(installs, query)).map((record) => String(record['date']))),
    ];
    const seven = await periods('');
    expect(seven).toEqual([
      '2026-02-02',
      '2026-02-09',
      '2026-02-16',
      '2026-02-23',
      '2026-03-02',
      '2026-03-09',
      '2026-03-16',
    ]);
    expect(await periods('?limit=14')).toHaveLength(14);
    expect(await periods('?limit=7&offset=7')).toEqual(seven.map((day) => addDays(day as Day, -49)));
    expect(await periods('?offset=100000')).toEqual([]);
  });

  it('counts what the world has in use, by app and week, in either reading of its pages', async () => {
    const parameters = { startDate: '2025-10-01', endDate: '2026-03-01' };
    const { rows } = await pull(endpoints.installs, { parameters });
    const expected = (day: Day): number =>
      world
        .at(day)
        .licenses.filter(
          ({ cloudComplianceBoundaries, maintenanceEndDate, status }) =>
            (cloudComplianceBoundaries ?? ['commercial']).includes('commercial') &&
            (status === 'active' || (status === 'cancelled' && (maintenanceEndDate ?? '9999') > day)),
        ).length;
    const weeks = [...new Set(rows.map(({ period }) => period))].toSorted();
    expect(weeks).toHaveLength(22);
    expect(weeks[0]).toBe('2025-09-29');
    for (const week of weeks) {
      const counted = rows.filter(({ period }) => period === week);
      expect([week, sum(counted.map(({ installs: count }) => count))]).toEqual([week, expected(week)]);
    }
    await api.close();
    await start({ metricPages: 'rows' });
    const { rows: again } = await pull(endpoints.installs, { parameters });
    const key = (row: object) => JSON.stringify(row);
    expect(again.map(key).toSorted()).toEqual(rows.map(key).toSorted());
  });

  it('is about one app where one is named', async () => {
    const parameters = { startDate: '2026-03-01', endDate: '2026-03-15', productId: PLANNER.productId };
    const { rows } = await pull(endpoints.installs, { parameters });
    expect(new Set(rows.map(({ appKey }) => appKey))).toEqual(new Set([PLANNER.appKey]));
    const { rows: none } = await pull(endpoints.installs, { parameters: { ...parameters, productId: 'x' } });
    expect(none).toEqual([]);
  });

  it('adds up to the same by version, by minor and by major version', async () => {
    const parameters = { startDate: '2026-03-01', endDate: '2026-03-15' };
    const counts = async (split: 'version' | 'minor-version' | 'major-version') => {
      const { rows } = await pull(endpoints[`installs-by-parent-${split}`], { parameters });
      const versions = new Set(rows.map(({ parentVersion }) => parentVersion));
      return { total: sum(rows.map(({ installs: count }) => count)), versions: versions.size };
    };
    const [version, minor, major] = [
      await counts('version'),
      await counts('minor-version'),
      await counts('major-version'),
    ];
    expect(version.total).toBeGreaterThan(20);
    expect([minor.total, major.total]).toEqual([version.total, version.total]);
    expect(version.versions).toBeGreaterThan(minor.versions);
    expect(minor.versions).toBeGreaterThan(major.versions);
  });

  it('about money gives what customers paid until then, in parts that add up', async () => {
    const parameters = { startDate: '2025-12-15', endDate: TODAY };
    const { rows } = await pull(endpoints.gmv, { parameters });
    expect(rows.map(({ period }) => period).toSorted()).toEqual([
      '2025-12-01',
      '2026-01-01',
      '2026-02-01',
      '2026-03-01',
    ]);
    const types = await Promise.all(
      ['RUNS_ON_ATLASSIAN', 'NATIVE_APP', 'NON_HARMONISED'].map((appVersionType) =>
        pull(endpoints['gmv-by-version-type'], { parameters: { ...parameters, appVersionType } }),
      ),
    );
    const { rows: forge } = await pull(endpoints['gmv-forge-versions'], { parameters });
    for (const { nonHarmonisedForge, period, standardForge, ...rest } of rows) {
      expect(rest).toEqual({ lifetime: nonHarmonisedForge, versionType: 'NON_HARMONISED_FORGE_VERSIONS' });
      expect(forge.find((one) => one.period === period)).toEqual({
        period,
        nonHarmonisedForge,
        standardForge,
      });
      const typed = types.map(({ rows: of }) => of.find((one) => one.period === period)?.lifetime ?? 0);
      expect(sum(typed)).toBe((nonHarmonisedForge ?? 0) + (standardForge ?? 0));
    }
    const paid = now.transactions.filter(
      ({ cloudComplianceBoundaries, purchaseDetails }) =>
        (cloudComplianceBoundaries ?? ['commercial']).includes('commercial') &&
        purchaseDetails.saleDate < '2026-04-01',
    );
    const cents = sum(paid.map(({ purchaseDetails }) => Math.round(purchaseDetails.purchasePrice * 100)));
    const last = rows.find(({ period }) => period === '2026-03-01');
    expect((last?.nonHarmonisedForge ?? 0) + (last?.standardForge ?? 0)).toBe(cents);
  });

  it('may be answered without a product, as in the documentation', async () => {
    await api.close();
    await start({ docsShapes: true });
    const { rows } = await pull(endpoints.installs, {
      parameters: { startDate: '2026-03-01', endDate: '2026-03-15' },
    });
    expect(rows.some(({ productId }) => productId === undefined)).toBe(true);
    expect(rows.every(({ appKey }) => appKey !== undefined)).toBe(true);
  });
});
