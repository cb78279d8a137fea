/** What public clients saw of the live API, and what its older documents say, that no sample shows. */
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/reporting/endpoint.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { readParameters } from '../../../src/reporting/parameters.ts';
import { allOf, clientFor } from './loopback.ts';
import { type EndpointId } from './raw-answers.ts';
import {
  eventSample,
  type Json,
  licenseSample,
  readAll,
  readOne,
  sample,
  transactionSample,
} from './samples.ts';
import { neededBy, rawAnswer, serveAnswer } from './serve-answer.ts';

const ids = Object.keys(endpoints) as EndpointId[];
const sourceOf = (id: EndpointId) => (endpoints[id] as Endpoint<unknown>).source;

describe('ids', () => {
  it('of products are any text in answers: the documentation itself has "test-app"', () => {
    expect(readOne(endpoints['licenses-export'], licenseSample({ productId: 'test-app' })).productId).toBe(
      'test-app',
    );
    const benchmark = sample('sales.metrics.churn.benchmark');
    expect(
      readAll(endpoints['churn-benchmark'], [benchmark], { productIds: new Set(['test-app']) }).rows,
    ).not.toEqual([]);
  });

  it.each(['E-111-AAA-AAA-11A', 'E-123-456-789', 'E-DEF-456-GHI-JKL', 'e-123-456-789'])(
    'of entitlements have three or four groups: %s is kept as it is',
    (appEntitlementNumber) => {
      const { aliases } = readOne(endpoints['licenses-export'], licenseSample({ appEntitlementNumber }));
      expect(aliases.appEntitlementNumber).toBe(appEntitlementNumber);
    },
  );

  it('of Data Center rows may be all there: SEN, number and add-on licence id', () => {
    const raw = licenseSample({
      hosting: 'Data center',
      licenseId: 'SEN-4711',
      addonLicenseId: 4711,
      appEntitlementNumber: 'E-111-AAA-AAA-11A',
      appEntitlementId: null,
      cloudId: null,
      evaluationLicense: 'SEN-4710',
    });
    const license = readOne(endpoints['licenses-export'], raw);
    expect(license).toMatchObject({
      hosting: 'Data Center',
      aliases: { licenseId: 'SEN-4711', addonLicenseId: '4711', appEntitlementNumber: 'E-111-AAA-AAA-11A' },
      // The SEN changes when an evaluation is bought: this is how the two are joined.
      evaluationLicense: 'SEN-4710',
    });
    expect(license.host).not.toHaveProperty('cloudId');
  });
});

describe('parameters that the specification of version 3 lacks', () => {
  it.each<[EndpointId, Readonly<Record<string, string>>]>([
    ['licenses', { licenseLevel: 'multi-instance', showLicensesHistory: 'true' }],
    ['licenses-export', { licenseType: 'net_new_evaluation' }],
    ['licenses-export', { licenseType: 'upgrade_evaluation' }],
    ['licenses-export', { licenseType: 'starter' }],
    ['transactions-export', { showProratedTransactions: 'true', licenseLevel: 'single-instance' }],
    ['transactions', { saleType: 'downgrade', billingPeriod: 'annual' }],
    ['transactions', { sortBy: 'paymentStatus' }],
    ['feedback-details', { type: 'unsubscribe' }],
    ['apps', { includePrivate: 'false' }],
    ['free-starter-tier-export', { date: '2026-03-01' }],
  ])('are taken and sent: %s %j', (id, given) => {
    const { query } = readParameters(endpoints[id], given, undefined);
    for (const [name, value] of Object.entries(given)) expect(query.getAll(name)).toEqual([value]);
  });

  it('select licences by their start or end, and not by when they changed: dateType=lastUpdated is HTTP 400', () => {
    const read = (dateType: string) =>
      readParameters(endpoints.licenses, { dateType }, undefined).query.get('dateType');
    expect([read('start'), read('end')]).toEqual(['start', 'end']);
    expect(() => read('lastUpdated')).toThrow(/one of start, end/);
  });

  it('order events by date, oldest first: "desc" is broken, and "asc" needs its sortBy', () => {
    for (const kind of ['churn', 'conversion', 'renewal'] as const) {
      const { query } = readParameters(endpoints[`${kind}-details`], {}, undefined);
      expect([...query]).toEqual([
        ['sortBy', 'date'],
        ['order', 'asc'],
      ]);
    }
  });
});

