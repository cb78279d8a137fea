import { describe, expect, it } from 'vitest';
import type { Cohort } from '../../../src/analytics/cohorts.ts';
import { addDays } from '../../../src/domain/day.ts';
import { cohortChart } from '../../../src/messages/cohort-chart.ts';

/** Weeks of `started` evaluations, a quarter bought in 30 days and half in 60; the newest `young` have no 60 days yet. */
function cohorts(weeks: number, started: number, young: number): Cohort[] {
  return Array.from({ length: weeks }, (_, index) => ({
    week: addDays('2025-06-01', 7 * index),
    evaluations: started,
    converted: {
      30: started / 4,
      60: index < weeks - young ? started / 2 : undefined,
      90: undefined,
    },
  }));
}

function linesOf(list: readonly Cohort[], points: number) {
  const { block, note } = cohortChart(list, points);
  const chart = block?.['chart'] as
    | { series: { name: string; data: { label: string; value: number }[] }[] }
    | undefined;
  const lines = chart?.series.map(({ data, name }) => ({ name, values: data.map(({ value }) => value) }));
  return { title: block?.['title'], first: chart?.series[0]?.data[0]?.label, lines, note };
}

describe('cohortChart', () => {
  it('draws the newest weeks that had 30 and 60 days, and says that it ends there', () => {
    const { lines, note } = linesOf(cohorts(20, 40, 4), 13);
    expect(lines).toEqual([
      { name: 'Within 30 days %', values: Array<number>(13).fill(25) },
      { name: 'Within 60 days %', values: Array<number>(13).fill(50) },
    ]);
    expect(note).toContain('all had 60 days');
  });

  it('draws 30 days alone for a partner without four weeks that had 60', () => {
    const { lines, note } = linesOf(cohorts(7, 40, 4), 13);
    expect(lines).toEqual([{ name: 'Within 30 days %', values: Array<number>(7).fill(25) }]);
    expect(note).toBeUndefined();
  });

  it('pools four weeks where fewer than 10 started in one, and begins with the first four that are known', () => {
    const { first, lines, title } = linesOf(cohorts(12, 8, 4), 13);
    expect(title).toBe('Evaluations bought %, 4 weeks rolling');
    expect(first).toBe('22 Jun');
    expect(lines?.map(({ values }) => values)).toEqual([
      Array<number>(5).fill(25),
      Array<number>(5).fill(50),
    ]);
  });

  it('draws nothing of fewer than two weeks', () => {
    expect(cohortChart([], 13)).toEqual({ block: undefined, note: undefined });
    expect(cohortChart(cohorts(1, 40, 0), 13).block).toBeUndefined();
  });
});
