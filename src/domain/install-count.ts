import type { Day } from './day.ts';

/** How many active installations an app had in a period. Sites in the commercial compliance boundary only. */
export interface InstallCount {
  /** The first day of the period; weeks start on a Monday here, unlike anywhere else in the API. */
  readonly period: Day;
  readonly appKey?: string;
  /** Not to be relied on: the documentation's own sample names a different one for each week of one app. */
  readonly productId?: string;
  readonly installs: number;
  /** "Confluence", "Jira": when the counts are split by it. */
  readonly parentSoftware?: string;
  /** "7.19.17", "7.19.x" or "7.x.x", as it was asked for. */
  readonly parentVersion?: string;
}
