import { DEVELOPER_SPACE } from '../origin.ts';
import { aggregate } from './shapes/aggregate.ts';

/**
 * How often customers disabled, uninstalled or unsubscribed and said why, by week, in counts. The name is `disable`,
 * `uninstall` or `unsubscribe`: an open list.
 *
 * Lag: up to a day; feedback also arrives days after its date. Quirk: the sample's link names `productId`, `hosting` and
 * `appEdition`, which the API ignores, so apps are filtered here and the other two are refused.
 */
export const feedbackByType = aggregate({
  id: 'feedback-by-type',
  summary: 'feedback by what was done (disable, uninstall, unsubscribe) and week',
  path: `${DEVELOPER_SPACE}/feedback/metrics/type`,
  metric: 'feedback-by-type',
});
