/** The reference's sample answers of aggregates by group: those with a file, and those it shows within its text. */
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../src/reporting/endpoints/index.ts';
import { CLEAN, numbers, pullAnswer, pullDocument, useSamplesOnly } from './serve-sample.ts';

useSamplesOnly();

/** What the reference shows for one group, its missing comma and missing brace mended. Its link lies outside `_links`. */
const shown = (resource: string, name: string) => ({
  query: {
    href: `/rest/3/reporting/developer-space/{developerId}/${resource}{?aggregation,startDate,endDate}`,
    templated: true,
  },
  total: { name: 'All apps', series: [{ name, elements: [{ date: '2025-02-16', count: 4 }] }] },
  addons: [
    {
      addonKey: 'app-key-1',
      productId: 'acd011b1-1111-45bc-902a-247046a11111',
      name: 'App 1',
      series: [{ name, elements: [{ date: '2025-02-16', count: 2 }] }],
    },
  ],
});

describe('aggregates by group', () => {
  it.each([
    ['evaluations-by-country', 'evaluations/country', 'Albania'],
    ['evaluations-by-partner', 'evaluations/partner', 'Partner 1'],
    ['evaluations-by-region', 'evaluations/region', 'APAC'],
    ['feedback-by-type', 'feedback/metrics/type', 'unsubscribe'],
  ] as const)('%s: one series per group, without a type', async (id, resource, name) => {
    const { rows, report } = await pullAnswer(endpoints[id], shown(resource, name));
    expect(numbers(rows)).toEqual([`ALL||${name}||4`, `app-key-1||${name}||2`]);
    expect(rows[0]).toMatchObject({ metric: id, points: [{ period: '2025-02-16' }] });
    expect(report).toEqual({ rows: 2, requests: 1, ...CLEAN });
  });

  it('feedback.metrics.metric.json: weeks of each reason, zeros included', async () => {
    const { rows, report } = await pullDocument(endpoints['feedback-by-reason'], 'feedback.metrics.metric');
    expect(numbers(rows)).toEqual([
      'ALL||alternative||4|4|4|4|8',
      'ALL||appFunctionality||2|2|2|2|4',
      'ALL||cost||2|0|0|0|0',
      'app-key-1||alternative||2|2|2|2|6',
      'app-key-1||appFunctionality||1|1|1|1|2',
      'app-key-1||cost||1|0|0|0|0',
      'app-key-2||alternative||2|2|2|2|2',
      'app-key-2||appFunctionality||1|1|1|1|2',
      'app-key-2||cost||1|0|0|0|0',
    ]);
    expect(rows[0]?.metric).toBe('feedback-by-reason');
    expect(report).toEqual({ rows: 9, requests: 1, ...CLEAN });
  });

  it('sales.transactions.metric.json: lines, net lines and revenue in cents; its evaluationType is no type', async () => {
    const { rows, report } = await pullDocument(endpoints['sales-by-hosting'], 'sales.transactions.metric');
    const cloud = (app: string) => [
      `${app}|lines|Cloud||1364|579`,
      `${app}|net lines|Cloud||1350|577`,
      `${app}|revenue|Cloud||30048979|6959366`,
    ];
    const dataCenter = (app: string, lines: number) => [
      `${app}|lines|Data Center||${lines}|7`,
      `${app}|net lines|Data Center||${lines}|7`,
      `${app}|revenue|Data Center||22409409|3776006`,
    ];
    expect(numbers(rows)).toEqual([
      ...cloud('ALL'),
      ...dataCenter('ALL', 35),
      ...cloud('test-app'),
      ...dataCenter('test-app', 34),
    ]);
    expect(rows[0]).toMatchObject({
      metric: 'sales-by-hosting',
      points: [{ period: '2025-03-09' }, { period: '2025-03-16' }],
    });
    expect(report).toEqual({ rows: 12, requests: 1, ...CLEAN });
  });

  it.each(['country', 'partner', 'region', 'tier', 'type'] as const)(
    'sales by %s are read as those by hosting',
    async (group) => {
      const id = `sales-by-${group}` as const;
      const { rows, report } = await pullDocument(endpoints[id], 'sales.transactions.metric');
      const hosting = await pullDocument(endpoints['sales-by-hosting'], 'sales.transactions.metric');
      expect(rows).toEqual(hosting.rows.map((one) => ({ ...one, metric: id })));
      expect(report).toEqual({ rows: 12, requests: 1, ...CLEAN });
    },
  );
});
