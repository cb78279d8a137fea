import { bookingDay } from '../domain/booking.ts';
import { type ContactLevel, limitContacts } from '../domain/contact.ts';
import { dayOf, type Instant } from '../domain/day.ts';
import type { License } from '../domain/license.ts';
import type { TransactionLine } from '../domain/transaction-line.ts';
import { cellWriter } from './columns.ts';
import { LICENSES, TRANSACTION_LINES } from './datasets.ts';
import type { IncomingRow } from './snapshots.ts';

/** How the rows of one export become rows of the store. */
export interface RowRules {
  /** How much of a contact may be stored. */
  readonly contacts: ContactLevel;
  readonly at: Instant;
  /** First import or back-fill: the day we see a line says nothing about when it was sold. */
  readonly silent: boolean;
}

const writeLicense = cellWriter(LICENSES.columns);
const writeLine = cellWriter(TRANSACTION_LINES.columns);

/** A licence as it is stored. */
export function licenseRow(row: License, { contacts }: RowRules): IncomingRow {
  return { cells: writeLicense(limitContacts(row, contacts)), fixed: [] };
}

/** A transaction line as it is stored, with the day it counts for. */
export function lineRow(row: TransactionLine, { at, contacts, silent }: RowRules): IncomingRow {
  return {
    cells: writeLine(limitContacts(row, contacts)),
    fixed: [bookingDay(row, dayOf(at), silent)],
  };
}
