/** The simulator's reports, read by the real client: strict as the API, and in agreement with each other. */
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createReportingApi,
  type ReportingApiOptions,
  type ReportingApiSimulator,
} from '../../demo/reporting-api.ts';
import { APPS } from '../../demo/world/apps.ts';
import type { RawLicense } from '../../demo/world/raw-rows.ts';
import { createWorld } from '../../demo/world/world.ts';
import type { Day } from '../../src/domain/day.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import { createReportingClient, type ReportingClient } from '../../src/reporting/client.ts';
import type { Endpoint } from '../../src/reporting/endpoint.ts';
import { endpoints } from '../../src/reporting/endpoints/index.ts';
import { allOf } from '../unit/reporting/loopback.ts';

const TODAY: Day = '2026-03-17';
const EMAIL = 'api@northlight.example';
const TOKEN = 'token-1';
const SPACE = '0c6f3b1e-2f3a-4b5c-8d7e-9f0a1b2c3d4e';
const world = createWorld({ seed: 7, today: TODAY });
const [planner, approvals] = APPS;

let api: ReportingApiSimulator;
let client: ReportingClient;

async function start(options: Partial<ReportingApiOptions> = {}): Promise<void> {
  api = await createReportingApi({ world, email: EMAIL, token: TOKEN, developerId: SPACE, ...options });
  const token = { reveal: () => TOKEN };
  client = createReportingClient({ baseUrl: api.url, email: EMAIL, token, developerId: SPACE });
}

async function stop(): Promise<void> {
  await client.close();
  await api.close();
}

beforeEach(() => start());
afterEach(stop);

type Given = Readonly<Record<string, string>>;

/** All rows, of which none was left out and nothing was unknown. */
async function rowsOf<Row>(endpoint: Endpoint<Row>, parameters: Given = {}): Promise<Row[]> {
  const pull = client.pull(endpoint, { parameters });
  const rows = await allOf(pull);
  expect(pull.report).toMatchObject({ quarantined: [], unmappedFields: new Map() });
  return rows;
}

async function get(path: string): Promise<{ status: number; text: string }> {
  const { statusCode, body } = await request(`${api.url}/rest/3/reporting/developer-space/${SPACE}${path}`, {
    headers: { authorization: `Basic ${Buffer.from(`${EMAIL}:${TOKEN}`).toString('base64')}` },
  });
  return { status: statusCode, text: await body.text() };
}

/** The answer without its links, which repeat what was asked. */
async function contentOf(path: string): Promise<Record<string, unknown>> {
  const { _links, ...content } = JSON.parse((await get(path)).text) as Record<string, unknown>;
  return content;
}

const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

/** The sum of all points of the series that a test picks. */
const total = (rows: readonly MetricSeries[], isPicked: (row: MetricSeries) => boolean): number =>
  sum(rows.filter(isPicked).flatMap(({ points }) => points.map(({ value }) => value)));

/** The value of each period, summed over the picked series. */
function byPeriod(rows: readonly MetricSeries[], isPicked: (row: MetricSeries) => boolean) {
  const periods: Record<Day, number> = {};
  for (const { period, value } of rows.filter(isPicked).flatMap(({ points }) => points))
    periods[period] = (periods[period] ?? 0) + (value ?? 0);
  return periods;
}

const isTotal = ({ appKey }: MetricSeries): boolean => appKey === null;

const GROUPS = ['country', 'hosting', 'partner', 'region', 'tier', 'type'] as const;
const RANGE = { startDate: '2025-10-05', endDate: '2026-03-14' };

