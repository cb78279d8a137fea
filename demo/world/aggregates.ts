import type { Day } from '../../src/domain/day.ts';
import { APPS } from './apps.ts';
import type { Calendar, Offset } from './calendar.ts';
import type { RawEvent } from './raw-rows.ts';

/** Which part of a series is asked for; both ends included, the first bucket whole even if it began earlier. */
export interface AggregateRange {
  readonly aggregation: 'week' | 'month';
  readonly startDate?: Day | undefined;
  readonly endDate?: Day | undefined;
}

/** One bucket: a Sunday, or the first of a month. Buckets without anything are left out. */
export interface RawElement {
  readonly date: Day;
  readonly count: number;
}

/** One series; `uniqueTotal` counts entitlements once however often they fell due. */
export interface RawSeries {
  readonly name: string;
  readonly uniqueTotal?: number;
  readonly elements: readonly RawElement[];
}

/** Monthly or annual plans of the churn and renewal answers. */
export interface RawDataset {
  readonly name: string;
  readonly series: readonly RawSeries[];
}

/** The answer of an aggregate: all apps, then each app that has data. */
export interface RawAggregate<Part> {
  readonly total: { readonly name: string } & Part;
  readonly addons: readonly ({
    readonly addonKey: string;
    readonly productId: string;
    readonly name: string;
  } & Part)[];
}

/** An evaluation as the aggregates count it: once, on the day it began. */
export interface EvaluationFact {
  readonly appKey: string;
  readonly start: Offset;
  readonly visible: Offset;
  readonly goneFrom: Offset | undefined;
  readonly hosting: string;
  readonly country: string;
  readonly region: string;
  readonly partner: string;
}

/** What can be counted: a day, and a name that is counted once in `uniqueTotal`. */
interface Counted {
  readonly appKey: string;
  readonly on: Offset;
  readonly key: string;
  readonly group: string;
}

/** Counts events and evaluations into the API's weekly and monthly series. */
export function createAggregates(calendar: Calendar) {
  function bucketOf(on: Offset, { aggregation }: AggregateRange): Offset {
    return aggregation === 'week' ? calendar.weekStart(on) : calendar.monthStart(on);
  }

  function within(range: AggregateRange): (entry: Counted) => boolean {
    const from = range.startDate ? bucketOf(calendar.offset(range.startDate), range) : -Infinity;
    const to = range.endDate ? calendar.offset(range.endDate) : Infinity;
    return ({ on }) => on >= from && on <= to;
  }

  function series(
    name: string,
    entries: readonly Counted[],
    range: AggregateRange,
    unique: boolean,
  ): RawSeries | undefined {
    if (entries.length === 0) return undefined;
    const counts = new Map<Offset, number>();
    for (const { on } of entries) {
      const bucket = bucketOf(on, range);
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    }
    const elements = [...counts]
      .sort(([a], [b]) => a - b)
      .map(([bucket, count]) => ({ date: calendar.day(bucket), count }));
    const uniqueTotal = new Set(entries.map(({ key }) => key)).size;
    return { name, ...(unique ? { uniqueTotal } : {}), elements };
  }

  /** Every list of entries by app, together with all of them, in the order of the apps. */
  function perApp<Part>(
    entries: readonly Counted[],
    build: (entries: readonly Counted[]) => Part,
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

  function present<T>(list: readonly (T | undefined)[]): T[] {
    return list.filter((entry) => entry !== undefined);
  }

  function counted(event: RawEvent, group: string): Counted {
    const { licenseDetails, addonKey, eventDate } = event;
    return { appKey: addonKey, on: calendar.offset(eventDate), key: licenseDetails.appEntitlementId, group };
  }

  function billingOf({ licenseDetails }: RawEvent): string {
    return licenseDetails.monthsValid === 12 ? 'Annual' : 'Monthly';
  }

  /**
   * Churn and renewal: everyone whose term ended either left or renewed, so that
   * Cancellations + Renewals = Customers = Renewal opportunities in every bucket.
   */
  function retention(
    kind: 'churn' | 'renewal',
    left: readonly RawEvent[],
    renewed: readonly RawEvent[],
    range: AggregateRange,
  ): RawAggregate<{ datasets: RawDataset[] }> {
    const entries = [
      ...left.map((event) => counted(event, `left ${billingOf(event)}`)),
      ...renewed.map((event) => counted(event, `renewed ${billingOf(event)}`)),
    ].filter(within(range));
    const isChurn = kind === 'churn';
    // The order of the two differs between the answers, as in Atlassian's samples.
    const order = isChurn ? ['Monthly', 'Annual'] : ['Annual', 'Monthly'];
    return perApp(entries, (own) => ({
      datasets: order
        .map((billing) => {
          const due = own.filter(({ group }) => group.endsWith(billing));
          const chosen = due.filter(({ group }) => group.startsWith(isChurn ? 'left' : 'renewed'));
          const names = isChurn
            ? (['Customers', 'Cancellations'] as const)
            : (['Renewal opportunities', 'Renewals'] as const);
          return {
            name: billing,
            series: present([
              series(names[0], due, range, isChurn),
              series(names[1], chosen, range, isChurn),
            ]),
          };
        })
        .filter(({ series }) => series.length > 0),
    }));
  }

  function factEntries(
    facts: readonly EvaluationFact[],
    groupOf: (fact: EvaluationFact) => string,
  ): Counted[] {
    return facts.map((fact, index) => ({
      appKey: fact.appKey,
      on: fact.start,
      key: String(index),
      group: groupOf(fact),
    }));
  }

  /** Conversion: Cloud evaluations begun, and evaluations bought, in the same bucket; not a cohort. */
  function conversion(
    facts: readonly EvaluationFact[],
    bought: readonly RawEvent[],
    range: AggregateRange,
  ): RawAggregate<{ series: RawSeries[] }> {
    const cloud = facts.filter(({ hosting }) => hosting === 'Cloud');
    const entries = [
      ...factEntries(cloud, () => 'Evaluations'),
      ...bought.map((event) => counted(event, 'Conversions')),
    ].filter(within(range));
    return perApp(entries, (own) => ({
      series: present(
        ['Evaluations', 'Conversions'].map((name) =>
          series(
            name,
            own.filter(({ group }) => group === name),
            range,
            false,
          ),
        ),
      ),
    }));
  }

  /** Net new evaluations by hosting, country, region or partner. */
  function evaluations(
    facts: readonly EvaluationFact[],
    groupOf: (fact: EvaluationFact) => string,
    range: AggregateRange,
  ): RawAggregate<{ series: RawSeries[] }> {
    const entries = factEntries(facts, groupOf).filter(within(range));
    return perApp(entries, (own) => {
      const groups = [...new Set(own.map(({ group }) => group))].sort();
      return {
        series: present(
          groups.map((name) =>
            series(
              name,
              own.filter(({ group }) => group === name),
              range,
              false,
            ),
          ),
        ),
      };
    });
  }

  return { retention, conversion, evaluations };
}
