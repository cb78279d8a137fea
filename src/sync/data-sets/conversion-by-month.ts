import { addMonths } from '../../domain/day.ts';
import { conversion as endpoint } from '../../reporting/endpoints/conversion.ts';
import { type PulledDataSet, pullAll } from '../data-set.ts';

/** A year of months, each with the year before it that says what is usual. */
const MONTHS = 26;

const NAME = 'conversion-by-month';

/**
 * Evaluations and conversions by calendar month, to stand beside the requests, which come by month alone. Weeks cannot
 * be added up to months, and under the weeks' own name they would be taken for weeks.
 */
export const conversionByMonth: PulledDataSet = {
  name: NAME,
  endpoints: [endpoint.id],
  rhythm: { fullHours: 24, asks: `${MONTHS} months` },
  async pull(context) {
    const { report, rows } = await pullAll(context, endpoint, {
      aggregation: 'month',
      startDate: addMonths(context.today, -MONTHS),
      endDate: context.today,
    });
    const months = rows.map((series) => ({ ...series, metric: NAME }) as const);
    return { pulled: { kind: 'series', metric: NAME, rows: months }, reports: [report] };
  },
};
