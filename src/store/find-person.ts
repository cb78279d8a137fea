import type { Database } from './database.ts';
import { ADDRESS, normalized } from './forgotten.ts';
import { CONTACTS, type Person, type PersonPlaces, placesOf, visible } from './person-places.ts';

/** A row that holds something of a person. */
export interface Holding {
  readonly table: string;
  /** The columns that hold it. */
  readonly columns: readonly string[];
  /** Only the masked form of the address stands there: it may be another person's. */
  readonly isPerhapsAnother?: true;
  /**
   * What the row says, without empty columns, without its other contact and with `[another address]` in place of those of
   * others. Columns of JSON are read.
   */
  readonly row: Readonly<Record<string, unknown>>;
}

type Row = Record<string, unknown>;

const ANOTHER = '[another address]';

/** The contacts of a row whose address is the person's, or looks like it when masked. */
function contactsOf(row: Row, { email, masked }: PersonPlaces) {
  return CONTACTS.flatMap((who) => {
    const stored = row[`${who}_email`];
    if (typeof stored !== 'string') return [];
    const address = normalized(stored);
    return address === email || address === masked ? [{ who, isMasked: address !== email }] : [];
  });
}

function toValue(stored: unknown, { email, masked }: PersonPlaces): unknown {
  if (typeof stored !== 'string') return stored;
  const text = stored.replace(ADDRESS, (address) =>
    [email, masked].includes(normalized(visible(address))) ? address : ANOTHER,
  );
  try {
    return /^\s*[{[]/.test(text) ? JSON.parse(text) : text;
  } catch {
    return text;
  }
}

function toHolding(table: string, row: Row, sought: PersonPlaces): Holding {
  const contacts = contactsOf(row, sought);
  const theirs = contacts.flatMap(({ who }) => [`${who}_name`, `${who}_email`]);
  const others = CONTACTS.flatMap((who) => [`${who}_name`, `${who}_email`]).filter(
    (column) => !theirs.includes(column),
  );
  const isOwn = (value: unknown): boolean => sought.companies.some((company) => company === value);
  const inTexts = sought.places
    .filter((place) => place.table === table)
    .filter(({ column, what }) => {
      const text = row[column];
      return typeof text === 'string' && sought.isIn[what](text);
    })
    .map(({ column }) => column);
  const asCompany = ['company', 'name'].filter((column) => isOwn(row[column]));
  const asLookup = sought.lookups.includes(String(row['subject_hmac'])) ? ['subject_hmac'] : [];
  const columns = [...new Set([...theirs, ...inTexts, ...asCompany, ...asLookup])].filter(
    (column) => row[column] !== null,
  );
  const isPerhapsAnother =
    contacts.length > 0 &&
    contacts.every(({ isMasked }) => isMasked) &&
    columns.every((column) => theirs.includes(column));
  return {
    table,
    columns,
    ...(isPerhapsAnother && { isPerhapsAnother }),
    row: Object.fromEntries(
      Object.entries(row)
        .filter(([column, value]) => value !== null && !others.includes(column))
        .map(([column, value]) => [column, toValue(value, sought)]),
    ),
  };
}

/** Which rows of a table hold the person, in SQL; `:values` are what whole columns are compared with. */
function conditionOf(table: string, { contactTables, places }: PersonPlaces): string {
  const isContactTable = contactTables.includes(table);
  return [
    ...places.filter((place) => place.table === table).map(({ column, what }) => `${what}_in("${column}")`),
    ...(isContactTable ? CONTACTS.map((who) => `normal(${who}_email) = :masked`) : []),
    ...(isContactTable ? ['company IN (SELECT value FROM json_each(:companies))'] : []),
    ...(table === 'companies' ? ['name IN (SELECT value FROM json_each(:companies))'] : []),
    ...(table === 'audit' ? ['subject_hmac IN (SELECT value FROM json_each(:lookups))'] : []),
  ].join(' OR ');
}

/** Everything that a database file holds of a person, as of one moment: what `purge` would take out of it. Nothing is changed. */
export function findPerson(db: Database, person: Person) {
  const run = db.transaction(() => {
    const sought = placesOf(db, person);
    const { companies, lookups, masked } = sought;
    const values = { masked, companies: JSON.stringify(companies), lookups: JSON.stringify(lookups) };
    const holdings = [...new Set(sought.places.map(({ table }) => table))].flatMap((table) =>
      db
        .prepare<typeof values, Row>(`SELECT * FROM "${table}" WHERE ${conditionOf(table, sought)}`)
        .all(values)
        .map((row) => toHolding(table, row, sought)),
    );
    return { masked, companies, holdings };
  });
  return run();
}
