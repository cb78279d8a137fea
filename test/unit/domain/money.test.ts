import { describe, expect, it } from 'vitest';
import { sumCents, toCents } from '../../../src/domain/money.ts';

describe('dollars to cents', () => {
  it.each([
    [0.1 + 0.2, 30],
    [300489.79, 30_048_979],
    [1.15, 115],
    [4.35, 435],
    [1118.6, 111_860],
    [-4480.5, -448_050],
    [9_999_999_999_999, 999_999_999_999_900],
  ])('%d dollars are %d cents', (dollars, cents) => {
    expect(toCents(dollars)).toBe(cents);
  });

  it('have one zero', () => {
    expect(Object.is(toCents(-0), 0)).toBe(true);
    expect(Object.is(toCents(-0.001), 0)).toBe(true);
  });

  it('round a bill and its refund to the same amount', () => {
    for (const dollars of [0.125, 10.125, 2.375, 0.005, 1e9 + 0.125]) {
      expect(toCents(dollars) + toCents(-dollars)).toBe(0);
    }
    expect(toCents(-0.125)).toBe(-13);
  });

  it.each([Number.NaN, Number('1e400'), Number('-1e400'), 1e13, -1e13, 9e15])(
    '%s is no amount',
    (dollars) => {
      expect(() => toCents(dollars)).toThrow(RangeError);
    },
  );
});

describe('a sum of cents', () => {
  it('is exact where a sum of dollars is not', () => {
    expect(sumCents(Array.from({ length: 1000 }, () => toCents(0.1)))).toBe(10_000);
  });

  it('of nothing is 0', () => {
    expect(sumCents([])).toBe(0);
  });
});
