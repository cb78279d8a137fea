import { addDays, weekOf } from '../../domain/day.ts';
import { feedbackDetails } from '../../reporting/endpoints/feedback-details.ts';
import { type DataSet, pullAll } from '../data-set.ts';
import { weeksToPull } from '../window.ts';

const RECENT_WEEKS = 5;

/** What customers said when they left. */
export const feedback: DataSet = {
  name: 'feedback',
  async pull(context) {
    const { from: first, to } = weeksToPull('full', context.today);
    const from = context.mode === 'full' ? first : addDays(weekOf(context.today), -7 * RECENT_WEEKS);
    const { report, rows } = await pullAll(context, feedbackDetails, { startDate: from, endDate: to });
    return { pulled: { kind: 'feedback', from, to, rows }, reports: [report] };
  },
};
