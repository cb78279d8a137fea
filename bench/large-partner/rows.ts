import { createHash } from 'node:crypto';

/**
 * Rows of a large partner, made from their number alone: the same number gives the same bytes. About 1.5 kB of JSON each,
 * as the samples of the API have; identifiers are random, as real ones are, which is what makes their indexes expensive.
 * `revision` 1 restates every twentieth row: its tier and its `lastUpdated`, or its payment.
 */

const APPS = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta'];
const SYLLABLES =
  'an ar as bel ber bor bra cal car cas cen chi cor dan del den dor eck eld en er fal fen fir fla gal gen gra hal har hel hol ing ion isk jan kar kel kin kra lan lav len lin lor lun mal mar mel min mon nar nel nis nor ol on or pal per pin pol quin ral ran ren rin ros sal san sel sin sol son sta tal tan tel tor tri ul um val van ver vin vol wal wen wil win wor yan zen zor'.split(
    ' ',
  );

/** Three thousand words that could be part of a name; the first ones are in many names, the last in few. */
const WORDS = Array.from({ length: 3_000 }, (_, index) =>
  [index * 7 + 3, index * 13 + 1, index * 5]
    .slice(0, 2 + (index % 2))
    .map((at) => SYLLABLES[(at + Math.floor(at / SYLLABLES.length)) % SYLLABLES.length])
    .join(''),
);
/** A rank by Zipf's law: half of all names use the hundred commonest words. */
const wordOf = (seed: number): string =>
  WORDS[Math.floor(WORDS.length ** (((seed * 48_271) % 65_537) / 65_537)) - 1] ?? '';

const FORMS = ['GmbH', 'Inc.', 'Ltd', 'S.A.', 'AB', 'Group', 'Labs', 'Systems', 'Software', 'Bank'];
const PLACES = [
  ['Germany', 'EMEA'],
  ['United States', 'Americas'],
  ['Japan', 'APAC'],
  ['France', 'EMEA'],
  ['Brazil', 'Americas'],
  ['Australia', 'APAC'],
];
const TIERS = [10, 15, 25, 50, 100, 250, 500, 1000, 2000];
const DAY_MS = 86_400_000;
/** The newest day in the rows: they are spread over the 1,700 days before it. */
export const NEWEST_DAY = '2026-10-31';
const EPOCH = Date.parse(NEWEST_DAY) - 1_703 * DAY_MS;

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function uuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

function number(hex: string): string {
  const upper = hex.toUpperCase();
  return `E-${upper.slice(0, 3)}-${upper.slice(3, 6)}-${upper.slice(6, 9)}-${upper.slice(9, 12)}`;
}

function day(offset: number): string {
  return new Date(EPOCH + offset * DAY_MS).toISOString().slice(0, 10);
}

function pick<Item>(list: readonly Item[], at: number): Item {
  return list[at % list.length] as Item;
}

