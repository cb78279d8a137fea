import { describe, expect, it } from 'vitest';
import { assessChange, weeklyChanges } from '../../../src/analytics/unusual-change.ts';
import { type Day, weeksEndingWith } from '../../../src/domain/day.ts';
import { createRandom } from './rows.ts';

/** A Monday, as weeks of installations begin with. */
const WEEK: Day = '2026-08-31';
const FINAL = { provisional: false };

function stock(values: readonly (number | undefined)[]) {
  return weeksEndingWith(WEEK, values.length).map((week, index) => ({ week, value: values[index] }));
}

/** A stock that grows by 2 and by 4 in turn: 100, 102, 106, 108, 112, ... */
function growing(weeks: number, last: number): number[] {
  const values = [100];
  for (let index = 0; index < weeks; index += 1)
    values.push((values.at(-1) ?? 0) + (index % 2 === 0 ? 2 : 4));
  return [...values, (values.at(-1) ?? 0) + last];
}

describe('weeklyChanges', () => {
  it('are the differences of neighbouring weeks, undefined beside an unknown one', () => {
    expect(weeklyChanges(stock([100, 103, undefined, 110, 108])).map(({ value }) => value)).toEqual([
      undefined,
      3,
      undefined,
      undefined,
      -2,
    ]);
  });

  it('add up to the difference of the ends', () => {
    const random = createRandom(3);
    const values = Array.from({ length: 30 }, () => random.whole(0, 5000));
    const changes = weeklyChanges(stock(values)).map(({ value }) => value ?? 0);
    expect(changes.reduce((sum, change) => sum + change, 0)).toBe((values.at(-1) ?? 0) - (values[0] ?? 0));
  });
});

describe('assessChange', () => {
  it('judges the change, not the stock, by how much changes differ among themselves', () => {
    // Changes 2, 4, 2, 4, ...: median of the last 12 is 3, every moving range is 2, the reach is 2.66 x 2 = 5.32:
    // from -2.32 to 8.32, in whole installations -2 to 8.
    expect(assessChange(stock(growing(26, 8)), WEEK, FINAL)).toMatchObject({
      value: 8,
      usual: 3,
      low: -2,
      high: 8,
      verdict: 'within',
      chance: undefined,
    });
    expect(assessChange(stock(growing(26, 9)), WEEK, FINAL).verdict).toBe('higher');
    expect(assessChange(stock(growing(26, -3)), WEEK, FINAL).verdict).toBe('lower');
  });

  it('is the same whatever the stock begins with', () => {
    const low = assessChange(stock(growing(26, 9)), WEEK, FINAL);
    const high = assessChange(stock(growing(26, 9).map((value) => value + 50_000)), WEEK, FINAL);
    expect(high).toEqual(low);
  });

  it('calls nothing low that is still filling, and says so with too few weeks', () => {
    expect(assessChange(stock(growing(26, -3)), WEEK, { provisional: true }).verdict).toBe('too early');
    expect(assessChange(stock(growing(3, 9)), WEEK, FINAL).verdict).toBe('no history');
    expect(assessChange(stock([...growing(26, 0), undefined]), WEEK, FINAL).verdict).toBe('unknown');
  });
});
