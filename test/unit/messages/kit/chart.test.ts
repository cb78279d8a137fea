import { describe, expect, it } from 'vitest';
import { validateBlocks } from '../../../../demo/slack/validate-blocks.ts';
import type { Block } from '../../../../src/domain/message.ts';
import { type Chart, chart } from '../../../../src/messages/kit/chart.ts';

interface Drawn {
  readonly title: string;
  readonly chart: {
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { label: string; value: number }[];
    }[];
    readonly axis_config: { readonly categories: readonly string[]; readonly x_label?: string };
  };
}

const weeks = ['1 Mar', '8 Mar', '15 Mar'];

function drawn(changes: Partial<Chart>): Drawn {
  const block = chart({
    kind: 'line',
    title: 'Churn %',
    categories: weeks,
    series: [{ name: 'Left %', values: [1, 2, 3] }],
    xLabel: 'Week',
    yLabel: '%',
    ...changes,
  });
  if (!block) throw new Error('no chart');
  expect(validateBlocks([block])).toEqual([]);
  return block as Block & Drawn;
}

function undrawn(series: Chart['series'], categories = weeks): Block | undefined {
  return chart({ kind: 'bar', title: 'x', categories, series, xLabel: 'x', yLabel: 'y' });
}

describe('a chart', () => {
  it('leaves a category that one series does not know out of all of them', () => {
    const { axis_config, series } = drawn({
      series: [
        { name: 'Left %', values: [1, undefined, 3] },
        { name: 'Usual %', values: [2, 2, 2] },
      ],
    }).chart;
    expect(axis_config.categories).toEqual(['1 Mar', '15 Mar']);
    expect(series.map(({ data }) => data)).toEqual([
      [
        { label: '1 Mar', value: 1 },
        { label: '15 Mar', value: 3 },
      ],
      [
        { label: '1 Mar', value: 2 },
        { label: '15 Mar', value: 2 },
      ],
    ]);
  });

  it('draws a known 0, and takes what is no number for unknown', () => {
    const { series } = drawn({ series: [{ name: 'a', values: [0, Number.NaN, -1.005] }] }).chart;
    expect(series[0]?.data.map(({ value }) => value)).toEqual([0, -1]);
    expect(undrawn([{ name: 'a', values: [Infinity, 1, -Infinity] }])).toBeUndefined();
  });

  it('is none with fewer than two known points, or without a series', () => {
    expect(undrawn([{ name: 'a', values: [1, undefined, undefined] }])).toBeUndefined();
    expect(undrawn([{ name: 'a', values: [] }])).toBeUndefined();
    expect(undrawn([])).toBeUndefined();
    expect(undrawn([{ name: 'a', values: [1, 2, 3] }])).toBeDefined();
  });

  it('shows the newest twenty of more categories', () => {
    const values = Array.from({ length: 52 }, (_, index) => index);
    const { axis_config, series } = drawn({
      categories: values.map((one) => `w${one}`),
      series: [{ name: 'a', values }],
    }).chart;
    expect(axis_config.categories).toHaveLength(20);
    expect(axis_config.categories[19]).toBe('w51');
    expect(series[0]?.data[0]).toEqual({ label: 'w32', value: 32 });
  });

  it('shows six of more series, and is not emptied by what a seventh does not know', () => {
    const series = Array.from({ length: 7 }, (_, index) => ({
      name: `App ${index}`,
      values: index === 6 ? [] : [1, 2, 3],
    }));
    expect(drawn({ series }).chart.series).toHaveLength(6);
  });
});

describe('the labels of a chart', () => {
  it('fit and stay different from each other', () => {
    const long = 'Marketplace App for Jira';
    const { axis_config } = drawn({
      categories: [`${long} Cloud`, `${long} Server`, `${long} Data Center`],
    }).chart;
    expect(axis_config.categories).toEqual([
      'Marketplace App for…',
      'Marketplace App fo 2',
      'Marketplace App fo 3',
    ]);
  });

  it('stay different where one is called like the number another one got', () => {
    expect(drawn({ categories: ['a', 'a 2', 'a'] }).chart.axis_config.categories).toEqual([
      'a',
      'a 2',
      'a 3',
    ]);
  });

  it('name the same points in every series and on the axis', () => {
    const { axis_config, series } = drawn({
      categories: ['x', 'x', 'y'],
      series: [
        { name: 'same', values: [1, 2, 3] },
        { name: 'same', values: [4, 5, 6] },
      ],
    }).chart;
    for (const { data } of series) expect(data.map(({ label }) => label)).toEqual(axis_config.categories);
    expect(series.map(({ name }) => name)).toEqual(['same', 'same 2']);
  });

  it('exist where the data has none, but no axis is called by nothing', () => {
    const { chart: inner, title } = drawn({
      title: '\u200B',
      categories: ['', ' ', 'c'],
      xLabel: '',
      yLabel: '',
    });
    expect(title).toBe('-');
    expect(inner.axis_config).toEqual({ categories: ['-', '- 2', 'c'] });
  });
});
