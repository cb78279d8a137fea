import { limitContacts } from '../../domain/contact.ts';
import { transactionsExport } from '../../reporting/endpoints/transactions-export.ts';
import { type DataSet, pullAll } from '../data-set.ts';
import { newestLines } from '../newest-rows.ts';
import { lastUpdatedToSend } from '../window.ts';

/** All transaction lines, manual invoices included. */
export const transactions: DataSet = {
  name: 'transactions',
  async pull(context) {
    const lastUpdated = lastUpdatedToSend(context.mode, context.since, context.at);
    const { report, rows } = await pullAll(context, transactionsExport, { lastUpdated });
    const kept = newestLines(rows).map((row) => limitContacts(row, context.contacts));
    return { pulled: { kind: 'lines', rows: kept }, reports: [report] };
  },
};
