import type { DataSet } from '../data-set.ts';
import { appRequests } from './app-requests.ts';
import { churnBenchmark, evaluationBenchmark, salesBenchmark } from './benchmarks.ts';
import { conversionByMonth } from './conversion-by-month.ts';
import { customers } from './customers.ts';
import { churnEvents, conversionEvents, renewalEvents } from './events.ts';
import { feedback } from './feedback.ts';
import { installs } from './installs.ts';
import { licenses } from './licenses.ts';
import { marketKeywords } from './market-keywords.ts';
import { churn, conversion, evaluations, renewal } from './metrics.ts';
import { searchKeywords } from './search-keywords.ts';
import { transactions } from './transactions.ts';

/** Everything a sync pulls. Licences and lines first: they are the largest, and the rest joins to them. */
export const DATA_SETS: readonly DataSet[] = [
  licenses,
  transactions,
  churnEvents,
  conversionEvents,
  renewalEvents,
  churn,
  conversion,
  renewal,
  evaluations,
  feedback,
  churnBenchmark,
  evaluationBenchmark,
  salesBenchmark,
  installs,
  searchKeywords,
  marketKeywords,
  appRequests,
  conversionByMonth,
  customers,
];
