import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';

function telling(text: string | undefined): string | undefined {
  return text === undefined || /^\s*(unknown)?\s*$/i.test(text) ? undefined : text;
}

/** What to call a customer: the company, else the site, else the mail domain. Plain text; "Unknown" names nobody. */
export function customerName(row: RecordedLicense | RecordedLine | undefined): string {
  const { customer, host } = row ?? {};
  return (
    telling(customer?.company) ??
    telling(host?.siteHostname) ??
    telling(customer?.mailDomain) ??
    'Unknown customer'
  );
}

/**
 * The identifier by which a person knows the row's subscription, and by which a lookup finds it again: the entitlement
 * number, else the SEN, else an id, else the transaction. The store's own name of an entitlement is none of these.
 */
export function identifierOf(row: RecordedLicense | RecordedLine): string {
  const { addonLicenseId, appEntitlementId, appEntitlementNumber, licenseId } = row.aliases;
  const transaction = 'transactionId' in row ? row.transactionId : row.entitlement;
  return appEntitlementNumber ?? licenseId ?? appEntitlementId ?? addonLicenseId ?? transaction;
}
