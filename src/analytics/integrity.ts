import { type Day, weekOf } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import type { EventKind } from '../domain/license-event.ts';
import type { RecordedEvent } from '../domain/recorded.ts';
import { type WeekValue, weeklyValues } from './weekly-series.ts';

/** A week whose aggregates do not add up. Cancellations + renewals, customers and opportunities should be one number. */
export interface Imbalance {
  readonly week: Day;
  /** `Monthly` or `Annual`. */
  readonly dataset: string;
  readonly cancellations: number;
  readonly renewals: number;
  readonly customers: number;
  readonly opportunities: number;
}

/** A week whose list of events and aggregate disagree. */
export interface ListMismatch {
  readonly week: Day;
  readonly aggregate: number;
  /** Different entitlements in the list; events without one count each. */
  readonly listed: number;
}

/**
 * The weeks and billing periods for which Cancellations + Renewals = Customers = Renewal opportunities does not hold, in
 * the aggregates of the churn and renewal metrics of one app (null: all apps). Weeks unknown to either are skipped.
 */
export function findImbalances(
  series: readonly MetricSeries[],
  appKey: string | null,
  weeks: readonly Day[],
): Imbalance[] {
  const datasets = new Set(
    series.filter(({ metric }) => metric === 'churn' || metric === 'renewal').map(({ dataset }) => dataset),
  );
  const found: Imbalance[] = [];
  for (const dataset of [...datasets].toSorted()) {
    const read = (metric: 'churn' | 'renewal', name: string) =>
      weeklyValues(series, { metric, appKey, dataset, name }, weeks);
    const cancellations = read('churn', 'Cancellations');
    const customers = read('churn', 'Customers');
    const renewals = read('renewal', 'Renewals');
    const opportunities = read('renewal', 'Renewal opportunities');
    for (const [index, week] of weeks.entries()) {
      const row = {
        cancellations: cancellations[index]?.value,
        renewals: renewals[index]?.value,
        customers: customers[index]?.value,
        opportunities: opportunities[index]?.value,
      };
      if (isKnown(row) && !isBalanced(row)) found.push({ week, dataset, ...row });
    }
  }
  return found;
}

type Counts = Omit<Imbalance, 'week' | 'dataset'>;

function isKnown(row: { readonly [name in keyof Counts]: number | undefined }): row is Counts {
  return Object.values(row).every((value) => value !== undefined);
}

function isBalanced({ cancellations, renewals, customers, opportunities }: Counts): boolean {
  return cancellations + renewals === customers && customers === opportunities;
}

/** The weeks whose event list of that kind names another number of entitlements than the aggregate counts. */
export function findListMismatches(
  aggregate: readonly WeekValue[],
  events: Iterable<RecordedEvent>,
  kind: EventKind,
): ListMismatch[] {
  const listed = new Map<Day, Set<string>>();
  let nameless = 0;
  for (const event of events) {
    if (event.kind !== kind) continue;
    const week = weekOf(event.eventDate);
    const names = listed.get(week) ?? new Set();
    listed.set(week, names.add(event.entitlement || `nameless ${nameless++}`));
  }
  return aggregate.flatMap(({ week, value }) => {
    const count = listed.get(week)?.size ?? 0;
    return value === undefined || value === count ? [] : [{ week, aggregate: value, listed: count }];
  });
}
