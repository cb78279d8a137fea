import type { Day } from '../../src/domain/day.ts';
import { APPS } from './apps.ts';
import type { Calendar, Offset } from './calendar.ts';

/** Which part of a series is asked for; both ends included, the first bucket whole even if it began earlier. */
export interface AggregateRange {
  readonly aggregation: 'week' | 'month';
  readonly startDate?: Day | undefined;
  readonly endDate?: Day | undefined;
}

/** What can be counted: for which app, on which day, under which name. */
export interface Counted {
  readonly appKey: string;
  readonly on: Offset;
  readonly group: string;
}

/** One bucket: a Sunday, or the first of a month. */
export interface Bucket {
  readonly date: Day;
}

/** A name and what its buckets hold. Buckets without anything are left out. */
export interface Grouped<Element extends Bucket> {
  readonly name: string;
  readonly elements: readonly Element[];
}

/** All apps together, then each app that has data. */
export interface RawAggregate<Part> {
  readonly total: { readonly name: string } & Part;
  readonly addons: readonly ({
    readonly addonKey: string;
    readonly productId: string;
    readonly name: string;
  } & Part)[];
}

/** The answer for all entries and for those of each app, in the order of the apps. */
export function perApp<Entry extends { readonly appKey: string }, Part>(
  entries: readonly Entry[],
  build: (entries: readonly Entry[]) => Part,
): RawAggregate<Part> {
  const addons = APPS.map((app) => ({ app, own: entries.filter(({ appKey }) => appKey === app.appKey) }));
  return {
    total: { name: 'All apps', ...build(entries) },
    addons: addons
      .filter(({ own }) => own.length > 0)
      .map(({ app, own }) => ({
        addonKey: app.appKey,
        productId: app.productId,
        name: app.name,
        ...build(own),
      })),
  };
}

/** Sorts what is counted into weeks or months. */
export function createBuckets(calendar: Calendar) {
  function bucketOf(on: Offset, { aggregation }: AggregateRange): Offset {
    return aggregation === 'week' ? calendar.weekStart(on) : calendar.monthStart(on);
  }

  /** True for what lies in the range. */
  function within(range: AggregateRange): (entry: { readonly on: Offset }) => boolean {
    const from = range.startDate ? bucketOf(calendar.offset(range.startDate), range) : -Infinity;
    const to = range.endDate ? calendar.offset(range.endDate) : Infinity;
    return ({ on }) => on >= from && on <= to;
  }

  /** What `sum` makes of each bucket's entries, oldest bucket first. */
  function elements<Entry extends { readonly on: Offset }, Sum>(
    entries: readonly Entry[],
    range: AggregateRange,
    sum: (entries: readonly Entry[]) => Sum,
  ): (Bucket & Sum)[] {
    const buckets = Map.groupBy(entries, ({ on }) => bucketOf(on, range));
    return [...buckets]
      .sort(([a], [b]) => a - b)
      .map(([bucket, own]) => ({ date: calendar.day(bucket), ...sum(own) }));
  }

  /** One series per group, sorted by name, for all apps and for each. */
  function grouped<Entry extends Counted, Sum>(
    entries: readonly Entry[],
    range: AggregateRange,
    sum: (entries: readonly Entry[]) => Sum,
  ): RawAggregate<{ series: Grouped<Bucket & Sum>[] }> {
    return perApp(entries.filter(within(range)), (own) => ({
      series: [...Map.groupBy(own, ({ group }) => group)]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, group]) => ({ name, elements: elements(group, range, sum) })),
    }));
  }

  return { within, elements, grouped };
}
