import type { TransactionLine } from '../../domain/transaction-line.ts';
import type { Endpoint } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import * as kind from './shapes/parameter-kinds.ts';
import { transactionRows } from './shapes/transactions.ts';

const parameters = { ...transactionRows.parameters, accept: kind.json };

/**
 * Every transaction line of the developer space's apps, in US dollars: `purchasePrice` is what the customer pays,
 * `vendorAmount` the partner's share.
 *
 * Lag: up to a day; rows also change and appear weeks later, with a new `lastUpdated`. Quirks: a `transactionId` repeats
 * across apps and licences, the line id does not; `saleDate` may be a due date in the future (Net14, Net30); an upgrade is
 * a full refund and a full new bill; manual invoices have no sale type; Cloud monthly plans bring small prorated lines
 * whose tiers are unreliable; $0 lines exist.
 */
export const transactionsExport: Endpoint<TransactionLine, typeof parameters> = {
  id: 'transactions-export',
  summary: 'every transaction line: sales, renewals, upgrades and refunds, with payment status',
  path: `${DEVELOPER_SPACE}/sales/transactions`,
  source: { kind: 'export' },
  ...transactionRows,
  parameters,
  defaults: { ...transactionRows.defaults, accept: ['json'] },
};
