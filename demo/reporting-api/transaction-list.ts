import type { RawTransaction } from '../world/raw-rows.ts';
import { asFilterValue, mentions, readDay, readEnum, readFlag, readIntegers, readList } from './query.ts';

const SORTS: Readonly<Record<string, (row: RawTransaction) => string | number>> = {
  addonName: (row) => row.addonName,
  company: (row) => row.customerDetails.company ?? '',
  country: (row) => row.customerDetails.country,
  date: (row) => row.purchaseDetails.saleDate,
  hosting: (row) => row.purchaseDetails.hosting,
  licenseId: (row) => row.licenseId ?? '',
  licenseType: (row) => row.purchaseDetails.licenseType ?? '',
  partner: (row) => row.partnerDetails?.partnerName ?? '',
  partnerType: (row) => row.partnerDetails?.partnerType ?? '',
  purchasePrice: (row) => row.purchaseDetails.purchasePrice,
  region: (row) => row.customerDetails.region,
  saleType: (row) => row.purchaseDetails.saleType ?? '',
  tier: (row) => row.purchaseDetails.tier,
  transactionId: (row) => row.transactionId,
  vendorAmount: (row) => row.purchaseDetails.vendorAmount,
  paymentStatus: (row) => row.paymentStatus ?? '',
};

/**
 * The transaction lines a query selects, newest sale first. Throws a BadRequest on a malformed filter. Hidden
 * unless asked for: manual invoices (`includeManualInvoice`) and FedRAMP sales (`cloudComplianceBoundaries`).
 */
export function selectTransactions(
  rows: readonly RawTransaction[],
  query: URLSearchParams,
): RawTransaction[] {
  const products = readList(query, 'productId');
  const startDate = readDay(query, 'startDate');
  const endDate = readDay(query, 'endDate');
  const tiers = readIntegers(query, 'tier');
  const saleTypes = readEnum(query, 'saleType', ['new', 'refund', 'renewal', 'upgrade', 'downgrade']);
  const partners = readEnum(query, 'partnerType', ['direct', 'expert', 'reseller']);
  const hostings = readEnum(query, 'hosting', ['cloud', 'datacenter', 'server']);
  const billings = readEnum(query, 'billingPeriod', ['monthly', 'annual']);
  const boundaries = readEnum(query, 'cloudComplianceBoundaries', [
    'commercial',
    'fedramp_moderate',
    'isolated_cloud',
  ]);
  const editions = readEnum(query, 'appEdition', ['Standard', 'Advanced', 'free', 'standard', 'advanced']);
  const statuses = readEnum(query, 'paymentStatus', ['paid', 'open', 'uncollectible', 'refunded']);
  const lastUpdated = readDay(query, 'lastUpdated');
  const sort = readEnum(query, 'sortBy', Object.keys(SORTS))?.values().next().value ?? 'date';
  const order = readEnum(query, 'order', ['asc', 'desc'])?.values().next().value ?? 'desc';
  const withManual = readFlag(query, 'includeManualInvoice');
  const withoutZero = readFlag(query, 'excludeZeroTransactions');
  const text = query.get('text');
  const wanted = boundaries ?? new Set(['commercial']);
  const lowerEditions = editions && new Set([...editions].map(asFilterValue));

  function isSelected(row: RawTransaction): boolean {
    const { purchaseDetails: purchase, customerDetails: customer } = row;
    return (
      (withManual || row.isInvoiceManual !== true) &&
      (row.cloudComplianceBoundaries ?? ['commercial']).some((boundary) => wanted.has(boundary)) &&
      (!withoutZero || purchase.purchasePrice !== 0) &&
      (!products || products.has(row.productId)) &&
      (!startDate || purchase.saleDate >= startDate) &&
      (!endDate || purchase.saleDate <= endDate) &&
      (!tiers || tiers.has(Number(/\d+/.exec(purchase.tier)?.[0] ?? -1))) &&
      (!saleTypes || saleTypes.has(asFilterValue(purchase.saleType))) &&
      (!partners ||
        partners.has(asFilterValue(row.partnerDetails ? row.partnerDetails.partnerType : 'direct'))) &&
      (!hostings || hostings.has(asFilterValue(purchase.hosting))) &&
      (!billings || billings.has(asFilterValue(purchase.billingPeriod))) &&
      (!lowerEditions || lowerEditions.has(asFilterValue(row.appEdition))) &&
      (!statuses || statuses.has(asFilterValue(row.paymentStatus))) &&
      (!lastUpdated || row.lastUpdated >= lastUpdated) &&
      mentions(text, [
        row.transactionId,
        row.licenseId,
        row.appEntitlementNumber,
        row.appEntitlementId,
        row.cloudId,
        customer.company,
        customer.technicalContact?.email,
        customer.billingContact?.email,
        row.partnerDetails?.partnerName,
      ])
    );
  }

  const key = SORTS[sort] ?? ((row: RawTransaction) => row.purchaseDetails.saleDate);
  const sign = order === 'asc' ? 1 : -1;
  return rows.filter(isSelected).sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
