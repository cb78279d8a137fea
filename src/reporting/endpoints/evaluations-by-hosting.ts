import { DEVELOPER_SPACE } from '../origin.ts';
import { aggregate } from './shapes/aggregate.ts';
import { toHosting } from './shapes/subscription.ts';

/**
 * How many evaluations started each week, in counts; one series per hosting ("Cloud", "Data Center", "Server") and
 * evaluation type ("Net new evaluation"). Atlassian's own are excluded.
 *
 * Lag: 48 to 72 hours. Quirk: these counts (all hostings, weeks) and the evaluation benchmark's (Cloud, months) do not
 * add up to each other.
 */
export const evaluationsByHosting = aggregate({
  id: 'evaluations-by-hosting',
  summary: 'evaluations started, by week, hosting and type',
  path: `${DEVELOPER_SPACE}/evaluations/hosting`,
  metric: 'evaluations',
  typeField: 'evaluationType',
  toName: toHosting,
});