const REPORTS: [string, Endpoint<unknown>, Given][] = [
  ...(['country', 'hosting', 'partner', 'region'] as const).map(
    (group): [string, Endpoint<unknown>, Given] => [
      `evaluations-by-${group}`,
      endpoints[`evaluations-by-${group}`],
      RANGE,
    ],
  ),
  ['feedback-by-reason', endpoints['feedback-by-reason'], RANGE],
  ['feedback-by-type', endpoints['feedback-by-type'], RANGE],
  ...GROUPS.map((group): [string, Endpoint<unknown>, Given] => [
    `sales-by-${group}`,
    endpoints[`sales-by-${group}`],
    RANGE,
  ]),
  ['sales-benchmark', endpoints['sales-benchmark'], {}],
  ['app-requests', endpoints['app-requests'], {}],
  ['customers-by-region', endpoints['customers-by-region'], {}],
  ['customers-by-edition', endpoints['customers-by-edition'], {}],
  ['customers-by-activity', endpoints['customers-by-activity'], {}],
  ['customers-by-tier', endpoints['customers-by-tier'], { product: 'jira' }],
  ['search-keywords', endpoints['search-keywords'], RANGE],
  ['app-search-keywords', endpoints['app-search-keywords'], { productId: planner.productId, ...RANGE }],
  ['search-keywords-by-source', endpoints['search-keywords-by-source'], { source: 'marketplace' }],
  ['zero-result-keywords', endpoints['zero-result-keywords'], {}],
];

describe('the client', () => {
  /** What it reads from the live shape, and from the documented one. */
  async function bothOf(endpoint: Endpoint<unknown>, parameters: Given): Promise<[unknown[], unknown[]]> {
    const live = await rowsOf(endpoint, parameters);
    await stop();
    await start({ docsShapes: true });
    return [live, await rowsOf(endpoint, parameters)];
  }

  it.each(REPORTS)('reads %s whole, in both shapes', async (_id, endpoint, parameters) => {
    for (const rows of await bothOf(endpoint, parameters)) expect(rows.length).toBeGreaterThan(1);
  });

  // Documented rows know types of evaluations and filters of searches, and compare apps with other apps.
  const differing = /^(evaluations-by-.*|zero-result-keywords|sales-benchmark)$/;

  it.each(REPORTS.filter(([id]) => !differing.test(id)))(
    'reads the same from both shapes of %s',
    async (_id, endpoint, parameters) => {
      const [live, documented] = await bothOf(endpoint, parameters);
      expect(documented).toEqual(live);
    },
  );

  it.each(REPORTS.filter(([id]) => id.includes('keywords')))(
    'reads the export of %s as the report',
    async (id, endpoint, parameters) => {
      const exported: Endpoint<unknown> = endpoints[`${id}-export` as keyof typeof endpoints];
      expect(await rowsOf(exported, parameters)).toEqual(await rowsOf(endpoint, parameters));
    },
  );
});

describe('the index', () => {
  it('names the reports', async () => {
    const links = (JSON.parse((await get('')).text) as { _links: object })._links;
    expect(Object.keys(links)).toEqual(
      expect.arrayContaining([
        'appRequestsAndApprovals',
        'cloudSalesBenchmark',
        'customerInsightsLinks',
        'evaluationsByCountry',
        'evaluationsByHosting',
        'transactionsByTier',
        'transactionsByType',
      ]),
    );
    expect(JSON.stringify(links)).toContain('/sales/transactions/tier{?aggregation,startDate,endDate}');
  });
});

