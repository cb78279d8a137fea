import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createReportingApi,
  type ReportingApiOptions,
  type ReportingApiSimulator,
} from '../../demo/reporting-api.ts';
import { APPS } from '../../demo/world/apps.ts';
import type { RawChurnBenchmark } from '../../demo/world/benchmarks.ts';
import type { RawEvent, RawFeedback, RawLicense, RawTransaction } from '../../demo/world/raw-rows.ts';
import { createWorld } from '../../demo/world/world.ts';
import type { Day } from '../../src/domain/day.ts';

const TODAY: Day = '2026-03-17';
const EMAIL = 'api@northlight.example';
const TOKEN = 'token-1';
const SPACE = '0c6f3b1e-2f3a-4b5c-8d7e-9f0a1b2c3d4e';
const BASE = `/rest/3/reporting/developer-space/${SPACE}`;
const BASIC = `Basic ${Buffer.from(`${EMAIL}:${TOKEN}`).toString('base64')}`;

const world = createWorld({ seed: 7, today: TODAY });
const now = world.at(TODAY);

let api: ReportingApiSimulator;

async function start(options: Partial<ReportingApiOptions> = {}): Promise<void> {
  api = await createReportingApi({ world, email: EMAIL, token: TOKEN, developerId: SPACE, ...options });
}

beforeEach(() => start());
afterEach(() => api.close());

interface Series {
  readonly name: string;
  readonly conversionType?: string;
  readonly elements: readonly { readonly date: string; readonly count: number }[];
}

interface Scope {
  readonly series: readonly Series[];
  readonly datasets: readonly (Series & { readonly series: readonly Series[] })[];
}

/** Everything any answer holds; each test reads the part it asked for. */
interface Body {
  readonly _links: Readonly<Record<string, { readonly href: string } & readonly { readonly href: string }[]>>;
  readonly next: readonly { readonly href: string }[];
  readonly errors: readonly { readonly message: string }[];
  readonly export: { readonly id: string; readonly status: string };
  readonly totalCount: number;
  readonly licenses: readonly RawLicense[];
  readonly transactions: readonly RawTransaction[];
  readonly feedback: readonly RawFeedback[];
  readonly events: readonly RawEvent[];
  readonly total: Scope;
  readonly addons: readonly Scope[];
  readonly churnBenchmarkPerApp: readonly RawChurnBenchmark[];
  readonly totals: Readonly<Record<string, readonly { readonly date: string }[]>>;
  readonly CloudEvaluationBenchmarkPerApp: readonly Readonly<Record<string, readonly unknown[]>>[];
}

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  readonly json: Body;
  /** The body when it is an array, as downloads are. */
  readonly rows: readonly Record<string, unknown>[];
}

