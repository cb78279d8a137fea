import { describe, expect, it } from 'vitest';
import { HOSTILE_COMPANIES, HOSTILE_MESSAGES } from '../../../demo/world/hostile-names.ts';
import type { RawFeedback, RawLicense, RawTransaction } from '../../../demo/world/raw-rows.ts';
import { createWorld } from '../../../demo/world/world.ts';
import type { Day } from '../../../src/domain/day.ts';

const TODAY: Day = '2026-03-17';
const shown = createWorld({ seed: 7, today: TODAY }).at(TODAY);
const { licenses, transactions, feedback } = shown;

function shift(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10) as Day;
}

function groups<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(keyOf(row), [...(found.get(keyOf(row)) ?? []), row]);
  return [...found.values()];
}

const sales = (saleType: string | null) =>
  transactions.filter(({ purchaseDetails }) => purchaseDetails.saleType === saleType);

/** Lines of one entitlement made on one day. */
const sameDay = groups(
  transactions,
  (row) => `${row.appEntitlementId ?? row.licenseId ?? ''} ${row.purchaseDetails.saleDate}`,
);

const isPair = (lines: readonly RawTransaction[], saleType: string) =>
  lines.some((refund) =>
    lines.some(
      (bill) =>
        refund.purchaseDetails.saleType === 'Refund' &&
        bill.purchaseDetails.saleType === saleType &&
        refund.purchaseDetails.maintenanceEndDate === bill.purchaseDetails.maintenanceEndDate &&
        refund.purchaseDetails.maintenanceStartDate === bill.purchaseDetails.maintenanceStartDate,
    ),
  );

const isSwitch = (lines: readonly RawTransaction[]) =>
  lines.some(({ purchaseDetails: line }) => line.saleType === 'Refund' && line.billingPeriod === 'Monthly') &&
  lines.some(
    ({ purchaseDetails: line }) => line.saleType === 'New' && line.changeInBillingPeriod === 'Yes',
  ) &&
  lines.some(
    ({ purchaseDetails: line }) =>
      line.purchasePrice === 0 && line.maintenanceStartDate === line.maintenanceEndDate,
  );

const evaluations = licenses.filter(
  ({ evaluationStartDate }) => evaluationStartDate && evaluationStartDate !== 'NA',
);
const lengthOf = (row: RawLicense) =>
  (Date.parse(row.evaluationEndDate ?? '') - Date.parse(row.evaluationStartDate ?? '')) / 86_400_000;
const contactsOf = (row: RawLicense) => [
  row.contactDetails.technicalContact,
  row.contactDetails.billingContact,
];

