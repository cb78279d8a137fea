import { addMonths } from '../../domain/day.ts';
import type { MetricName, MetricSeries } from '../../domain/metric-series.ts';
import type { Endpoint } from '../../reporting/endpoint.ts';
import { churnBenchmark as churnEndpoint } from '../../reporting/endpoints/churn-benchmark.ts';
import { evaluationBenchmark as evaluationEndpoint } from '../../reporting/endpoints/evaluation-benchmark.ts';
import { salesBenchmark as salesEndpoint } from '../../reporting/endpoints/sales-benchmark.ts';
import { type PulledDataSet, pullAll } from '../data-set.ts';

/** Benchmarks are monthly, come two to three months late and compare with a year ago: 15 months hold all of it. */
const MONTHS = 15;

/**
 * Sales come a quarter at a time, the newest month up to five months old, and the three newest months are compared with
 * the same a year before.
 */
const SALES_MONTHS = 20;

/** A document of monthly numbers, pulled once a day. */
export function monthly(
  metric: MetricName & PulledDataSet['name'],
  endpoint: Endpoint<MetricSeries>,
  months = MONTHS,
): PulledDataSet {
  return {
    name: metric,
    endpoints: [endpoint.id],
    rhythm: { fullHours: 24, asks: `${months} months` },
    async pull(context) {
      const startDate = addMonths(context.today, -months);
      const { report, rows } = await pullAll(context, endpoint, { startDate, endDate: context.today });
      return { pulled: { kind: 'series', metric, rows }, reports: [report] };
    },
  };
}

/** Churn per app beside all apps of the same parent product, by month. */
export const churnBenchmark = monthly('churn-benchmark', churnEndpoint);

/** Evaluations per app and in all beside the Marketplace, by month. */
export const evaluationBenchmark = monthly('evaluation-benchmark', evaluationEndpoint);

/** Cloud sales per app and in all beside the Marketplace, by month. */
export const salesBenchmark = monthly('sales-benchmark', salesEndpoint, SALES_MONTHS);
