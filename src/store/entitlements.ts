import { ALIAS_KINDS, type EntitlementAliases } from '../domain/entitlement.ts';
import type { Database } from './database.ts';

/** Finds or makes the entitlement that a row's identifiers name. Used inside the transaction that records the row. */
export interface Entitlements {
  /** The store's id of the entitlement, or null when the row names none. */
  resolve(developerId: string, appKey: string, aliases: EntitlementAliases): number | null;
}

/** Tables whose rows belong to an entitlement. */
const OWNING_TABLES = ['licenses', 'transaction_lines', 'license_events', 'feedback', 'entitlement_aliases'];

/** The identifiers in the order in which people use them: the first one known names the entitlement. */
const SPOKEN = ['appEntitlementNumber', 'licenseId', 'appEntitlementId', 'addonLicenseId'] as const;

/**
 * Identifiers were added over the years (Data Center rows gained entitlement numbers in September 2025), so every
 * identifier ever seen leads to one entitlement. When a row joins two that were taken for different ones, the older
 * keeps its key and gets the rows of the other.
 */
export function createEntitlements(db: Database): Entitlements {
  const find = db.prepare<[string, string, string], { entitlement_id: number }>(
    'SELECT entitlement_id FROM entitlement_aliases WHERE developer_id = ? AND kind = ? AND value = ?',
  );
  const addEntitlement = db.prepare('INSERT INTO entitlements (developer_id, key, app_key) VALUES (?, ?, ?)');
  const addAlias = db.prepare(
    'INSERT OR IGNORE INTO entitlement_aliases (developer_id, kind, value, entitlement_id) VALUES (?, ?, ?, ?)',
  );
  const move = OWNING_TABLES.map((table) =>
    db.prepare(`UPDATE ${table} SET entitlement_id = ? WHERE entitlement_id = ?`),
  );
  const remove = db.prepare('DELETE FROM entitlements WHERE id = ?');
  const freeKey = db.prepare<[string, string], { id: number }>(
    'SELECT id FROM entitlements WHERE developer_id = ? AND key = ?',
  );

  function add(developerId: string, appKey: string, value: string): number {
    const key = freeKey.get(developerId, value) ? `${value} (${appKey})` : value;
    return Number(addEntitlement.run(developerId, key, appKey).lastInsertRowid);
  }

  function merge(ids: number[]): number {
    const [oldest = 0, ...others] = ids.sort((a, b) => a - b);
    for (const other of others) {
      for (const statement of move) statement.run(oldest, other);
      remove.run(other);
    }
    return oldest;
  }

  function resolve(developerId: string, appKey: string, aliases: EntitlementAliases): number | null {
    const named = ALIAS_KINDS.flatMap((kind) => {
      const value = aliases[kind];
      return value === undefined
        ? []
        : [{ kind, value, id: find.get(developerId, kind, value)?.entitlement_id }];
    });
    const spoken = SPOKEN.flatMap((kind) => aliases[kind] ?? []).at(0);
    if (spoken === undefined) return null;
    const known = [...new Set(named.flatMap(({ id }) => (id === undefined ? [] : [id])))];
    const id = known.length > 1 ? merge(known) : (known[0] ?? add(developerId, appKey, spoken));
    for (const alias of named) if (alias.id !== id) addAlias.run(developerId, alias.kind, alias.value, id);
    return id;
  }

  return { resolve };
}
