/** Charts as SVG: the library's own have no legend for one series, crowded labels at 13 points and no dark colours. */
import { createElement as h } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { isRecord } from '../slack/block-schema.ts';
import { niceTicks, tickLabel } from './ticks.ts';

/** All sizes are drawn and the stylesheet shows the one that fits, so that labels stay readable in a thread. */
const SIZES = [
  { className: 'wide', width: 590, height: 250 },
  { className: 'middle', width: 470, height: 240 },
  { className: 'narrow', width: 370, height: 220 },
] as const;
/** Average width of a character of the 11 px labels. */
const CHAR_PX = 5.6;

interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

interface Axis {
  readonly categories: readonly string[];
  readonly xLabel: string | undefined;
  readonly yLabel: string | undefined;
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Every how many-th label is drawn so that neighbours do not touch. */
function labelStride(categories: readonly string[], slotPx: number): number {
  const widest = Math.max(...categories.map((category) => category.length)) * CHAR_PX + 6;
  return Math.max(1, Math.ceil(widest / slotPx));
}

type Size = (typeof SIZES)[number];

interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The area inside the labels, as large as they leave it. */
function plotOf(axis: Axis, ticks: readonly number[], size: Size): Plot {
  const tickWidth = Math.max(...ticks.map((tick) => tickLabel(tick).length)) * CHAR_PX;
  return {
    left: Math.ceil(tickWidth) + (axis.yLabel === undefined ? 12 : 30),
    right: size.width - 8,
    top: 10,
    bottom: size.height - (axis.xLabel === undefined ? 24 : 42),
  };
}

function frame(
  axis: Axis,
  ticks: readonly number[],
  plot: Plot,
  size: Size,
  y: (value: number) => number,
): ReactNode[] {
  const { left, right, top, bottom } = plot;
  return [
    ...ticks.map((tick) =>
      h(
        'g',
        { key: `tick${tick}` },
        h('line', {
          className: tick === 0 ? 'axis' : 'grid',
          x1: left,
          x2: right,
          y1: y(tick),
          y2: y(tick),
        }),
        h(
          'text',
          { className: 'tick', x: left - 8, y: y(tick), textAnchor: 'end', dominantBaseline: 'central' },
          tickLabel(tick),
        ),
      ),
    ),
    axis.xLabel !== undefined &&
      h(
        'text',
        {
          key: 'x',
          className: 'axis-label',
          x: (left + right) / 2,
          y: size.height - 4,
          textAnchor: 'middle',
        },
        axis.xLabel,
      ),
    axis.yLabel !== undefined &&
      h(
        'text',
        {
          key: 'y',
          className: 'axis-label',
          transform: `translate(11 ${(top + bottom) / 2}) rotate(-90)`,
          textAnchor: 'middle',
        },
        axis.yLabel,
      ),
  ];
}

function categoryLabels(
  axis: Axis,
  plot: Plot,
  center: (index: number) => number,
  slotPx: number,
): ReactNode[] {
  const stride = labelStride(axis.categories, slotPx);
  // Counted from the end: the newest period always has its label.
  const offset = (axis.categories.length - 1) % stride;
  return axis.categories.map((category, index) =>
    index % stride === offset
      ? h(
          'text',
          {
            key: index,
            className: 'tick',
            x: center(index),
            y: plot.bottom + 17,
            textAnchor: 'middle',
          },
          category,
        )
      : null,
  );
}

function cartesian(kind: string, series: readonly Series[], axis: Axis, size: Size): ReactNode[] {
  const values = series.flatMap((entry) => entry.values);
  const ticks = niceTicks(Math.min(...values), Math.max(...values));
  const [low = 0] = ticks;
  const high = ticks.at(-1) ?? 1;
  const plot = plotOf(axis, ticks, size);
  const y = (value: number): number =>
    plot.top + (plot.bottom - plot.top) * (1 - (value - low) / (high - low));
  const slot = (plot.right - plot.left) / axis.categories.length;
  const center = (index: number): number => plot.left + slot * (index + 0.5);
  const hint = (entry: Series, index: number): ReactElement =>
    h(
      'title',
      null,
      `${entry.name}, ${axis.categories[index]}: ${(entry.values[index] ?? 0).toLocaleString('en-US')}`,
    );

  const marks =
    kind === 'bar'
      ? series.flatMap((entry, at) => {
          const group = Math.min(slot * 0.72, 46 * series.length);
          const width = group / series.length;
          return entry.values.map((value, index) =>
            h(
              'rect',
              {
                key: `${at}-${index}`,
                className: `bar s${at + 1}`,
                x: center(index) - group / 2 + width * at + 0.5,
                width: Math.max(1, width - 1),
                y: Math.min(y(value), y(0)),
                height: Math.max(1, Math.abs(y(value) - y(0))),
                rx: 2,
              },
              hint(entry, index),
            ),
          );
        })
      : series.map((entry, at) => {
          const points = entry.values.map(
            (value, index) => `${center(index).toFixed(1)},${y(value).toFixed(1)}`,
          );
          const base = `${center(entry.values.length - 1).toFixed(1)},${y(0).toFixed(1)} ${center(0).toFixed(1)},${y(0).toFixed(1)}`;
          return h(
            'g',
            { key: at, className: `series s${at + 1}` },
            kind === 'area' && h('polygon', { className: 'fill', points: `${points.join(' ')} ${base}` }),
            h('polyline', { className: 'line', points: points.join(' ') }),
            entry.values.map((value, index) =>
              h(
                'circle',
                { key: index, className: 'point', cx: center(index), cy: y(value), r: 3 },
                hint(entry, index),
              ),
            ),
          );
        });
  return [...frame(axis, ticks, plot, size, y), ...marks, ...categoryLabels(axis, plot, center, slot)];
}

function pie(
  segments: readonly { readonly label: string; readonly value: number }[],
  size: Size,
): ReactNode[] {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  const middle = { x: size.width / 2, y: size.height / 2 };
  const radius = size.height / 2 - 12;
  let turned = 0;
  return segments.map(({ label, value }, index) => {
    const share = value / total;
    const at = (turn: number): string => {
      const angle = turn * 2 * Math.PI - Math.PI / 2;
      return `${(middle.x + radius * Math.cos(angle)).toFixed(2)} ${(middle.y + radius * Math.sin(angle)).toFixed(2)}`;
    };
    const path =
      share > 0.9999
        ? `M ${middle.x} ${middle.y - radius} a ${radius} ${radius} 0 1 1 -0.01 0 z`
        : `M ${middle.x} ${middle.y} L ${at(turned)} A ${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${at(turned + share)} z`;
    turned += share;
    return h(
      'path',
      { key: index, className: `slice s${index + 1}`, d: path },
      h('title', null, `${label}: ${Math.round(share * 100)} %`),
    );
  });
}

function legend(names: readonly string[], isLine: boolean): ReactElement {
  return h(
    'div',
    { className: 'legend' },
    names.map((name, index) =>
      h(
        'span',
        { key: index, className: 'entry' },
        h('i', { className: `${isLine ? 'dash' : 'swatch'} s${index + 1}` }),
        name,
      ),
    ),
  );
}

/** A `data_visualization` block. */
export function chartBlock(block: Readonly<Record<string, unknown>>): ReactElement {
  const chart = isRecord(block['chart']) ? block['chart'] : {};
  const kind = text(chart['type']);
  const config = isRecord(chart['axis_config']) ? chart['axis_config'] : {};
  const axis: Axis = {
    categories: Array.isArray(config['categories']) ? config['categories'].map(text) : [],
    xLabel: text(config['x_label']) || undefined,
    yLabel: text(config['y_label']) || undefined,
  };
  const series = records(chart['series']).map((entry): Series => {
    const points = records(entry['data']);
    const values = axis.categories.map((category) =>
      Number(points.find((point) => point['label'] === category)?.['value'] ?? 0),
    );
    return { name: text(entry['name']), values };
  });
  const segments = records(chart['segments']).map((segment) => ({
    label: text(segment['label']),
    value: Number(segment['value']),
  }));
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  const names =
    kind === 'pie'
      ? segments.map(({ label, value }) => `${label} ${Math.round((value / total) * 100)} %`)
      : series.map(({ name }) => name);
  return h(
    'figure',
    { className: 'chart' },
    h('figcaption', null, text(block['title'])),
    SIZES.map((size) =>
      h(
        'svg',
        {
          key: size.className,
          className: size.className,
          viewBox: `0 0 ${size.width} ${size.height}`,
          role: 'img',
          'aria-label': `${kind} chart: ${text(block['title'])}`,
        },
        kind === 'pie' ? pie(segments, size) : cartesian(kind, series, axis, size),
      ),
    ),
    legend(names, kind === 'line'),
  );
}
