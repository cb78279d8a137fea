import type { App } from './app.ts';
import type { SeriesPoint } from './metric-series.ts';

/** How often one of the partner's apps was among the results of a search. */
export interface AppSearches extends App {
  /** The keyword that showed the app most often. */
  readonly leadingKeyword?: string;
  /** Appearances over the whole range that was asked for. */
  readonly appearances: number;
  /** Appearances by week, or by month when asked, oldest first. */
  readonly points: readonly SeriesPoint[];
}
