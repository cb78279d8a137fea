import { addDays, type Day, daysBetween, weekOf } from '../domain/day.ts';
import type { Evaluation } from './evaluations.ts';
import { median } from './order-statistics.ts';
import type { WeekRate } from './weekly-series.ts';

/** Days after the start within which an evaluation is asked to have been bought. */
export const CONVERSION_DAYS = [30, 60, 90] as const;

/** One of `CONVERSION_DAYS`. */
export type ConversionDays = (typeof CONVERSION_DAYS)[number];

/** Links between evaluation and sale arrive up to 72 hours late. */
const LAG_DAYS = 3;

/** The evaluations that started in one week, and how many were bought. */
export interface Cohort {
  /** The Sunday of the week in which they started. */
  readonly week: Day;
  readonly evaluations: number;
  /** Bought within 30, 60 and 90 days of their start; undefined until the cohort is mature for it. */
  readonly converted: Readonly<Record<ConversionDays, number | undefined>>;
}

/** True once every evaluation of the week had `days` days to buy and 3 more for the data: week's Saturday + days + 3. */
export function isMature(week: Day, days: number, today: Day): boolean {
  return today >= addDays(week, 6 + days + LAG_DAYS);
}

/** The newest week up to `week` that was mature on a day; `week` itself may be too young. */
export function newestMatureWeek(week: Day, days: number, today: Day): Day {
  let newest = week;
  while (!isMature(newest, days, today)) newest = addDays(newest, -7);
  return newest;
}

/** True if the evaluation was bought at most `days` days after it started. */
export function convertedWithin(evaluation: Evaluation, days: number): boolean {
  return evaluation.sale !== undefined && daysBetween(evaluation.start, evaluation.sale) <= days;
}

/**
 * Conversion cohorts of the given weeks, in their order: of the evaluations that started in a week, how many were bought
 * within D days. Never the same-week ratio of Atlassian's aggregate, and never drawn low while immature.
 */
export function buildCohorts(evaluations: Iterable<Evaluation>, weeks: readonly Day[], today: Day): Cohort[] {
  const byWeek = new Map<Day, Evaluation[]>(weeks.map((week) => [week, []]));
  for (const evaluation of evaluations) byWeek.get(weekOf(evaluation.start))?.push(evaluation);
  return weeks.map((week) => {
    const started = byWeek.get(week) ?? [];
    const within = (days: ConversionDays) =>
      isMature(week, days, today) ? started.filter((one) => convertedWithin(one, days)).length : undefined;
    return {
      week,
      evaluations: started.length,
      converted: { 30: within(30), 60: within(60), 90: within(90) },
    };
  });
}

/** The cohorts as weekly rates, for `assessRate` and charts; immature weeks are unknown. */
export function cohortRates(cohorts: readonly Cohort[], days: ConversionDays): WeekRate[] {
  return cohorts.map(({ week, evaluations, converted }) => {
    const part = converted[days];
    return { week, part, whole: part === undefined ? undefined : evaluations };
  });
}

/** Evaluations bought between two days, both included, and the median of their days from start to sale. */
export function boughtBetween(
  evaluations: Iterable<Evaluation>,
  from: Day,
  to: Day,
): { readonly bought: readonly Evaluation[]; readonly medianDays: number | undefined } {
  const bought: Evaluation[] = [];
  const days: number[] = [];
  for (const evaluation of evaluations) {
    if (evaluation.sale === undefined || evaluation.sale < from || evaluation.sale > to) continue;
    bought.push(evaluation);
    days.push(daysBetween(evaluation.start, evaluation.sale));
  }
  return { bought, medianDays: median(days) };
}
