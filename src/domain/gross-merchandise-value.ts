import type { Day } from './day.ts';
import type { Cents } from './money.ts';

/** What customers paid for all the partner's apps since they are sold, as of a period, in US dollar cents. */
export interface GrossMerchandiseValue {
  /** The first day of the period; weeks start on a Monday here. */
  readonly period: Day;
  /** Of the app versions of one type: `versionType`. */
  readonly lifetime?: Cents;
  /** `RUNS_ON_ATLASSIAN`, `NATIVE_APP`, `NON_HARMONISED` or `NON_HARMONISED_FORGE_VERSIONS`: an open list. */
  readonly versionType?: string;
  /** Of Forge versions that are not harmonised. */
  readonly nonHarmonisedForge?: Cents;
  /** Of standard Forge versions. */
  readonly standardForge?: Cents;
}
