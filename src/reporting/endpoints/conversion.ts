import { DEVELOPER_SPACE } from '../origin.ts';
import { aggregate } from './shapes/aggregate.ts';

/**
 * How many Cloud evaluations there were each week ("Evaluations") and how many became paid ("Conversions"), in counts.
 * The type is the API's `conversionType` ("Upgrade") where it sends one.
 *
 * Lag: days; evaluation links arrive 48 to 72 hours late. Quirks: both counts are of the same week, not of one cohort,
 * so the ratio can exceed 100 %; the list of apps can hold a stub without a key.
 */
export const conversion = aggregate({
  id: 'conversion',
  summary: 'evaluations and those that became paid, by week',
  path: `${DEVELOPER_SPACE}/sales/metrics/conversion`,
  metric: 'conversion',
  typeField: 'conversionType',
});