async function call(
  path: string,
  {
    method = 'GET',
    headers = { authorization: BASIC },
  }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const response = await request(`${api.url}${path}`, {
    method: method as 'GET',
    headers,
    ...(method === 'POST' ? { body: '{}' } : {}),
  });
  const raw = Buffer.from(await response.body.arrayBuffer());
  const text = (response.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString();
  const isJson = String(response.headers['content-type'] ?? '').startsWith('application/json');
  const parsed: unknown = isJson && /^[[{]/.test(text) ? JSON.parse(text) : {};
  const rows = Array.isArray(parsed) ? (parsed as Record<string, unknown>[]) : [];
  return { status: response.statusCode, headers: response.headers, text, json: parsed as Body, rows };
}

const get = (path: string) => call(`${BASE}${path}`);
const post = (path: string) => call(`${BASE}${path}`, { method: 'POST' });

/** Starts an export and polls it until it is done. */
async function exported(resource: string, query = ''): Promise<readonly Record<string, unknown>[]> {
  const { json } = await post(`/${resource}/async/export${query}`);
  for (let poll = 0; poll < 9; poll += 1) {
    const status = await get(`/${resource}/async/export/${json.export.id}/status`);
    if (status.json.export.status === 'COMPLETED') break;
  }
  return (await get(`/${resource}/async/export/${json.export.id}`)).rows;
}

describe('the simulator’s door', () => {
  it.each<[string, Record<string, string>]>([
    ['no credentials', {}],
    ['another token', { authorization: `Basic ${Buffer.from(`${EMAIL}:wrong`).toString('base64')}` }],
    ['a bearer token', { authorization: `Bearer ${TOKEN}` }],
  ])('answers 401 without a body to %s', async (_name, headers) => {
    const reply = await call(`${BASE}/licenses`, { headers });
    expect([reply.status, reply.text]).toEqual([401, '']);
  });

  it.each([
    ['a UUID that is not ours', '11111111-2222-4333-8444-555555555555'],
    ['a vendor number', '1210833'],
  ])('answers 400 to %s', async (_name, id) => {
    const reply = await call(`/rest/3/reporting/developer-space/${id}/licenses`);
    expect(reply.status).toBe(400);
    expect(reply.json.errors[0]?.message).toBe('Invalid developer id');
  });

  it.each([
    ['the index with a slash', `${BASE}/`],
    ['version 2', BASE.replace('/rest/3', '/rest/2')],
    ['the documented version 4', `${BASE.replace('/rest/3', '/rest/v4')}/licenses`],
    ['a resource with a slash', `${BASE}/licenses/`],
    ['an unknown resource', `${BASE}/license`],
    ['the wrong order', `/rest/3/developer-space/${SPACE}/reporting/licenses`],
  ])('answers 404 to %s', async (_name, path) => {
    expect((await call(path)).status).toBe(404);
  });

  it('answers 404 where the base’s own path was lost on the way', async () => {
    const { statusCode, body } = await request(new URL(`${BASE}/licenses`, api.url), {
      headers: { authorization: BASIC },
    });
    await body.dump();
    expect(statusCode).toBe(404);
  });

  it('answers 405 to the wrong method', async () => {
    expect((await get('/licenses/async/export')).status).toBe(405);
    expect((await post('/licenses')).status).toBe(405);
  });

  it('lists its resources, some as arrays of links', async () => {
    const { json } = await get('');
    expect(json._links['licenses']?.href).toContain(`${BASE}/licenses{?`);
    expect(json._links['cloudChurn']?.[0]?.href).toContain('/sales/metrics/churn{?');
  });

  it('keeps a ledger of what was asked, without credentials', async () => {
    await get('/licenses?hosting=cloud&limit=1');
    await call(`${BASE}/licenses`, { headers: {} });
    expect(api.requests.map(({ method, path, status }) => [method, path, status])).toEqual([
      ['GET', `${BASE}/licenses`, 200],
      ['GET', `${BASE}/licenses`, 401],
    ]);
    expect(api.requests[0]?.query.get('hosting')).toBe('cloud');
    expect(JSON.stringify(api.requests)).not.toContain(BASIC);
  });

  it('compresses for those who take gzip, and only for them', async () => {
    const headers = { authorization: BASIC, 'accept-encoding': 'gzip, deflate' };
    const packed = await call(`${BASE}/licenses`, { headers });
    const plain = await get('/licenses');
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(packed.json).toEqual(plain.json);
  });
});

describe('parameters', () => {
  it.each([
    ['/licenses?startDate=2026-3-1', 'Must be a date'],
    ['/licenses?lastUpdated=2026-02-30', 'Must be a date'],
    ['/sales/transactions?endDate=17.03.2026', 'Must be a date'],
    ['/sales/metrics/churn?startDate=2026-03-01T00:00:00Z', 'Must be a date'],
    ['/feedback/details?startDate=yesterday', 'Must be a date'],
    ['/benchmark/evaluations?startDate=2026-03', 'Must be a date'],
    ['/licenses?hosting=Cloud', 'Must be one of'],
    ['/licenses?dateType=lastUpdated', 'Must be one of'],
    ['/licenses?licenseType=COMMERCIAL', 'Must be one of'],
    ['/licenses?status=expired', 'Must be one of'],
    ['/licenses?tier=10,20', 'Must be a list of valid integer'],
    ['/licenses?limit=51', 'Must be at most 50'],
    ['/licenses?limit=ten', 'Must be a valid integer'],
    ['/sales/transactions?saleType=New', 'Must be one of'],
    ['/sales/transactions?paymentStatus=late', 'Must be one of'],
    ['/sales/transactions?sortBy=amount', 'Must be one of'],
    ['/sales/metrics/churn/details?partnerType=upgrade', 'Must be one of'],
    ['/sales/metrics/churn?aggregation=WEEK', 'Must be one of'],
    ['/feedback/details?type=refund', 'Must be one of'],
  ])('%s is a 400', async (path, message) => {
    const { status, json } = await get(path);
    expect(status).toBe(400);
    expect(json.errors[0]?.message).toContain(message);
  });

  it('are checked when an export is started, not when it is downloaded', async () => {
    expect((await post('/licenses/async/export?lastUpdated=soon')).status).toBe(400);
  });

  it('filter by repeated keys; the comma form filters nothing', async () => {
    const [planner, approvals] = APPS;
    const count = async (query: string) => (await get(`/licenses?${query}`)).json.totalCount;
    const one = await count(`productId=${planner.productId}`);
    const two = await count(`productId=${planner.productId}&productId=${approvals.productId}`);
    const comma = await count(`productId=${planner.productId},${approvals.productId}`);
    const all = await count('');
    expect(one).toBeLessThan(two);
    expect(two).toBeLessThan(all);
    expect(comma).toBe(all);
  });

  it('that aggregates do not know change nothing', async () => {
    const plain = await get('/sales/metrics/churn?startDate=2026-01-01');
    const more = await get(
      `/sales/metrics/churn?startDate=2026-01-01&productId=${APPS[0]?.productId}&hosting=server&x=1`,
    );
    expect(more.json.total).toEqual(plain.json.total);
  });

  it.each(['/licenses', '/sales/transactions', '/feedback/details', '/sales/metrics/churn/details'])(
    'a reversed range selects nothing on %s, without an error',
    async (path) => {
      const { status, json } = await get(`${path}?startDate=2026-03-02&endDate=2026-03-01`);
      expect(status).toBe(200);
      expect(json.licenses ?? json.transactions ?? json.feedback ?? json.events).toEqual([]);
    },
  );

  it('a reversed or future range leaves aggregates with empty arrays', async () => {
    const churn = await get('/sales/metrics/churn?startDate=2026-03-02&endDate=2026-03-01');
    expect(churn.json).toMatchObject({ total: { datasets: [] }, addons: [] });
    const future = await get('/sales/metrics/conversion?startDate=2027-03-02&endDate=2027-04-01');
    expect(future.json).toMatchObject({ total: { series: [] }, addons: [] });
  });

  it.each(['licenses', 'sales/transactions'])('lastUpdated includes its own day (%s)', async (resource) => {
    const all = await exported(resource);
    const rows = await exported(resource, '?lastUpdated=2026-03-10');
    const updated = (list: readonly Record<string, unknown>[]) =>
      list.map((row) => String(row['lastUpdated']));
    expect(updated(rows)).toContain('2026-03-10');
    expect(updated(rows)).toEqual(updated(all).filter((day) => day >= '2026-03-10'));
  });

  it('find by text what a person would type', async () => {
    const { acme, senOnly, largeSale } = world.landmarks;
    for (const text of ['acme gmbh', 'E-111-AAA-AAA-11A', 'acme.atlassian.net', '@acme.example']) {
      const { json } = await get(`/licenses?text=${encodeURIComponent(text)}`);
      expect(json.licenses.map((row) => row['appEntitlementNumber'])).toContain(acme.entitlementNumber);
    }
    expect((await get(`/licenses?text=${String(senOnly.licenseId)}`)).json.totalCount).toBe(1);
    expect((await get(`/sales/transactions?text=${largeSale.transactionId}`)).json.totalCount).toBe(1);
  });

  it('dateType=end selects licences active within the window', async () => {
    const { json } = await get('/licenses?dateType=end&startDate=2026-01-01&endDate=2026-01-31&limit=50');
    for (const row of json.licenses) {
      expect(
        row.maintenanceStartDate <= '2026-01-31' && (row.maintenanceEndDate ?? '9999') >= '2026-01-01',
      ).toBe(true);
    }
    expect(json.totalCount).toBeGreaterThan(500);
  });
});

describe('what is hidden unless asked for', () => {
  const licenseCount = async (query: string) => (await get(`/licenses?${query}`)).json.totalCount;

  it('are Atlassian’s own licences', async () => {
    const rows = await exported('licenses', '?withDataInsights=true');
    expect(JSON.stringify(rows)).not.toContain('@atlassian.com');
    const all = await exported('licenses', '?withDataInsights=true&includeAtlassianLicenses=true');
    expect(all.filter((row) => row['licenseSourceType'] === 'Atlassian').length).toBeGreaterThan(10);
    expect(all.length - rows.length).toBe(24);
  });

  it('are licences of always-free apps', async () => {
    expect((await licenseCount('showLifeTimeFreeLicenses=true')) - (await licenseCount(''))).toBe(90);
  });

  it('are FedRAMP licences and sales', async () => {
    const both = 'cloudComplianceBoundaries=commercial&cloudComplianceBoundaries=fedramp_moderate';
    expect((await licenseCount(both)) - (await licenseCount(''))).toBe(7);
    const only = await get('/sales/transactions?cloudComplianceBoundaries=fedramp_moderate&limit=50');
    expect(only.json.totalCount).toBeGreaterThan(6);
    expect(
      only.json.transactions.every((row) => String(row['cloudComplianceBoundaries']) === 'fedramp_moderate'),
    ).toBe(true);
  });

  it('are manual invoices', async () => {
    const count = async (query: string) => (await get(`/sales/transactions?${query}`)).json.totalCount;
    const manual = now.transactions.filter((row) => row.isInvoiceManual).length;
    expect((await count('includeManualInvoice=true')) - (await count(''))).toBe(manual);
    expect(manual).toBeGreaterThan(5);
  });

  it('are parent insights', async () => {
    const path = '/licenses?hosting=cloud&status=active&limit=1';
    const [plain] = (await get(path)).json.licenses;
    const [rich] = (await get(`${path}&withDataInsights=true`)).json.licenses;
    expect(plain).not.toHaveProperty('installedOnSandbox');
    expect(plain).not.toHaveProperty('evaluationStartDate');
    expect(rich).toHaveProperty('installedOnSandbox');
    expect(rich).toHaveProperty('evaluationStartDate');
  });

  it('are not $0 lines, unless they are excluded', async () => {
    const rows = await exported('sales/transactions', '?excludeZeroTransactions=true');
    const price = (row: Record<string, unknown>) =>
      (row['purchaseDetails'] as { purchasePrice: number }).purchasePrice;
    expect(rows.every((row) => price(row) !== 0)).toBe(true);
    expect((await exported('sales/transactions')).some((row) => price(row) === 0)).toBe(true);
  });
});

describe('pages', () => {
  it('have ten rows by default and lead to all rows by _links.next', async () => {
    let path: string | undefined = `${BASE}/licenses?hosting=datacenter&withDataInsights=true`;
    const rows: unknown[] = [];
    let pages = 0;
    while (path) {
      const { json }: Reply = await call(path);
      expect(json.licenses.length).toBeLessThanOrEqual(10);
      rows.push(...json.licenses);
      path = json._links['next']?.href;
      pages += 1;
    }
    expect(rows).toHaveLength((await get('/licenses?hosting=datacenter')).json.totalCount);
    expect(pages).toBe(Math.ceil(rows.length / 10));
  });

  it('of /details are clamped to 50 and linked by an array', async () => {
    const { json } = await get('/sales/metrics/renewal/details?limit=100&startDate=2026-01-01');
    expect(json.events).toHaveLength(50);
    expect(json._links['next']?.[0]?.href).toBe(
      `${BASE}/sales/metrics/renewal/details?limit=50&startDate=2026-01-01&offset=50`,
    );
    expect(json).not.toHaveProperty('totalCount');
    const last = await get('/sales/metrics/renewal/details?startDate=2026-03-16&limit=50');
    expect(last.json._links).not.toHaveProperty('next');
  });

  it('of transactions obey their order, and /details ascend whatever is asked', async () => {
    const amounts = (
      await get('/sales/transactions?sortBy=vendorAmount&order=desc&limit=50')
    ).json.transactions.map((row) => row.purchaseDetails.vendorAmount);
    expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
    const days = (await get('/sales/metrics/churn/details?sortBy=date&order=desc&limit=50')).json.events.map(
      (row) => row.eventDate,
    );
    expect(days).toEqual([...days].sort());
  });

  it('of feedback can be anonymous or not', async () => {
    const anonymous = await get('/feedback/details?anonymous=true&limit=50');
    expect(anonymous.json.feedback.some((row) => 'cloudId' in row)).toBe(false);
    const named = await get('/feedback/details?anonymous=false&type=unsubscribe&limit=50');
    expect(named.json.feedback.every((row) => 'cloudId' in row)).toBe(true);
    expect(named.json.totalCount + anonymous.json.totalCount).toBeLessThanOrEqual(now.feedback.length);
  });
});

describe('asynchronous exports', () => {
  it('go from QUEUED over IN_PROGRESS to COMPLETED, and are a 404 until then', async () => {
    const { json, status } = await post('/licenses/async/export?hosting=cloud');
    expect(status).toBe(200);
    const { id } = json.export;
    expect(json._links['download']?.href).toBe(`${BASE}/licenses/async/export/${id}`);
    const early = await get(`/licenses/async/export/${id}`);
    expect([early.status, early.json.errors[0]?.message]).toEqual([404, 'Export is being processed']);
    const seen: string[] = [];
    for (let poll = 0; poll < 4; poll += 1) {
      seen.push((await get(`/licenses/async/export/${id}/status`)).json.export.status);
    }
    expect(seen).toEqual(['QUEUED', 'IN_PROGRESS', 'COMPLETED', 'COMPLETED']);
    const { rows } = await get(`/licenses/async/export/${id}`);
    expect(rows).toHaveLength((await get('/licenses?hosting=cloud')).json.totalCount);
  });

  it('are complete at once when told to need no polls', async () => {
    await api.close();
    await start({ exportPolls: 0 });
    const { json } = await post('/sales/transactions/async/export');
    expect((await get(`/sales/transactions/async/export/${json.export.id}`)).status).toBe(200);
  });

  it('have one id for equal parameters on one day, and another the next day', async () => {
    const id = async (query: string) => (await post(`/licenses/async/export${query}`)).json.export.id;
    const first = await id('?hosting=cloud&status=active');
    expect(await id('?status=active&hosting=cloud')).toBe(first);
    expect(await id('?hosting=cloud')).not.toBe(first);
    api.setToday('2026-03-18');
    expect(await id('?hosting=cloud&status=active')).not.toBe(first);
  });

  it('hold the rows of the day on which they were started', async () => {
    api.setToday('2026-03-10');
    const { json } = await post('/sales/transactions/async/export');
    api.setToday(TODAY);
    for (let poll = 0; poll < 3; poll += 1)
      await get(`/sales/transactions/async/export/${json.export.id}/status`);
    const { rows } = await get(`/sales/transactions/async/export/${json.export.id}`);
    expect(rows.length).toBeLessThan((await exported('sales/transactions')).length);
  });

  it('are unknown under another id or another resource', async () => {
    const { json } = await post('/licenses/async/export');
    expect((await get('/licenses/async/export/00000000-0000-4000-8000-000000000000')).status).toBe(404);
    expect((await get('/licenses/async/export/00000000-0000-4000-8000-000000000000/status')).status).toBe(
      404,
    );
    expect((await get(`/sales/transactions/async/export/${json.export.id}/status`)).status).toBe(404);
  });

  it('are streamed as one array, compressed on request', async () => {
    const { json } = await post('/sales/transactions/async/export');
    for (let poll = 0; poll < 3; poll += 1)
      await get(`/sales/transactions/async/export/${json.export.id}/status`);
    const headers = { authorization: BASIC, 'accept-encoding': 'gzip' };
    const packed = await call(`${BASE}/sales/transactions/async/export/${json.export.id}`, { headers });
    expect(packed.headers['transfer-encoding']).toBe('chunked');
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.rows.length).toBeGreaterThan(7000);
  });
});

describe('aggregates and benchmarks', () => {
  it('are those of the world', async () => {
    const range = { aggregation: 'week', startDate: '2026-01-04', endDate: '2026-03-14' } as const;
    const query = new URLSearchParams(range).toString();
    expect((await get(`/sales/metrics/churn?${query}`)).json).toMatchObject({
      ...now.retention('churn', range),
    });
    expect((await get(`/sales/metrics/renewal?${query}`)).json).toMatchObject({
      ...now.retention('renewal', range),
    });
    expect((await get(`/sales/metrics/conversion?${query}`)).json).toMatchObject({
      ...now.conversion(range),
    });
    expect((await get(`/evaluations/hosting?${query}`)).json).toMatchObject({
      ...now.evaluations('hosting', range),
    });
    expect((await get('/sales/metrics/churn/benchmark')).json.churnBenchmarkPerApp).toEqual(
      now.churnBenchmark(),
    );
    expect((await get('/benchmark/evaluations')).json).toMatchObject({ ...now.evaluationBenchmark() });
  });

  it('agree with the events listed', async () => {
    const { json } = await get('/sales/metrics/churn?startDate=2026-03-08&endDate=2026-03-14');
    const counted = json.total.datasets
      .flatMap(({ series }) => series)
      .filter(({ name }) => name === 'Cancellations')
      .flatMap(({ elements }) => elements)
      .reduce((sum, { count }) => sum + count, 0);
    const { json: list } = await get(
      '/sales/metrics/churn/details?startDate=2026-03-08&endDate=2026-03-14&limit=50',
    );
    expect(list.events).toHaveLength(counted);
    expect(counted).toBeGreaterThan(2);
  });

  it('begin with the Sunday before a start date in mid-week', async () => {
    const { json } = await get('/evaluations/hosting?startDate=2026-03-04&endDate=2026-03-14');
    expect(json.total.series[0]?.elements?.map(({ date }) => date)).toEqual(['2026-03-01', '2026-03-08']);
  });

  it('of benchmarks are cut to whole months, by app, and ignore apps nobody knows', async () => {
    const { productId, appKey } = APPS[1];
    const { json } = await get(
      `/sales/metrics/churn/benchmark?productId=${productId}&startDate=2025-10-20&endDate=2025-11-02`,
    );
    expect(json.churnBenchmarkPerApp).toHaveLength(1);
    expect(json.churnBenchmarkPerApp[0]?.churnBenchmarkPerMonth?.map(({ month }) => month)).toEqual([
      '11',
      '10',
    ]);
    expect((await get(`/benchmark/evaluations?addon=${appKey}`)).json.addons).toHaveLength(1);
    expect(
      (await get('/sales/metrics/churn/benchmark?productId=nonsense')).json.churnBenchmarkPerApp.length,
    ).toBeGreaterThan(1);
  });
});

describe('the day', () => {
  it('is the world’s today, moves with setToday, and can be a clock', async () => {
    const { restatement } = world.landmarks;
    const churned = async () =>
      (await get(`/sales/metrics/churn/details?limit=50&startDate=${restatement.week}&endDate=2026-03-07`))
        .json.events.length;
    expect(await churned()).toBe(restatement.after);
    api.setToday('2026-03-15');
    expect(await churned()).toBe(restatement.before);
    await api.close();
    let day: Day = '2026-03-15';
    await start({ today: () => day });
    expect(await churned()).toBe(restatement.before);
    day = TODAY;
    expect(await churned()).toBe(restatement.after);
  });
});

describe('the documented shapes', () => {
  beforeEach(async () => {
    await api.close();
    await start({ docsShapes: true });
  });

  it('lay events flat and hoist their links', async () => {
    const { json } = await get('/sales/metrics/churn/details');
    expect(json).not.toHaveProperty('_links');
    expect(json.next[0]?.href).toContain('offset=10');
    expect(json.events[0]).toMatchObject({
      licenseDetails: null,
      appEntitlementNumber: expect.stringMatching(/^E-/),
      monthsValid: expect.any(Number),
    });
  });

  it('misplace series as the reference page does', async () => {
    const churn = (await get('/sales/metrics/churn')).json;
    const names = churn.addons[0]?.datasets?.map(({ name }) => name);
    expect(names).toEqual(['Monthly', 'Annual', 'Cancellations']);
    expect(churn.addons[0]?.datasets[2]?.elements?.length).toBeGreaterThan(5);
    const renewal = (await get('/sales/metrics/renewal')).json;
    expect(renewal.total.datasets.map(({ name }) => name)).toEqual(['Annual', 'Monthly', 'Renewals']);
    expect(renewal.addons[0]?.datasets[0]?.series?.map(({ name }) => name)).toEqual([
      'Renewal opportunities',
      'Renewals',
      'Annual',
    ]);
    const conversion = (await get('/sales/metrics/conversion')).json;
    expect(conversion.addons.at(-1)).toEqual({ 'productId"': APPS[0]?.productId });
    expect(conversion.total.series[0]?.conversionType).toBe('Upgrade');
  });

  it('name the evaluation benchmark differently', async () => {
    const { json } = await get('/benchmark/evaluations');
    expect(json.totals['CloudEvaluationBenchmarkPerVendorPerMonth']?.[0]?.date).toBe('2026-02-01');
    expect(
      json.CloudEvaluationBenchmarkPerApp[0]?.CloudEvaluationBenchmarkPerAppPerMonth?.length,
    ).toBeGreaterThan(5);
  });
});

describe('scripted faults', () => {
  it('affect the requests they match, as often as told', async () => {
    api.fail({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '7' },
      body: { errors: [] },
      path: /\/licenses/,
      times: 2,
    });
    expect((await get('/feedback/details')).status).toBe(200);
    const limited = await get('/licenses');
    expect([limited.status, limited.headers['retry-after']]).toEqual([429, '7']);
    expect((await get('/licenses?offset=10')).status).toBe(429);
    expect((await get('/licenses')).status).toBe(200);
    expect(api.requests.map(({ status }) => status)).toEqual([200, 429, 429, 200]);
  });

  it('match method and parameters, and last until cleared', async () => {
    const clear = api.fail({ kind: 'status', status: 503, method: 'GET', path: /offset=10/ });
    expect((await get('/licenses')).status).toBe(200);
    expect((await get('/licenses?offset=10')).status).toBe(503);
    expect((await get('/licenses?offset=10')).status).toBe(503);
    clear();
    expect((await get('/licenses?offset=10')).status).toBe(200);
    api.fail({ kind: 'html', lying: true });
    const page = await get('/licenses');
    expect([page.status, page.headers['content-type']]).toEqual([502, 'application/json;charset=UTF-8']);
    expect(page.text).toContain('<html>');
    api.clearFaults();
    expect((await get('/licenses')).status).toBe(200);
  });

  it.each(['length', 'chunked'] as const)('cut an answer so that the client notices (%s)', async (how) => {
    api.fail({ kind: 'truncate', bytes: 500, how });
    await expect(get('/licenses')).rejects.toThrow(/terminated|closed|other side/);
  });

  it('cut an answer so that only its content tells', async () => {
    api.fail({ kind: 'truncate', bytes: 500, how: 'quiet' });
    await expect(get('/licenses')).rejects.toThrow(SyntaxError);
  });

  it('drip, yet complete', async () => {
    api.fail({ kind: 'drip', bytes: 4000, everyMs: 1 });
    expect((await get('/licenses')).json.licenses).toHaveLength(10);
  });

  it('hang before or after the headers until the client gives up', async () => {
    const impatient = (path: string) =>
      request(`${api.url}${BASE}${path}`, {
        headers: { authorization: BASIC },
        headersTimeout: 200,
        bodyTimeout: 200,
      });
    api.fail({ kind: 'hang', times: 1 });
    await expect(impatient('/licenses')).rejects.toThrow('Headers Timeout');
    api.fail({ kind: 'hang', afterHeaders: true, times: 1 });
    const { statusCode, body } = await impatient('/licenses');
    expect(statusCode).toBe(200);
    await expect(body.text()).rejects.toThrow('Body Timeout');
    expect(api.requests[0]?.status).toBe(0);
  });

  it('reset the connection', async () => {
    api.fail({ kind: 'reset', times: 1 });
    await expect(get('/licenses')).rejects.toThrow(/ECONNRESET|closed|other side/);
    expect((await get('/licenses')).status).toBe(200);
  });

  it('redirect elsewhere', async () => {
    api.fail({ kind: 'redirect', to: 'http://169.254.169.254/latest/' });
    const reply = await get('/licenses');
    expect([reply.status, reply.headers['location']]).toEqual([302, 'http://169.254.169.254/latest/']);
  });

  it('alter an answer, also the rows of an export', async () => {
    api.fail({
      kind: 'alter',
      path: /export\/[^/]+$/,
      method: 'GET',
      alter: (rows) => (rows as unknown[]).slice(0, 3),
    });
    expect(await exported('licenses')).toHaveLength(3);
    expect(await exported('sales/transactions')).toHaveLength(3);
  });
});
