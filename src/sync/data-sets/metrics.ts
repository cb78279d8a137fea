import type { MetricName, MetricSeries } from '../../domain/metric-series.ts';
import type { Endpoint } from '../../reporting/endpoint.ts';
import { churn as churnEndpoint } from '../../reporting/endpoints/churn.ts';
import { conversion as conversionEndpoint } from '../../reporting/endpoints/conversion.ts';
import { evaluationsByHosting } from '../../reporting/endpoints/evaluations-by-hosting.ts';
import { renewal as renewalEndpoint } from '../../reporting/endpoints/renewal.ts';
import { type PulledDataSet, pullAll } from '../data-set.ts';
import { weeksToPull } from '../window.ts';

function weekly(metric: MetricName & PulledDataSet['name'], endpoint: Endpoint<MetricSeries>): PulledDataSet {
  return {
    name: metric,
    endpoints: [endpoint.id],
    rhythm: { fullHours: 24, recentHours: 0, asks: 'three years of weeks; between: 30 weeks' },
    async pull(context) {
      const { from, to } = weeksToPull(context.mode, context.today);
      const { report, rows } = await pullAll(context, endpoint, {
        aggregation: 'week',
        startDate: from,
        endDate: to,
      });
      return { pulled: { kind: 'series', metric, rows }, reports: [report] };
    },
  };
}

/** Customers due and cancellations by week, per app and billing period. */
export const churn = weekly('churn', churnEndpoint);

/** Evaluations and conversions by week: Atlassian's same-week ratio, not a cohort. */
export const conversion = weekly('conversion', conversionEndpoint);

/** Renewal opportunities and renewals by week, per app and billing period. */
export const renewal = weekly('renewal', renewalEndpoint);

/** New evaluations by week and hosting. */
export const evaluations = weekly('evaluations', evaluationsByHosting);
