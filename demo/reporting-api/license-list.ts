import { APPS } from '../world/apps.ts';
import { withoutInsights } from '../world/license-rows.ts';
import type { RawLicense } from '../world/raw-rows.ts';
import { asFilterValue, mentions, readDay, readEnum, readFlag, readIntegers, readList } from './query.ts';

const ALWAYS_FREE: ReadonlySet<string> = new Set(
  APPS.filter((app) => app.alwaysFree).map((app) => app.appKey),
);

const LICENSE_TYPES = [
  'academic',
  'commercial',
  'community',
  'demonstration',
  'evaluation',
  'open_source',
  'classroom',
  'free',
  'legacy_free',
  'net_new_evaluation',
  'upgrade_evaluation',
  'starter',
];
const SORTS: Readonly<Record<string, (row: RawLicense) => string>> = {
  addonName: (row) => row.addonName,
  company: (row) => row.contactDetails.company ?? '',
  country: (row) => row.contactDetails.country ?? '',
  endDate: (row) => row.maintenanceEndDate ?? '',
  hosting: (row) => row.hosting,
  licenseId: (row) => row.licenseId ?? '',
  licenseType: (row) => row.licenseType,
  partner: (row) => row.partnerDetails?.partnerName ?? '',
  region: (row) => row.contactDetails.region ?? '',
  startDate: (row) => row.maintenanceStartDate,
  tier: (row) => row.tier,
};

/** Owned by Atlassian: marked so, or recognisable by the mail domain alone. */
export function isAtlassian({ licenseSourceType, contactDetails }: RawLicense): boolean {
  const emails = [contactDetails.technicalContact?.email, contactDetails.billingContact?.email];
  return (
    licenseSourceType === 'Atlassian' || emails.some((email) => email?.endsWith('@atlassian.com') ?? false)
  );
}

/**
 * The licences a query selects, in the world's order. Throws a BadRequest on a malformed filter. Hidden unless
 * asked for: Atlassian's own, always-free apps, FedRAMP, and the insight fields.
 */
export function selectLicenses(rows: readonly RawLicense[], query: URLSearchParams): RawLicense[] {
  const products = readList(query, 'productId');
  const startDate = readDay(query, 'startDate');
  const endDate = readDay(query, 'endDate');
  const dateType = readEnum(query, 'dateType', ['start', 'end']);
  const tiers = readIntegers(query, 'tier');
  const types = readEnum(query, 'licenseType', LICENSE_TYPES);
  const partners = readEnum(query, 'partnerType', ['direct', 'expert', 'reseller']);
  const hostings = readEnum(query, 'hosting', ['cloud', 'datacenter', 'server']);
  const boundaries = readEnum(query, 'cloudComplianceBoundaries', [
    'commercial',
    'fedramp_moderate',
    'isolated_cloud',
  ]);
  const editions = readEnum(query, 'appEdition', ['Standard', 'Advanced', 'free', 'standard', 'advanced']);
  const statuses = readEnum(query, 'status', ['active', 'cancelled', 'inactive']);
  const lastUpdated = readDay(query, 'lastUpdated');
  const sort = readEnum(query, 'sortBy', Object.keys(SORTS))?.values().next().value;
  readEnum(query, 'order', ['asc', 'desc']);
  const text = query.get('text');
  const withInsights = readFlag(query, 'withDataInsights');
  const withAtlassian = readFlag(query, 'includeAtlassianLicenses');
  const withFree = readFlag(query, 'showLifeTimeFreeLicenses');
  const wanted = boundaries ?? new Set(['commercial']);
  const lowerEditions = editions && new Set([...editions].map(asFilterValue));

  /** `dateType=end` selects licences active within the window, not those that end in it. */
  function isInWindow(row: RawLicense): boolean {
    if (!dateType?.has('end')) {
      return (
        (!startDate || row.maintenanceStartDate >= startDate) &&
        (!endDate || row.maintenanceStartDate <= endDate)
      );
    }
    if (startDate && endDate && startDate > endDate) return false;
    const end = row.maintenanceEndDate ?? '9999-12-31';
    return (!startDate || end >= startDate) && (!endDate || row.maintenanceStartDate <= endDate);
  }

  function isSelected(row: RawLicense): boolean {
    const { contactDetails, cloudComplianceBoundaries: boundary } = row;
    return (
      (withAtlassian || !isAtlassian(row)) &&
      (withFree || !ALWAYS_FREE.has(row.addonKey)) &&
      (boundary ? boundary.some((one) => wanted.has(one)) : wanted.has('commercial')) &&
      (!products || products.has(row.productId)) &&
      isInWindow(row) &&
      (!tiers || row.tier === 'Evaluation' || tiers.has(Number(/\d+/.exec(row.tier)?.[0] ?? -1))) &&
      (!types || types.has(asFilterValue(row.licenseType))) &&
      (!partners || partners.has(asFilterValue(row.partnerDetails?.partnerType ?? 'direct'))) &&
      (!hostings || hostings.has(asFilterValue(row.hosting))) &&
      (!lowerEditions || lowerEditions.has(asFilterValue(row.appEdition))) &&
      (!statuses || statuses.has(row.status)) &&
      (!lastUpdated || row.lastUpdated >= lastUpdated) &&
      mentions(text, [
        row.licenseId,
        row.appEntitlementNumber,
        row.appEntitlementId,
        row.cloudId,
        row.cloudSiteHostname,
        contactDetails.company,
        contactDetails.technicalContact?.email,
        contactDetails.billingContact?.email,
        row.partnerDetails?.partnerName,
      ])
    );
  }

  const selected = rows.filter(isSelected);
  const key = sort === undefined ? undefined : SORTS[sort];
  // `order` is ignored here, as seen live: always ascending.
  if (key) selected.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return withInsights ? selected : selected.map(withoutInsights);
}