/** Company names repeat: a few customers have hundreds of rows, most have a handful. */
function companyOf(customer: number): string {
  const words = [wordOf(customer), wordOf(customer * 31 + 7), wordOf(customer * 17 + 3)];
  const name = words.slice(0, 2 + (customer % 2)).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${name.join(' ')} ${pick(FORMS, customer * 3)}`;
}

function subscription(i: number) {
  const own = md5(`entitlement ${i}`);
  const site = Math.floor(i / 3);
  const host = md5(`host ${site}`);
  const customer = Math.floor(((i * 2_654_435_761) % 4_294_967_296) / 15_900);
  const isCloud = i % 8 !== 0;
  const [country, region] = pick(PLACES, customer);
  const domain = `${pick(WORDS, customer)}-${customer.toString(36)}.example`;
  const contact = (role: string) => ({
    email: `${role}.${customer % 97}@${domain}`,
    name: `${pick(WORDS, customer + 3)} ${pick(WORDS, customer + 11)}`,
    phone: `+49 30 ${1_000_000 + customer}`,
    address1: `${customer % 200} ${pick(WORDS, customer + 5)} street`,
    city: pick(WORDS, customer + 17),
    postcode: String(10_000 + (customer % 89_999)),
  });
  return {
    own,
    ids: {
      ...(isCloud ? {} : { addonLicenseId: String(5_000_000 + i), licenseId: `SEN-L${20_000_000 + i}` }),
      appEntitlementId: uuid(own),
      appEntitlementNumber: number(own),
      hostEntitlementId: uuid(md5(`host id ${site}`)),
      hostEntitlementNumber: number(host),
      ...(isCloud
        ? { cloudId: uuid(host), cloudSiteHostname: `${pick(WORDS, customer)}-${site}.atlassian.net` }
        : {}),
    },
    app: {
      addonKey: `com.example.${pick(APPS, i)}`,
      productId: uuid(md5(`app ${i % APPS.length}`)),
      addonName: `Example ${pick(APPS, i)} for Jira`,
    },
    hosting: isCloud ? 'Cloud' : 'Data Center',
    appEdition: i % 3 === 0 ? 'Advanced' : 'Standard',
    company: companyOf(customer),
    country,
    region,
    technicalContact: contact('tech'),
    billingContact: contact('billing'),
    account: uuid(md5(`account ${customer}`)),
    users: pick(TIERS, customer),
  };
}

const isRestated = (i: number, revision: number): boolean => revision > 0 && i % 20 === 7;

/** The `i`th licence as `/licenses` writes it. */
export function licenseRow(i: number, revision = 0): object {
  const about = subscription(i);
  const start = (i * 7) % 1_700;
  const users = isRestated(i, revision) ? about.users * 2 : about.users;
  return {
    ...about.ids,
    ...about.app,
    hosting: about.hosting,
    appEdition: about.appEdition,
    newBillingSystem: 'Yes',
    lastUpdated: isRestated(i, revision) ? day(1_703) : day(start + 3),
    licenseType: i % 11 === 0 ? 'EVALUATION' : 'COMMERCIAL',
    maintenanceStartDate: day(start),
    maintenanceEndDate: day(start + 365),
    status: i % 4 === 0 ? 'inactive' : 'active',
    tier: `${users} Users`,
    contactDetails: {
      technicalContact: about.technicalContact,
      billingContact: about.billingContact,
      company: about.company,
      country: about.country,
      region: about.region,
    },
    extendedServerSupport: 'NA',
    evaluationOpportunitySize: 'NA',
    evaluationLicense: about.ids.appEntitlementId,
    daysToConvertEval: 'NA',
    evaluationStartDate: day(start),
    evaluationEndDate: day(start + 30),
    parentProductBillingCycle: 'NA',
    parentProductName: 'Jira',
    installedOnSandbox: 'No',
    parentProductEdition: 'Standard',
    licenseSourceType: 'Non-Atlassian',
    transactionAccountId: about.account,
    cloudComplianceBoundaries: ['commercial'],
  };
}

/** The `i`th transaction line as `/sales/transactions` writes it; about two lines for each of its entitlements. */
export function transactionRow(i: number, revision = 0): object {
  const about = subscription((i * 5) % 500_000);
  const hex = md5(`line ${i}`);
  const start = (i * 3) % 1_700;
  const price = about.users * 9 + (i % 90);
  return {
    transactionId: `IN-${hex.slice(20, 23)}-${hex.slice(23, 26)}-${hex.slice(26, 29)}`.toUpperCase(),
    transactionLineItemId: uuid(hex),
    ...about.app,
    lastUpdated: isRestated(i, revision) ? day(1_703) : day(start + 2),
    appEdition: about.appEdition,
    paymentStatus: isRestated(i, revision) ? 'Open' : 'Paid',
    customerDetails: {
      company: about.company,
      country: about.country,
      region: about.region,
      technicalContact: about.technicalContact,
      billingContact: about.billingContact,
    },
    purchaseDetails: {
      saleDate: day(start),
      licenseType: 'COMMERCIAL',
      hosting: about.hosting,
      changeInBillingPeriod: 'No',
      oldBillingPeriod: 'Annual',
      billingPeriod: i % 3 === 0 ? 'Annual' : 'Monthly',
      changeInTier: 'Not Applicable',
      oldTier: `${about.users} Users`,
      tier: `${about.users} Users`,
      parentProductName: 'Jira',
      changeInParentProductEdition: 'No',
      oldParentProductEdition: 'Premium',
      parentProductEdition: 'Premium',
      purchasePrice: price,
      vendorAmount: Math.round(price * 85) / 100,
      discounts: i % 9 === 0 ? [{ type: 'LOYALTY_DISCOUNT', amount: 15 }] : [],
      saleType: i % 5 === 0 ? 'New' : 'Renewal',
      maintenanceStartDate: day(start),
      maintenanceEndDate: day(start + (i % 3 === 0 ? 365 : 30)),
    },
    partnerDetails: {
      partnerName: `Partner ${i % 300}`,
      partnerType: 'Expert',
      billingContact: { email: `sales@partner-${i % 300}.example`, name: `Partner ${i % 300}` },
    },
    ...about.ids,
  };
}