describe('parameters of reports', () => {
  it.each([
    ['/evaluations/city', 'Must be one of'],
    ['/evaluations/country?startDate=2026-3-1', 'Must be a date'],
    ['/feedback/metrics/mood', 'Must be one of'],
    ['/feedback/metrics/reason?aggregation=DAY', 'Must be one of'],
    ['/sales/transactions/city', 'Must be one of'],
    ['/sales/transactions/tier?endDate=soon', 'Must be a date'],
    ['/benchmark/sales?startDate=2026-03', 'Must be a date'],
    ['/app-requests-and-approvals?endDate=17.03.2026', 'Must be a date'],
    ['/customer-insights/continents', 'Must be one of'],
    ['/customer-insights/regions?startDate=2026', 'Must be a date'],
    [`/customer-insights/tiers?product=${planner.productId}`, 'Must be a jira or confluence'],
    ['/search-keywords?aggregation=WEEK', 'Must be one of'],
    ['/search-keywords/source/google', 'Must be one of'],
    ['/search-keywords/source/marketplace?startDate=now', 'Must be a date'],
    ['/search-keywords/source/marketplace/export?accept=xml', 'Must be one of'],
    ['/zero-search-results-keywords/source/embedded-marketplace', 'Must be one of'],
    [`/products/${planner.productId}/search-keywords?endDate=x`, 'Must be a date'],
  ])('%s is a 400', async (path, message) => {
    const { status, text } = await get(path);
    expect([status, text]).toEqual([400, expect.stringContaining(message)]);
  });

  it.each([
    ['/evaluations/country?', { productId: planner.productId }],
    ['/feedback/metrics/reason?', { productId: planner.productId, hosting: 'server', appEdition: 'free' }],
    ['/sales/transactions/type?', { productId: planner.productId, x: '1' }],
    ['/benchmark/sales?', { hosting: 'server', aggregation: 'week' }],
    ['/customer-insights/regions?', { product: 'nonsense', productId: planner.productId }],
    ['/search-keywords?', { productId: planner.productId, limit: '1' }],
    ['/search-keywords/source/marketplace?', { aggregation: 'DAY', limit: '1' }],
  ])('that %s does not know change nothing', async (path, unknown) => {
    const more = `${path}${new URLSearchParams(unknown).toString()}`;
    expect(await contentOf(more)).toEqual(await contentOf(path));
  });

  it('of a reversed range leave nothing', async () => {
    const reversed = 'startDate=2026-03-02&endDate=2026-01-01';
    const empty = async (path: string) => contentOf(`${path}?${reversed}`);
    expect(await empty('/sales/transactions/type')).toMatchObject({ total: { series: [] }, addons: [] });
    expect(await empty('/benchmark/sales')).toMatchObject({ addons: [] });
    expect(await empty('/app-requests-and-approvals')).toMatchObject({ addons: [] });
    expect(await empty('/customer-insights/regions')).toEqual({ usersDistributionPerMonth: [] });
    expect(await empty('/search-keywords')).toMatchObject({ total: { searchAppearances: 0 }, addons: [] });
    expect(await empty('/search-keywords/source/marketplace')).toEqual({ details: [] });
    expect(await empty('/zero-search-results-keywords/source/marketplace')).toEqual({ details: [] });
  });

  it('choose apps of monthly reports, and all of them when nobody has the id', async () => {
    const apps = async (id: 'sales-benchmark' | 'app-requests', productId: string) => {
      const path = id === 'sales-benchmark' ? '/benchmark/sales' : '/app-requests-and-approvals';
      return ((await contentOf(`${path}?productId=${productId}`))['addons'] as unknown[]).length;
    };
    for (const id of ['sales-benchmark', 'app-requests'] as const) {
      expect(await apps(id, planner.productId)).toBe(1);
      expect(await apps(id, 'nonsense')).toBe(5);
      const rows = await rowsOf(endpoints[id], { productId: approvals.productId });
      expect(new Set(rows.map(({ appKey }) => appKey))).toEqual(new Set([approvals.appKey]));
      expect(await rowsOf(endpoints[id], { productId: 'nonsense' })).toEqual([]);
    }
  });

  it('of tiers choose a product in any case; without it both are there', async () => {
    const products = (content: unknown) => [...new Set(JSON.stringify(content).match(/"product":"\w+"/g))];
    expect(products(await contentOf('/customer-insights/tiers?product=JIRA'))).toEqual(['"product":"Jira"']);
    expect(products(await contentOf('/customer-insights/tiers'))).toHaveLength(2);
  });

  it('name an app that exists, and a format that is written', async () => {
    expect((await get('/products/nonsense/search-keywords')).status).toBe(404);
    expect((await get('/search-keywords/export?accept=csv')).status).toBe(406);
    // The links of an export are broken, as they are live.
    expect((await get('/search-keywords/export/export?accept=json')).status).toBe(404);
  });
});

