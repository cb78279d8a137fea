import type { RawEvent, RawFeedback } from '../world/raw-rows.ts';
import { asFilterValue, mentions, readDay, readEnum, readList } from './query.ts';

/** The churn, conversion or renewal events a query selects; dates are compared with `eventDate`. */
export function selectEvents(rows: readonly RawEvent[], query: URLSearchParams): RawEvent[] {
  const products = readList(query, 'productId');
  const startDate = readDay(query, 'startDate');
  const endDate = readDay(query, 'endDate');
  const hostings = readEnum(query, 'hosting', ['cloud', 'datacenter', 'server']);
  const editions = readEnum(query, 'appEdition', ['Standard', 'Advanced', 'free', 'standard', 'advanced']);
  const lastUpdated = readDay(query, 'lastUpdated');
  readEnum(query, 'partnerType', ['direct', 'expert', 'reseller']);
  const sort = readEnum(query, 'sortBy', ['addonName', 'date', 'hosting', 'licenseId', 'transactionId']);
  readEnum(query, 'order', ['asc', 'desc']);
  const lowerEditions = editions && new Set([...editions].map(asFilterValue));
  const selected = rows.filter(
    (row) =>
      (!products || products.has(row.productId)) &&
      (!startDate || row.eventDate >= startDate) &&
      (!endDate || row.eventDate <= endDate) &&
      (!hostings || hostings.has(asFilterValue(row.hosting))) &&
      (!lowerEditions || lowerEditions.has(asFilterValue(row.appEdition))) &&
      (!lastUpdated || row.lastUpdated >= lastUpdated) &&
      mentions(query.get('text'), [
        row.licenseDetails.appEntitlementNumber,
        row.licenseDetails.appEntitlementId,
        row.licenseDetails.cloudId,
        row.transactionId,
      ]),
  );
  // `desc` is broken in the live API: every sorted answer ascends.
  if (sort?.has('date'))
    selected.sort((a, b) => (a.eventDate < b.eventDate ? -1 : a.eventDate > b.eventDate ? 1 : 0));
  return selected;
}

/** The feedback a query selects. */
export function selectFeedback(rows: readonly RawFeedback[], query: URLSearchParams): RawFeedback[] {
  const types = readEnum(query, 'type', ['disable', 'uninstall', 'unsubscribe']);
  const reasons = readList(query, 'reason');
  const products = readList(query, 'productId');
  const hostings = readEnum(query, 'hosting', ['cloud', 'datacenter', 'server']);
  const editions = readEnum(query, 'appEdition', ['Standard', 'Advanced', 'free', 'standard', 'advanced']);
  const startDate = readDay(query, 'startDate');
  const endDate = readDay(query, 'endDate');
  const lowerEditions = editions && new Set([...editions].map(asFilterValue));
  const anonymous = readEnum(query, 'anonymous', ['true', 'false']);
  return rows.filter(
    (row) =>
      (!types || types.has(row.feedbackType)) &&
      (!reasons || reasons.has(row.reasonKey)) &&
      (!products || products.has(row.productId)) &&
      (!hostings || hostings.has(asFilterValue(row.hosting))) &&
      (!lowerEditions || lowerEditions.has(asFilterValue(row.appEdition))) &&
      (!startDate || row.date >= startDate) &&
      (!endDate || row.date <= endDate) &&
      (!anonymous || anonymous.has(String(row.appEntitlementId === undefined))) &&
      mentions(query.get('text'), [row.message, row.reason, row.appEntitlementNumber, row.cloudId]),
  );
}
