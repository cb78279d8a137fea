/** The reference's own sample answers, verbatim and with their quirks, served whole through the client. */
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/reporting/endpoint.ts';
import { endpoints } from '../../src/reporting/endpoints/index.ts';
import { sample } from '../unit/reporting/samples.ts';
import { api, CLEAN, numbers, pathOf, pull, pullDocument, useSamplesOnly } from './serve-sample.ts';

useSamplesOnly();

/** Serves a list sample's rows as the export they come from: started, polled, downloaded, all by id. */
async function pullExport<Row>(
  endpoint: Endpoint<Row>,
  name: string,
  list: string,
  queryHas: Record<string, unknown>,
) {
  const start = sample(`${name}.async.export`);
  const { id } = start['export'] as { id: string };
  const root = `${pathOf(endpoint)}/async/export`;
  const status = sample(`${name}.async.export.exportId.status`);
  api()
    .post(root, '{}')
    .query((query) => {
      expect(query).toMatchObject(queryHas);
      return true;
    })
    .reply(200, start);
  // The sample's status is that of another export, or QUEUED with placeholder links: only its shape is used.
  api()
    .get(`${root}/${id}/status`)
    .reply(200, { ...status, export: { id, status: 'IN_PROGRESS' } });
  api()
    .get(`${root}/${id}/status`)
    .reply(200, { ...status, export: { id, status: 'COMPLETED' } });
  api()
    .get(`${root}/${id}`)
    .reply(200, JSON.stringify(sample(name)[list]), { 'content-type': 'application/json' });
  return pull(endpoint);
}

