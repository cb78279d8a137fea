import type { DataSet } from '../data-set.ts';
import { churnBenchmark, evaluationBenchmark } from './benchmarks.ts';
import { churnEvents, conversionEvents, renewalEvents } from './events.ts';
import { feedback } from './feedback.ts';
import { licenses } from './licenses.ts';
import { churn, conversion, evaluations, renewal } from './metrics.ts';
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
];
