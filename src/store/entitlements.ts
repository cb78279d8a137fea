import type { EntitlementAliases } from '../domain/entitlement.ts';
import type { Database } from './database.ts';

/** Names the entitlement of a row. Used inside the transaction that records the row. */
export interface Entitlements {
  /**
   * The name that any of the identifiers leads to, otherwise the one people use: number, SEN, id, add-on licence, the
   * first there is. Remembers the identifiers. Empty when there is none.
   */
  nameOf(developerId: string, aliases: EntitlementAliases): string;
  /** Makes rows of one entitlement that was taken for several carry one name. */
  rename(developerId: string, name: string, to: string): void;
  /** Call once after rows were recorded: leads the identifiers of renamed entitlements to their new name. */
  settle(): void;
  /** Which of several names stays: the one whose licence, line, event or feedback was seen first. */
  oldestOf(developerId: string, names: readonly string[]): string;
}

/** Tables whose rows carry the name of an entitlement, those that decide between two names first. */
const NAMED_TABLES = ['licenses', 'transaction_lines', 'license_events', 'feedback'] as const;

/** What was said of an entitlement goes with its name as well. */
const RENAMED_TABLES = [...NAMED_TABLES, 'alert_facts'] as const;

/** The identifiers in the order in which people use them. */
const SPOKEN = ['appEntitlementNumber', 'licenseId', 'appEntitlementId', 'addonLicenseId'] as const;

/** The name of an entitlement of which nothing is known but these identifiers; empty without any. */
export function spokenName(aliases: EntitlementAliases): string {
  for (const kind of SPOKEN) {
    const value = aliases[kind];
    if (value !== undefined) return value;
  }
  return '';
}

/**
 * Identifiers were added over the years (Data Center rows gained entitlement numbers in September 2025), so every
 * identifier ever seen leads to one entitlement. A number needs no entry to lead to the entitlement it names: most
 * entitlements have one, and a million entries less is a third of an import.
 */
export function createEntitlements(db: Database): Entitlements {
  const find = db
    .prepare<[string, string, string], string>(
      'SELECT entitlement FROM entitlement_aliases WHERE value = ? AND kind = ? AND developer_id = ?',
    )
    .pluck();
  const addAlias = db.prepare(
    `INSERT INTO entitlement_aliases (value, kind, developer_id, entitlement) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET entitlement = excluded.entitlement`,
  );
  const firstSeen = NAMED_TABLES.map((table) =>
    db
      .prepare<[string, string], number | null>(
        `SELECT min(first_seen_at) FROM ${table} WHERE entitlement = ? AND developer_id = ?`,
      )
      .pluck(),
  );
  const moveRows = RENAMED_TABLES.map((table) =>
    db.prepare(`UPDATE ${table} SET entitlement = ? WHERE entitlement = ? AND developer_id = ?`),
  );
  const moveAliases = db.prepare(
    `UPDATE entitlement_aliases SET entitlement = (SELECT value ->> 1 FROM json_each(:list) WHERE value ->> 0 = entitlement)
     WHERE developer_id = :developerId AND entitlement IN (SELECT value ->> 0 FROM json_each(:list))`,
  );
  /** Names given up since the last `settle`, by developer space. */
  const renamed = new Map<string, Map<string, string>>();

  function seenAt(developerId: string, name: string): number | undefined {
    for (const statement of firstSeen) {
      const at = statement.get(name, developerId);
      if (typeof at === 'number') return at;
    }
    return undefined;
  }

  function oldestOf(developerId: string, names: readonly string[]): string {
    const aged = names.map((name) => ({ name, at: seenAt(developerId, name) ?? Infinity }));
    return aged.reduce((oldest, one) => (one.at < oldest.at ? one : oldest)).name;
  }

  function rename(developerId: string, name: string, to: string): void {
    for (const statement of moveRows) statement.run(to, name, developerId);
    const names = renamed.get(developerId) ?? new Map<string, string>();
    renamed.set(developerId, names);
    for (const [from, target] of names) if (target === name) names.set(from, to);
    names.set(name, to);
  }

  function current(developerId: string, name: string | undefined): string | undefined {
    return name === undefined ? undefined : (renamed.get(developerId)?.get(name) ?? name);
  }

  function nameOf(developerId: string, aliases: EntitlementAliases): string {
    const own = spokenName(aliases);
    if (own === '') return '';
    const given = SPOKEN.flatMap((kind) => {
      const value = aliases[kind];
      return value === undefined
        ? []
        : [{ kind, value, name: current(developerId, find.get(value, kind, developerId)) }];
    });
    const names = new Set(given.flatMap(({ name }) => name ?? []));
    const { appEntitlementNumber: number } = aliases;
    const isUnlisted = number !== undefined && given[0]?.name === undefined && !names.has(number);
    if (isUnlisted && names.size > 0 && seenAt(developerId, number) !== undefined) names.add(number);
    const [only = own, ...others] = names;
    const name = others.length === 0 ? only : oldestOf(developerId, [only, ...others]);
    for (const other of names) if (other !== name) rename(developerId, other, name);
    for (const alias of given) {
      const isUnderstood = alias.kind === 'appEntitlementNumber' && alias.value === name && !alias.name;
      if (alias.name !== name && !isUnderstood) addAlias.run(alias.value, alias.kind, developerId, name);
    }
    return name;
  }

  function settle(): void {
    for (const [developerId, names] of renamed) {
      if (names.size > 0) moveAliases.run({ developerId, list: JSON.stringify([...names]) });
    }
    renamed.clear();
  }

  return { nameOf, rename, settle, oldestOf };
}
