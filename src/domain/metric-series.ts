import type { Day, Instant } from './day.ts';

/**
 * Which resource a series came from. Benchmarks are series too: one per field, by month. What is kept has one length of
 * period per name: what is kept by week and by month has two names.
 */
export type MetricName =
  | 'churn'
  | 'conversion'
  | 'conversion-by-month'
  | 'renewal'
  | 'evaluations'
  | 'evaluations-by-country'
  | 'evaluations-by-partner'
  | 'evaluations-by-region'
  | 'feedback-by-reason'
  | 'feedback-by-type'
  | 'sales-by-country'
  | 'sales-by-hosting'
  | 'sales-by-partner'
  | 'sales-by-region'
  | 'sales-by-tier'
  | 'sales-by-type'
  | 'churn-benchmark'
  | 'evaluation-benchmark'
  | 'sales-benchmark'
  | 'installs'
  | 'app-requests'
  | 'search-keywords'
  | 'app-search-keywords'
  | 'search-keywords-by-source'
  | 'zero-result-keywords'
  | 'customers-by-activity'
  | 'customers-by-edition'
  | 'customers-by-region'
  | 'customers-by-tier';

/** The name of one series within a developer space. */
export interface SeriesKey {
  readonly metric: MetricName;
  /** `null`: all apps together (the API's `total`). */
  readonly appKey: string | null;
  /**
   * Churn and renewal: `Monthly` or `Annual`. Sales: `lines`, `net lines` (counts) or `revenue` (integer cents). Customers
   * by tier: the Atlassian product. Keywords of the Marketplace: who searched (`marketplace`, `embedded-marketplace`), and
   * of those that found nothing the filters that were set, separated by a comma. Otherwise empty.
   */
  readonly dataset: string;
  /**
   * "Customers", "Cancellations", "Evaluations", "Installs", "Appearances", the group's value ("Cloud", "Germany"), a
   * keyword, or a benchmark's field name.
   */
  readonly name: string;
  /**
   * `evaluationType` or `conversionType` ("Net new evaluation", "Upgrade"). Customers: `count`, `percent`, or `index`
   * (their share over the Marketplace's, 1.0 = average). Otherwise empty.
   */
  readonly type: string;
}

/** One number of a series. `value` null: the API says it has none (growth without a base, for example). */
export interface SeriesPoint {
  /**
   * The Sunday of a week (of installs its Monday), or the first of a month: benchmarks, app requests, customers, keywords
   * of the Marketplace, and where months were asked for.
   */
  readonly period: Day;
  readonly value: number | null;
}

/** A series as one answer gave it. */
export interface MetricSeries extends SeriesKey {
  readonly points: readonly SeriesPoint[];
}

/** A number of a series as it read from an instant on, until it was observed to change. */
export interface ObservedPoint extends SeriesKey, SeriesPoint {
  readonly observedAt: Instant;
}

/** Everything ever observed of one app (null: all of them) in a metric. */
export interface ObservedMetric {
  readonly points: readonly ObservedPoint[];
  /** By period, when any series of the metric, whichever app, first spoke of it: from then on, what is not there is 0. */
  readonly firstSeenAt: ReadonlyMap<Day, Instant>;
}
