import type { Customer, Host, Partner } from '../domain/entitlement.ts';
import type { RecordedLicense, RecordedLine, RecordedEvent } from '../domain/recorded.ts';
import { byLine } from './net-kind.ts';
import { usersOfTier } from './tier-size.ts';

/** Who and what a subscription is, put together from whatever rows name it. */
export interface SubscriptionProfile {
  readonly entitlement: string;
  readonly appKey: string;
  readonly appName: string;
  readonly hosting: string;
  readonly edition: string | undefined;
  readonly tier: string | undefined;
  readonly customer: Customer;
  readonly host: Host;
  readonly partner: Partner | undefined;
  /** What the customer can be called: company, else site, else mail domain; undefined if nothing names it. */
  readonly who: string | undefined;
}

/** The licence that speaks for an entitlement with several: the one maintained longest, then the newest. */
export function currentLicense(licenses: readonly RecordedLicense[]): RecordedLicense | undefined {
  const rank = (license: RecordedLicense) =>
    `${license.maintenanceEnd ?? ''} ${license.maintenanceStart} ${license.lastUpdated} ${license.status}`;
  return licenses.toSorted((a, b) => (rank(a) < rank(b) ? 1 : rank(a) > rank(b) ? -1 : 0))[0];
}

/** A text that says something: not empty, not "Unknown". */
function telling(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' || text.trim().toLowerCase() === 'unknown'
    ? undefined
    : text;
}

/** Merges what several rows say about a customer or site: the first that tells a field decides it. */
function firstTelling<K extends string>(
  keys: readonly K[],
  rows: readonly ({ readonly [key in K]?: string } | undefined)[],
): { [key in K]?: string } {
  const merged: { [key in K]?: string } = {};
  for (const key of keys) {
    const text = rows.map((row) => telling(row?.[key])).find((value) => value !== undefined);
    if (text !== undefined) merged[key] = text;
  }
  return merged;
}

/** Rows about one entitlement; at least one of the three must have something. */
export interface SubscriptionRows {
  readonly licenses?: readonly RecordedLicense[];
  readonly lines?: readonly RecordedLine[];
  readonly event?: RecordedEvent;
}

/**
 * The profile of one entitlement. The current licence speaks first, then the newest line, then the event; the tier is
 * the licence's where it is a number of users, otherwise that of the newest line. Undefined without any row.
 */
export function profileOf({
  licenses = [],
  lines = [],
  event,
}: SubscriptionRows): SubscriptionProfile | undefined {
  const license = currentLicense(licenses);
  const newestFirst = lines.toSorted((a, b) => byLine(b, a));
  const line = newestFirst[0];
  const row = license ?? line ?? event;
  if (!row) return undefined;
  const customer = firstTelling(
    ['company', 'country', 'region', 'mailDomain'],
    [license?.customer, line?.customer],
  );
  const host = firstTelling(
    ['cloudId', 'siteHostname', 'hostEntitlementId', 'hostEntitlementNumber'],
    [license?.host, line?.host, event?.host],
  );
  const paidTier = newestFirst.find(({ tier }) => usersOfTier(tier) !== undefined)?.tier;
  const licenseTier = usersOfTier(license?.tier) === undefined ? undefined : license?.tier;
  return {
    entitlement: row.entitlement,
    appKey: row.appKey,
    appName: row.name,
    hosting: row.hosting,
    edition: license?.edition ?? line?.edition ?? event?.edition,
    tier: licenseTier ?? paidTier ?? license?.tier,
    customer,
    host,
    partner: license?.partner ?? line?.partner,
    who: customer.company ?? host.siteHostname ?? customer.mailDomain,
  };
}
