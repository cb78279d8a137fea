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

/** SQL for the identifiers of a table's rows, without numbers that name the row. */
function identifiersOf(table: string): string {
  return KINDS.map(
    ([kind, column]) =>
      `SELECT ${column} AS value, '${kind}' AS kind, entitlement FROM ${table}
       WHERE ${column} IS NOT NULL AND (${column} <> entitlement OR '${kind}' <> 'appEntitlementNumber')`,
  ).join(' UNION ALL ');
}

/** Names of the load and of the store that one identifier leads to, in pairs. */
function conflictingNames(db: Database, load: string, developerId: string): { a: string; b: string }[] {
  const other = 'k.developer_id = :developerId AND k.entitlement <> l.entitlement';
  return db
    .prepare<{ developerId: string }, { a: string; b: string }>(
      `SELECT l.entitlement AS a, k.entitlement AS b FROM temp.load_aliases l JOIN entitlement_aliases k
         ON k.value = l.value AND k.kind = l.kind AND ${other}
       UNION SELECT l.entitlement, k.entitlement FROM (SELECT DISTINCT entitlement FROM ${load}) l
         JOIN entitlement_aliases k ON k.value = l.entitlement AND k.kind = 'appEntitlementNumber' AND ${other}`,
    )
    .all({ developerId });
}

/**
 * Remembers the identifiers of a freshly loaded table, all at once and in order, and finds the rows that share one under
 * different names: each row was named after the identifier people use. Those of the load are renamed here; the result
 * says which names also have to be given up in the tables that can be read already.
 *
 * `identifiers`: how many there are, without numbers that are names. When as many entries come of them, no two rows share
 * one and none was known.
 */
export function joinNames(
  db: Database,
  load: string,
  developerId: string,
  identifiers: number,
  entitlements: Entitlements,
): ReadonlyMap<string, string> {
  const pairs = identifiersOf(load);
  const isFirst = db.prepare('SELECT 1 FROM entitlement_aliases LIMIT 1').get() === undefined;
  const add = (from: string): number =>
    db
      .prepare(
        `INSERT OR IGNORE INTO entitlement_aliases (value, kind, developer_id, entitlement)
         SELECT value, kind, ?, entitlement FROM ${from}`,
      )
      .run(developerId).changes;
  if (isFirst && add(`(${pairs}) ORDER BY value COLLATE NOCASE, kind`) === identifiers) return new Map();

  db.exec(`DROP TABLE IF EXISTS temp.load_aliases;
    CREATE TEMP TABLE load_aliases (value TEXT COLLATE NOCASE, kind TEXT, entitlement TEXT);
    INSERT INTO load_aliases SELECT DISTINCT value, kind, entitlement FROM (${pairs}) ORDER BY value COLLATE NOCASE, kind`);
  if (!isFirst) add('temp.load_aliases');
  const groups = groupsOf(conflictingNames(db, load, developerId));
  db.exec('DROP TABLE temp.load_aliases');
  if (groups.length === 0) return new Map();

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
