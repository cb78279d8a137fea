import type { Cohort, ConversionDays } from '../analytics/cohorts.ts';
import type { Block } from '../domain/message.ts';
import { chart } from './kit/chart.ts';
import { shortDate } from './kit/words.ts';

/** Below this many evaluations in a week its rate jumps by 10 points or more with a single customer. */
const FEW_STARTED = 10;

/** With fewer 60-day weeks than this there is no line to draw, but there may be one at 30 days. */
const FEWEST_POINTS = 4;

/** The chart of conversion by week of start, and what has to be said about it. */
export interface CohortChart {
  readonly block: Block | undefined;
  readonly note: string | undefined;
}

/** Percent bought within `days` of the `window` weeks that end with each week; undefined where one is not mature. */
function line(cohorts: readonly Cohort[], days: ConversionDays, window: number): (number | undefined)[] {
  return cohorts.map((_, index) => {
    const group = cohorts.slice(Math.max(0, index - window + 1), index + 1);
    const parts = group.flatMap(({ converted }) => converted[days] ?? []);
    if (group.length < window || parts.length < window) return undefined;
    const started = group.reduce((sum, { evaluations }) => sum + evaluations, 0);
    return started === 0 ? undefined : (parts.reduce((sum, part) => sum + part, 0) / started) * 100;
  });
}

/**
 * Conversion within 30 and 60 days by week of start, the newest `points` weeks that had both. A chart needs a value of
 * every line in every week, so weeks still without their 60 days are left out, and that is said; a partner without
 * four such weeks yet gets the 30-day line alone. Weeks are pooled by four where few evaluations start.
 */
export function cohortChart(cohorts: readonly Cohort[], points: number): CohortChart {
  const isRolling = cohorts.some(({ evaluations }) => evaluations < FEW_STARTED);
  const window = isRolling ? 4 : 1;
  const at30 = line(cohorts, 30, window);
  const at60 = line(cohorts, 60, window);
  const hasBoth = at60.filter((value) => value !== undefined).length >= FEWEST_POINTS;
  const isDrawn = (hasBoth ? at60 : at30).map((value) => value !== undefined);
  const last = isDrawn.lastIndexOf(true) + 1;
  const part = <T>(list: readonly T[]) => list.slice(Math.max(0, last - points), last);
  const block = chart({
    kind: 'line',
    title: isRolling ? 'Evaluations bought %, 4 weeks rolling' : 'Evaluations bought %',
    categories: part(cohorts).map(({ week }) => shortDate(week)),
    series: [
      { name: 'Within 30 days %', values: part(at30) },
      ...(hasBoth ? [{ name: 'Within 60 days %', values: part(at60) }] : []),
    ],
    xLabel: 'Week of start, from Sunday',
    yLabel: '% of evaluations started',
  });
  const note =
    block && hasBoth
      ? 'The chart ends with the newest week whose evaluations all had 60 days to buy'
      : undefined;
  return { block, note };
}
