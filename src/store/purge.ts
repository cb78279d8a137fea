import type { Database } from './database.ts';
import { REMOVED } from './forgotten.ts';
import { CONTACTS, escaped, type Person, placesOf } from './person-places.ts';

/** What taking a person out did: changed rows by table, and the company names that were the person's own. */
export interface Purged {
  readonly rows: Readonly<Record<string, number>>;
  readonly companies: readonly string[];
}

/** Texts without what is found in them: the address alone where that is enough, otherwise the whole text of a JSON string. */
function cleanerOf(isFound: (text: string) => boolean, email: string): (text: string) => string {
  const address = new RegExp(escaped(email), 'giu');

  function clean(text: string): string {
    if (!isFound(text)) return text;
    const rest = text.normalize('NFC').replace(address, REMOVED);
    return isFound(rest) ? REMOVED : rest;
  }

  function cleanValue(value: unknown): unknown {
    if (typeof value === 'string') return clean(value);
    if (Array.isArray(value)) return value.map(cleanValue);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleanValue(inner)]));
  }

  return (text) => {
    try {
      return /^\s*[{[]/.test(text) ? JSON.stringify(cleanValue(JSON.parse(text))) : clean(text);
    } catch {
      return clean(text);
    }
  };
}

/**
 * Takes a person out of every table, in one transaction: contacts with their address (or its masked form, which may be
 * another's too), companies that are their own, and their address in any other text. Rows that lose something are read anew
 * by the next full pull.
 */
export function purge(db: Database, person: Person): Purged {
  const run = db.transaction((): Purged => {
    const { companies, contactTables, email, isIn, lookups, masked, places } = placesOf(db, person);
    const hasColumn = (table: string, column: string): boolean =>
      places.some((one) => one.table === table && one.column === column);
    const rows: Record<string, number> = {};
    const change = (table: string, sql: string, ...values: readonly string[]): void => {
      const { changes } = db.prepare(sql).run(...values);
      if (changes > 0) rows[table] = (rows[table] ?? 0) + changes;
    };

    for (const table of contactTables) {
      const anew = hasColumn(table, 'fingerprint') ? ', fingerprint = NULL' : '';
      for (const who of CONTACTS) {
        const set = `${who}_name = NULL, ${who}_email = NULL${anew}`;
        change(table, `UPDATE ${table} SET ${set} WHERE normal(${who}_email) IN (?, ?)`, email, masked);
      }
      for (const company of companies)
        change(table, `UPDATE ${table} SET company = NULL${anew} WHERE company = ?`, company);
    }
    for (const company of companies) change('companies', 'DELETE FROM companies WHERE name = ?', company);

    for (const [what, isFound] of Object.entries(isIn)) {
      const clean = cleanerOf(isFound, email);
      db.function(`without_${what}`, (text) => clean(String(text)));
    }
    // That somebody was looked up stays recorded, but not who.
    for (const hash of lookups)
      change('audit', 'UPDATE audit SET subject_hmac = NULL WHERE subject_hmac = ?', hash);
    // They are built again, without the person.
    if (hasColumn('prepared_digests', 'body')) change('prepared_digests', 'DELETE FROM prepared_digests');
    // A message that was posted is kept for nothing but its key.
    change('outbox', 'UPDATE outbox SET body = NULL WHERE settled_at IS NOT NULL AND name_in(body)');
    for (const { column, table, what } of places)
      change(
        table,
        `UPDATE "${table}" SET "${column}" = without_${what}("${column}") WHERE ${what}_in("${column}")`,
      );
    // Deleted words stay in the index until its parts are merged.
    db.exec("INSERT INTO company_search (company_search) VALUES ('optimize')");
    return { rows, companies };
  });
  return run.immediate();
}
