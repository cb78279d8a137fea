import { describe, expect, it } from 'vitest';
import { binomialTest, firstWhere, fisherTest, logGamma } from '../../../src/analytics/exact-tests.ts';

describe('logGamma', () => {
  it('knows factorials: gamma(n + 1) = n!', () => {
    // ln 9! = ln 362880 = 12.801827480081469; ln 100! = 363.73937555556349... (published tables).
    expect(logGamma(10)).toBeCloseTo(12.801827480081469, 11);
    expect(logGamma(101)).toBeCloseTo(363.7393755555635, 10);
    expect(logGamma(1)).toBeCloseTo(0, 13);
  });

  it('knows gamma(1/2), the square root of pi', () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13);
  });
});

describe('binomialTest', () => {
  it('adds up all outcomes that are at most as likely', () => {
    // 3 of 10 with a fair coin: outcomes 0-3 and 7-10: 2 x (1 + 10 + 45 + 120) / 1024 = 0.34375.
    expect(binomialTest(3, 10, 0.5)).toBeCloseTo(0.34375, 12);
  });

  it('is certain in the middle and where there is nothing to see', () => {
    expect(binomialTest(5, 10, 0.5)).toBe(1);
    expect(binomialTest(0, 0, 1 / 13)).toBe(1);
  });

  it('has one tail where the other side is likelier', () => {
    // 2 of 2 with 1/13: only (1/13)^2 = 1/169.
    expect(binomialTest(2, 2, 1 / 13)).toBeCloseTo(1 / 169, 12);
  });

  it.each([
    // Sums of exact fractions (Python), equal to scipy.stats.binomtest and R's binom.test.
    [11, 59, 1 / 13, 0.004924403496967892],
    [0, 60, 1 / 13, 0.013827210831669014],
    [12, 60, 1 / 13, 0.0018324068749200266],
    [20, 60, 1 / 7, 0.0002556704707347483],
    [5, 125, 1 / 13, 0.13222892125900923],
    [1080, 13_000, 1 / 13, 0.0093044353116197],
  ])('gives %i of %i at %f the published p', (successes, trials, share, p) => {
    expect(binomialTest(successes, trials, share)).toBeCloseTo(p, 10);
  });
});

describe('fisherTest', () => {
  it("solves Fisher's tea tasting", () => {
    // 3 of 4 cups right against 1 of 4: (1 + 16 + 16 + 1) / 70 = 34/70.
    expect(fisherTest(3, 4, 1, 4)).toBeCloseTo(34 / 70, 12);
  });

  it.each([
    // scipy.stats.fisher_exact([[part, rest], [other part, other rest]]).
    [6, 75, 30, 720, 0.13972167660923485],
    [6, 22, 30, 720, 0.00036158273266007827],
    [0, 22, 10, 210, 0.6042209767899065],
    [1, 10, 11, 14, 0.0027594561852200836],
  ])('gives %i of %i against %i of %i the published p', (part, whole, otherPart, otherWhole, p) => {
    expect(fisherTest(part, whole, otherPart, otherWhole)).toBeCloseTo(p, 10);
  });

  it('finds nothing where nobody was due', () => {
    expect(fisherTest(0, 0, 10, 200)).toBe(1);
    expect(fisherTest(3, 4, 0, 0)).toBe(1);
  });
});

describe('firstWhere', () => {
  it('finds the border, or one past the end', () => {
    expect(firstWhere(0, 100, (value) => value * value >= 50)).toBe(8);
    expect(firstWhere(3, 9, () => true)).toBe(3);
    expect(firstWhere(3, 9, () => false)).toBe(10);
  });
});
