import * as z from 'zod';
import type { EntitlementAliases, Host, SubscriptionRow } from '../../../domain/entitlement.ts';
import { optionalText, present, requiredText, textOrNumber, toText } from './text.ts';

/** `addonLicenseId` is a number in some answers and digits in others. */
const identifier = textOrNumber;

/** The identifiers of a subscription, as every row about one spells them. */
export const aliasFields = {
  appEntitlementId: identifier,
  appEntitlementNumber: identifier,
  licenseId: identifier,
  addonLicenseId: identifier,
};

/** The site and its host subscription. */
export const hostFields = {
  cloudId: optionalText,
  cloudSiteHostname: optionalText,
  hostEntitlementId: optionalText,
  hostEntitlementNumber: optionalText,
};

/** The app. `addonKey` is what the rest of the product calls `appKey`. */
export const appFields = { addonKey: requiredText, productId: optionalText };

type Raw<Fields extends z.ZodRawShape> = z.infer<z.ZodObject<Fields>>;

const HOSTINGS: Readonly<Record<string, string>> = {
  cloud: 'Cloud',
  datacenter: 'Data Center',
  server: 'Server',
};

/** `Cloud`, `Data Center`, `Server` from "Data center", "datacenter", "DATA_CENTER"; anything else as written. */
export function toHosting(raw: string): string {
  const key = raw.toLowerCase().replace(/[^a-z]/g, '');
  return Object.hasOwn(HOSTINGS, key) ? (HOSTINGS[key] ?? raw) : (toText(raw) ?? raw);
}

function toIdentifier(raw: string | number | null | undefined): string | undefined {
  return toText(typeof raw === 'number' ? String(raw) : raw);
}

/** The identifiers that are there. */
export function toAliases(raw: Raw<typeof aliasFields>): EntitlementAliases {
  return present({
    appEntitlementId: toIdentifier(raw.appEntitlementId),
    appEntitlementNumber: toIdentifier(raw.appEntitlementNumber),
    licenseId: toIdentifier(raw.licenseId),
    addonLicenseId: toIdentifier(raw.addonLicenseId),
  });
}

/** True when a row says which subscription it is about. */
export function hasAlias(raw: Raw<typeof aliasFields>): boolean {
  const { addonLicenseId, appEntitlementId, appEntitlementNumber, licenseId } = raw;
  // The commonest first: most rows end at one of these two.
  return [appEntitlementNumber, appEntitlementId, licenseId, addonLicenseId].some(
    (identifier) => toIdentifier(identifier) !== undefined,
  );
}

/** What a row says about the site it runs on. */
export function toHost(raw: Partial<Raw<typeof hostFields>>): Host {
  return present({
    cloudId: toText(raw.cloudId),
    siteHostname: toText(raw.cloudSiteHostname),
    hostEntitlementId: toText(raw.hostEntitlementId),
    hostEntitlementNumber: toText(raw.hostEntitlementNumber),
  });
}

/** The part that all rows about a subscription share. */
export function toSubscription(raw: {
  readonly app: Raw<typeof appFields>;
  readonly name: string | null | undefined;
  readonly aliases: Raw<typeof aliasFields>;
  readonly host: Partial<Raw<typeof hostFields>>;
  readonly hosting: string;
  readonly edition: string | null | undefined;
}): SubscriptionRow {
  const appKey = toText(raw.app.addonKey) ?? raw.app.addonKey;
  return present({
    appKey,
    name: toText(raw.name) ?? appKey,
    productId: toText(raw.app.productId),
    aliases: toAliases(raw.aliases),
    host: toHost(raw.host),
    hosting: toHosting(raw.hosting),
    edition: toText(raw.edition),
  });
}
