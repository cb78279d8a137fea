import type { TransactionLine } from '../../domain/transaction-line.ts';
import type { Endpoint } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import * as kind from './shapes/parameter-kinds.ts';
import { transactionRows } from './shapes/transactions.ts';

const parameters = {
  ...transactionRows.parameters,
  sortBy: kind.oneOf(
    [
      'addonName',
      'company',
      'country',
      'date',
      'hosting',
      'licenseId',
      'licenseType',
      'partner',
      'partnerType',
      'purchasePrice',
      'region',
      'saleType',
      'tier',
      'transactionId',
      'vendorAmount',
      'paymentStatus',
    ],
    'order of the list, which paging relies on',
  ),
  order: kind.oneOf(['asc', 'desc'], 'direction of that order'),
};

/**
 * The rows of `transactions-export`, page by page: for a few lines, found by `text` for example. Oldest sale first, so
 * that new lines come at the end of a list that is being read; here, unlike with licences, the API obeys `order`.
 */
export const transactions: Endpoint<TransactionLine, typeof parameters> = {
  id: 'transactions',
  summary: 'transaction lines page by page: a few, found by customer, identifier or date',
  path: `${DEVELOPER_SPACE}/sales/transactions`,
  source: {
    kind: 'pages',
    list: 'transactions',
    keyOf: ({ lineId, transactionId }) => JSON.stringify([transactionId, lineId]),
  },
  ...transactionRows,
  parameters,
  defaults: { ...transactionRows.defaults, sortBy: ['date'], order: ['asc'] },
};