const ofLicenses: readonly (readonly [string, number, (row: RawLicense) => boolean])[] = [
  [
    'Cloud rows without addonLicenseId and licenseId',
    1000,
    (row) => row.cloudId !== undefined && !('licenseId' in row) && !('addonLicenseId' in row),
  ],
  [
    'Data Center rows with both, without a site',
    100,
    (row) => 'licenseId' in row && 'addonLicenseId' in row && !('cloudId' in row),
  ],
  ['"Data center" in lower case', 5, (row) => row.hosting === 'Data center'],
  ['Data Center rows without any number', 5, (row) => 'licenseId' in row && !('appEntitlementNumber' in row)],
  ['sandboxes', 30, (row) => row.installedOnSandbox === 'Yes'],
  ['licences marked as Atlassian’s', 10, (row) => row.licenseSourceType === 'Atlassian'],
  [
    'Atlassian’s licences recognisable by mail only',
    1,
    (row) =>
      row.licenseSourceType === undefined &&
      (row.contactDetails.technicalContact?.email?.endsWith('@atlassian.com') ?? false),
  ],
  ['always-free licences', 50, (row) => row.licenseType === 'FREE'],
  ['FedRAMP licences', 4, (row) => row.cloudComplianceBoundaries?.includes('fedramp_moderate') ?? false],
  ['erased contacts', 20, (row) => contactsOf(row).some((contact) => contact?.email === 'RTBF')],
  ['missing contacts', 20, (row) => row.contactDetails.technicalContact === undefined],
  [
    'empty contacts',
    20,
    (row) => contactsOf(row).some((contact) => contact && Object.keys(contact).length === 0),
  ],
  ['contacts called null', 20, (row) => contactsOf(row).some((contact) => contact?.name === 'null')],
  ['missing companies', 5, (row) => row.contactDetails.company === undefined],
  ['companies that are an address', 5, (row) => /^[^\s@]+@[^\s@]+$/.test(row.contactDetails.company ?? '')],
  ['unknown companies', 5, (row) => row.contactDetails.company === 'Unknown'],
  ['unknown future fields', 50, (row) => 'agentSeats' in row && 'appVariant' in row],
  ['academic licences', 10, (row) => row.licenseType === 'ACADEMIC'],
  ['community licences', 5, (row) => row.licenseType === 'COMMUNITY'],
  ['open source licences', 3, (row) => row.licenseType === 'OPEN_SOURCE'],
  ['social impact licences', 1, (row) => row.licenseType === 'SOCIAL_IMPACT'],
  ['demonstration licences', 1, (row) => row.licenseType === 'DEMONSTRATION'],
  [
    'cancelled licences still paid for',
    3,
    (row) => row.status === 'cancelled' && (row.maintenanceEndDate ?? '') > TODAY,
  ],
  [
    'grace periods that outlived their licence',
    3,
    (row) => row.inGracePeriod === 'Yes' && row.status === 'inactive',
  ],
  ['licences without an end', 5, (row) => row.maintenanceEndDate === undefined],
  [
    'converted evaluations',
    200,
    (row) => row.evaluationSaleDate !== undefined && row.evaluationSaleDate !== 'NA',
  ],
  ['evaluations bought before their end', 50, (row) => Number(row.daysToConvertEval) < 0],
  ['lapsed evaluations', 500, (row) => row.licenseType === 'EVALUATION' && row.status === 'inactive'],
  ['extended evaluations', 50, (row) => evaluations.includes(row) && lengthOf(row) === 60],
  ['insights that are still pending', 3, (row) => row.parentProductBillingCycle === 'Pending'],
  [
    'purchases without an evaluation',
    100,
    (row) => row.evaluationStartDate === 'NA' && row.licenseType === 'COMMERCIAL',
  ],
  [
    'Data Center purchases linked to another SEN',
    5,
    (row) =>
      row.licenseType === 'COMMERCIAL' &&
      row.licenseId !== undefined &&
      (row.evaluationLicense ?? 'NA') !== 'NA' &&
      row.evaluationLicense !== row.licenseId,
  ],
  ['tier "1 User"', 3, (row) => row.tier === '1 User'],
  ['tier "N Users"', 500, (row) => /^\d+ Users$/.test(row.tier)],
  ['tier "Unlimited Users"', 10, (row) => row.tier === 'Unlimited Users'],
  ['tier "Per Unit Pricing (N Users)"', 100, (row) => /^Per Unit Pricing \(\d+ Users?\)$/.test(row.tier)],
  ['tier "Evaluation"', 500, (row) => row.tier === 'Evaluation'],
  ['tier "Subscription"', 2, (row) => row.tier === 'Subscription'],
  ['tier "Demonstration License"', 1, (row) => row.tier === 'Demonstration License'],
  ['tier "-1 User(s)"', 1, (row) => row.tier === '-1 User(s)'],
  ['opportunity sizes as numbers', 500, (row) => typeof row.evaluationOpportunitySize === 'number'],
  ...['Unlimited Users', 'Evaluation', 'NA', 'Unknown', ''].map(
    (size) =>
      [`opportunity size "${size}"`, 5, (row: RawLicense) => row.evaluationOpportunitySize === size] as const,
  ),
  ...HOSTILE_COMPANIES.map(
    (name) =>
      [
        `the company ${JSON.stringify(name.slice(0, 40))}`,
        1,
        (row: RawLicense) => row.contactDetails.company === name,
      ] as const,
  ),
];

