import { describe, expect, it } from 'vitest';
import { binomialTest, fisherTest } from '../../../src/analytics/exact-tests.ts';
import { dispersionOf, rateDispersionOf } from '../../../src/analytics/over-dispersion.ts';
import { assessCount, countRange } from '../../../src/analytics/unusual-count.ts';
import { assessMoney } from '../../../src/analytics/unusual-money.ts';
import { assessRate, rateRange } from '../../../src/analytics/unusual-rate.ts';
import { FOUR_WEEKS, isHolidayWeek, ONE_WEEK, significance } from '../../../src/analytics/usual.ts';
import { type Day, weeksEndingWith } from '../../../src/domain/day.ts';
import { createRandom } from './rows.ts';

const WEEK: Day = '2026-08-30';
const FINAL = { provisional: false };

/** The values as consecutive weeks that end with `week`. */
function weeks(values: readonly (number | undefined)[], week: Day = WEEK) {
  return weeksEndingWith(week, values.length).map((one, index) => ({ week: one, value: values[index] }));
}

/** Twelve weeks of 4 that scatter a little: median 4, sum 48. */
const TWELVE = [4, 3, 5, 4, 4, 6, 2, 4, 5, 3, 4, 4];

describe('significance', () => {
  it('is .01 up to five tests, then .05 shared among them, never below .001', () => {
    expect(significance()).toBe(0.01);
    expect(significance(5)).toBe(0.01);
    expect(significance(10)).toBeCloseTo(0.005, 12);
    expect(significance(400)).toBe(0.001);
  });
});

describe('countRange', () => {
  it.each([
    // Enumerated with scipy.stats.binomtest(x, x + sum, recent / (recent + before)): all x with p >= alpha.
    [48, 1, 12, 0.01, 0, 10],
    [48, 1, 12, 0.001, 0, 12],
    [12, 1, 12, 0.01, 0, 4],
    [0, 1, 12, 0.01, 0, 1],
    [120, 1, 12, 0.01, 3, 19],
    [48, 4, 24, 0.01, 2, 17],
    [16, 1, 4, 0.01, 0, 11],
  ])('after %i with %i against %i weeks at %f is %i to %i', (sum, recent, before, alpha, low, high) => {
    expect(countRange(sum, { recent, before }, alpha)).toEqual({ low, high });
  });

  it('holds exactly the counts whose chance is not below the limit, whatever the history', () => {
    const random = createRandom(11);
    for (let example = 0; example < 60; example += 1) {
      const sum = random.whole(0, 300);
      const comparison = random.pick([ONE_WEEK, FOUR_WEEKS]);
      const alpha = random.pick([0.01, 0.005, 0.001]);
      const { low, high } = countRange(sum, comparison, alpha);
      const share = comparison.recent / (comparison.recent + comparison.before);
      for (let count = 0; count <= high + 5; count += 1) {
        const isUsual = binomialTest(count, count + sum, share) >= alpha;
        expect(isUsual, `${count} after ${sum}`).toBe(count >= low && count <= high);
      }
    }
  });
});

