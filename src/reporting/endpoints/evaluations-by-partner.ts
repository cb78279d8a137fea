import { DEVELOPER_SPACE } from '../origin.ts';
import { aggregate } from './shapes/aggregate.ts';

/**
 * How many evaluations of all hostings started each week, in counts; one series per partner and evaluation type, where
 * the API sends one. The name is the partner who brought the evaluation. Partners are told apart by this name alone.
 *
 * Lag: 48 to 72 hours. Quirk: weeks without evaluations can be missing or zero.
 */
export const evaluationsByPartner = aggregate({
  id: 'evaluations-by-partner',
  summary: 'evaluations started, by week and partner',
  path: `${DEVELOPER_SPACE}/evaluations/partner`,
  metric: 'evaluations-by-partner',
  typeField: 'evaluationType',
});