describe('exports', () => {
  it('licenses.json holds one paid Cloud licence', async () => {
    const { rows, report } = await pullExport(endpoints['licenses-export'], 'licenses', 'licenses', {
      withDataInsights: 'true',
      includeAtlassianLicenses: 'true',
      showLifeTimeFreeLicenses: 'true',
      cloudComplianceBoundaries: ['commercial', 'fedramp_moderate', 'isolated_cloud'],
    });
    expect(rows).toEqual([
      {
        appKey: 'test-app',
        name: 'Test App',
        productId: 'acd011b1-1111-45bc-902a-247046a11111',
        aliases: {
          appEntitlementId: '1a1a11aa-aa11-1a11-aa1a-aa111a1111a1',
          appEntitlementNumber: 'E-111-AAA-AAA-11A',
        },
        host: {
          cloudId: '111cc111-111c-1cc1-1c1c-1111c1c1c111',
          siteHostname: 'test.atlassian.net',
          hostEntitlementId: '1b1b11bb-bb11-1b11-bb1b-bb111b1111b1',
          hostEntitlementNumber: 'E-111-BBB-BBB-11B',
        },
        hosting: 'Cloud',
        edition: 'Advanced',
        customer: { company: 'test', country: 'Germany', region: 'EMEA', mailDomain: 'gmail.com' },
        technicalContact: { name: 'test name', email: 'test@gmail.com' },
        billingContact: { name: 'test name', email: 'test@gmail.com' },
        licenseType: 'COMMERCIAL',
        status: 'active',
        tier: '15 Users',
        maintenanceStart: '2024-12-01',
        maintenanceEnd: '2025-02-01',
        isAtlassian: false,
        sandbox: 'no',
        evaluationStart: '2024-12-01',
        evaluationEnd: '2025-01-01',
        evaluationLicense: '1a1a11aa-aa11-1a11-aa1a-aa111a1111a1',
        parentProduct: 'Confluence',
        parentEdition: 'Standard',
        transactionAccountId: '111dd111-111d-1dd1-1d1d-1111d1d1d111',
        inGracePeriod: false,
        lastUpdated: '2025-01-01',
      },
    ]);
    expect(report).toEqual({ rows: 1, requests: 4, ...CLEAN });
  });

  it('sales.transactions.json holds a renewal and a first sale, due in the future', async () => {
    const { rows, report } = await pullExport(
      endpoints['transactions-export'],
      'sales.transactions',
      'transactions',
      {
        includeManualInvoice: 'true',
        cloudComplianceBoundaries: ['commercial', 'fedramp_moderate', 'isolated_cloud'],
      },
    );
    expect(rows[0]).toEqual({
      appKey: 'com.example.random.addon1',
      name: 'RandomAddon1',
      productId: 'acd011b1-1111-45bc-902a-247046a11111',
      aliases: {
        appEntitlementId: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
        appEntitlementNumber: 'E-123-456-789-ABC',
      },
      host: {
        cloudId: 'cf1e2d3c4-b5a6-7890-1234-567890abcdef',
        hostEntitlementId: '123e4567-e89b-12d3-a456-426614174000',
        hostEntitlementNumber: 'E-DEF-456-GHI-JKL',
      },
      hosting: 'Cloud',
      edition: 'Standard',
      customer: { company: 'Random Company 1', country: 'USA', region: 'NA', mailDomain: 'example.com' },
      technicalContact: { name: 'Random Company 1', email: 'contact1@example.com' },
      billingContact: { name: 'Random Billing 1', email: 'billing1@example.com' },
      partner: { name: 'Random Partner 1', type: 'Expert' },
      transactionId: 'IN-003-095-784',
      lineId: '1a2b3c4d-5e6f-7890-1234-567890abcdef',
      saleDate: '2025-05-01',
      saleType: 'Renewal',
      licenseType: 'COMMERCIAL',
      billingPeriod: 'Annual',
      oldBillingPeriod: 'Annual',
      tier: '10 Users',
      oldTier: '10 Users',
      purchasePrice: 9_000,
      vendorAmount: 5_000,
      discounts: [{ type: 'LOYALTY_DISCOUNT', amount: 1_500 }],
      maintenanceStart: '2025-03-21',
      maintenanceEnd: '2026-03-21',
      paymentStatus: 'Open',
      paymentTerms: 'Net30',
      dunningAttempts: 0,
      parentProduct: 'Jira',
      parentEdition: 'Premium',
      isManualInvoice: false,
      lastUpdated: '2025-03-21',
    });
    expect(rows[1]).toMatchObject({
      saleType: 'New',
      licenseType: 'COMMUNITY',
      vendorAmount: 5_400,
      oldTier: 'Evaluation',
    });
    expect(report).toEqual({ rows: 2, requests: 4, ...CLEAN });
  });

  it.each(['licenses', 'sales.transactions'])(
    '%s: the status sample is understood as it is',
    async (name) => {
      const endpoint: Endpoint<unknown> =
        name === 'licenses' ? endpoints['licenses-export'] : endpoints['transactions-export'];
      const root = `${pathOf(endpoint)}/async/export`;
      api()
        .post(root)
        .query(true)
        .reply(200, sample(`${name}.async.export`));
      const id = '638035ff-ef0f-412b-addd-8bf144bcdfa1';
      // QUEUED in one sample, COMPLETED in the other.
      api()
        .get(`${root}/${id}/status`)
        .reply(200, sample(`${name}.async.export.exportId.status`));
      if (name !== 'licenses') {
        api()
          .get(`${root}/${id}/status`)
          .reply(200, { export: { id, status: 'COMPLETED' } });
      }
      api().get(`${root}/${id}`).reply(200, '[]', { 'content-type': 'application/json' });
      expect(await pull(endpoint)).toMatchObject({ rows: [], report: CLEAN });
    },
  );
});

