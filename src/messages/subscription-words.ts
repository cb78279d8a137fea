import type { License } from '../domain/license.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import type { TransactionLine } from '../domain/transaction-line.ts';

/** A row of the store, or one that Atlassian answered just now. */
type Row = RecordedLicense | RecordedLine | License | TransactionLine;

function telling(text: string | undefined): string | undefined {
  return text === undefined || /^\s*(unknown)?\s*$/i.test(text) ? undefined : text;
}

/** What to call a customer: the company, else the site, else the mail domain. Plain text; "Unknown" names nobody. */
export function customerName(row: Row | undefined): string {
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
export function identifierOf(row: Row): string {
  const { addonLicenseId, appEntitlementId, appEntitlementNumber, licenseId } = row.aliases;
  const stored = 'entitlement' in row ? row.entitlement : '';
  const transaction = 'transactionId' in row ? row.transactionId : stored;
  return appEntitlementNumber ?? licenseId ?? appEntitlementId ?? addonLicenseId ?? transaction;
}