describe('an answer without rows', () => {
  const empty = (id: EndpointId): unknown => {
    if (sourceOf(id).kind !== 'document') return [];
    const document = rawAnswer(id);
    if (Array.isArray(document)) return id === 'developer-space' ? [{ developerId: 'space-1' }] : [];
    const cleared = Object.entries(document as Json).map(([name, value]) => {
      if (Array.isArray(value)) return [name, []];
      // The totals of nothing.
      const lists = Object.entries((value ?? {}) as Json).filter(([, inner]) => Array.isArray(inner));
      return [name, { ...(value as Json), ...Object.fromEntries(lists.map(([list]) => [list, []])) }];
    });
    return Object.fromEntries(cleared) as Json;
  };

  it.each(ids.filter((id) => !['developer-space', 'links'].includes(id)))(
    'is what a range in the future gives, with HTTP 200: %s has no rows then, and nothing is wrong',
    async (id) => {
      const server = await serveAnswer(id, empty(id));
      const { client } = clientFor(server.url);
      const endpoint: Endpoint<unknown> = endpoints[id];
      const pull = client.pull(endpoint, { parameters: neededBy(endpoint) });
      expect(await allOf(pull)).toEqual([]);
      expect(pull.report).toMatchObject({ rows: 0, quarantined: [], quarantinedRows: 0 });
    },
  );
});

describe('exports', () => {
  const exports = ids.filter(
    (id) => ['export', 'array'].includes(sourceOf(id).kind) || id.endsWith('-export'),
  );

  it.each(exports)('%s asks for JSON: CSV is the default of some, and lacks fields', (id) => {
    const endpoint: Endpoint<unknown> = endpoints[id];
    expect(readParameters(endpoint, neededBy(endpoint), undefined).query.get('accept')).toBe('json');
  });

  it('may bring one licence twice, with and without insights: both are given', async () => {
    const bare = licenseSample({ parentProductName: undefined, installedOnSandbox: undefined });
    const server = await serveAnswer('licenses-export', [licenseSample(), bare]);
    const rows = await allOf(clientFor(server.url).client.pull(endpoints['licenses-export']));
    expect(rows.map(({ aliases }) => aliases)).toEqual([rows[0]?.aliases, rows[0]?.aliases]);
    expect(rows.map(({ sandbox }) => sandbox)).toEqual(['no', 'unknown']);
  });
});

describe('a licence', () => {
  it.each([
    '10 Users',
    '1 User',
    'Unlimited Users',
    'Per Unit Pricing (593 Users)',
    'Evaluation',
    'Subscription',
    'Demonstration License',
    '-1 User(s)',
    'NA',
  ])('keeps its tier as it is written: %s', (tier) => {
    expect(readOne(endpoints['licenses-export'], licenseSample({ tier })).tier).toBe(tier);
  });

  it.each([
    ['Yes', true],
    ['No', false],
    [true, true],
    [null, false],
    [undefined, false],
  ])('in its grace period (%j) may have ended all the same: both are kept', (inGracePeriod, expected) => {
    const raw = licenseSample({ inGracePeriod, status: 'inactive', maintenanceEndDate: '2025-01-31' });
    expect(readOne(endpoints['licenses-export'], raw)).toMatchObject({
      inGracePeriod: expected,
      status: 'inactive',
      maintenanceEnd: '2025-01-31',
    });
  });

  it('has none of its contacts, boundaries or attribution when they are null, empty or missing', () => {
    const raw = licenseSample({
      contactDetails: { company: 'Acme', billingContact: {}, technicalContact: null },
      partnerDetails: null,
      cloudComplianceBoundaries: null,
      attribution: null,
    });
    const { rows, unmapped } = readAll(endpoints['licenses-export'], [raw]);
    expect(rows[0]?.customer).toEqual({ company: 'Acme' });
    expect(rows[0]).not.toHaveProperty('billingContact');
    expect(rows[0]).not.toHaveProperty('technicalContact');
    expect(unmapped).toEqual(new Map());
  });

  it('may have what only version 2 documents: nothing of it is unknown', () => {
    const raw = licenseSample({
      invoiceDunningReason: 'x',
      licenseLevel: 'single-instance',
      multiInstanceEntitlementId: 'm',
      multiInstanceEntitlementNumber: 'E-M',
      upgradeEvaluationEdition: 'Advanced',
      upgradeEvaluationStartDate: '2026-01-01',
      upgradeEvaluationEndDate: '2026-01-31',
      latestEvaluationStartDate: '2026-01-01',
      latestMaintenanceStartDate: '2026-01-01',
      recordCreatedDate: '2026-01-01',
      extendedServerSupport: 'NA',
      hostLicenseId: 'SEN-H',
    });
    expect(readAll(endpoints['licenses-export'], [raw]).unmapped).toEqual(new Map());
  });
});

