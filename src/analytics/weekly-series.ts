import { addDays, type Day, weekOf, weeksEndingWith } from '../domain/day.ts';
import type { MetricName, MetricSeries, SeriesKey } from '../domain/metric-series.ts';

/** One number of a week, named by its Sunday. `value` undefined: nobody told us, which is not 0. */
export interface WeekValue {
  readonly week: Day;
  readonly value: number | undefined;
}

/** `part` of `whole` in a week: cancellations of customers due, for example. Undefined: unknown. */
export interface WeekRate {
  readonly week: Day;
  readonly part: number | undefined;
  readonly whole: number | undefined;
}

/** Which series of a metric to add up. A field left out matches all its values; `appKey` null is the API's total. */
export interface SeriesFilter {
  readonly metric: MetricName;
  readonly appKey: string | null;
  readonly name?: string;
  readonly dataset?: string;
  readonly type?: string;
}

/** Whether a series is one of those that a filter adds up. */
export function matchesSeries(
  series: SeriesKey,
  { metric, appKey, name, dataset, type }: SeriesFilter,
): boolean {
  return (
    series.metric === metric &&
    series.appKey === appKey &&
    (name === undefined || series.name === name) &&
    (dataset === undefined || series.dataset === dataset) &&
    (type === undefined || series.type === type)
  );
}

/** The weeks for which any series of the metric, whichever app or name, has a number. */
export function knownWeeks(series: readonly MetricSeries[], metric: MetricName): ReadonlySet<Day> {
  const weeks = new Set<Day>();
  for (const one of series) {
    if (one.metric !== metric) continue;
    for (const { period, value } of one.points) if (value !== null) weeks.add(weekOf(period));
  }
  return weeks;
}

/**
 * The sum of all matching series (types, data sets) for each of the given weeks, in their order. The API leaves zero
 * points out: a known week (`knownWeeks`) without a point counts 0, any other week is undefined. The series of one
 * developer space at a time, because what is known is decided per space; `addWeeks` adds several.
 */
export function weeklyValues(
  series: readonly MetricSeries[],
  filter: SeriesFilter,
  weeks: readonly Day[],
): WeekValue[] {
  const known = knownWeeks(series, filter.metric);
  const sums = new Map<Day, number>();
  for (const one of series) {
    if (!matchesSeries(one, filter)) continue;
    for (const { period, value } of one.points) {
      const week = weekOf(period);
      if (value !== null) sums.set(week, (sums.get(week) ?? 0) + value);
    }
  }
  return weeks.map((week) => ({ week, value: known.has(week) ? (sums.get(week) ?? 0) : undefined }));
}

/** Week by week sum of several lists; undefined where any list that speaks of the week does not know it. */
export function addWeeks(lists: readonly (readonly WeekValue[])[]): WeekValue[] {
  const sums = new Map<Day, number | undefined>();
  for (const { week, value } of lists.flat()) {
    const sum = sums.has(week) ? sums.get(week) : 0;
    sums.set(week, sum === undefined || value === undefined ? undefined : sum + value);
  }
  return [...sums].map(([week, value]) => ({ week, value })).toSorted((a, b) => (a.week < b.week ? -1 : 1));
}

/** Pairs the parts with their wholes by week, in the order of the parts. */
export function weeklyRates(parts: readonly WeekValue[], wholes: readonly WeekValue[]): WeekRate[] {
  const whole = new Map(wholes.map(({ week, value }) => [week, value]));
  return parts.map(({ week, value }) => ({ week, part: value, whole: whole.get(week) }));
}

/** The sum of the `size` weeks that end with `week`; undefined if one of them is unknown. */
export function sumOfWeeks(values: readonly WeekValue[], week: Day, size: number): number | undefined {
  const byWeek = new Map(values.map((one) => [one.week, one.value]));
  let sum = 0;
  for (const one of weeksEndingWith(week, size)) {
    const value = byWeek.get(one);
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}

/**
 * For each week the sum of the `size` (default 4) weeks ending with it; undefined where one of them is unknown.
 * For counts below 10 a week, whose single weeks say little.
 */
export function rollingSums(values: readonly WeekValue[], size = 4): WeekValue[] {
  const byWeek = new Map(values.map((one) => [one.week, one.value]));
  return values.map(({ week }) => {
    const parts = weeksEndingWith(week, size).map((one) => byWeek.get(one));
    const known = parts.filter((part) => part !== undefined);
    return { week, value: known.length === size ? known.reduce((sum, part) => sum + part, 0) : undefined };
  });
}

/**
 * The 4 weeks ending with `week` against the same 4 weeks a year (52 weeks) before. Undefined unless both are known,
 * which takes more than 52 weeks of history.
 */
export function yearAgo(
  values: readonly WeekValue[],
  week: Day,
): { readonly now: number; readonly before: number } | undefined {
  const now = sumOfWeeks(values, week, 4);
  const before = sumOfWeeks(values, addDays(week, -364), 4);
  return now === undefined || before === undefined ? undefined : { now, before };
}

/** A rate of the API as two series of one metric: how many, of how many. */
export interface RateSeries {
  readonly metric: MetricName;
  /** Names of the series, such as "Cancellations" of "Customers". */
  readonly part: string;
  readonly whole: string;
}

/** The weekly rate of one app (null: all apps), of one billing period or of all together. */
export function rateOfSeries(
  series: readonly MetricSeries[],
  { metric, part, whole }: RateSeries,
  appKey: string | null,
  weeks: readonly Day[],
  dataset?: string,
): WeekRate[] {
  const filter = { metric, appKey, ...(dataset !== undefined && { dataset }) };
  return weeklyRates(
    weeklyValues(series, { ...filter, name: part }, weeks),
    weeklyValues(series, { ...filter, name: whole }, weeks),
  );
}
