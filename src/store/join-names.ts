import type { Database } from './database.ts';
import type { Entitlements } from './entitlements.ts';

const KINDS = [
  ['appEntitlementId', 'app_entitlement_id'],
  ['licenseId', 'license_id'],
  ['addonLicenseId', 'addon_license_id'],
  ['appEntitlementNumber', 'app_entitlement_number'],
] as const;

/** A number is what people use, so it is the name where no row was seen before. */
function numbersFirst(a: string, b: string): number {
  const isNumber = (name: string): number => (/^E-/i.test(name) ? 0 : 1);
  return isNumber(a) - isNumber(b) || (a < b ? -1 : 1);
}

/** Groups that names form when each pair is one thing; each name leads to its group's names. */
function groupsOf(pairs: readonly { a: string; b: string }[]): Set<string>[] {
  const groups = new Map<string, Set<string>>();
  for (const { a, b } of pairs) {
    const joined = new Set([a, b, ...(groups.get(a) ?? []), ...(groups.get(b) ?? [])]);
    for (const name of joined) groups.set(name, joined);
  }
  return [...new Set(groups.values())];
}

/**
 * Remembers the identifiers of a freshly loaded table, all at once and in order, and finds the rows that share one under
 * different names: each row was named after the identifier people use. Those of the load are renamed here; the result
 * says which names also have to be given up in the tables that can be read already.
 *
 * `identifiers`: how many there are besides names. When as many entries come of them, no two rows share one.
 */
export function joinNames(
  db: Database,
  load: string,
  developerId: string,
  identifiers: number,
  entitlements: Entitlements,
): ReadonlyMap<string, string> {
  const pairs = KINDS.map(
    ([kind, column]) =>
      `SELECT ${column} AS value, '${kind}' AS kind, entitlement FROM ${load}
       WHERE ${column} IS NOT NULL AND (${column} <> entitlement OR '${kind}' <> 'appEntitlementNumber')`,
  ).join(' UNION ALL ');
  const added = db
    .prepare(
      `INSERT OR IGNORE INTO entitlement_aliases (value, kind, developer_id, entitlement)
       SELECT value, kind, ?, entitlement FROM (${pairs}) ORDER BY value COLLATE NOCASE, kind`,
    )
    .run(developerId).changes;
  if (added === identifiers) return new Map();

  const conflicts = KINDS.map(
    ([kind, column]) =>
      `SELECT DISTINCT l.entitlement AS a, k.entitlement AS b FROM ${load} l JOIN entitlement_aliases k
       ON k.value = l.${column} AND k.kind = '${kind}' AND k.developer_id = :developerId
       WHERE k.entitlement <> l.entitlement`,
  ).join(' UNION ');
  const groups = groupsOf(
    db.prepare<{ developerId: string }, { a: string; b: string }>(conflicts).all({ developerId }),
  );
  const renames = new Map<string, string>();
  const rename = db.prepare(`UPDATE ${load} SET entitlement = ? WHERE entitlement = ?`);
  const leadToName = db.prepare(
    `INSERT INTO entitlement_aliases (value, kind, developer_id, entitlement)
     SELECT value, kind, :developerId, entitlement FROM (${pairs}) WHERE entitlement = :name
     ON CONFLICT DO UPDATE SET entitlement = excluded.entitlement`,
  );
  db.transaction(() => {
    for (const group of groups) {
      const name = entitlements.oldestOf(developerId, [...group].sort(numbersFirst));
      for (const other of group) {
        if (other === name) continue;
        renames.set(other, name);
        rename.run(name, other);
      }
      leadToName.run({ developerId, name });
    }
  }).immediate();
  return renames;
}
