import type { WeekRate } from '../../analytics/weekly-series.ts';
import type { Block } from '../../domain/message.ts';
import { chart } from './chart.ts';
import { type ToldWeek, weekAxis, withoutOpen } from './charted-weeks.ts';
import { shortDate } from './words.ts';

/** Below this many due in a week, a percentage says less than its counts. */
export const FEW_DUE = 10;

/** A weekly rate as a line of percentages. */
export interface RateChart {
  /** Without "%" or the number of weeks: "Churn % of customers due". */
  readonly title: string;
  /** The name of the line: "Left %". */
  readonly line: string;
  readonly yLabel: string;
  /** The week that is told; without it all weeks are taken for final. */
  readonly told?: ToldWeek;
  /** Oldest first. */
  readonly rates: readonly WeekRate[];
  /** How many of the newest weeks are drawn; those before them only complete a rolling sum. All when absent. */
  readonly shown?: number;
  /** The usual rate, 0 to 1, drawn as a second line when known. */
  readonly usual: number | undefined;
}

function sum(list: readonly (number | undefined)[]): number | undefined {
  return list.reduce<number | undefined>(
    (total, one) => (total === undefined || one === undefined ? undefined : total + one),
    0,
  );
}

/**
 * A chart of a weekly rate. Where fewer than 10 were due in one of the weeks drawn, each point is four weeks together,
 * and the title says so; weeks that are not known are left out.
 */
export function rateChart({
  line,
  rates: all,
  shown = all.length,
  title,
  told,
  usual,
  yLabel,
}: RateChart): Block | undefined {
  const rates = told ? withoutOpen(all, told) : all;
  const drawn = rates.slice(-shown);
  const isRolling = drawn.some(({ whole }) => whole !== undefined && whole < FEW_DUE);
  const size = isRolling ? 4 : 1;
  const first = rates.length - drawn.length;
  const points = drawn.map((_, index) => {
    const end = first + index + 1;
    if (end < size) return undefined;
    const weeks = rates.slice(end - size, end);
    const part = sum(weeks.map((week) => week.part));
    const whole = sum(weeks.map((week) => week.whole));
    return part === undefined || !whole ? undefined : (part / whole) * 100;
  });
  const usualLine = usual === undefined ? [] : [{ name: 'Usual %', values: drawn.map(() => usual * 100) }];
  return chart({
    kind: 'line',
    title: isRolling ? `${title}, 4 weeks rolling` : title,
    categories: drawn.map(({ week }) => shortDate(week)),
    series: [{ name: line, values: points }, ...usualLine],
    xLabel: weekAxis(told),
    yLabel,
  });
}
