import { DEVELOPER_SPACE } from '../origin.ts';
import { aggregate } from './shapes/aggregate.ts';

/**
 * How many evaluations of all hostings started each week, in counts; one series per country and evaluation type, where
 * the API sends one. The name is a country as Atlassian writes it ("Germany"); "Unknown" is one of them.
 *
 * Lag: 48 to 72 hours. Quirk: weeks without evaluations can be missing or zero.
 */
export const evaluationsByCountry = aggregate({
  id: 'evaluations-by-country',
  summary: 'evaluations started, by week and country',
  path: `${DEVELOPER_SPACE}/evaluations/country`,
  metric: 'evaluations-by-country',
  typeField: 'evaluationType',
});
