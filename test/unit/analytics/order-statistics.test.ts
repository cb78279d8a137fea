import { describe, expect, it } from 'vitest';
import { median, nearestRank } from '../../../src/analytics/order-statistics.ts';

describe('median', () => {
  it('is the middle value, or the mean of the middle two', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 2, 9, 1])).toBe(5.5); // 1 2 9 10: (2 + 9) / 2
    expect(median([])).toBeUndefined();
  });

  it('leaves its input as it is', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('nearestRank', () => {
  it('is the value at rank ceil(percent of the count)', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(nearestRank(hundred, 98)).toBe(98); // ceil(98) = 98th of 1..100
    expect(nearestRank([5, 1, 3, 4, 2], 98)).toBe(5); // ceil(4.9) = 5th
    expect(nearestRank([5, 1, 3, 4, 2], 50)).toBe(3); // ceil(2.5) = 3rd
    expect(nearestRank([7], 1)).toBe(7);
    expect(nearestRank([], 98)).toBeUndefined();
  });
});
