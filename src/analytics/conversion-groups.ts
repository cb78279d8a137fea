import type { Day } from '../domain/day.ts';
import type { Cents } from '../domain/money.ts';
import { convertedWithin } from './cohorts.ts';
import type { Coverage } from './coverage.ts';
import type { Evaluation } from './evaluations.ts';
import { median } from './order-statistics.ts';
import { firstYearOf } from './pipeline.ts';

/** The evaluations of one size, or of one app: how many started, and how many of them were bought in time. */
export interface ConversionGroup<Key> {
  readonly key: Key;
  readonly started: number;
  readonly bought: number;
  /** Median first-year value of those bought, cents of partner share; undefined if none was, or none has a paid window. */
  readonly firstYear: Cents | undefined;
}

/** Which evaluations are counted: started between the two days, both included, and bought within `days` of the start. */
export interface ConversionWindow {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
}

/**
 * Conversion by group, most evaluations first. The last week of the window must be mature for its `days`
 * (`isMature`), otherwise the groups read low. Every evaluation of the window is in exactly one group.
 */
export function groupConversions<Key>(
  evaluations: Iterable<Evaluation>,
  { from, to, days }: ConversionWindow,
  keyOf: (evaluation: Evaluation) => Key,
  coverage: Coverage,
): ConversionGroup<Key>[] {
  const started = Iterator.from(evaluations)
    .filter(({ start }) => start >= from && start <= to)
    .toArray();
  return [...Map.groupBy(started, keyOf)]
    .map(([key, group]) => {
      const bought = group.filter((one) => convertedWithin(one, days));
      const values = bought.flatMap((one) => firstYearOf(one, coverage) ?? []);
      const firstYear = median(values);
      return {
        key,
        started: group.length,
        bought: bought.length,
        firstYear: firstYear === undefined ? undefined : Math.round(firstYear),
      };
    })
    .toSorted((a, b) => b.started - a.started);
}