describe('assessCount', () => {
  it('tells the usual, the range, the chance and the verdict', () => {
    // 11 of 11 + 48 with 1/13: p = 0.004924 (see exact-tests); 10 is the last count inside.
    expect(assessCount(weeks([...TWELVE, 11]), WEEK, FINAL)).toEqual({
      value: 11,
      usual: 4,
      low: 0,
      high: 10,
      verdict: 'higher',
      chance: expect.closeTo(0.004924403497, 10),
      holiday: false,
      widening: 1,
    });
    expect(assessCount(weeks([...TWELVE, 10]), WEEK, FINAL).verdict).toBe('within');
  });

  it('calls a count low, but never of a week that is still filling', () => {
    // Twelve weeks of 10: range 3 to 19.
    const steady = weeks([...Array<number>(12).fill(10), 2]);
    expect(assessCount(steady, WEEK, FINAL).verdict).toBe('lower');
    expect(assessCount(steady, WEEK, { provisional: true }).verdict).toBe('too early');
    const high = weeks([...Array<number>(12).fill(10), 20]);
    expect(assessCount(high, WEEK, { provisional: true }).verdict).toBe('higher');
  });

  it('does not judge a week that is not over, except where it is too high already', () => {
    const running = (value: number) =>
      assessCount(weeks([...Array<number>(12).fill(10), value]), WEEK, { provisional: true, open: true })
        .verdict;
    // Twelve weeks of 10: range 3 to 19.
    expect([running(2), running(12), running(20)]).toEqual(['too early', 'too early', 'higher']);
  });

  it('calls a week low only where the rest that usually comes would not lift it into the range', () => {
    // Range 3 to 19. Of 2 that are usually 60 % of the week, 2 x (1 / .6 - 1) = 1.33 come: 3.33. At 90 % .22: 2.22.
    const at = (completeness: number, value = 2) =>
      assessCount(weeks([...Array<number>(12).fill(10), value]), WEEK, { ...FINAL, completeness }).verdict;
    expect([at(0.6), at(0.9), at(1), at(1.1)]).toEqual(['too early', 'lower', 'lower', 'lower']);
    expect(at(0, 0)).toBe('too early');
    // Of four weeks only the newest still fills: 2 + 2 + 2 + 2 = 8, of which 2 are the newest week's.
    const four = [...Array<number>(24).fill(5), 2, 2, 2, 2];
    const options = { ...FINAL, comparison: FOUR_WEEKS };
    const { low } = assessCount(weeks(four), WEEK, options);
    expect(low).toBe(9); // 120 before, share 4/28: p of 9 is .0161, of 8 .0075 (enumerated)
    expect(assessCount(weeks(four), WEEK, { ...options, completeness: 0.75 }).verdict).toBe('lower'); // 8 + .67
    expect(assessCount(weeks(four), WEEK, { ...options, completeness: 0.6 }).verdict).toBe('too early'); // 8 + 1.33
  });

  it('is stricter when many series are tested together', () => {
    // At .05/10 = .005 the count 11 (p = .0049) is still out, at .05/20 = .0025 in.
    expect(assessCount(weeks([...TWELVE, 11]), WEEK, { ...FINAL, tested: 10 }).verdict).toBe('higher');
    expect(assessCount(weeks([...TWELVE, 11]), WEEK, { ...FINAL, tested: 20 }).verdict).toBe('within');
  });

  it('needs four known weeks before, and shortens the history to them', () => {
    const few = assessCount(weeks([4, undefined, 4, 4, 30]), WEEK, FINAL);
    expect(few).toMatchObject({ verdict: 'no history', usual: undefined, low: undefined, value: 30 });
    // 4 weeks of 4: 16, share 1/5: range 0 to 11.
    const four = assessCount(weeks([4, 4, undefined, 4, 4, 12]), WEEK, FINAL);
    expect(four).toMatchObject({ verdict: 'higher', usual: 4, low: 0, high: 11 });
  });

  it('says unknown for an unknown week, with the range that it would have', () => {
    expect(assessCount(weeks([...TWELVE, undefined]), WEEK, FINAL)).toMatchObject({
      verdict: 'unknown',
      value: undefined,
      chance: undefined,
      usual: 4,
      high: 10,
    });
  });

  it('looks at the twelve weeks before only, in any order, and at no later week', () => {
    const rows = weeks([900, ...TWELVE, 6, 700], '2026-09-06');
    const expected = assessCount(weeks([...TWELVE, 6]), WEEK, FINAL);
    expect(assessCount(rows.toReversed(), WEEK, FINAL)).toEqual(expected);
  });

  it('leaves the weeks of 25 December and 1 January out of the history and marks them', () => {
    // Weeks of 21 and 28 December 2025 hold the two days; the ten others are 8, 8, ..., so the usual is 8 and the range
    // that of 80 in 10 weeks, 2 to 16. Of 80 in 12 weeks it would be 1 to 14.
    const values = [8, 8, 8, 8, 8, 8, 8, 8, 0, 0, 8, 8, 8];
    expect(assessCount(weeks(values, '2026-01-18'), '2026-01-18', FINAL)).toMatchObject({
      usual: 8,
      low: 2,
      high: 16,
      holiday: false,
    });
    expect(countRange(80, ONE_WEEK, 0.01)).toEqual({ low: 1, high: 14 });
    expect(assessCount(weeks(values, '2025-12-28'), '2025-12-28', FINAL).holiday).toBe(true);
    expect(isHolidayWeek('2025-12-21')).toBe(true);
    expect(isHolidayWeek('2025-12-14')).toBe(false);
    expect(isHolidayWeek('2022-12-18')).toBe(false); // 25 December 2022 is the Sunday after
    expect(isHolidayWeek('2022-12-25')).toBe(true);
    expect(isHolidayWeek('2026-01-04')).toBe(false);
  });

  it('finds with four weeks what no single week shows', () => {
    // 24 weeks of 2 (48), then 5, 5, 4, 6 = 20 of 68 with 4/28: the range ends at 17. One week: 6 after 24 + 14, range to 8.
    const doubled = weeks([...Array<number>(24).fill(2), 5, 5, 4, 6]);
    expect(assessCount(doubled, WEEK, FINAL).verdict).toBe('within');
    const pooled = assessCount(doubled, WEEK, { ...FINAL, comparison: FOUR_WEEKS });
    expect(pooled).toMatchObject({ value: 20, usual: 8, low: 2, high: 17, verdict: 'higher' });
    expect(pooled.chance).toBeCloseTo(binomialTest(20, 68, 1 / 7), 12);
  });

  it('compares four weeks with exactly the 24 before them, and marks a holiday in any of the four', () => {
    const steady = Array<number>(28).fill(2);
    const options = { ...FINAL, comparison: FOUR_WEEKS };
    const expected = assessCount(weeks(steady), WEEK, options);
    expect(assessCount(weeks([900, ...steady]), WEEK, options)).toEqual(expected);
    expect(expected.holiday).toBe(false);
    expect(assessCount(weeks(steady, '2026-01-18'), '2026-01-18', options).holiday).toBe(true);
    expect(assessCount(weeks(steady, '2026-01-25'), '2026-01-25', options).holiday).toBe(false);
  });

  it('leaves windows with a holiday out of the usual of four weeks', () => {
    // All weeks 2, the two holiday weeks 0: windows without them are 8, those with them 4 or 6.
    const values = Array<number>(28).fill(2).with(14, 0).with(15, 0);
    const options = { ...FINAL, comparison: FOUR_WEEKS };
    expect(weeks(values, '2026-03-22')[14]?.week).toBe('2025-12-21');
    expect(assessCount(weeks(values, '2026-03-22'), '2026-03-22', options).usual).toBe(8);
  });

  it('does not compare four weeks of which one is unknown, nor against fewer than twelve', () => {
    const options = { ...FINAL, comparison: FOUR_WEEKS };
    expect(
      assessCount(weeks([...Array<number>(24).fill(2), 5, undefined, 4, 6]), WEEK, options).verdict,
    ).toBe('unknown');
    expect(assessCount(weeks([...Array<number>(11).fill(2), 5, 5, 4, 6]), WEEK, options).verdict).toBe(
      'no history',
    );
  });

  it('widens the range of weeks that scatter more than chance', () => {
    // Thirteen times 0 and 8, less one of each: mean 4, variance 16 x 24/23 = 16.696, factor 4.174, root 2.043.
    // Expected 48/12 = 4; exact range 0 to 10; high: ceil(4 + 2.043 x 7) - 1 = ceil(18.301) - 1 = 18.
    const bursts = Array.from({ length: 26 }, (_, index) => (index % 2) * 8);
    expect(dispersionOf(weeks([...bursts, 15]), WEEK)).toBeCloseTo(96 / 23, 10);
    expect(assessCount(weeks([...bursts, 18]), WEEK, FINAL)).toMatchObject({
      low: 0,
      high: 18,
      verdict: 'within',
    });
    const far = assessCount(weeks([...bursts, 19]), WEEK, FINAL);
    expect(far.verdict).toBe('higher');
    // 19 is as surprising as floor(4 + 15 / 2.043) = 11.
    expect(far.chance).toBeCloseTo(binomialTest(11, 59, 1 / 13), 12);
  });

  it('widens both ends, and never below zero', () => {
    // Thirteen times 20 and 60, less one of each: mean 40, variance 400 x 24/23 = 417.39, factor 10.435, root 3.2303.
    // Expected 480/12 = 40, exact range 24 to 57 (scipy): low floor(40 - 3.2303 x 17) + 1 is below 0.
    const wild = Array.from({ length: 26 }, (_, index) => 20 + (index % 2) * 40);
    expect(assessCount(weeks([...wild, 1]), WEEK, FINAL)).toMatchObject({ low: 0, verdict: 'within' });
    // With 45 and 75: mean 60, variance 225 x 24/23 = 234.78, factor 3.913, root 1.9781; exact range 40 to 81 (scipy);
    // low floor(60 - 1.9781 x 21) + 1 = floor(18.46) + 1 = 19, high ceil(60 + 1.9781 x 22) - 1 = ceil(103.52) - 1 = 103.
    const uneven = Array.from({ length: 26 }, (_, index) => 45 + (index % 2) * 30);
    expect(countRange(720, ONE_WEEK, 0.01)).toEqual({ low: 40, high: 81 });
    const range = { low: 19, high: 103 };
    expect(assessCount(weeks([...uneven, 19]), WEEK, FINAL)).toMatchObject({ ...range, verdict: 'within' });
    expect(assessCount(weeks([...uneven, 18]), WEEK, FINAL)).toMatchObject({ ...range, verdict: 'lower' });
    expect(assessCount(weeks([...uneven, 104]), WEEK, FINAL)).toMatchObject({ ...range, verdict: 'higher' });
    expect(assessCount(weeks([...uneven, 19]), WEEK, FINAL).chance).toBeGreaterThanOrEqual(0.01);
    expect(assessCount(weeks([...uneven, 18]), WEEK, FINAL).chance).toBeLessThan(0.01);
  });

  it('is not widened by the very week it judges', () => {
    const calm = [...Array<number>(26).fill(4), 60];
    expect(dispersionOf(weeks(calm), WEEK)).toBe(1);
    expect(assessCount(weeks(calm), WEEK, FINAL).verdict).toBe('higher');
  });

  it('is not widened by one odd week of the past', () => {
    const values = Array<number>(26).fill(4).with(10, 60);
    expect(dispersionOf(weeks([...values, 4]), WEEK)).toBe(1);
    expect(dispersionOf(weeks([...values.with(3, 60), 4]), WEEK)).toBeGreaterThan(2);
  });
});

