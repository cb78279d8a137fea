import type { License } from '../domain/license.ts';
import type { TransactionLine } from '../domain/transaction-line.ts';
import { identifierOf } from '../messages/subscription-words.ts';
import type { ExportTable } from './command.ts';

type Row = License | TransactionLine;

interface Column<One> {
  readonly title: string;
  readonly cell: (row: One) => string | number | undefined;
}

const WHO: readonly Column<Row>[] = [
  { title: 'Company', cell: ({ customer }) => customer.company },
  { title: 'Country', cell: ({ customer }) => customer.country },
  { title: 'Mail domain', cell: ({ customer }) => customer.mailDomain },
  { title: 'App', cell: ({ name }) => name },
  { title: 'Entitlement', cell: identifierOf },
  { title: 'SEN', cell: ({ aliases }) => aliases.licenseId },
  { title: 'Host entitlement', cell: ({ host }) => host.hostEntitlementNumber },
  { title: 'Site', cell: ({ host }) => host.siteHostname },
  { title: 'Cloud id', cell: ({ host }) => host.cloudId },
  { title: 'Hosting', cell: ({ hosting }) => hosting },
  { title: 'Edition', cell: ({ edition }) => edition },
  { title: 'Sold by', cell: ({ partner }) => partner?.name },
];

/** As stored, so never more than `PULSE_CONTACTS` allows. */
const PEOPLE: readonly Column<Row>[] = [
  { title: 'Technical contact', cell: ({ technicalContact }) => technicalContact?.name },
  { title: 'Technical contact address', cell: ({ technicalContact }) => technicalContact?.email },
  { title: 'Billing contact', cell: ({ billingContact }) => billingContact?.name },
  { title: 'Billing contact address', cell: ({ billingContact }) => billingContact?.email },
];

const LICENSE: readonly Column<License>[] = [
  { title: 'Status', cell: ({ status }) => status },
  { title: 'License type', cell: ({ licenseType }) => licenseType },
  { title: 'Tier', cell: ({ tier }) => tier },
  { title: 'Starts', cell: ({ maintenanceStart }) => maintenanceStart },
  { title: 'Ends', cell: ({ maintenanceEnd }) => maintenanceEnd },
  { title: 'Evaluation starts', cell: ({ evaluationStart }) => evaluationStart },
  { title: 'Last updated', cell: ({ lastUpdated }) => lastUpdated },
];

const LINE: readonly Column<TransactionLine>[] = [
  { title: 'Transaction', cell: ({ transactionId }) => transactionId },
  { title: 'Line', cell: ({ lineId }) => lineId },
  { title: 'Sale date', cell: ({ saleDate }) => saleDate },
  {
    title: 'Sale type',
    cell: ({ isManualInvoice, saleType }) => (isManualInvoice ? 'Manual invoice' : saleType),
  },
  { title: 'Billing period', cell: ({ billingPeriod }) => billingPeriod },
  { title: 'Tier', cell: ({ tier }) => tier },
  { title: 'Tier before', cell: ({ oldTier }) => oldTier },
  { title: 'Price USD', cell: ({ purchasePrice }) => purchasePrice / 100 },
  { title: 'Our share USD', cell: ({ vendorAmount }) => vendorAmount / 100 },
  { title: 'Payment status', cell: ({ paymentStatus }) => paymentStatus },
  { title: 'Pays from', cell: ({ maintenanceStart }) => maintenanceStart },
  { title: 'Pays until', cell: ({ maintenanceEnd }) => maintenanceEnd },
  { title: 'Last updated', cell: ({ lastUpdated }) => lastUpdated },
];

function tableOf<One>(
  name: string,
  columns: readonly Column<One>[],
  rows: readonly One[],
  left: ExportTable['left'],
): ExportTable {
  return {
    name,
    columns: columns.map(({ title }) => title),
    rows: rows.map((row) => columns.map(({ cell }) => cell(row) ?? '')),
    left,
  };
}

/** Licences as rows of a file, with contacts for those who may see them. */
export function licenseTable(
  licenses: readonly License[],
  showContacts: boolean,
  left: ExportTable['left'],
): ExportTable {
  return tableOf('licenses', [...WHO, ...LICENSE, ...(showContacts ? PEOPLE : [])], licenses, left);
}

/** Transaction lines as rows of a file, one by one and not netted, with contacts for those who may see them. */
export function lineTable(
  lines: readonly TransactionLine[],
  showContacts: boolean,
  left: ExportTable['left'],
): ExportTable {
  return tableOf('transactions', [...WHO, ...LINE, ...(showContacts ? PEOPLE : [])], lines, left);
}
