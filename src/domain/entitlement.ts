import type { App } from './app.ts';

/**
 * The identifiers one subscription has carried over the years. Cloud rows have an entitlement id and number;
 * Server and Data Center rows began with `licenseId` (SEN) and `addonLicenseId` and gained a number in
 * September 2025. Any of them leads to the same entitlement in the store; none of them is always there.
 */
export interface EntitlementAliases {
  readonly appEntitlementId?: string;
  readonly appEntitlementNumber?: string;
  readonly licenseId?: string;
  readonly addonLicenseId?: string;
}

/** The alias kinds, in the order in which the store asks for them. */
export const ALIAS_KINDS = [
  'appEntitlementId',
  'appEntitlementNumber',
  'addonLicenseId',
  'licenseId',
] as const;

/** The site and the host subscription an app runs on. */
export interface Host {
  readonly cloudId?: string;
  readonly siteHostname?: string;
  readonly hostEntitlementId?: string;
  readonly hostEntitlementNumber?: string;
}

/** Who owns it, as the API's `contactDetails` or `customerDetails` say. Any field may be missing or "Unknown". */
export interface Customer {
  readonly company?: string;
  readonly country?: string;
  readonly region?: string;
  readonly mailDomain?: string;
}

/** Who sold it, when it was not sold directly. `type` as the API spells it: Expert, Reseller, ... */
export interface Partner {
  readonly name: string;
  readonly type?: string;
}

/** What every row about a subscription says about which one it is. */
export interface SubscriptionRow extends App {
  readonly aliases: EntitlementAliases;
  readonly host: Host;
  /** `Cloud`, `Data Center`, `Server`: normalised, because the API writes "Data center" too. */
  readonly hosting: string;
  readonly edition?: string;
}
