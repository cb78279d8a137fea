import type { TransactionLine } from '../../domain/transaction-line.ts';
import type { Endpoint } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import * as kind from './shapes/parameter-kinds.ts';
import { transactionRows } from './shapes/transactions.ts';

const parameters = { ...transactionRows.parameters, accept: kind.json };

/**
 * The rows of `transactions-export` in one answer, without waiting for a job. For a part of the lines: Atlassian says
 * that large ones may end in HTTP 5xx and recommends the asynchronous export. Without `accept=json` the API sends CSV.
 */
export const transactionsExportSync: Endpoint<TransactionLine, typeof parameters> = {
  id: 'transactions-export-sync',
  summary: 'transaction lines in one answer, for a part of them: large ones fail',
  path: `${DEVELOPER_SPACE}/sales/transactions/export`,
  source: { kind: 'array' },
  ...transactionRows,
  parameters,
  defaults: { ...transactionRows.defaults, accept: ['json'] },
};
