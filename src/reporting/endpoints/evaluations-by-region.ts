import { DEVELOPER_SPACE } from '../origin.ts';
import { aggregate } from './shapes/aggregate.ts';

/**
 * How many evaluations of all hostings started each week, in counts; one series per region and evaluation type, where
 * the API sends one. The name is a region ("APAC", "EMEA", "Americas"); "Unknown" is one of them.
 *
 * Lag: 48 to 72 hours. Quirk: weeks without evaluations can be missing or zero.
 */
export const evaluationsByRegion = aggregate({
  id: 'evaluations-by-region',
  summary: 'evaluations started, by week and region',
  path: `${DEVELOPER_SPACE}/evaluations/region`,
  metric: 'evaluations-by-region',
  typeField: 'evaluationType',
});
