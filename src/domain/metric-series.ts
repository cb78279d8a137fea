import type { Day } from './day.ts';

/** Which resource a series came from. Benchmarks are series too: one per field, by month. */
export type MetricName =
  | 'churn'
  | 'conversion'
  | 'renewal'
  | 'evaluations'
  | 'churn-benchmark'
  | 'evaluation-benchmark'
  | 'sales-benchmark'
  | 'app-requests';

/** The name of one series within a developer space. */
export interface SeriesKey {
  readonly metric: MetricName;
  /** `null`: all apps together (the API's `total`). */
  readonly appKey: string | null;
  /** Churn and renewal: `Monthly` or `Annual`; otherwise empty. */
  readonly dataset: string;
  /** "Customers", "Cancellations", "Evaluations", "Cloud", or a benchmark's field name. */
  readonly name: string;
  /** `evaluationType` or `conversionType` ("Net new evaluation", "Upgrade"); otherwise empty. */
  readonly type: string;
}

/** One number of a series. `value` null: the API says it has none (growth without a base, for example). */
export interface SeriesPoint {
  /** The Sunday of a week, or the first of a month for benchmarks. */
  readonly period: Day;
  readonly value: number | null;
}

/** A series as one answer gave it. */
export interface MetricSeries extends SeriesKey {
  readonly points: readonly SeriesPoint[];
}
