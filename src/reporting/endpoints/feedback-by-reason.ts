import { DEVELOPER_SPACE } from '../origin.ts';
import { aggregate } from './shapes/aggregate.ts';

/**
 * How often customers gave each reason when they disabled, uninstalled or unsubscribed, by week, in counts. The name is
 * the reason's key ("cost", "appFunctionality"): an open list, other developer spaces see other keys.
 *
 * Lag: up to a day; feedback also arrives days after its date. Quirk: the sample's link names `productId`, `hosting` and
 * `appEdition`, which the API ignores, so apps are filtered here and the other two are refused.
 */
export const feedbackByReason = aggregate({
  id: 'feedback-by-reason',
  summary: 'reasons customers gave when leaving, by week',
  path: `${DEVELOPER_SPACE}/feedback/metrics/reason`,
  metric: 'feedback-by-reason',
});