describe('sales', () => {
  const sales = (group: (typeof GROUPS)[number], given: Given = RANGE) =>
    rowsOf(endpoints[`sales-by-${group}`], given);

  it('add up to the listed transactions, by whatever group', async () => {
    const listed = new Map(
      world
        .at(TODAY)
        .transactions.filter(
          ({ cloudComplianceBoundaries, isInvoiceManual, purchaseDetails: { saleDate } }) =>
            isInvoiceManual !== true &&
            cloudComplianceBoundaries?.[0] !== 'fedramp_moderate' &&
            saleDate >= RANGE.startDate &&
            saleDate <= RANGE.endDate,
        )
        .map((row) => [row.transactionLineItemId, row.purchaseDetails]),
    );
    const lines = [...listed.values()];
    const refunds = lines.filter(({ saleType }) => saleType === 'Refund').length;
    const expected = {
      lines: lines.length,
      'net lines': lines.length - 2 * refunds,
      revenue: sum(lines.map(({ vendorAmount }) => Math.round(vendorAmount * 100))),
    };
    expect(refunds).toBeGreaterThan(20);
    for (const group of GROUPS) {
      const rows = await sales(group);
      for (const [dataset, amount] of Object.entries(expected)) {
        expect(total(rows, (row) => isTotal(row) && row.dataset === dataset)).toBe(amount);
        expect(total(rows, (row) => !isTotal(row) && row.dataset === dataset)).toBe(amount);
      }
    }
  });

  it('know refunds as a type that takes away', async () => {
    const rows = await sales('type');
    const of = (dataset: string, name: string) =>
      total(rows, (row) => isTotal(row) && row.dataset === dataset && row.name === name);
    expect(of('lines', 'Refund')).toBe(-of('net lines', 'Refund'));
    expect(of('revenue', 'Refund')).toBeLessThan(0);
    expect(of('lines', 'New')).toBe(of('net lines', 'New'));
  });

  it('by month are those by week, where weeks and months end together', async () => {
    const range = { startDate: '2026-02-01', endDate: '2026-02-28' };
    const weeks = await sales('hosting', range);
    const months = await sales('hosting', { ...range, aggregation: 'month' });
    expect(months[0]?.points.map(({ period }) => period)).toEqual(['2026-02-01']);
    expect(weeks[0]?.points.map(({ period }) => period)).toEqual([
      '2026-02-01',
      '2026-02-08',
      '2026-02-15',
      '2026-02-22',
    ]);
    for (const dataset of ['lines', 'net lines', 'revenue']) {
      const of = (rows: MetricSeries[]) => total(rows, (row) => isTotal(row) && row.dataset === dataset);
      expect(of(months)).toBe(of(weeks));
    }
  });

  it('of the benchmark are the Cloud revenue of the month', async () => {
    const range = { startDate: '2025-07-01', endDate: '2025-12-31' };
    const cloud = await sales('hosting', { ...range, aggregation: 'month' });
    const benchmark = await rowsOf(endpoints['sales-benchmark'], range);
    for (const appKey of [null, planner.appKey, approvals.appKey]) {
      const revenue = byPeriod(
        cloud,
        (row) => row.appKey === appKey && row.dataset === 'revenue' && row.name === 'Cloud',
      );
      expect(byPeriod(benchmark, (row) => row.appKey === appKey && row.name === 'sales')).toEqual(revenue);
      expect(Object.keys(revenue)).toHaveLength(6);
    }
  });

  it('of the benchmark appear a quarter at a time, in February, May, August and November', async () => {
    const newest = async (day: Day) => {
      api.setToday(day);
      const rows = await rowsOf(endpoints['sales-benchmark']);
      return rows[0]?.points.at(-1)?.period;
    };
    expect(await newest('2026-02-09')).toBe('2025-09-01');
    expect(await newest('2026-02-10')).toBe('2025-12-01');
    expect(await newest(TODAY)).toBe('2025-12-01');
  });

  it('of the benchmark lead or trail the same market for every app of a product', async () => {
    const rows = await rowsOf(endpoints['sales-benchmark'], {
      startDate: '2025-11-01',
      endDate: '2025-11-30',
    });
    const market = (appKey: string, growth: string, gap: string) => {
      const of = (name: string) => total(rows, (row) => row.appKey === appKey && row.name === name);
      return (of(growth) - of(gap)).toFixed(2);
    };
    for (const [growth, gap] of [
      ['growthMoM', 'gapMoM'],
      ['growthMoM', 'baseProductGapMoM'],
      ['growthYoY', 'gapYoY'],
    ] as const) {
      expect(market(planner.appKey, growth, gap)).toBe(market(approvals.appKey, growth, gap));
    }
  });
});

