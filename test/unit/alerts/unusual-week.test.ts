import { describe, expect, it } from 'vitest';
import { addDays, type Day, startOf, weeksEndingWith } from '../../../src/domain/day.ts';
import type { MetricSeries } from '../../../src/domain/metric-series.ts';
import { createAlertWorld } from '../../support/alert-world.ts';
import { keysOf, notes, posts } from '../../support/alerting.ts';

/** The Sunday a week begins with. */
const WEEK: Day = '2026-03-08';
/** The Wednesday after it: its numbers are in. */
const settled = (week: Day): number => startOf(addDays(week, 10));

/** Cancellations of 2,000 customers a week, and other numbers in some weeks. */
function churnOf(others: Readonly<Record<Day, number>>, last: Day = WEEK): MetricSeries[] {
  const weeks = weeksEndingWith(last, 45);
  const base = { metric: 'churn' as const, appKey: 'app-1', dataset: 'Annual', type: '' };
  // Never the same, so that it scatters a little.
  const usual = (index: number) => 20 + ((index * 7) % 5) - 2;
  return [
    { ...base, name: 'Customers', points: weeks.map((period) => ({ period, value: 2000 })) },
    {
      ...base,
      name: 'Cancellations',
      points: weeks.map((period, index) => ({ period, value: others[period] ?? usual(index) })),
    },
  ];
}

function fresh() {
  const world = createAlertWorld();
  world.sync(startOf('2026-01-01'), {}, { silent: true });
  return world;
}

describe('a week', () => {
  it('within the usual range is no alert', () => {
    expect(fresh().sync(settled(WEEK), { series: churnOf({}) }).entries).toEqual([]);
  });

  it('far above it is one, which names the number, the week and what is usual', () => {
    const said = fresh().sync(settled(WEEK), { series: churnOf({ [WEEK]: 60 }) });
    expect(keysOf(said)).toEqual([`alert/1/C1/unusual-week/dev-1/churn app-1 ${WEEK}`]);
    expect(posts(said)[0]).toBe(
      'Cancellations of App 1 in the week 8–14 Mar: 60 of 2,000 (3\u00A0%); usual 1\u00A0% (range 9 to 33 of 2,000): higher than usual (less than 1 in 1,000 by luck)',
    );
  });

  it('is told once, however often its numbers are read', () => {
    const world = fresh();
    const series = churnOf({ [WEEK]: 60 });
    expect(posts(world.sync(settled(WEEK), { series }))).toHaveLength(1);
    for (const hours of [1, 2, 24])
      expect(world.sync(settled(WEEK) + hours * 3_600_000, { series }).entries).toEqual([]);
  });

  it('that is restated while it is the newest changes the message', () => {
    const world = fresh();
    world.sync(settled(WEEK), { series: churnOf({ [WEEK]: 60 }) });
    const said = world.sync(settled(WEEK) + 3_600_000, { series: churnOf({ [WEEK]: 64 }) });
    expect(posts(said)).toEqual([]);
    expect(notes(said)).toEqual(['Changed: Number: 60 of 2,000 (3\u00A0%), now 64 of 2,000 (3.2\u00A0%)']);
    world.sync(settled(WEEK) + 7_200_000, { series: churnOf({ [WEEK]: 21 }) });
    expect([...world.shown.said.values()][0]).toContain('21 of 2,000 (1.1\u00A0%)');
  });

  it('is never called too low while its numbers still come in', () => {
    const low = churnOf({ [WEEK]: 1 });
    expect(fresh().sync(startOf(addDays(WEEK, 8)), { series: low }).entries).toEqual([]);
    expect(posts(fresh().sync(settled(WEEK), { series: low }))).toHaveLength(1);
    // What is too high can only become more.
    expect(posts(fresh().sync(startOf(addDays(WEEK, 8)), { series: churnOf({ [WEEK]: 60 }) }))).toHaveLength(
      1,
    );
  });

  it('that was over before the first import is history', () => {
    const world = createAlertWorld();
    world.sync(startOf(addDays(WEEK, 8)), {}, { silent: true });
    expect(world.sync(settled(WEEK), { series: churnOf({ [WEEK]: 60 }) }).entries).toEqual([]);
  });
});

describe('after an alert', () => {
  /** Whether the number of weeks after the alert gives another one, per week. */
  function toldWeeks(values: readonly number[]): number[] {
    const world = fresh();
    const others: Record<Day, number> = {};
    const told: number[] = [];
    for (const [index, value] of values.entries()) {
      const week = addDays(WEEK, 7 * index);
      others[week] = value;
      if (posts(world.sync(settled(week), { series: churnOf(others, week) })).length > 0) told.push(index);
    }
    return told;
  }

  it('a number is left alone for four weeks', () => {
    expect(toldWeeks([60, 20, 60, 20, 90, 20])).toEqual([0, 4]);
    expect(toldWeeks([60, 20, 20, 90])).toEqual([0]);
  });

  it('and until a week was within its range again', () => {
    expect(toldWeeks([60, 90, 110, 140, 170, 210, 260])).toEqual([0]);
  });
});
