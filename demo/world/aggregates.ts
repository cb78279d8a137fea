import {
  type AggregateRange,
  type Bucket,
  type Counted,
  createBuckets,
  perApp,
  type RawAggregate,
} from './buckets.ts';
import type { Calendar, Offset } from './calendar.ts';
import type { RawEvent, RawFeedback } from './raw-rows.ts';

/** One bucket of counts. */
export interface RawElement extends Bucket {
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
  /** Seats of the site. */
  readonly seats: number;
}

/** What is counted once in `uniqueTotal` however often it fell due. */
interface Named extends Counted {
  readonly key: string;
}

const countOf = (entries: readonly unknown[]) => ({ count: entries.length });

/** Counts events, evaluations and feedback into the API's weekly and monthly series. */
export function createAggregates(calendar: Calendar) {
  const { elements, grouped, within } = createBuckets(calendar);

  function series(
    name: string,
    entries: readonly Named[],
    range: AggregateRange,
    unique: boolean,
  ): RawSeries | undefined {
    if (entries.length === 0) return undefined;
    const uniqueTotal = new Set(entries.map(({ key }) => key)).size;
    return { name, ...(unique ? { uniqueTotal } : {}), elements: elements(entries, range, countOf) };
  }

  function present<T>(list: readonly (T | undefined)[]): T[] {
    return list.filter((entry) => entry !== undefined);
  }

  function counted(event: RawEvent, group: string): Named {
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

  function factEntries(facts: readonly EvaluationFact[], groupOf: (fact: EvaluationFact) => string): Named[] {
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
    return grouped(factEntries(facts, groupOf), range, countOf);
  }

  /** Feedback by reason or type. */
  function feedback(
    rows: readonly RawFeedback[],
    groupOf: (row: RawFeedback) => string,
    range: AggregateRange,
  ): RawAggregate<{ series: RawSeries[] }> {
    const entries = rows.map((row) => ({
      appKey: row.addonKey,
      on: calendar.offset(row.date),
      group: groupOf(row),
    }));
    return grouped(entries, range, countOf);
  }

  return { retention, conversion, evaluations, feedback };
}
