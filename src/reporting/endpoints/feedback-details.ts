import type { Feedback } from '../../domain/feedback.ts';
import type { Endpoint } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { feedbackRows } from './shapes/feedback.ts';

/**
 * What customers said when they disabled, uninstalled or unsubscribed, by day. Lag: up to a day. Quirks: no app name
 * (the key stands in for it), no row id: two anonymous rows that agree in every field count as one; `unsubscribe` is
 * missing in the specification and is what the sample has.
 */
export const feedbackDetails: Endpoint<Feedback, typeof feedbackRows.parameters> = {
  id: 'feedback-details',
  summary: 'what customers said when they disabled, uninstalled or unsubscribed',
  path: `${DEVELOPER_SPACE}/feedback/details`,
  source: { kind: 'pages', list: 'feedback', keyOf: (row) => JSON.stringify(row) },
  ...feedbackRows,
  defaults: {},
};
