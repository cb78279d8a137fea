/** The data sets of the digests beyond the weekly ones, pulled from the simulator and recorded in a real store. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReportingApi, type ReportingApiSimulator } from '../../demo/reporting-api.ts';
import { APPS } from '../../demo/world/apps.ts';
import { createWorld } from '../../demo/world/world.ts';
import { addDays, type Day, monthOf, startOf, weekOf } from '../../src/domain/day.ts';
import type { MetricName, MetricSeries } from '../../src/domain/metric-series.ts';
import { createReportingClient, type ReportingClient } from '../../src/reporting/client.ts';
import type { SyncMode } from '../../src/store/sync-runs.ts';
import { DATA_SETS } from '../../src/sync/data-sets/index.ts';
import { openStore, recordRows } from '../support/store-on-disk.ts';

const TODAY: Day = '2026-03-17';
const world = createWorld({ seed: 7, today: TODAY });

let api: ReportingApiSimulator;
let client: ReportingClient;

beforeEach(async () => {
  const account = { email: 'api@northlight.example', developerId: 'space-1' };
  api = await createReportingApi({ world, ...account, token: 'token-1' });
  client = createReportingClient({ baseUrl: api.url, ...account, token: { reveal: () => 'token-1' } });
});

afterEach(async () => {
  await client.close();
  await api.close();
});

async function pull(name: string, mode: SyncMode = 'full') {
  const dataSet = DATA_SETS.find((one) => one.name === name);
  if (!dataSet || !('pull' in dataSet)) throw new Error(`no data set ${name} that is pulled`);
  const context = { mode, since: undefined, today: TODAY, at: startOf(TODAY) };
  const signal = AbortSignal.timeout(20_000);
  const { pulled, reports } = await dataSet.pull({ ...context, client, developerId: 'space-1', signal });
  if (pulled.kind !== 'series') throw new Error(`${name} is no series`);
  expect(reports.flatMap(({ quarantined }) => quarantined)).toEqual([]);
  return pulled;
}

function valueOf(rows: readonly MetricSeries[], wanted: Partial<MetricSeries>, period: Day): number {
  const matching = rows.filter((row) =>
    Object.entries(wanted).every(([field, value]) => row[field as keyof MetricSeries] === value),
  );
  return matching
    .flatMap(({ points }) => points)
    .filter((point) => point.period === period)
    .reduce((sum, { value }) => sum + (value ?? 0), 0);
}

function periodsOf(rows: readonly MetricSeries[]): Day[] {
  return [...new Set(rows.flatMap(({ points }) => points.map(({ period }) => period)))].toSorted();
}

const SETS = [
  'sales-benchmark',
  'installs',
  'search-keywords',
  'market-keywords',
  'app-requests',
  'conversion-by-month',
  'customers',
];

/** What a period of each metric begins with. */
const BEGINS: Partial<Record<MetricName, (period: Day) => Day>> = {
  installs: (period) => addDays(weekOf(period), 1),
  'search-keywords': weekOf,
  'app-search-keywords': weekOf,
};

describe.each(SETS)('the data set %s', (name) => {
  it('brings periods of one length alone for each metric, and is recorded as it is', async () => {
    const pulled = await pull(name);
    expect(pulled.rows.length).toBeGreaterThan(0);
    for (const [metric, rows] of Map.groupBy(pulled.rows, (row) => row.metric)) {
      const begins = BEGINS[metric] ?? monthOf;
      const periods = periodsOf(rows);
      expect(periods.map(begins)).toEqual(periods);
      expect(periods.length).toBeGreaterThan(1);
    }
    const store = await openStore();
    const points = pulled.rows.reduce((sum, row) => sum + row.points.length, 0);
    expect(await recordRows(store, pulled, { at: startOf(TODAY) })).toMatchObject({
      rows: points,
      added: points,
      changed: 0,
    });
    const again = await recordRows(store, await pull(name), { at: startOf(TODAY) + 1 });
    expect(again).toMatchObject({ rows: points, added: 0, changed: 0 });
  });
});