const ofLines: readonly (readonly [string, number, (row: RawTransaction) => boolean])[] = [
  ['monthly plans', 2000, (row) => row.purchaseDetails.billingPeriod === 'Monthly'],
  ['annual plans', 300, (row) => row.purchaseDetails.billingPeriod === 'Annual'],
  [
    'refunds, all negative',
    100,
    (row) => row.purchaseDetails.saleType === 'Refund' && row.purchaseDetails.vendorAmount < 0,
  ],
  [
    'refunds with a reason',
    5,
    (row) =>
      row.purchaseDetails.refundReason === 'REFUND_CANCELLED_PURCHASE' &&
      row.purchaseDetails.creditNoteReason === 'CUSTOMER_REQUEST',
  ],
  [
    'refunds that name the original',
    50,
    (row) => row.purchaseDetails.originalTransactionDetails?.transactionId !== undefined,
  ],
  [
    'refunds without any reason',
    20,
    (row) =>
      row.purchaseDetails.saleType === 'Refund' &&
      !row.purchaseDetails.refundReason &&
      !row.purchaseDetails.creditNoteReason,
  ],
  [
    'refunds with empty change fields',
    30,
    (row) => row.purchaseDetails.saleType === 'Refund' && row.purchaseDetails.changeInTier === '',
  ],
  ['downgrades', 10, (row) => row.purchaseDetails.saleType === 'Downgrade'],
  ['upgrades', 50, (row) => row.purchaseDetails.saleType === 'Upgrade'],
  [
    'manual invoices without sale type, licence type and partner type',
    5,
    (row) =>
      row.isInvoiceManual === true &&
      row.purchaseDetails.saleType === null &&
      row.purchaseDetails.licenseType === null &&
      (row.partnerDetails?.partnerType ?? null) === null,
  ],
  [
    'sale dates in the future',
    3,
    (row) =>
      row.purchaseDetails.saleDate > TODAY &&
      row.paymentStatus === 'Open' &&
      /^Net(14|30)$/.test(row.purchaseDetails.paymentTerms ?? ''),
  ],
  ['$0 lines', 100, (row) => row.purchaseDetails.purchasePrice === 0],
  [
    '$0 commercial lines',
    20,
    (row) => row.purchaseDetails.purchasePrice === 0 && row.purchaseDetails.licenseType === 'COMMERCIAL',
  ],
  [
    '$0 lines that still name a discount',
    1,
    (row) => row.purchaseDetails.purchasePrice === 0 && (row.purchaseDetails.discounts?.[0]?.amount ?? 0) > 0,
  ],
  [
    'uncollectible payments after three attempts',
    5,
    (row) => row.paymentStatus === 'Uncollectible' && row.dunningStatus?.length === 3,
  ],
  [
    'payments that failed and recovered',
    10,
    (row) => row.paymentStatus === 'Paid' && row.dunningStatus?.length === 2,
  ],
  [
    'users added within a month',
    20,
    (row) => (row.purchaseDetails.proratedDetails?.[0]?.addedUsers ?? 0) > 0,
  ],
  ['unreliable old tiers', 3, (row) => row.purchaseDetails.oldTier === '-1 User(s)'],
  ['old transaction numbers', 50, (row) => /^AT-\d+$/.test(row.transactionId)],
  ['European transaction numbers', 500, (row) => /^IN-EU-\d{3}-\d{3}-\d{3}$/.test(row.transactionId)],
  ['FedRAMP sales', 4, (row) => row.cloudComplianceBoundaries?.includes('fedramp_moderate') ?? false],
  ['unknown future fields', 20, (row) => 'aiCreditsIncluded' in row],
  ['pending parent products', 5, (row) => row.purchaseDetails.parentProductName === 'Pending'],
  [
    'partner discounts that are not the sum of the discounts',
    50,
    (row) =>
      row.purchaseDetails.partnerDiscountAmount !== undefined &&
      row.purchaseDetails.partnerDiscountAmount !==
        (row.purchaseDetails.discounts ?? []).reduce((sum, { amount }) => sum + amount, 0),
  ],
  ...['LOYALTY_DISCOUNT', 'MARKETPLACE_PROMOTION', 'EXPERT', 'MANUAL'].map(
    (type) =>
      [
        `discounts of type ${type}`,
        3,
        (row: RawTransaction) => row.purchaseDetails.discounts?.some((one) => one.type === type) ?? false,
      ] as const,
  ),
  [
    'promotions with a code',
    3,
    (row) => row.purchaseDetails.discounts?.some(({ code }) => code !== undefined) ?? false,
  ],
  [
    'manual discounts for dual licensing',
    3,
    (row) => row.purchaseDetails.discounts?.some(({ reason }) => reason === 'DUAL_LICENSING') ?? false,
  ],
];

