import { findImbalances, findListMismatches } from '../analytics/integrity.ts';
import type { WeekValue } from '../analytics/weekly-series.ts';
import type { Day } from '../domain/day.ts';
import type { EventKind } from '../domain/license-event.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import type { RecordedEvent } from '../domain/recorded.ts';
import { count } from '../messages/kit/words.ts';

const NOUN: Readonly<Record<EventKind, string>> = {
  churn: 'cancellation',
  conversion: 'conversion',
  renewal: 'renewal',
};

/** "Atlassian counts 12 cancellations, its list names 11": for each week where the number and the list disagree. */
export function listMismatchSentences(
  aggregate: readonly WeekValue[],
  events: readonly RecordedEvent[],
  kind: EventKind,
): string[] {
  return findListMismatches(aggregate, events, kind).map(
    ({ aggregate, listed }) => `Atlassian counts ${count(aggregate, NOUN[kind])}, its list names ${listed}`,
  );
}

/** What of cancellations, renewals, customers and opportunities does not add up in a week, by billing period. */
export function imbalanceSentences(
  churnAndRenewal: readonly MetricSeries[],
  appKey: string | null,
  week: Day,
): string[] {
  return findImbalances(churnAndRenewal, appKey, [week]).map(
    ({ cancellations, customers, dataset, opportunities, renewals }) =>
      `${dataset} plans: ${count(cancellations, 'cancellation')} and ${count(renewals, 'renewal')}, but ${count(customers, 'customer')} due and ${count(opportunities, 'opportunity', 'opportunities')}`,
  );
}