describe('the sales benchmark in the documented shape', () => {
  it('compares apps with all partners, and with nothing else', async () => {
    const named = (text: string) => [...new Set(text.match(/salesMoMGrowthBenchmark\w+/g))].toSorted();
    expect(named((await get('/benchmark/sales')).text)).toEqual([
      'salesMoMGrowthBenchmarkAllAppsOnBaseProduct',
      'salesMoMGrowthBenchmarkAllPartners',
      'salesMoMGrowthBenchmarkBaseProduct',
    ]);
    await stop();
    await start({ docsShapes: true });
    expect(named((await get('/benchmark/sales')).text)).toEqual(['salesMoMGrowthBenchmarkAllPartners']);
  });
});

describe('feedback', () => {
  it('adds up to what is listed, by reason and by type', async () => {
    const listed = world
      .at(TODAY)
      .feedback.filter(({ date }) => date >= RANGE.startDate && date <= RANGE.endDate);
    for (const id of ['feedback-by-reason', 'feedback-by-type'] as const) {
      const rows = await rowsOf(endpoints[id], RANGE);
      expect(total(rows, isTotal)).toBe(listed.length);
      expect(total(rows, (row) => !isTotal(row))).toBe(listed.length);
    }
    const byType = await rowsOf(endpoints['feedback-by-type'], RANGE);
    const unsubscribed = listed.filter(({ feedbackType }) => feedbackType === 'unsubscribe').length;
    expect(total(byType, (row) => isTotal(row) && row.name === 'unsubscribe')).toBe(unsubscribed);
    expect(unsubscribed).toBeGreaterThan(20);
    const byReason = await rowsOf(endpoints['feedback-by-reason'], RANGE);
    const costs = listed.filter((row) => row.reasonKey === 'cost').length;
    expect(total(byReason, (row) => isTotal(row) && row.name === 'cost')).toBe(costs);
    expect(costs).toBeGreaterThan(5);
  });
});

describe('evaluations', () => {
  it('are as many by every group', async () => {
    const all = await Promise.all(
      (['hosting', 'country', 'partner', 'region'] as const).map(async (group) =>
        byPeriod(await rowsOf(endpoints[`evaluations-by-${group}`], RANGE), isTotal),
      ),
    );
    for (const one of all) expect(one).toEqual(all[0]);
    expect(Object.keys(all[0] ?? {})).toHaveLength(23);
  });
});