const ofFeedback: readonly (readonly [string, number, (row: RawFeedback) => boolean])[] = [
  ['anonymous feedback', 20, (row) => !('appEntitlementNumber' in row) && !('cloudId' in row)],
  ['feedback without a message', 50, (row) => row.message === ''],
  ['uninstalls', 20, (row) => row.feedbackType === 'uninstall'],
  ['disabled apps', 20, (row) => row.feedbackType === 'disable'],
  ['messages that ping', 1, (row) => row.message.includes('<!channel>')],
  ['messages with personal data', 1, (row) => /[\w.]+@[\w.]+/.test(row.message)],
  ['hostile messages', 5, (row) => HOSTILE_MESSAGES.includes(row.message)],
];

describe('the developer space is hostile on purpose: it holds', () => {
  it.each(ofLicenses)('%s', (_name, least, isSuch) => {
    expect(licenses.filter(isSuch).length).toBeGreaterThanOrEqual(least);
  });

  it.each(ofLines)('%s', (_name, least, isSuch) => {
    expect(transactions.filter(isSuch).length).toBeGreaterThanOrEqual(least);
  });

  it.each(ofFeedback)('%s', (_name, least, isSuch) => {
    expect(feedback.filter(isSuch).length).toBeGreaterThanOrEqual(least);
  });

  it('no sandbox, Atlassian or always-free licence that ever paid', () => {
    const unpaid = new Set(
      licenses
        .filter(
          (row) =>
            row.installedOnSandbox === 'Yes' ||
            row.licenseSourceType !== 'Non-Atlassian' ||
            row.licenseType === 'FREE',
        )
        .map(({ appEntitlementId }) => appEntitlementId),
    );
    const paid = transactions.filter((row) => row.appEntitlementId && unpaid.has(row.appEntitlementId));
    expect(paid.length).toBeGreaterThan(20);
    expect(paid.every(({ purchaseDetails }) => purchaseDetails.purchasePrice === 0)).toBe(true);
  });

  it('repeated evaluations of one app on one site', () => {
    const sites = groups(
      evaluations.filter((row) => row.cloudId && row.evaluationLicense === row.appEntitlementId),
      (row) => `${row.cloudId ?? ''} ${row.addonKey}`,
    );
    const repeated = sites.filter(
      (rows) => new Set(rows.map(({ appEntitlementId }) => appEntitlementId)).size > 1,
    );
    expect(repeated.length).toBeGreaterThan(20);
  });

  it('sites that use several of the apps', () => {
    const sites = groups(
      licenses.filter(({ cloudId }) => cloudId),
      ({ cloudId }) => cloudId ?? '',
    );
    expect(
      sites.filter((rows) => new Set(rows.map(({ addonKey }) => addonKey)).size > 1).length,
    ).toBeGreaterThan(100);
  });

  it('upgrades and downgrades as a refund and a re-bill of the same day and period', () => {
    expect(sameDay.filter((lines) => isPair(lines, 'Upgrade')).length).toBeGreaterThan(20);
    expect(sameDay.filter((lines) => isPair(lines, 'Downgrade')).length).toBeGreaterThan(5);
  });

  it('re-bills at another partner share than the refund', () => {
    const share = ({ purchaseDetails: line }: RawTransaction) => line.vendorAmount / line.purchasePrice;
    const pairs = sameDay.filter((lines) => isPair(lines, 'Upgrade'));
    const uneven = pairs.filter((lines) => {
      const shares = lines
        .filter(({ purchaseDetails }) => Math.abs(purchaseDetails.purchasePrice) > 100)
        .map(share);
      return Math.max(...shares) - Math.min(...shares) > 0.01;
    });
    expect(uneven.length).toBeGreaterThan(0);
  });

  it('switches from monthly to annual, some with several refunds', () => {
    const switches = sameDay.filter(isSwitch);
    expect(switches.length).toBeGreaterThan(5);
    const refunds = switches.map(
      (lines) => lines.filter(({ purchaseDetails }) => purchaseDetails.saleType === 'Refund').length,
    );
    expect(Math.max(...refunds)).toBeGreaterThan(1);
  });

  it('refunds that no re-bill follows', () => {
    const alone = sameDay.filter(
      (lines) =>
        lines.every(({ purchaseDetails }) => purchaseDetails.saleType === 'Refund') && lines.length === 1,
    );
    expect(alone.length).toBeGreaterThan(8);
  });

  it('orders of several lines', () => {
    const orders = groups(transactions, ({ transactionId }) => transactionId);
    const several = orders.filter((lines) => new Set(lines.map(({ addonKey }) => addonKey)).size > 1);
    expect(several.length).toBeGreaterThan(20);
  });

  it('rows that are exported twice', () => {
    const twins = (ids: readonly unknown[]) => ids.length - new Set(ids).size;
    expect(twins(transactions.map(({ transactionLineItemId }) => transactionLineItemId))).toBeGreaterThan(1);
    const doubled = groups(
      licenses.filter((row) => row.cloudId),
      (row) => row.appEntitlementId ?? '',
    ).filter((rows) => rows.length > 1);
    expect(doubled.length).toBeGreaterThan(3);
    expect(
      doubled.every(
        ([first, second]) =>
          first && second && 'evaluationLicense' in first && !('evaluationLicense' in second),
      ),
    ).toBe(true);
  });

  it('lines that are the only ones with their identifier, but for exact duplicates', () => {
    const rows = groups(transactions, ({ transactionLineItemId }) => transactionLineItemId);
    expect(rows.every((twins) => new Set(twins.map((row) => JSON.stringify(row))).size === 1)).toBe(true);
  });

  it('reasons joined to most of those who left in the last year', () => {
    const named = new Set(feedback.map(({ appEntitlementNumber }) => appEntitlementNumber));
    const left = shown.events('churn').filter(({ eventDate }) => eventDate > shift(TODAY, -365));
    const explained = left.filter(({ licenseDetails }) => named.has(licenseDetails.appEntitlementNumber));
    expect(explained.length / left.length).toBeGreaterThan(0.3);
    expect(explained.length / left.length).toBeLessThan(0.65);
  });

  it('money in whole cents, and sales that pay the partner 83 or 85 %', () => {
    for (const { purchaseDetails: line } of transactions) {
      expect(Math.abs(line.vendorAmount * 100 - Math.round(line.vendorAmount * 100))).toBeLessThan(1e-6);
    }
    const shares = sales('New')
      .filter(({ purchaseDetails }) => purchaseDetails.purchasePrice > 100)
      .map(({ purchaseDetails }) =>
        Math.round((100 * purchaseDetails.vendorAmount) / purchaseDetails.purchasePrice),
      );
    expect(new Set(shares)).toEqual(new Set([83, 85]));
  });
});
