import { type Day, monthOf } from '../domain/day.ts';
import type { MetricSeries } from '../domain/metric-series.ts';
import type { RecordedEvent } from '../domain/recorded.ts';
import { type MonthValue, monthlyValues } from './monthly-series.ts';
import { isMaterial } from './restatements.ts';
import { assessMonth, assessMonthRate, type MonthOptions } from './unusual-month.ts';
import type { CountAssessment } from './unusual-count.ts';
import type { RateAssessment } from './unusual-rate.ts';

/** The steps, in their order. */
export const STEPS = ['requests', 'approved', 'evaluations', 'conversions'] as const;
export type Step = (typeof STEPS)[number];

/** Where each step's numbers stand. Cloud alone, by calendar month. */
const SERIES = {
  requests: { metric: 'app-requests', name: 'requests' },
  approved: { metric: 'app-requests', name: 'approved' },
  evaluations: { metric: 'conversion-by-month', name: 'Evaluations' },
  conversions: { metric: 'conversion-by-month', name: 'Conversions' },
} as const;

/** One month's numbers; undefined: not known. */
export interface FunnelMonth extends Readonly<Record<Step, number | undefined>> {
  readonly month: Day;
}

/** The numbers of one app (null: all apps) in each of the given months, in their order. */
export function funnelMonths(
  series: readonly MetricSeries[],
  appKey: string | null,
  months: readonly Day[],
): FunnelMonth[] {
  const [requests, approved, evaluations, conversions] = STEPS.map((step) =>
    monthlyValues(series, { ...SERIES[step], appKey }, months),
  );
  return months.map((month, index) => ({
    month,
    requests: requests?.[index]?.value,
    approved: approved?.[index]?.value,
    evaluations: evaluations?.[index]?.value,
    conversions: conversions?.[index]?.value,
  }));
}

/** A month's steps beside the months before it. */
export interface FunnelAssessment {
  readonly requests: CountAssessment;
  /** Approvals of the requests of the same month. */
  readonly approved: RateAssessment;
  readonly evaluations: CountAssessment;
  readonly conversions: CountAssessment;
}

/** Judges the steps of a month by the months before it. */
export function assessFunnel(
  months: readonly FunnelMonth[],
  month: Day,
  options: MonthOptions,
): FunnelAssessment {
  const values = (step: Step): MonthValue[] => months.map((one) => ({ month: one.month, value: one[step] }));
  return {
    requests: assessMonth(values('requests'), month, options),
    approved: assessMonthRate(values('approved'), values('requests'), month, options),
    evaluations: assessMonth(values('evaluations'), month, options),
    conversions: assessMonth(values('conversions'), month, options),
  };
}

/** A number of a month that reads differently from what was told. */
export interface RestatedStep {
  readonly month: Day;
  readonly step: Step;
  readonly before: number;
  /** Undefined: there is no number any more. */
  readonly after: number | undefined;
}

/** The numbers known at both times that differ by 2, by 5 % or more, or that are gone; newest month first. */
export function restatedSteps(told: readonly FunnelMonth[], now: readonly FunnelMonth[]): RestatedStep[] {
  const current = new Map(now.map((one) => [one.month, one]));
  return told
    .toSorted((a, b) => (a.month < b.month ? 1 : -1))
    .flatMap((one) =>
      STEPS.flatMap((step): RestatedStep[] => {
        const [before, after] = [one[step], current.get(one.month)?.[step]];
        const isRestated = before !== undefined && (after === undefined || isMaterial(before, after));
        return isRestated ? [{ month: one.month, step, before, after }] : [];
      }),
    );
}

/** How many entitlements the list of conversions names in a month; events without one count each. */
export function listedConversions(events: Iterable<RecordedEvent>, month: Day): number {
  const named = new Set<string>();
  let nameless = 0;
  for (const { entitlement, eventDate, kind } of events) {
    if (kind !== 'conversion' || monthOf(eventDate) !== month) continue;
    if (entitlement === '') nameless += 1;
    else named.add(entitlement);
  }
  return named.size + nameless;
}