describe('assessRate', () => {
  const rates = (parts: readonly (number | undefined)[], wholes: readonly (number | undefined)[]) =>
    weeksEndingWith(WEEK, parts.length).map((week, index) => ({
      week,
      part: parts[index],
      whole: wholes[index],
    }));
  /** Twelve weeks of 3 of 75 due: 36 of 900, 4 %. */
  const calm = { parts: Array<number>(12).fill(3), wholes: Array<number>(12).fill(75) };

  it('compares X of those due with the twelve weeks before', () => {
    // scipy.stats.fisher_exact over all x of 75 against 36 of 900: p >= .01 for 0 to 8.
    const assessed = assessRate(rates([...calm.parts, 9], [...calm.wholes, 75]), WEEK, FINAL);
    expect(assessed).toMatchObject({ value: 9, whole: 75, low: 0, high: 8, usual: 0.04, verdict: 'higher' });
    expect(assessed.history).toEqual({ part: 36, whole: 900 });
    expect(assessed.chance).toBeCloseTo(fisherTest(9, 75, 36, 900), 12);
    expect(assessRate(rates([...calm.parts, 8], [...calm.wholes, 75]), WEEK, FINAL).verdict).toBe('within');
  });

  it('has a range as wide as few customers make it', () => {
    expect(rateRange(10, { part: 36, whole: 900 }, 0.01)).toEqual({ low: 0, high: 2 });
    expect(rateRange(22, { part: 0, whole: 100 }, 0.01)).toEqual({ low: 0, high: 2 });
    expect(rateRange(41, { part: 150, whole: 480 }, 0.01)).toEqual({ low: 5, high: 21 });
  });

  it('finds nothing unusual when nobody was due, and everything usual without anybody before', () => {
    const none = assessRate(rates([...calm.parts, 0], [...calm.wholes, 0]), WEEK, FINAL);
    expect(none).toMatchObject({ whole: 0, low: 0, high: 0, verdict: 'within', chance: 1 });
    expect(rateRange(7, { part: 0, whole: 0 }, 0.01)).toEqual({ low: 0, high: 7 });
  });

  it('knows its limits: no history, unknown week, provisional week', () => {
    expect(assessRate(rates([3, 3, 3, 3], [75, 75, 75, 75]), WEEK, FINAL).verdict).toBe('no history');
    expect(assessRate(rates([...calm.parts, 3], [...calm.wholes, undefined]), WEEK, FINAL).verdict).toBe(
      'unknown',
    );
    // 30 % of 100 before, none of 100 now.
    const fallen = rates([...Array<number>(12).fill(30), 0], Array<number>(13).fill(100));
    expect(assessRate(fallen, WEEK, FINAL).verdict).toBe('lower');
    expect(assessRate(fallen, WEEK, { provisional: true }).verdict).toBe('too early');
    expect(assessRate(fallen, WEEK, { ...FINAL, open: true }).verdict).toBe('too early');
  });

  it('widens the range of a rate whose weeks scatter more than chance', () => {
    // 26 weeks of 0 and 10 of 50 due in turn: 10 %, each week (x - 5) / sqrt(4.5) = 2.357 off. Without one of each end
    // 24 x 5.556 / 23 = 5.797, root 2.408. Exact range of 50 against 60 of 600: 1 to 11 (Fisher, enumerated).
    // High: ceil(5 + 2.408 x 7) - 1 = ceil(21.85) - 1 = 21; low: floor(5 - 2.408 x 5) + 1 is below 0.
    const parts = Array.from({ length: 26 }, (_, index) => (index % 2) * 10);
    const wholes = Array<number>(27).fill(50);
    expect(rateDispersionOf(rates([...parts, 9], wholes), WEEK)).toBeCloseTo(24 / 23 / 0.18, 10);
    const judged = (part: number) => assessRate(rates([...parts, part], wholes), WEEK, FINAL);
    expect(judged(21)).toMatchObject({ low: 0, high: 21, verdict: 'within' });
    expect(judged(22)).toMatchObject({ high: 21, verdict: 'higher' });
    // 22 is as surprising as floor(5 + 17 / 2.408) = 12.
    expect(judged(22).chance).toBeCloseTo(fisherTest(12, 50, 60, 600), 12);
    expect(rateDispersionOf(rates([...calm.parts, ...calm.parts, 9], Array(25).fill(75)), WEEK)).toBe(1);
    expect(rateDispersionOf(rates(Array(26).fill(0), wholes), WEEK)).toBe(1);
    expect(rateDispersionOf(rates([0, 50, 0, 50, 9], wholes), WEEK)).toBe(1);
  });

  it('never widens beyond nobody and everybody', () => {
    const parts = Array.from({ length: 26 }, (_, index) => (index % 2) * 10);
    const few = rates([...parts, 5], Array<number>(27).fill(10));
    expect(assessRate(few, WEEK, FINAL)).toMatchObject({ low: 0, high: 10 });
  });

  it('takes the median of the weekly fractions as usual and ignores weeks with nobody due', () => {
    // Fractions 0.1, 0.2, 0.3, 0.4 and a week with nobody due: median (0.2 + 0.3) / 2.
    const uneven = rates([1, 2, 0, 3, 4, 1], [10, 10, 0, 10, 10, 10]);
    expect(assessRate(uneven, WEEK, FINAL).usual).toBeCloseTo(0.25, 12);
  });
});

