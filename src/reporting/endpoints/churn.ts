import { DEVELOPER_SPACE } from '../origin.ts';
import { aggregate } from './shapes/aggregate.ts';

/**
 * How many paying Cloud customers were due to renew each week ("Customers") and how many of them stopped paying
 * ("Cancellations"), in counts, by billing period (`Monthly`, `Annual`). Atlassian's own licences are excluded.
 *
 * Lag: days, and past weeks are restated. Quirks: monthly plans are due every month, annual ones about once in 52
 * weeks, so the two rates cannot be averaged; weeks must not be summed across customers; "Cancellations" can stand
 * beside its dataset.
 */
export const churn = aggregate({
  id: 'churn',
  summary: 'paying customers due to renew and cancellations, by week and billing period',
  path: `${DEVELOPER_SPACE}/sales/metrics/churn`,
  metric: 'churn',
  datasetSeries: ['Customers', 'Cancellations'],
});