describe('customers', () => {
  const counts = (rows: readonly MetricSeries[], names?: readonly string[]) =>
    byPeriod(rows, ({ name, type }) => type === 'count' && (names ?? [name]).includes(name));

  it('are the sites with an active Cloud licence at the end of a month', async () => {
    const rows = await rowsOf(endpoints['customers-by-region']);
    const sites = new Set(
      world
        .at('2026-02-28')
        .licenses.filter(
          ({ addonKey, cloudComplianceBoundaries, hosting, installedOnSandbox, status }: RawLicense) =>
            hosting === 'Cloud' &&
            status !== 'inactive' &&
            installedOnSandbox !== 'Yes' &&
            cloudComplianceBoundaries?.[0] === 'commercial' &&
            APPS.some((app) => app.appKey === addonKey && !app.alwaysFree),
        )
        .filter(
          (row) => !/@atlassian\.com/.test(JSON.stringify(row)) && row.licenseSourceType !== 'Atlassian',
        )
        .map(({ cloudId }) => cloudId),
    );
    expect(counts(rows)['2026-02-01']).toBe(sites.size);
    expect(sites.size).toBeGreaterThan(500);
  });

  it('who pay for their product are those with an edition that costs', async () => {
    const editions = await rowsOf(endpoints['customers-by-edition']);
    const activity = await rowsOf(endpoints['customers-by-activity']);
    expect(counts(activity, ['paid'])).toEqual(counts(editions, ['standard', 'premium', 'enterprise']));
    expect(counts(activity, ['non-paid'])).toEqual(counts(editions, ['free']));
  });

  it('have shares of about 100 %, by tier within each product', async () => {
    const reports = [
      await rowsOf(endpoints['customers-by-region']),
      await rowsOf(endpoints['customers-by-edition']),
      await rowsOf(endpoints['customers-by-tier'], { product: 'jira' }),
      await rowsOf(endpoints['customers-by-tier'], { product: 'confluence' }),
    ];
    for (const rows of reports) {
      const shares = Object.values(byPeriod(rows, ({ type }) => type === 'percent'));
      expect(shares).toHaveLength(18);
      for (const share of shares) {
        expect(share).toBeGreaterThan(94);
        expect(share).toBeLessThan(100.001);
      }
    }
  });

  it('appear on the 10th of the next month, newest first', async () => {
    api.setToday('2026-03-09');
    const dates = async () =>
      (
        (await contentOf('/customer-insights/regions'))['usersDistributionPerMonth'] as { date: string }[]
      ).map(({ date }) => date);
    expect((await dates()).slice(0, 2)).toEqual(['2026-01-01', '2025-12-01']);
    api.setToday('2026-03-10');
    expect((await dates())[0]).toBe('2026-02-01');
  });
});

describe('requests for apps', () => {
  it('add up over the apps, and no more are approved than Cloud evaluations began', async () => {
    const rows = await rowsOf(endpoints['app-requests']);
    for (const name of ['requests', 'approved']) {
      expect(byPeriod(rows, (row) => isTotal(row) && row.name === name)).toEqual(
        byPeriod(rows, (row) => !isTotal(row) && row.name === name),
      );
    }
    const evaluations = await rowsOf(endpoints['evaluations-by-hosting'], {
      aggregation: 'month',
      startDate: '2025-03-01',
      endDate: '2026-02-28',
    });
    const began = byPeriod(evaluations, (row) => isTotal(row) && row.name === 'Cloud');
    const approved = byPeriod(rows, (row) => isTotal(row) && row.name === 'approved');
    const requests = byPeriod(rows, (row) => isTotal(row) && row.name === 'requests');
    for (const [month, count] of Object.entries(began)) {
      expect(approved[month as Day]).toBeLessThanOrEqual(count);
      expect(requests[month as Day]).toBeGreaterThan(approved[month as Day] ?? 0);
    }
    expect(Object.keys(began)).toHaveLength(12);
    for (const { appKey } of APPS.slice(0, 5)) {
      const of = (name: string) => byPeriod(rows, (row) => row.appKey === appKey && row.name === name);
      const [asked, granted, rates] = [of('requests'), of('approved'), of('approvalRate')];
      for (const [month, rate] of Object.entries(rates)) {
        const share = (granted[month as Day] ?? 0) / (asked[month as Day] ?? 0);
        expect(rate).toBeCloseTo(100 * share, 9);
        expect(share).toBeLessThan(1);
      }
      expect(Object.keys(rates).length).toBeGreaterThan(10);
    }
  });
});

