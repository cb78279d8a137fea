import type { Block } from '../../domain/message.ts';
import { clean, head } from './escape.ts';
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

/** Labels within Slack's length that differ from each other, as Slack wants them: "Long name of a…", "Long name of 2". */
function distinct(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map((text) => {
    const own = clean(text, LIMITS.chartLabel) || '-';
    let name = own;
    for (let number = 2; taken.has(name); number += 1) {
      const end = ` ${number}`;
      name = `${head(own, LIMITS.chartLabel - end.length).trimEnd()}${end}`;
    }
    taken.add(name);
    return name;
  });
}

function isKnown(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}

/**
 * A native Slack chart, or undefined with fewer than two known categories. Slack wants one point per category and
 * series, so a category that is unknown in one series is left out of all: never drawn as zero. Of more than 20
 * categories the last 20 are drawn, of more than six series the first six.
 */
export function chart({ kind, title, categories, series, xLabel, yLabel }: Chart): Block | undefined {
  const drawn = series.slice(0, LIMITS.chartSeries);
  const known = [...categories.keys()]
    .filter((index) => drawn.every(({ values }) => isKnown(values[index])))
    .slice(-LIMITS.chartPoints);
  if (known.length < 2 || drawn.length === 0) return undefined;
  const labels = distinct(known.map((index) => categories[index] ?? ''));
  const names = distinct(drawn.map(({ name }) => name));
  const axis = { x_label: clean(xLabel, LIMITS.chartTitle), y_label: clean(yLabel, LIMITS.chartTitle) };
  return {
    type: 'data_visualization',
    title: clean(title, LIMITS.chartTitle) || '-',
    chart: {
      type: kind,
      series: drawn.map(({ values }, place) => ({
        name: names[place],
        data: known.map((index, point) => ({
          label: labels[point],
          value: Number((values[index] ?? 0).toFixed(2)),
        })),
      })),
      axis_config: {
        categories: labels,
        ...(axis.x_label !== '' && { x_label: axis.x_label }),
        ...(axis.y_label !== '' && { y_label: axis.y_label }),
      },
    },
  };
}
