import type { ExportedDataSet } from '../data-set.ts';
import { lastUpdatedToSend } from '../window.ts';

/** All transaction lines, manual invoices included. */
export const transactions: ExportedDataSet = {
  name: 'transactions',
  loads: 'lines',
  endpoints: ['transactions-export'],
  rhythm: {
    fullHours: 24,
    recentHours: 0,
    asks: 'all; between: changed since the last pull, at least a week again',
  },
  exports: ({ at, mode, since }) => [{ lastUpdated: lastUpdatedToSend(mode, since, at) }],
};