describe('searches', () => {
  it('of each app are those of its keywords, and its first keyword leads', async () => {
    const apps = await rowsOf(endpoints['search-keywords'], RANGE);
    expect(apps.map(({ appKey }) => appKey)).toEqual(APPS.slice(0, 5).map(({ appKey }) => appKey));
    for (const { appearances, leadingKeyword, points, productId = '' } of apps) {
      const keywords = await rowsOf(endpoints['app-search-keywords'], { productId, ...RANGE });
      expect(sum(keywords.map(({ count }) => count))).toBe(appearances);
      expect(sum(points.map(({ value }) => value))).toBe(appearances);
      for (const one of keywords) expect(sum(one.points.map(({ value }) => value))).toBe(one.count);
      const most = Math.max(...keywords.map(({ count }) => count));
      expect(keywords.find(({ count }) => count === most)?.keyword).toBe(leadingKeyword);
    }
    const { searchAppearances } = (
      (await contentOf(`/search-keywords?${new URLSearchParams(RANGE).toString()}`)) as {
        total: { searchAppearances: number };
      }
    ).total;
    expect(searchAppearances).toBe(sum(apps.map(({ appearances }) => appearances)));
  });

  it('are exported as bare arrays where there are no periods, and as documents where there are', async () => {
    const startOf = async (path: string) => (await get(`${path}/export?accept=json`)).text.slice(0, 1);
    expect(await startOf('/search-keywords/source/marketplace')).toBe('[');
    expect(await startOf('/zero-search-results-keywords/source/marketplace')).toBe('[');
    expect(await startOf('/search-keywords')).toBe('{');
    expect(await startOf(`/products/${planner.productId}/search-keywords`)).toBe('{');
  });

  it('come before evaluations: so many to each, with the fashion of each keyword', async () => {
    const [first] = await rowsOf(endpoints['search-keywords'], RANGE);
    const evaluations = await rowsOf(endpoints['evaluations-by-region'], RANGE);
    const began = byPeriod(evaluations, ({ appKey }) => appKey === planner.appKey);
    const perEvaluation = 23 + 17 + 9 + 4;
    const weeks = first?.points ?? [];
    expect(weeks.map(({ period }) => period)).toEqual(Object.keys(began).toSorted());
    const shares = weeks.map(({ period, value }) => (value ?? 0) / ((began[period] ?? 0) * perEvaluation));
    expect(Math.min(...shares)).toBeGreaterThan(0.54);
    expect(Math.max(...shares)).toBeLessThan(1.46);
    expect(new Set(shares.map((share) => share.toFixed(3))).size).toBeGreaterThan(10);
  });

  it('of everybody are 500 different keywords of either source, the most frequent first', async () => {
    const of = (source: string) => rowsOf(endpoints['search-keywords-by-source'], { source });
    const [site, embedded] = [await of('marketplace'), await of('embedded-marketplace')];
    expect(site).not.toEqual(embedded);
    for (const rows of [site, embedded]) {
      expect(new Set(rows.map(({ keyword }) => keyword)).size).toBe(500);
      const shares = rows.map(({ percent }) => percent);
      expect(shares).toEqual(shares.toSorted((a, b) => b - a));
      expect(sum(shares)).toBeLessThan(100);
      expect(sum(shares)).toBeGreaterThan(50);
    }
  });

  it('that find nothing have filters in the documented shape alone', async () => {
    const live = await rowsOf(endpoints['zero-result-keywords']);
    await stop();
    await start({ docsShapes: true });
    const documented = await rowsOf(endpoints['zero-result-keywords']);
    expect(documented.map(({ count, keyword }) => ({ keyword, count }))).toEqual(live);
    expect(documented).toContainEqual(
      expect.objectContaining({ keyword: 'mainframe', hosting: 'Data Center', category: 'IT & helpdesk' }),
    );
  });
});
