import { describe, expect, it } from 'vitest';
import type { MetricSeries } from '../../../src/domain/metric-series.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { ApiUnexpectedShapeError } from '../../../src/reporting/errors.ts';
import { type Json, readAll, sample } from './samples.ts';

const point = (date: string, count: unknown) => ({ date, count });
const series = (name: string, ...elements: unknown[]) => ({ name, elements });
const document = (total: unknown, addons: unknown = []) => ({ total, addons });
const brief = (rows: readonly MetricSeries[]) =>
  rows.map(({ appKey, dataset, name, points }) => [
    appKey,
    dataset,
    name,
    ...points.map(({ value }) => value),
  ]);

describe('a series outside of its dataset', () => {
  const due = series('Customers', point('2026-03-01', 9));
  const gone = series('Cancellations', point('2026-03-01', 2));
  const churn = (...datasets: unknown[]) =>
    readAll(endpoints.churn, [document({ name: 'All apps', datasets })]);

  it('belongs to the one dataset that lacks it', () => {
    const { rows, quarantinedRows } = churn(
      { name: 'Monthly', series: [due, series('Cancellations', point('2026-03-01', 1))] },
      { name: 'Annual', series: [due] },
      gone,
    );
    expect(brief(rows)).toEqual([
      [null, 'Monthly', 'Customers', 9],
      [null, 'Monthly', 'Cancellations', 1],
      [null, 'Annual', 'Customers', 9],
      [null, 'Annual', 'Cancellations', 2],
    ]);
    expect(quarantinedRows).toBe(0);
  });

  it.each<[string, unknown[]]>([
    ['two datasets lack it', [{ name: 'Monthly', series: [due] }, { name: 'Annual', series: [due] }, gone]],
    ['no dataset lacks it', [{ name: 'Monthly', series: [due, gone] }, gone]],
    ['there is no dataset', [gone]],
    [
      'there are two of it',
      [{ name: 'Monthly', series: [due, gone] }, { name: 'Annual', series: [due] }, gone, gone],
    ],
    [
      'nobody knows its name',
      [{ name: 'Monthly', series: [due] }, series('Surprises', point('2026-03-01', 1))],
    ],
  ])('is refused when %s', (_name, datasets) => {
    const { rows, quarantined } = churn(...datasets);
    expect(quarantined).toMatchObject([
      { path: 'total.datasets[]', expected: 'a series inside its dataset' },
    ]);
    expect(rows.some(({ name }) => name === 'Surprises')).toBe(false);
  });

  it('is found when a dataset stands inside the series of another', () => {
    const { rows, quarantinedRows } = churn({
      name: 'Monthly',
      series: [due, { name: 'Annual', series: [gone] }],
    });
    expect(brief(rows)).toEqual([
      [null, 'Monthly', 'Customers', 9],
      [null, 'Annual', 'Cancellations', 2],
    ]);
    expect(quarantinedRows).toBe(0);
  });

  it('is looked for in an answer of any depth without a stack overflow', () => {
    const depth = 100_000;
    const nested = '{"name":"Monthly","series":['.repeat(depth) + ']}'.repeat(depth);
    const answer = JSON.parse(`{"total":{"datasets":[${nested}]},"addons":[]}`) as Json;
    expect(readAll(endpoints.churn, [answer]).rows).toEqual([]);
  });
});

