/** The reference's sample answers about customers, and the same under the name that live answers have. */
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../src/reporting/endpoints/index.ts';
import { sample } from '../unit/reporting/samples.ts';
import { CLEAN, numbers, pullAnswer, pullDocument, useSamplesOnly } from './serve-sample.ts';

useSamplesOnly();

describe('customers', () => {
  it('customer-insights.regions.json: four regions of one month, "unknown" among them', async () => {
    const { rows, report } = await pullDocument(
      endpoints['customers-by-region'],
      'customer-insights.regions',
    );
    expect(numbers(rows)).toEqual([
      'ALL||apac|count|1975',
      'ALL||apac|percent|9.728105605359078',
      'ALL||apac|index|0.9982236889422504',
      'ALL||emea|count|7387',
      'ALL||emea|percent|36.385577775588615',
      'ALL||emea|index|1.3512888853052618',
      'ALL||americas|count|6050',
      'ALL||americas|percent|29.800019702492364',
      'ALL||americas|index|1.437257640443387',
      'ALL||unknown|count|4890',
      'ALL||unknown|percent|24.086296916559945',
      'ALL||unknown|index|0.5654847861706801',
    ]);
    expect(rows[0]).toMatchObject({ metric: 'customers-by-region', points: [{ period: '2025-02-01' }] });
    expect(report).toEqual({ rows: 12, requests: 1, ...CLEAN });
  });

  it('customer-insights.editions.json: four editions', async () => {
    const { rows, report } = await pullDocument(
      endpoints['customers-by-edition'],
      'customer-insights.editions',
    );
    expect(numbers(rows).filter((row) => row.includes('|count|'))).toEqual([
      'ALL||premium|count|2500',
      'ALL||enterprise|count|450',
      'ALL||standard|count|3500',
      'ALL||free|count|5500',
    ]);
    expect(rows[0]?.metric).toBe('customers-by-edition');
    expect(report).toEqual({ rows: 12, requests: 1, ...CLEAN });
  });

  it('customer-insights.active-users.json: paid and non-paid', async () => {
    const { rows, report } = await pullDocument(
      endpoints['customers-by-activity'],
      'customer-insights.active-users',
    );
    expect(numbers(rows)).toEqual([
      'ALL||paid|count|10594',
      'ALL||paid|percent|52.182051029455224',
      'ALL||paid|index|1.811143149730558',
      'ALL||non-paid|count|9708',
      'ALL||non-paid|percent|47.817948970544776',
      'ALL||non-paid|index|0.6717104630230619',
    ]);
    expect(rows[0]?.metric).toBe('customers-by-activity');
    expect(report).toEqual({ rows: 6, requests: 1, ...CLEAN });
  });

  it('customer-insights.tiers.json: five tiers of two products, each product a dataset', async () => {
    const { rows, report } = await pullDocument(endpoints['customers-by-tier'], 'customer-insights.tiers', {
      product: 'jira',
    });
    expect(numbers(rows).filter((row) => row.includes('|count|'))).toEqual([
      'ALL|Confluence|Evaluation|count|150',
      'ALL|Jira|Evaluation|count|10',
      'ALL|Confluence|1-10|count|7850',
      'ALL|Jira|1-10|count|500',
      'ALL|Confluence|11-100|count|2300',
      'ALL|Jira|11-100|count|120',
      'ALL|Confluence|101-1000|count|1120',
      'ALL|Jira|101-1000|count|30',
      'ALL|Confluence|1000+|count|400',
      'ALL|Jira|1000+|count|30',
    ]);
    expect(numbers(rows)).toContain('ALL|Jira|1000+|index|6.95655141487005');
    expect(rows[0]).toMatchObject({ metric: 'customers-by-tier', points: [{ period: '2025-01-01' }] });
    expect(report).toEqual({ rows: 30, requests: 1, ...CLEAN });
  });

  it.each([
    ['customers-by-region', 'customer-insights.regions', 'regionWiseUserInsightsPerMonth'],
    ['customers-by-edition', 'customer-insights.editions', 'usersEditionDistribution'],
    ['customers-by-activity', 'customer-insights.active-users', 'activePaidUsersInsights'],
    ['customers-by-tier', 'customer-insights.tiers', 'usersDistributionPerProduct'],
  ] as const)('%s are the same under the name of live answers', async (id, name, list) => {
    const { [list]: months, ...rest } = sample(name);
    const parameters = id === 'customers-by-tier' ? { product: 'confluence' } : {};
    const documented = await pullDocument(endpoints[id], name, parameters);
    const live = await pullAnswer(endpoints[id], { ...rest, usersDistributionPerMonth: months }, parameters);
    expect(live).toEqual(documented);
    expect(live.rows.length).toBeGreaterThan(0);
  });
});