describe('a transaction line', () => {
  const read = (changes: Json, bought: Json = {}) =>
    readOne(endpoints['transactions-export'], transactionSample(changes, bought));

  it.each(['New', 'Renewal', 'Upgrade', 'Downgrade', 'Refund', 'Tomorrow’s word'])(
    'may be of any sale type: %s',
    (saleType) => {
      expect(read({}, { saleType }).saleType?.toLowerCase()).toBe(saleType.toLowerCase());
    },
  );

  it.each([
    'COMMERCIAL',
    'SOCIAL_IMPACT',
    'SOCIAL_IMPACT_GLOBAL_ACCESS',
    'FOUNDATION_FREE',
    'NEXT_YEARS_TYPE',
  ])('may be of any licence type: %s', (licenseType) => {
    expect(read({}, { licenseType }).licenseType).toBe(licenseType);
  });

  it.each(['Expert', 'Reseller', 'Corporate_reseller', 'Somebody'])(
    'may be sold by any kind of partner: %s',
    (partnerType) => {
      expect(read({ partnerDetails: { partnerName: 'Partner', partnerType } }).partner).toEqual({
        name: 'Partner',
        type: partnerType,
      });
    },
  );

  it('has the discounts it names, also where it costs nothing, and never the faulty partnerDiscountAmount', () => {
    const line = read(
      {},
      {
        purchasePrice: 0,
        vendorAmount: 0,
        partnerDiscountAmount: 99,
        discounts: [
          { type: 'LOYALTY_DISCOUNT', amount: 12.5, reason: 'DUAL_LICENSING' },
          { type: 'MARKETPLACE_PROMOTION', amount: 3, code: 'SPRING' },
          { type: 'EXPERT', amount: 1 },
          { type: 'MANUAL', amount: 2 },
        ],
      },
    );
    expect(line.vendorAmount).toBe(0);
    expect(line.discounts).toEqual([
      { type: 'LOYALTY_DISCOUNT', amount: 1_250 },
      { type: 'MARKETPLACE_PROMOTION', amount: 300 },
      { type: 'EXPERT', amount: 100 },
      { type: 'MANUAL', amount: 200 },
    ]);
    expect(JSON.stringify(line)).not.toContain('9900');
  });

  it('is the same in whatever order its prorated details come', () => {
    const details = [
      { addedUsers: 1, date: '2026-03-01' },
      { addedUsers: 2, date: '2026-03-09' },
    ];
    const [one, other] = [details, details.toReversed()].map((proratedDetails) =>
      read({}, { proratedDetails }),
    );
    expect(one).toEqual(other);
  });

  it('of a refund has neither old tiers nor periods, and may lack its reasons and its original', () => {
    const bought = {
      saleType: 'Refund',
      purchasePrice: -120,
      vendorAmount: -90,
      tier: '',
      oldTier: '',
      oldBillingPeriod: '',
      refundReason: undefined,
      creditNoteReason: undefined,
      originalTransactionDetails: {},
    };
    const line = read({}, bought);
    expect(line).toMatchObject({ saleType: 'Refund', vendorAmount: -9_000 });
    for (const name of ['tier', 'oldTier', 'refundReason', 'creditNoteReason', 'originalTransactionId'])
      expect(line).not.toHaveProperty(name);
  });
});

describe('an aggregate', () => {
  it('keeps the week that began before the range, and gives none that is missing', () => {
    const count = (date: string, number: number) => ({ date, count: number });
    const elements = [count('2026-04-12', 2), count('2026-03-29', 1)];
    const answer = { total: { series: [{ name: 'Cloud', elements }] }, addons: [] };
    const [series] = readAll(endpoints['evaluations-by-hosting'], [answer]).rows;
    expect(series?.points).toEqual([
      { period: '2026-03-29', value: 1 },
      { period: '2026-04-12', value: 2 },
    ]);
  });

  it('does not take the distinct customers of the range for a number of a week', () => {
    const answer = sample('sales.metrics.churn');
    const numbers = readAll(endpoints.churn, [answer]).rows.flatMap(({ points }) =>
      points.map(({ value }) => value),
    );
    const counted = JSON.stringify(answer)
      .match(/"count":\d+/g)
      ?.map((text) => Number(text.slice(8)));
    const ascending = (all: readonly (number | null)[] = []) => all.toSorted((a, b) => (a ?? 0) - (b ?? 0));
    expect(ascending(numbers)).toEqual(ascending(counted));
    expect(JSON.stringify(answer)).toContain('uniqueTotal');
  });
});

describe('an event', () => {
  it('has what live answers add, and nothing of it is unknown', () => {
    const raw = eventSample({
      licenseDetails: {
        licenseId: 'SEN-1',
        appEntitlementId: 'ent-1',
        appEntitlementNumber: 'E-111-AAA-AAA-11A',
        cloudId: 'cloud-1',
        maintenanceStartDate: '2026-01-01',
        maintenanceEndDate: '2026-02-01',
        monthsValid: 1,
        inGracePeriod: 'Yes',
        multiInstanceEntitlementId: null,
        multiInstanceEntitlementNumber: null,
        appEdition: 'Standard',
      },
    });
    const { rows, unmapped } = readAll(endpoints['renewal-details'], [raw]);
    expect(rows[0]).toMatchObject({ monthsValid: 1, host: { cloudId: 'cloud-1' }, kind: 'renewal' });
    expect(unmapped).toEqual(new Map());
  });
});

describe('a benchmark', () => {
  it.each(['2022-01-01T00:00:00.000Z', '2022-01-01'])('names its month %s by ten characters', (date) => {
    const answer = { total: { salesBenchmarkPerMonth: [{ date, sale: 1 }] }, addons: [] };
    const { rows } = readAll(endpoints['sales-benchmark'], [answer]);
    expect(rows[0]?.points).toEqual([{ period: '2022-01-01', value: 100 }]);
  });
});
