import { bookingDay } from '../domain/booking.ts';
import { type Contact, type ContactLevel, limitContact } from '../domain/contact.ts';
import { dayOf, type Instant } from '../domain/day.ts';
import type { License } from '../domain/license.ts';
import type { TransactionLine } from '../domain/transaction-line.ts';
import { type Cell, cellWriter } from './columns.ts';
import { type ExportedDataset, LICENSES, TRANSACTION_LINES } from './datasets.ts';
import { type Forgotten, type ForgottenHashes, forgottenOf } from './forgotten.ts';
import type { IncomingRow } from './snapshots.ts';

/** How the rows of one export become rows of the store. */
export interface RowRules {
  /** How much of a contact may be stored. */
  readonly contacts: ContactLevel;
  readonly at: Instant;
  /** First import or back-fill: the day we see a line says nothing about when it was sold. */
  readonly silent: boolean;
  /** Who asked to be forgotten. */
  readonly forgotten?: readonly ForgottenHashes[];
}

interface WithContacts {
  readonly technicalContact?: Contact;
  readonly billingContact?: Contact;
}

function isGone(cell: Cell, forgotten: Forgotten | undefined): boolean {
  return typeof cell === 'string' && (forgotten?.has(cell) ?? false);
}

/** Writes the cells of a data set, contacts as they may be stored. */
function limitedWriter({ columns }: ExportedDataset): (row: WithContacts, rules: RowRules) => Cell[] {
  const write = cellWriter(columns);
  const place = (name: string): number => columns.findIndex((column) => column.name === name);
  const technical = [place('technical_name'), place('technical_email')] as const;
  const billing = [place('billing_name'), place('billing_email')] as const;
  const [company, partner] = [place('company'), place('partner_name')];

  return (row, { contacts: level, forgotten: list }) => {
    const cells = write(row);
    const forgotten = forgottenOf(list);
    if (level === 'full' && !forgotten) return cells;
    const put = ([name, email]: readonly [number, number], contact: Contact | undefined): void => {
      const limited = isGone(contact?.email ?? null, forgotten) ? undefined : limitContact(contact, level);
      cells[name] = limited?.name ?? null;
      cells[email] = limited?.email ?? null;
    };
    put(technical, row.technicalContact);
    put(billing, row.billingContact);
    for (const at of [company, partner]) if (isGone(cells[at] ?? null, forgotten)) cells[at] = null;
    return cells;
  };
}

const writeLicense = limitedWriter(LICENSES);
const writeLine = limitedWriter(TRANSACTION_LINES);
const NONE: readonly Cell[] = [];

/** A licence as it is stored. */
export function licenseRow(row: License, rules: RowRules, fingerprint?: string): IncomingRow {
  return { cells: writeLicense(row, rules), fixed: NONE, ...(fingerprint && { fingerprint }) };
}

/** A transaction line as it is stored, with the day it counts for. */
export function lineRow(row: TransactionLine, rules: RowRules, fingerprint?: string): IncomingRow {
  const fixed = [bookingDay(row, dayOf(rules.at), rules.silent)];
  return { cells: writeLine(row, rules), fixed, ...(fingerprint && { fingerprint }) };
}
