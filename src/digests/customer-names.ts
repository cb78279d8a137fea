import { groupByEntitlement } from '../analytics/by-entitlement.ts';
import { profileOf } from '../analytics/subscription-profile.ts';
import type { ReadModel } from '../store/read-model.ts';

/** What the customers behind entitlements are called; those that nothing names are left out. */
export async function readCustomerNames(
  read: ReadModel,
  developerId: string,
  entitlements: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (entitlements.length === 0) return new Map();
  const licenses = groupByEntitlement(await read.readLicensesOf(developerId, entitlements));
  const lines = groupByEntitlement(await read.readLinesOf(developerId, entitlements));
  const names = new Map<string, string>();
  for (const entitlement of entitlements) {
    const rows = { licenses: licenses.get(entitlement) ?? [], lines: lines.get(entitlement) ?? [] };
    const who = profileOf(rows)?.who;
    if (who !== undefined) names.set(entitlement, who);
  }
  return names;
}
