import { ERASED, limitContact } from '../domain/contact.ts';
import { hashesOf } from './audit.ts';
import type { Database } from './database.ts';
import { normalized } from './forgotten.ts';

/** Whom to look for in a database file. */
export interface Person {
  readonly email: string;
  /** Company names that are the person's own, as far as they are known already. */
  readonly companies: readonly string[];
}

/** A column of text. */
interface Place {
  readonly table: string;
  readonly column: string;
  /** What is looked for in it: the address alone, or also the company names that are the person's own. */
  readonly what: 'address' | 'name';
}

/**
 * Where a person can stand in a database file: the one list that forgetting and telling go by. It is made of the schema of
 * the file, so that no table can be left out.
 */
export interface PersonPlaces {
  /** As addresses are compared. */
  readonly email: string;
  /** How the address is stored where contacts are masked; another person's may look the same. */
  readonly masked: string;
  /** Company names that are the person's own. */
  readonly companies: readonly string[];
  /** Tables whose rows name a technical and a billing contact, and a company. */
  readonly contactTables: readonly string[];
  /** Every column of text of every table, whatever version made it. */
  readonly places: readonly Place[];
  /** Keyed hashes in `audit` that say the person was looked up: `audit.subject_hmac`. */
  readonly lookups: readonly string[];
  /** Whether a text holds what is looked for. In SQL: `address_in(text)` and `name_in(text)`, 0 or 1. */
  readonly isIn: Readonly<Record<Place['what'], (text: string) => boolean>>;
}

/** The contacts of a row: columns `technical_name`, `technical_email` and so on. */
export const CONTACTS = ['technical', 'billing'] as const;

/** What messages put between letters so that Slack makes no link of them. */
const INVISIBLE = /\p{Cf}/gu;

/** A text as it is read, without what is put between its letters. */
export const visible = (text: string): string => text.replace(INVISIBLE, '');

// The search index is made of the companies and goes with them.
const TEXT_COLUMNS = `SELECT t.name AS "table", c.name AS "column" FROM sqlite_schema t, pragma_table_info(t.name) c
  WHERE t.type = 'table' AND t.sql LIKE 'CREATE TABLE%' AND t.name NOT LIKE 'sqlite_%'
  AND t.name NOT LIKE 'company_search%' AND c.type = 'TEXT'`;

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

/** Text as a part of a regular expression. */
export const escaped = (text: string): string => text.replace(/[$()*+.?[\]^{|}/\\-]/g, String.raw`\$&`);

/** Finds an address, and whole names, in texts. */
function finderOf(email: string, names: readonly string[]): (text: string) => boolean {
  const words = names.map((name) => `(?<![\\p{L}\\p{N}])${escaped(normalized(name))}(?![\\p{L}\\p{N}])`);
  const pattern = new RegExp([escaped(email), ...words].join('|'), 'u');
  return (text) => pattern.test(normalized(visible(text)));
}

/** Where the person can stand in this database, which learns the SQL functions `normal`, `address_in` and `name_in`. */
export function placesOf(db: Database, { companies: given, email: address }: Person): PersonPlaces {
  const email = normalized(address);
  const masked = normalized(limitContact({ email: address.trim() }, 'masked')?.email ?? email);
  db.function('normal', { deterministic: true }, (text) =>
    typeof text === 'string' ? normalized(text) : null,
  );
  const columns = db.prepare<[], Omit<Place, 'what'>>(TEXT_COLUMNS).all();
  const tablesWith = (name: string): string[] =>
    columns.filter(({ column }) => column === name).map(({ table }) => table);
  const contactTables = tablesWith('technical_email');
  // A name can be a common word: it is looked for where people are written about, and nowhere else.
  const written = new Set([...tablesWith('body'), 'versions']);

  const companies = [...new Set([...given, ...ownCompanies(db, contactTables, email)])];
  const isIn = { address: finderOf(email, []), name: finderOf(email, companies) };
  for (const [what, isFound] of Object.entries(isIn))
    db.function(`${what}_in`, (text) => (typeof text === 'string' && isFound(text) ? 1 : 0));

  const isAudited = tablesWith('subject_hmac').includes('audit');
  return {
    email,
    masked,
    companies,
    contactTables,
    places: columns.map((place) => ({ ...place, what: written.has(place.table) ? 'name' : 'address' })),
    lookups: isAudited ? hashesOf(db, [email, ...companies]) : [],
    isIn,
  };
}
