import { ERASED, limitContact } from '../domain/contact.ts';
import type { Database } from './database.ts';
import { normalized, REMOVED } from './forgotten.ts';

/** Whom to take out of a database file. */
export interface Person {
  readonly email: string;
  /** Company names that are the person's own, as far as they are known already. */
  readonly companies: readonly string[];
}

/** What taking a person out did: changed rows by table, and the company names that were the person's own. */
export interface Purged {
  readonly rows: Readonly<Record<string, number>>;
  readonly companies: readonly string[];
}

const CONTACTS = ['technical', 'billing'] as const;
/** What messages put between letters so that Slack makes no link of them. */
const INVISIBLE = /\p{Cf}/gu;

interface TextColumn {
  readonly table: string;
  readonly column: string;
}

/** Every column of text, whatever version made the table. */
function textColumns(db: Database): TextColumn[] {
  return db
    .prepare<[], TextColumn>(
      `SELECT t.name AS "table", c.name AS "column" FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.sql LIKE 'CREATE TABLE%' AND t.name NOT LIKE 'sqlite_%'
       AND t.name NOT LIKE 'company_search%' AND c.type = 'TEXT'`,
    )
    .all();
}

/** Company names that are the person's own: their address, or their name where nobody else is a contact. */
function ownCompanies(db: Database, tables: readonly string[], email: string): string[] {
  const all = tables
    .map(
      (table) => `SELECT company, technical_name, technical_email, billing_name, billing_email FROM ${table}`,
    )
    .join(' UNION ALL ');
  const named = db
    .prepare<{ email: string }, string>(
      `SELECT DISTINCT company FROM (${all}) WHERE company IS NOT NULL AND (
         instr(normal(company), :email) > 0
         OR (normal(technical_email) = :email AND normal(technical_name) = normal(company))
         OR (normal(billing_email) = :email AND normal(billing_name) = normal(company)))`,
    )
    .pluck()
    .all({ email });
  const others = db.prepare<{ company: string; known: string }>(
    `SELECT 1 FROM (${all}) WHERE company = :company AND (
       normal(technical_email) NOT IN (SELECT value FROM json_each(:known))
       OR normal(billing_email) NOT IN (SELECT value FROM json_each(:known))) LIMIT 1`,
  );
  const known = JSON.stringify([email, normalized(ERASED)]);
  return named.filter(
    (company) => normalized(company).includes(email) || others.get({ company, known }) === undefined,
  );
}

const escaped = (text: string): string => text.replace(/[$()*+.?[\]^{|}/\\-]/g, String.raw`\$&`);

/** Finds an address, and whole names, in texts. */
function finderOf(email: string, names: readonly string[]): (text: string) => boolean {
  const words = names.map((name) => `(?<![\\p{L}\\p{N}])${escaped(normalized(name))}(?![\\p{L}\\p{N}])`);
  const pattern = new RegExp([escaped(email), ...words].join('|'), 'u');
  return (text) => pattern.test(normalized(text.replace(INVISIBLE, '')));
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
export function purge(db: Database, { companies: given, email: address }: Person): Purged {
  const email = normalized(address);
  const masked = normalized(limitContact({ email: address.trim() }, 'masked')?.email ?? email);
  db.function('normal', { deterministic: true }, (text) =>
    typeof text === 'string' ? normalized(text) : null,
  );

  const run = db.transaction((): Purged => {
    const columns = textColumns(db);
    const hasColumn = (table: string, column: string): boolean =>
      columns.some((one) => one.table === table && one.column === column);
    const snapshots = columns.filter(({ column }) => column === 'technical_email').map(({ table }) => table);
    const rows: Record<string, number> = {};
    const change = (table: string, sql: string, ...values: readonly string[]): void => {
      const { changes } = db.prepare(sql).run(...values);
      if (changes > 0) rows[table] = (rows[table] ?? 0) + changes;
    };

    const companies = [...new Set([...given, ...ownCompanies(db, snapshots, email)])];
    for (const table of snapshots) {
      const anew = hasColumn(table, 'fingerprint') ? ', fingerprint = NULL' : '';
      for (const who of CONTACTS) {
        const set = `${who}_name = NULL, ${who}_email = NULL${anew}`;
        change(table, `UPDATE ${table} SET ${set} WHERE normal(${who}_email) IN (?, ?)`, email, masked);
      }
      for (const company of companies)
        change(table, `UPDATE ${table} SET company = NULL${anew} WHERE company = ?`, company);
    }
    for (const company of companies) change('companies', 'DELETE FROM companies WHERE name = ?', company);

    const finders = { address: finderOf(email, []), name: finderOf(email, companies) };
    for (const [name, isFound] of Object.entries(finders)) {
      const clean = cleanerOf(isFound, email);
      db.function(`${name}_in`, (text) => (typeof text === 'string' && isFound(text) ? 1 : 0));
      db.function(`without_${name}`, (text) => clean(String(text)));
    }
    // They are built again, without the person.
    if (hasColumn('prepared_digests', 'body')) change('prepared_digests', 'DELETE FROM prepared_digests');
    // A message that was posted is kept for nothing but its key.
    change('outbox', 'UPDATE outbox SET body = NULL WHERE settled_at IS NOT NULL AND name_in(body)');
    for (const { column, table } of columns) {
      // A name can be a common word: it is looked for where people are written about, and nowhere else.
      const what = hasColumn(table, 'body') || table === 'versions' ? 'name' : 'address';
      change(
        table,
        `UPDATE "${table}" SET "${column}" = without_${what}("${column}") WHERE ${what}_in("${column}")`,
      );
    }
    // Deleted words stay in the index until its parts are merged.
    db.exec("INSERT INTO company_search (company_search) VALUES ('optimize')");
    return { rows, companies };
  });
  return run.immediate();
}