describe('weekly aggregates', () => {
  it('sales.metrics.churn.json: the stray "Cancellations" of the app belong to Annual', async () => {
    const { rows, report } = await pullDocument(endpoints.churn, 'sales.metrics.churn');
    const of = (app: string) => [
      `${app}|Monthly|Customers||20|30|50`,
      `${app}|Monthly|Cancellations||2|5|3`,
      `${app}|Annual|Customers||22|36|53`,
      `${app}|Annual|Cancellations||7|21|26`,
    ];
    expect(numbers(rows)).toEqual([...of('ALL'), ...of('test-app')]);
    expect(rows[0]?.points.map(({ period }) => period)).toEqual(['2025-02-23', '2025-03-02', '2025-03-09']);
    expect(report).toEqual({ rows: 8, requests: 1, ...CLEAN });
  });

  it('sales.metrics.renewal.json: the stray "Renewals" belong to Monthly, and the nested Annual is a dataset', async () => {
    const { rows, report } = await pullDocument(endpoints.renewal, 'sales.metrics.renewal');
    const annual = (app: string) => [
      `${app}|Annual|Renewal opportunities||22|36|53`,
      `${app}|Annual|Renewals||15|15|27`,
    ];
    const monthly = (app: string) => [
      `${app}|Monthly|Renewal opportunities||86|495|528`,
      `${app}|Monthly|Renewals||84|470|505`,
    ];
    expect(numbers(rows)).toEqual([
      ...annual('ALL'),
      ...monthly('ALL'),
      ...monthly('test-app'),
      ...annual('test-app'),
    ]);
    expect(report).toEqual({ rows: 8, requests: 1, ...CLEAN });
  });

  it('sales.metrics.conversion.json: flat series with a type, and a stub app that is skipped and counted', async () => {
    const { rows, report } = await pullDocument(endpoints.conversion, 'sales.metrics.conversion');
    expect(numbers(rows)).toEqual([
      'ALL||Evaluations|Upgrade|4|4|4|4|8',
      'ALL||Conversions|Upgrade|2|2|2|2|4',
      'app-key-1||Evaluations|Upgrade|2|2|2|2|6',
      'app-key-1||Conversions|Upgrade|1|1|1|1|2',
    ]);
    expect(report).toEqual({
      rows: 4,
      requests: 1,
      ...CLEAN,
      unmappedFields: new Map([['addons[].productId"', 1]]),
    });
  });

  it('evaluations.metric.json: one series per hosting and evaluation type', async () => {
    const { rows, report } = await pullDocument(endpoints['evaluations-by-hosting'], 'evaluations.metric');
    expect(numbers(rows)).toEqual([
      'ALL||Cloud|Net new evaluation|4|4|4|4|8',
      'ALL||Data Center|Net new evaluation|2|2|2|2|4',
      'ALL||Server|Net new evaluation|2|0|0|0|0',
      'app-key-1||Cloud|Net new evaluation|2|2|2|2|6',
      'app-key-1||Data Center|Net new evaluation|1|1|1|1|2',
      'app-key-1||Server|Net new evaluation|1|0|0|0|0',
      'app-key-2||Cloud|Net new evaluation|2|2|2|2|2',
      'app-key-2||Data Center|Net new evaluation|1|1|1|1|2',
      'app-key-2||Server|Net new evaluation|1|0|0|0|0',
    ]);
    expect(report).toEqual({ rows: 9, requests: 1, ...CLEAN });
  });
});

describe('benchmarks', () => {
  it('sales.metrics.churn.benchmark.json: one month of one app, rates in percent, indexes as ratios', async () => {
    const { rows, report } = await pullDocument(
      endpoints['churn-benchmark'],
      'sales.metrics.churn.benchmark',
    );
    const app = 'com.riadalabs.jira.plugins.notificationassistant';
    expect(numbers(rows)).toEqual([
      `${app}||churnedLicenses||250`,
      `${app}||totalLicenses||5000`,
      `${app}||churnRate||5.125`,
      `${app}||isolatedChurnRate||2.511`,
      `${app}||churnRateIndex||1.3`,
      `${app}||isolatedChurnRateIndex||0.97`,
    ]);
    expect(rows[0]?.points).toEqual([{ period: '2025-01-01', value: 250 }]);
    expect(report).toEqual({ rows: 6, requests: 1, ...CLEAN });
  });

  it('benchmark.evaluations.json: two months of the vendor and of two apps, oldest first', async () => {
    const { rows, report } = await pullDocument(endpoints['evaluation-benchmark'], 'benchmark.evaluations');
    expect(numbers(rows).slice(0, 10)).toEqual([
      'ALL||evaluations||1422|1418',
      'ALL||previousMonth||1140|1422',
      'ALL||growthMoM||24.74|-0.28',
      'ALL||gapMoM||-8.19|4.1',
      'ALL||percentile||99|99',
      'ALL||ytd||1422|2840',
      'ALL||ytdLastYear||1424|2789',
      'ALL||growthYoY||-0.14|1.83',
      'ALL||gapYoY||12.19|16.04',
      'ALL||percentileYtd||99|99',
    ]);
    expect(numbers(rows)).toContain('app-key-1||gapMoM||-34.42|-19.07');
    expect(numbers(rows)).toContain('app-key-2||gapYoY||10.79|15.69');
    expect(rows[0]?.points.map(({ period }) => period)).toEqual(['2025-01-01', '2025-02-01']);
    expect(report).toEqual({ rows: 30, requests: 1, ...CLEAN });
  });

  it('benchmark.sales.json: one month of the vendor and of one app, money in cents', async () => {
    const { rows, report } = await pullDocument(endpoints['sales-benchmark'], 'benchmark.sales');
    const of = (app: string) => [
      `${app}||sales||150083`,
      `${app}||previousMonth||165070`,
      `${app}||growthMoM||-7.71`,
      `${app}||gapMoM||-17.14`,
      `${app}||percentile||99`,
      `${app}||ytd||1598501007`,
      `${app}||ytdLastYear||164726`,
      `${app}||growthYoY||-2.98`,
      `${app}||gapYoY||-30.77`,
      `${app}||percentileYtd||99`,
    ];
    expect(numbers(rows)).toEqual([...of('ALL'), ...of('test-app')]);
    expect(rows[0]).toMatchObject({ metric: 'sales-benchmark', points: [{ period: '2025-01-01' }] });
    expect(report).toEqual({ rows: 20, requests: 1, ...CLEAN });
  });

  it('app-requests-and-approvals.json: two months of all apps and of one, oldest first', async () => {
    const { rows, report } = await pullDocument(endpoints['app-requests'], 'app-requests-and-approvals');
    const of = (app: string) => [
      `${app}||requests||12|21`,
      `${app}||approved||3|7`,
      `${app}||approvalRate||25|33.33333333333333`,
    ];
    expect(numbers(rows)).toEqual([...of('ALL'), ...of('app-key-1')]);
    expect(rows[0]).toMatchObject({ metric: 'app-requests', points: [{ period: '2025-01-01' }, {}] });
    expect(report).toEqual({ rows: 6, requests: 1, ...CLEAN });
  });
});

