import { addDays, weekOf } from '../../domain/day.ts';
import type { EventKind, LicenseEvent } from '../../domain/license-event.ts';
import type { Endpoint } from '../../reporting/endpoint.ts';
import { churnDetails } from '../../reporting/endpoints/churn-details.ts';
import { conversionDetails } from '../../reporting/endpoints/conversion-details.ts';
import { renewalDetails } from '../../reporting/endpoints/renewal-details.ts';
import { type PulledDataSet, pullAll } from '../data-set.ts';
import { weeksToPull } from '../window.ts';

function events(
  kind: EventKind,
  endpoint: Endpoint<LicenseEvent>,
  recentWeeks: number,
  allWeeks?: number,
): PulledDataSet {
  return {
    name: `${kind}-events`,
    endpoints: [endpoint.id],
    rhythm: {
      fullHours: 24,
      recentHours: 0,
      asks: `${allWeeks === undefined ? 'three years' : `${allWeeks} weeks`}; between: ${recentWeeks} weeks`,
    },
    async pull(context) {
      const { from: first, to } = weeksToPull('full', context.today);
      const weeks = context.mode === 'full' ? allWeeks : recentWeeks;
      const from = weeks === undefined ? first : addDays(weekOf(context.today), -7 * weeks);
      // The API ignores `order=desc` on these lists; ascending by date is the order that holds.
      const parameters = { startDate: from, endDate: to, sortBy: 'date', order: 'asc' };
      const { report, rows } = await pullAll(context, endpoint, parameters);
      return { pulled: { kind: 'events', event: kind, from, to, rows }, reports: [report] };
    },
  };
}

/** Who left. Events were seen 62 days late, so an hourly pull reaches back 13 weeks. */
export const churnEvents = events('churn', churnDetails, 13);

/** Which evaluations became customers. */
export const conversionEvents = events('conversion', conversionDetails, 13);

/** Who renewed. Monthly plans renew every month: three years of them would be tens of thousands of rows. */
export const renewalEvents = events('renewal', renewalDetails, 5, 13);
