import { addDays, weekOf } from '../../domain/day.ts';
import { feedbackDetails } from '../../reporting/endpoints/feedback-details.ts';
import { type PulledDataSet, pullAll } from '../data-set.ts';
import { weeksToPull } from '../window.ts';

const RECENT_WEEKS = 5;

/** What customers said when they left. */
export const feedback: PulledDataSet = {
  name: 'feedback',
  endpoints: ['feedback-details'],
  rhythm: { fullHours: 24, recentHours: 0, asks: 'three years; between: five weeks' },
  async pull(context) {
    const { from: first, to } = weeksToPull('full', context.today);
    const from = context.mode === 'full' ? first : addDays(weekOf(context.today), -7 * RECENT_WEEKS);
    const { report, rows } = await pullAll(context, feedbackDetails, { startDate: from, endDate: to });
    return { pulled: { kind: 'feedback', from, to, rows }, reports: [report] };
  },
};
