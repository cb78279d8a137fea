import type { SeriesPoint } from './metric-series.ts';

/** A keyword that showed one particular app. */
export interface AppSearchKeyword {
  readonly keyword: string;
  /** Appearances over the whole range that was asked for. */
  readonly count: number;
  /** Appearances by week, or by month when asked, oldest first. */
  readonly points: readonly SeriesPoint[];
}
