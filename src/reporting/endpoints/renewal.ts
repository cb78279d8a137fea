import { DEVELOPER_SPACE } from '../origin.ts';
import { aggregate } from './shapes/aggregate.ts';

/**
 * How many paid Cloud subscriptions were due each week ("Renewal opportunities") and how many were renewed
 * ("Renewals"), in counts, by billing period (`Monthly`, `Annual`).
 *
 * Lag: days, and past weeks are restated. Quirks: "Renewals" can stand beside its dataset, and the dataset "Annual"
 * inside the series of "Monthly".
 */
export const renewal = aggregate({
  id: 'renewal',
  summary: 'subscriptions due and renewed, by week and billing period',
  path: `${DEVELOPER_SPACE}/sales/metrics/renewal`,
  metric: 'renewal',
  datasetSeries: ['Renewal opportunities', 'Renewals'],
});