describe('installations', () => {
  it('are pulled for a year of weeks from Monday on, and add up over the apps', async () => {
    const { rows } = await pull('installs');
    const periods = periodsOf(rows);
    // Monday 16 March is the running week; 56 before it.
    expect([periods[0], periods.at(-1), periods.length]).toEqual(['2025-02-17', '2026-03-16', 57]);
    const ofApps = APPS.map(({ appKey }) => valueOf(rows, { appKey }, '2026-03-09'));
    expect(valueOf(rows, { appKey: null }, '2026-03-09')).toBe(ofApps.reduce((sum, value) => sum + value, 0));
    expect(valueOf(rows, { appKey: null }, '2026-03-09')).toBeGreaterThan(100);
  });
});

describe('searches', () => {
  it('have as many appearances a week as their keywords, app by app', async () => {
    const { rows } = await pull('search-keywords');
    for (const { alwaysFree, appKey } of APPS) {
      if (alwaysFree) continue;
      const keywords = valueOf(rows, { metric: 'app-search-keywords', appKey }, '2026-03-08');
      expect(valueOf(rows, { metric: 'search-keywords', appKey }, '2026-03-08')).toBe(keywords);
    }
  });

  it('keep the old keywords of an app that is not there any more, and those of the others fresh', async () => {
    const store = await openStore();
    await recordRows(store, await pull('search-keywords'), { at: startOf(TODAY) });
    const [gone] = APPS;
    api.fail({ kind: 'status', status: 404, path: new RegExp(`products/${gone.productId}`) });
    const pulled = await pull('search-keywords');
    expect(pulled.rows.some((row) => row.metric === 'app-search-keywords')).toBe(true);
    expect(
      pulled.rows.filter((row) => row.metric === 'app-search-keywords' && row.appKey === gone.appKey),
    ).toEqual([]);
    expect(await recordRows(store, pulled, { at: startOf(TODAY) + 1 })).toMatchObject({
      added: 0,
      changed: 0,
    });
  });

  it('fail as a whole when an app may not be read: half of the keywords are none', async () => {
    api.fail({ kind: 'status', status: 403, path: /products/ });
    await expect(pull('search-keywords')).rejects.toMatchObject({ code: 'API_FORBIDDEN' });
  });

  it('take the product id of an app from the list of apps where its own row names none', async () => {
    api.fail({
      kind: 'alter',
      path: /space-1\/search-keywords\?/,
      alter: (body) => ({
        ...(body as object),
        addons: (body as { addons: object[] }).addons.map((app) => ({ ...app, productId: undefined })),
      }),
    });
    const { rows } = await pull('search-keywords');
    const named = new Set(
      rows.filter((row) => row.metric === 'app-search-keywords').map((row) => row.appKey),
    );
    expect(named.size).toBe(5);
  });

  it('of everybody are asked month by month, whole months alone, and daily only the newest two', async () => {
    const full = await pull('market-keywords');
    // March is not over: February 2026 and the 12 months before it.
    expect([periodsOf(full.rows)[0], periodsOf(full.rows).at(-1)]).toEqual(['2025-02-01', '2026-02-01']);
    expect(periodsOf(full.rows)).toHaveLength(13);
    const daily = await pull('market-keywords', 'incremental');
    expect(periodsOf(daily.rows)).toEqual(['2026-01-01', '2026-02-01']);
    const asked = api.requests.filter(({ path }) => path.includes('zero-search')).map(({ query }) => query);
    expect(asked.at(-1)?.toString()).toBe('startDate=2026-02-01&endDate=2026-02-28');
  });
});

describe('evaluations and conversions by month', () => {
  it('have a name of their own, and count what the weeks count', async () => {
    const { rows } = await pull('conversion-by-month');
    expect(new Set(rows.map(({ metric }) => metric))).toEqual(new Set(['conversion-by-month']));
    const inFebruary = world
      .at(TODAY)
      .events('conversion')
      .filter(({ eventDate }) => eventDate.startsWith('2026-02'));
    expect(valueOf(rows, { appKey: null, name: 'Conversions' }, '2026-02-01')).toBe(inFebruary.length);
    expect(inFebruary.length).toBeGreaterThan(5);
  });
});