describe('assessMoney', () => {
  it('flags what is further from the usual than 2.66 mean moving ranges', () => {
    // 26 weeks alternating 10,000 and 12,000: every moving range 2,000, usual (median) 11,000, limits 11,000 +- 5,320.
    const alternating = Array.from({ length: 26 }, (_, index) => (index % 2 === 0 ? 10_000 : 12_000));
    const judged = (value: number) => assessMoney(weeks([...alternating, value]), WEEK, FINAL);
    expect(judged(16_320)).toMatchObject({ usual: 11_000, low: 5_680, high: 16_320, verdict: 'within' });
    expect(judged(16_321).verdict).toBe('higher');
    expect(judged(5_680).verdict).toBe('within');
    expect(judged(5_679).verdict).toBe('lower');
    expect(judged(5_679).chance).toBeUndefined();
    expect(assessMoney(weeks([900_000, ...alternating, 16_321]), WEEK, FINAL)).toEqual(judged(16_321));
    expect(assessMoney(weeks([...alternating, 1]), WEEK, { provisional: true }).verdict).toBe('too early');
  });

  it('measures only neighbouring weeks against each other', () => {
    // Known neighbours: 100-110, 110-100, 100-105: (10 + 10 + 5) / 3 = 25/3; the jump over the gap does not count.
    // Usual: median of 5000, 100, 110, 100, 105 = 105. Limits 105 +- 22.16: 83 to 127.
    const gap = weeks([5000, undefined, 100, 110, 100, 105, 128]);
    expect(assessMoney(gap, WEEK, FINAL)).toMatchObject({
      usual: 105,
      low: 83,
      high: 127,
      verdict: 'higher',
    });
    const withoutRow = gap.filter(({ value }) => value !== undefined);
    expect(assessMoney(withoutRow, WEEK, FINAL)).toMatchObject({ low: 83, high: 127 });
  });

  it('takes the weeks of 25 December and 1 January for no history', () => {
    const values = [100, 110, 100, 110, 5, 5, 110, 100, 110, 200];
    expect(assessMoney(weeks(values, '2026-01-25'), '2026-01-25', FINAL)).toMatchObject({
      // The weeks of 21 and 28 December are the fifth and sixth: neither their amounts nor the falls beside them count.
      usual: 110,
      low: Math.ceil(110 - 2.66 * 10),
      high: Math.floor(110 + 2.66 * 10),
    });
  });

  it('needs a history and a value', () => {
    expect(assessMoney(weeks([100, 110, 100, 5]), WEEK, FINAL).verdict).toBe('no history');
    expect(assessMoney(weeks([100, 110, 100, 110, undefined]), WEEK, FINAL).verdict).toBe('unknown');
  });
});