describe('lists', () => {
  it.each(['churn-details', 'conversion-details', 'renewal-details'] as const)(
    'sales.metrics.saleMetric.details.json as %s: two events, links at the top, no licenseDetails',
    async (id) => {
      const { rows, report } = await pullDocument(endpoints[id], 'sales.metrics.saleMetric.details');
      expect(rows[0]).toEqual({
        kind: id.replace('-details', ''),
        appKey: 'APP_KEY1',
        name: 'APP 1',
        productId: 'acd011b1-1111-45bc-902a-247046a11111',
        aliases: {
          appEntitlementId: '1a1a11aa-aa11-1a11-aa1a-aa111a1111a1',
          appEntitlementNumber: 'E-111-AAA-AAA-11A',
        },
        host: { cloudId: '0a0a00aa-aa00-0a00-aa0a-aa000a0000a0' },
        hosting: 'Cloud',
        edition: 'Advanced',
        eventDate: '2025-03-18',
        transactionId: 'IN-EU-111-111-111',
        maintenanceStart: '2025-02-18',
        maintenanceEnd: '2025-03-18',
        monthsValid: 1,
        lastUpdated: '2025-03-27',
      });
      expect(rows[1]).toMatchObject({ appKey: 'APP_KEY2', eventDate: '2025-01-24' });
      expect(report).toEqual({ rows: 2, requests: 1, ...CLEAN });
    },
  );

  it('feedback.details.json: an empty message is no message', async () => {
    const { rows, report } = await pullDocument(endpoints['feedback-details'], 'feedback.details');
    expect(rows).toEqual([
      {
        appKey: 'test-app',
        name: 'test-app',
        productId: 'acd011b1-1111-45bc-902a-247046a11111',
        aliases: {
          appEntitlementId: '1a1a11aa-aa11-1a11-aa1a-aa111a1111a1',
          appEntitlementNumber: 'E-111-AAA-AAA-11A',
        },
        host: { cloudId: '111bb111-111b-1bb1-1b1b-1111b1b1b111' },
        hosting: 'Cloud',
        edition: 'Standard',
        date: '2025-01-01',
        feedbackType: 'unsubscribe',
        reasonKey: 'expectations',
        reason: 'The app did not meet my expectations',
        appVersion: '1.0.0',
      },
    ]);
    expect(report).toEqual({ rows: 1, requests: 1, ...CLEAN });
  });
});
