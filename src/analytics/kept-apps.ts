import type { App } from '../domain/app.ts';
import type { Host } from '../domain/entitlement.ts';
import type { RecordedLicense } from '../domain/recorded.ts';
import { isCountedLicense } from './counted.ts';

/** Names a site in all ways its rows may share: the cloud site, and the host subscription by its id and number. */
export function siteKeys({ cloudId, hostEntitlementId, hostEntitlementNumber }: Host): string[] {
  return [cloudId, hostEntitlementId, hostEntitlementNumber].filter(
    (key) => key !== undefined && key !== '',
  ) as string[];
}

/**
 * Answers which other apps of ours a site still has: active commercial or academic licences on the same `cloudId` or host
 * entitlement, of another entitlement and another app, each app once. Empty: the customer left us altogether
 * (Atlassian's "isolated" churn is a loss where this list is not empty).
 */
export function createKeptApps(
  licenses: Iterable<RecordedLicense>,
): (host: Host, left: { readonly entitlement: string; readonly appKey: string }) => readonly App[] {
  const active = new Map<string, RecordedLicense[]>();
  for (const license of licenses) {
    if (license.status !== 'active' || !isCountedLicense(license)) continue;
    for (const key of siteKeys(license.host)) {
      const group = active.get(key);
      if (group) group.push(license);
      else active.set(key, [license]);
    }
  }
  return (host, left) => {
    const apps = new Map<string, App>();
    for (const license of siteKeys(host).flatMap((key) => active.get(key) ?? [])) {
      if (license.entitlement === left.entitlement || license.appKey === left.appKey) continue;
      apps.set(license.appKey, { appKey: license.appKey, name: license.name });
    }
    return [...apps.values()].toSorted((a, b) => (a.appKey < b.appKey ? -1 : 1));
  };
}
