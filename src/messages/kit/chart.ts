import type { Block } from '../../domain/message.ts';
import { clean } from './escape.ts';
import { LIMITS } from './limits.ts';

/** A line of a chart, or one set of bars: a value per category, or undefined where nothing is known. */
export interface ChartSeries {
  readonly name: string;
  readonly values: readonly (number | undefined)[];
}

/** What a chart shows. Values carry no format in Slack: scale them and put the unit into `yLabel`. */
export interface Chart {
  readonly kind: 'line' | 'bar';
  readonly title: string;
  readonly categories: readonly string[];
  readonly series: readonly ChartSeries[];
  readonly xLabel: string;
  readonly yLabel: string;
}

/**
 * A native Slack chart, or undefined with fewer than two known categories. Slack wants one point per category and
 * series, so a category that is unknown in one series is left out of all: never drawn as zero.
 */
export function chart({ kind, title, categories, series, xLabel, yLabel }: Chart): Block | undefined {
  const known = categories
    .map((label, index) => ({ label: clean(label, LIMITS.chartLabel), index }))
    .filter(({ index }) => series.every(({ values }) => values[index] !== undefined))
    .slice(-LIMITS.chartPoints);
  if (known.length < 2) return undefined;
  return {
    type: 'data_visualization',
    title: clean(title, LIMITS.chartTitle),
    chart: {
      type: kind,
      series: series.slice(0, LIMITS.chartSeries).map(({ name, values }) => ({
        name: clean(name, LIMITS.chartLabel),
        data: known.map(({ label, index }) => ({ label, value: Number((values[index] ?? 0).toFixed(2)) })),
      })),
      axis_config: {
        categories: known.map(({ label }) => label),
        x_label: clean(xLabel, LIMITS.chartTitle),
        y_label: clean(yLabel, LIMITS.chartTitle),
      },
    },
  };
}