describe('an aggregate', () => {
  it('without data has no series', () => {
    const empty = document({ name: 'All apps', datasets: [] });
    expect(readAll(endpoints.churn, [empty])).toMatchObject({ rows: [], quarantinedRows: 0 });
    const flat = document({ name: 'All apps', series: [] });
    expect(readAll(endpoints.conversion, [flat])).toMatchObject({ rows: [], quarantinedRows: 0 });
  });

  it.each([[{}], [[]], [null], ['x'], [{ errors: [] }]])(
    'of another shape (%j) is an error, not "no data"',
    (answer) => {
      for (const id of [
        'churn',
        'conversion',
        'churn-benchmark',
        'evaluation-benchmark',
        'sales-benchmark',
        'app-requests',
      ] as const) {
        expect(() => readAll(endpoints[id], [answer])).toThrow(ApiUnexpectedShapeError);
      }
    },
  );

  it('gives its points oldest first, whatever their order', () => {
    const elements = [point('2026-03-08', 3), point('2026-02-22', 1), point('2026-03-01', 2)];
    const { rows } = readAll(endpoints.conversion, [
      document({ series: [series('Evaluations', ...elements)] }),
    ]);
    expect(rows[0]?.points.map(({ value }) => value)).toEqual([1, 2, 3]);
  });

  it('keeps series of one name and two types apart', () => {
    const typed = (conversionType: string, count: number) => ({
      ...series('Conversions', point('2026-03-01', count)),
      conversionType,
    });
    const { rows } = readAll(endpoints.conversion, [
      document({
        series: [typed('Upgrade', 1), typed('Net new', 2), series('Conversions', point('2026-03-01', 3))],
      }),
    ]);
    expect(rows.map(({ type, points }) => [type, points[0]?.value])).toEqual([
      ['Upgrade', 1],
      ['Net new', 2],
      ['', 3],
    ]);
  });

  it('refuses single points and keeps the others', () => {
    const wrong = [
      point('2026-03-01', '4'),
      point('someday', 5),
      point('2026-03-08', null),
      7,
      point('2026-03-15', 6),
    ];
    const { rows, quarantined } = readAll(endpoints.conversion, [
      document({ series: [series('Evaluations', ...wrong)] }),
    ]);
    expect(brief(rows)).toEqual([[null, '', 'Evaluations', 6]]);
    expect(quarantined.map(({ path, expected }) => [path, expected])).toEqual([
      ['total.series[].elements[]', 'object'],
      ['total.series[].elements[].count', 'number'],
      ['total.series[].elements[].date', 'a date YYYY-MM-DD'],
    ]);
  });

  it('refuses a second, different value of one week', () => {
    const twice = series(
      'Evaluations',
      point('2026-03-01', 4),
      point('2026-03-01', 4),
      point('2026-03-01', 5),
    );
    const { rows, quarantined } = readAll(endpoints.conversion, [document({ series: [twice] })]);
    expect(brief(rows)).toEqual([[null, '', 'Evaluations', 4]]);
    expect(quarantined).toMatchObject([{ expected: 'one value per period', count: 1 }]);
  });

  it('skips the stub of an app and counts its field, but refuses numbers that belong to nobody', () => {
    const flat = [series('Evaluations', point('2026-03-01', 4))];
    const { rows, quarantined, unmapped } = readAll(endpoints.conversion, [
      document({ series: flat }, [{ 'productId"': 'x' }, { name: 'App', series: flat }]),
    ]);
    expect(rows).toHaveLength(1);
    expect(unmapped).toEqual(new Map([['addons[].productId"', 1]]));
    expect(quarantined).toEqual([{ path: 'addons[].addonKey', expected: 'a text', count: 1 }]);
  });

  it('says when its total or its apps are missing', () => {
    expect(readAll(endpoints.conversion, [{ addons: [] }]).quarantined).toMatchObject([{ path: 'total' }]);
    expect(readAll(endpoints.conversion, [{ total: { series: [] } }]).quarantined).toMatchObject([
      { path: 'addons' },
    ]);
  });

  it('is filtered by product id here, because the API ignores it', () => {
    const app = (key: string) => ({
      addonKey: key,
      productId: `p-${key}`,
      series: [series('Evaluations', point('2026-03-01', 1))],
    });
    const { rows } = readAll(
      endpoints.conversion,
      [document({ series: [series('Evaluations', point('2026-03-01', 2))] }, [app('a'), app('b')])],
      { productIds: new Set(['p-b']) },
    );
    expect(brief(rows)).toEqual([['b', '', 'Evaluations', 1]]);
  });

  it.each(['Unknown', 'NA'])('keeps the numbers of a group called %s: they are part of the total', (name) => {
    const answer = document({ series: [series(name, point('2026-03-01', 7))] });
    const { rows, quarantinedRows } = readAll(endpoints['evaluations-by-country'], [answer]);
    expect(brief(rows)).toEqual([[null, '', name, 7]]);
    expect(quarantinedRows).toBe(0);
  });

  it.each(['', 'null', '   '])('refuses a series called "%s"', (name) => {
    const answer = document({ series: [series(name, point('2026-03-01', 7))] });
    const { rows, quarantined } = readAll(endpoints['evaluations-by-country'], [answer]);
    expect(rows).toEqual([]);
    expect(quarantined).toEqual([{ path: 'total.series[].name', expected: 'a text', count: 1 }]);
  });

  it('of sales does without net lines and revenue, but refuses what is no number in their place', () => {
    const elements = [
      { date: '2026-03-01', count: 3 },
      { date: '2026-03-08', count: 4, netCount: null, revenue: '12.50' },
      { date: '2026-03-15', count: 5, netCount: -1, revenue: -12.345 },
      { date: '2026-03-22', netCount: 6, revenue: 1e14 },
    ];
    const answer = document({ series: [series('New', ...elements)] });
    const { rows, quarantined } = readAll(endpoints['sales-by-type'], [answer]);
    expect(brief(rows)).toEqual([
      [null, 'lines', 'New', 3, 4, 5],
      [null, 'net lines', 'New', -1, 6],
      [null, 'revenue', 'New', -1235],
    ]);
    const under = 'total.series[].elements[]';
    expect(quarantined).toEqual([
      { path: `${under}.netCount`, expected: 'number', count: 1 },
      { path: `${under}.revenue`, expected: 'number', count: 1 },
      { path: `${under}.count`, expected: 'number', count: 1 },
      { path: `${under}.revenue`, expected: 'an amount below 10^13 dollars', count: 1 },
    ]);
  });

  it('of counts does not know the fields of sales', () => {
    const answer = document({ series: [series('New', { date: '2026-03-01', count: 3, revenue: 9 })] });
    const { rows, unmapped } = readAll(endpoints['evaluations-by-region'], [answer]);
    expect(brief(rows)).toEqual([[null, '', 'New', 3]]);
    expect(unmapped).toEqual(new Map([['total.series[].elements[].revenue', 1]]));
  });

  it('names hostings as everywhere else', () => {
    const answer = document({ series: [series('Data center', point('2026-03-01', 1))] });
    expect(readAll(endpoints['evaluations-by-hosting'], [answer]).rows[0]?.name).toBe('Data Center');
    expect(readAll(endpoints['sales-by-hosting'], [answer]).rows[0]?.name).toBe('Data Center');
    expect(readAll(endpoints['evaluations-by-partner'], [answer]).rows[0]?.name).toBe('Data center');
  });
});

