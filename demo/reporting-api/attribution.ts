import type { RawLicense } from '../world/raw-rows.ts';
import { createRandom, type Random } from '../world/random.ts';
import { mentions, readDay, readList } from './query.ts';

/** One row of the marketing attribution's export: a visit, with the fields a public importer reads. */
export interface RawTouchpoint {
  readonly [field: string]: unknown;
  readonly addonKey: string;
  readonly productId: string;
  /** `YYYY-MM-DD hh:mm:ss`, UTC. */
  readonly eventTimestamp: string;
}

const CHANNELS = [
  ['organic', 30],
  ['direct', 25],
  ['referral-internal', 14],
  ['in-product-referral', 10],
  ['paid-search-branded', 6],
  ['paid-search-non-branded', 5],
  ['email', 5],
  ['unpaid-social', 3],
  ['other', 2],
] as const;
const REFERRERS: Readonly<Record<string, string>> = {
  organic: 'https://www.google.com/',
  'referral-internal': 'https://www.atlassian.com/',
  'in-product-referral': 'https://acme.atlassian.net/',
  'paid-search-branded': 'https://www.google.com/',
  'paid-search-non-branded': 'https://www.bing.com/',
  'unpaid-social': 'https://www.linkedin.com/',
};

function visit(row: RawLicense, random: Random): RawTouchpoint {
  const channel = random.weighted(CHANNELS);
  const isPaid = channel.startsWith('paid');
  const campaign = isPaid ? `launch-${random.int(1, 4)}` : 'null';
  const before = random.int(1, 30 * 86_400);
  const at = new Date(Date.parse(row.evaluationStartDate ?? '') - before * 1_000);
  const page = `https://marketplace.atlassian.com/apps/${row.addonKey}`;
  return {
    ...(row.appEntitlementId
      ? { appEntitlementId: row.appEntitlementId, appEntitlementNumber: row.appEntitlementNumber }
      : { addonLicenseId: row.addonLicenseId }),
    addonKey: row.addonKey,
    productId: row.productId,
    channel,
    referrerDomain: REFERRERS[channel] ?? 'null',
    marketplaceURL: isPaid
      ? `${page}?utm_source=google&utm_campaign=${campaign}&gclid=${random.code(40)}`
      : page,
    campaignName: campaign,
    campaignSource: isPaid ? 'google' : 'null',
    campaignMedium: isPaid ? 'cpc' : 'null',
    campaignContent: 'null',
    eventTimestamp: at.toISOString().slice(0, 19).replace('T', ' '),
    userId: random.uuid(),
    userType: random.pick(['anonymous', 'known']),
  };
}

/** The visits before the evaluations among these licences, one to eleven each: the same ones for every caller. */
export function selectTouchpoints(rows: readonly RawLicense[], query: URLSearchParams): RawTouchpoint[] {
  const products = readList(query, 'productId');
  const startDate = readDay(query, 'startDate');
  const endDate = readDay(query, 'endDate');
  const text = query.get('text');
  const seen = new Set<string>();
  return rows
    .filter(({ evaluationStartDate = '' }) => /^\d{4}-/.test(evaluationStartDate))
    .flatMap((row) => {
      const id = row.appEntitlementId ?? row.addonLicenseId ?? '';
      // A licence that is exported twice was visited once.
      if (seen.has(id)) return [];
      seen.add(id);
      const random = createRandom(`attribution/${id}`);
      return Array.from({ length: random.int(1, 11) }, () => visit(row, random));
    })
    .filter(
      (row) =>
        (!products || products.has(row.productId)) &&
        (!startDate || row.eventTimestamp.slice(0, 10) >= startDate) &&
        (!endDate || row.eventTimestamp.slice(0, 10) <= endDate) &&
        mentions(text, [row.addonKey, String(row['marketplaceURL']), String(row['channel'])]),
    );
}
