import type { Feedback } from '../../domain/feedback.ts';
import type { Endpoint } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { feedbackRows } from './shapes/feedback.ts';
import * as kind from './shapes/parameter-kinds.ts';

const parameters = { ...feedbackRows.parameters, accept: kind.json };

/**
 * The rows of `feedback-details` in one answer, none of them merged with its equals. Quirks: missing in the specification
 * of version 3, listed in its index; without `accept=json` the API sends CSV.
 */
export const feedbackExport: Endpoint<Feedback, typeof parameters> = {
  id: 'feedback-export',
  summary: 'what customers said when they left, in one answer',
  path: `${DEVELOPER_SPACE}/feedback/details/export`,
  source: { kind: 'array' },
  ...feedbackRows,
  parameters,
  defaults: { accept: ['json'] },
};