describe('a benchmark', () => {
  const LIVE = {
    CloudEvaluationBenchmarkPerVendorPerMonth: 'evaluationBenchmarkPerVendorPerMonth',
    CloudEvaluationBenchmarkPerApp: 'addons',
    CloudEvaluationBenchmarkPerAppPerMonth: 'evaluationBenchmarkPerAppPerMonth',
    evaluationCount: 'evalautionCount',
    previousMonthEvaluationCount: 'previousMonthEvaluationCounts',
  };

  it('reads the same from the documented and the live names, and from the typo', () => {
    let text = JSON.stringify(sample('benchmark.evaluations'));
    for (const [documented, live] of Object.entries(LIVE))
      text = text.replaceAll(`"${documented}"`, `"${live}"`);
    const live = readAll(endpoints['evaluation-benchmark'], [JSON.parse(text)]);
    const documented = readAll(endpoints['evaluation-benchmark'], [sample('benchmark.evaluations')]);
    expect(live).toEqual(documented);
    expect(live).toMatchObject({ quarantinedRows: 0, unmapped: new Map() });
    expect(live.rows).toHaveLength(30);
  });

  it('names a month by its first day, whatever the date', () => {
    const month = { date: '2022-01-01T00:00:00.000Z', evaluationCount: 3, evaluationMoMGrowth: null };
    const answer = { totals: { evaluationBenchmarkPerVendorPerMonth: [month] }, addons: [] };
    expect(readAll(endpoints['evaluation-benchmark'], [answer]).rows).toMatchObject([
      { name: 'evaluations', points: [{ period: '2022-01-01', value: 3 }] },
      { name: 'growthMoM', points: [{ period: '2022-01-01', value: null }] },
    ]);
  });

  it('refuses fields that are no numbers, months that are none, and months without their count', () => {
    const months = [
      { date: '2026-01-01', evaluationCount: '3', evaluationPercentile: 9 },
      { date: 'January', evaluationCount: 3 },
      { date: '2026-02-01' },
    ];
    const { rows, quarantined } = readAll(endpoints['evaluation-benchmark'], [
      { totals: { evaluationBenchmarkPerVendorPerMonth: months }, addons: [] },
    ]);
    expect(rows.map(({ name }) => name)).toEqual(['percentile']);
    expect(quarantined).toEqual([
      { path: 'totals.months[].evaluationCount', expected: 'number', count: 2 },
      { path: 'totals.months[].date', expected: 'a month', count: 1 },
    ]);
  });

  it('of churn writes year and month as texts', () => {
    const months = [
      { year: '2025', month: '12', churnRate: 1 },
      { year: 2026, month: 1, churnRate: 2 },
      { year: '2026', month: '13', churnRate: 3 },
    ];
    const { rows, quarantinedRows } = readAll(endpoints['churn-benchmark'], [
      { churnBenchmarkPerApp: [{ appKey: 'a', churnBenchmarkPerMonth: months }] },
    ]);
    expect(rows[0]?.points).toEqual([
      { period: '2025-12-01', value: 1 },
      { period: '2026-01-01', value: 2 },
    ]);
    expect(quarantinedRows).toBe(1);
  });

  it.each([
    ['sales-benchmark', 'benchmark.sales'],
    ['app-requests', 'app-requests-and-approvals'],
    ['evaluation-benchmark', 'benchmark.evaluations'],
  ] as const)('%s has its total under either name', (id, name) => {
    const { total, totals, ...rest } = sample(name);
    const singular = readAll(endpoints[id], [{ ...rest, total: total ?? totals }]);
    const plural = readAll(endpoints[id], [{ ...rest, totals: total ?? totals }]);
    expect(singular).toEqual(plural);
    expect(singular).toMatchObject({ quarantinedRows: 0, unmapped: new Map() });
    expect(singular.rows.some(({ appKey }) => appKey === null)).toBe(true);
  });

  it('of sales compares an app with the apps on its product and with the product itself', () => {
    const month = {
      date: '2025-10-01',
      sale: 0.1 + 0.2,
      previousMonthSale: -3,
      salesMoMGrowth: null,
      salesMoMGrowthBenchmarkAllAppsOnBaseProduct: 1.5,
      salesMoMGrowthBenchmarkBaseProduct: -2.5,
      salesYTDYoYGrowthBenchmarkAllAppsOnBaseProduct: 3.5,
      salesYTDYoYGrowthBenchmarkBaseProduct: -4.5,
    };
    const answer = {
      total: { salesBenchmarkPerMonth: [] },
      addons: [{ addonKey: 'a', salesBenchmarkPerMonth: [month] }],
    };
    const { rows, quarantinedRows, unmapped } = readAll(endpoints['sales-benchmark'], [answer]);
    expect(rows.map(({ name, points }) => [name, points[0]?.value])).toEqual([
      ['sales', 30],
      ['previousMonth', -300],
      ['growthMoM', null],
      ['gapMoM', 1.5],
      ['baseProductGapMoM', -2.5],
      ['gapYoY', 3.5],
      ['baseProductGapYoY', -4.5],
    ]);
    expect([quarantinedRows, unmapped.size]).toEqual([0, 0]);
  });

  it.each(['"1500.83"', '1e14', '1e400', '{}'])('of sales refuses an amount written as %s', (written) => {
    const text = JSON.stringify(sample('benchmark.sales')).replaceAll('1500.83', written);
    const { rows, quarantined } = readAll(endpoints['sales-benchmark'], [JSON.parse(text)]);
    expect(rows.map(({ name }) => name)).not.toContain('sales');
    expect(quarantined.map(({ path }) => path)).toEqual(['total.months[].sale', 'addons[].months[].sale']);
  });

  it('is filtered here as well: a wrong product id makes the API answer for all apps', () => {
    const answer = sample('benchmark.evaluations');
    const selection = { productIds: new Set(['acd011b1-1111-45bc-902a-247046a11111']) };
    const { rows } = readAll(endpoints['evaluation-benchmark'], [answer], selection);
    expect(new Set(rows.map(({ appKey }) => appKey))).toEqual(new Set(['app-key-1']));
  });
});
