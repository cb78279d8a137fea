import { describe, expect, it } from 'vitest';
import { startOf } from '../../../../src/domain/day.ts';
import {
  age,
  changedBy,
  count,
  date,
  dollars,
  duration,
  exactDollars,
  instant,
  monthLabel,
  monthName,
  ordinal,
  percent,
  percentage,
  quoted,
  rate,
  shortDate,
  signedCount,
  signedDollars,
  weekName,
} from '../../../../src/messages/kit/words.ts';

/** No-break space, as it stands between a number and its per cent sign. */
const NB = '\u00A0';

describe('dollars', () => {
  it.each([
    [0, '$0'],
    [-0, '$0'],
    [1, '$0.01'],
    [-250, '-$2.50'],
    [999, '$9.99'],
    [1000, '$10'],
    [1049, '$10'],
    [1050, '$11'],
    [448_000, '$4,480'],
    [999_949, '$9,999'],
    [999_950, '$10.0k'],
    [1_840_000, '$18.4k'],
    [99_994_999, '$999.9k'],
    [99_995_000, '$1.00M'],
    [126_000_000, '$1.26M'],
    [-126_000_000, '-$1.26M'],
    [99_999_499_999, '$999.99M'],
    [100_000_000_000, '$1.00B'],
    [123_456_789_012_345_600, '$1,234,567.89B'],
  ])('%d cents are %s', (cents, words) => {
    expect(dollars(cents)).toBe(words);
  });

  it('never round to a number that the next unit would show shorter', () => {
    for (let cents = 1; cents < 1e13; cents = Math.ceil(cents * 1.002)) {
      expect(dollars(cents)).not.toMatch(/\$(?:1,?000\.\d|10,000$)/);
    }
  });

  it('to the cent keep every cent', () => {
    expect(exactDollars(1_841_250)).toBe('$18,412.50');
    expect(exactDollars(-5)).toBe('-$0.05');
    expect(exactDollars(0)).toBe('$0.00');
  });

  it('with their direction are signed both ways, and 0 is neither', () => {
    expect([620_000, -31_000, 0].map(signedDollars)).toEqual(['+$6,200', '-$310', '$0']);
  });
});

describe('a count', () => {
  it('agrees with its noun', () => {
    expect([0, 1, 2].map((number) => count(number, 'customer'))).toEqual([
      '0 customers',
      '1 customer',
      '2 customers',
    ]);
    expect(count(2, 'match', 'matches')).toBe('2 matches');
    expect(count(1_234_567, 'row')).toBe('1,234,567 rows');
  });
});

describe('a percentage', () => {
  it.each([
    [0, `0${NB}%`],
    [0.04, `under 0.1${NB}%`],
    [0.05, `0.1${NB}%`],
    [4.06, `4.1${NB}%`],
    [4, `4${NB}%`],
    [9.96, `10${NB}%`],
    [10.4, `10${NB}%`],
    [123.6, `124${NB}%`],
    [-0.3, `-0.3${NB}%`],
    [-0.04, `0${NB}%`],
    [Number.NaN, 'unknown'],
    [Infinity, 'unknown'],
  ])('of %d is "%s"', (value, words) => {
    expect(percentage(value)).toBe(words);
  });

  it('is a part of a whole', () => {
    expect(percent(6, 53)).toBe(`11${NB}%`);
    expect(percent(1, 0)).toBe('unknown');
  });
});

describe('a rate', () => {
  it('stands with its counts', () => {
    expect(rate(6, 53)).toBe(`6 of 53 (11${NB}%)`);
    expect(rate(12_345, 54_321)).toBe(`12,345 of 54,321 (23${NB}%)`);
    expect(rate(0, 53)).toBe(`0 of 53 (0${NB}%)`);
  });

  it('of nobody is "none due", not 0 %', () => {
    expect(rate(0, 0)).toBe('none due');
  });
});

describe('a date', () => {
  it('is read without leading zeros', () => {
    expect(date('2026-04-02')).toBe('2 Apr 2026');
    expect(shortDate('2026-12-31')).toBe('31 Dec');
    expect(monthLabel('2025-02-01')).toBe('Feb 2025');
  });

  it('of an instant is in UTC, with its weekday', () => {
    expect(instant(Date.parse('2026-03-17T06:10:59Z'))).toBe('Tue 17 Mar 06:10 UTC');
    expect(instant(startOf('2026-03-15') - 1)).toBe('Sat 14 Mar 23:59 UTC');
  });
});

describe('a week', () => {
  it.each([
    ['2026-03-08', '8–14 Mar'],
    ['2026-03-29', '29 Mar–4 Apr'],
    ['2025-12-28', '28 Dec–3 Jan'],
    ['2024-02-25', '25 Feb–2 Mar'],
    ['2026-02-22', '22–28 Feb'],
  ] as const)('that starts on %s is %s', (week, words) => {
    expect(weekName(week)).toBe(words);
  });
});

describe('a duration', () => {
  it.each([
    [0, '0 days'],
    [1, '1 day'],
    [59, '59 days'],
    [60, '2 months'],
    [365, '12 months'],
    [729, '24 months'],
    [730, '2 years'],
    [1168, '3.2 years'],
  ])('of %d days is %s', (days, words) => {
    expect(duration(days)).toBe(words);
  });
});

describe('an age', () => {
  const MINUTE = 60_000;
  it.each([
    [0, '0 minutes'],
    [1, '1 minute'],
    [89, '89 minutes'],
    [90, '2 hours'],
    [26 * 60, '26 hours'],
    [48 * 60, '2 days'],
    [-5, '0 minutes'],
  ])('of %d minutes is %s', (minutes, words) => {
    expect(age(0, minutes * MINUTE)).toBe(words);
  });
});

it('a quoted text has no quotes of its own', () => {
  expect(quoted('ACME "Best" Ltd')).toBe('"ACME Best Ltd"');
});

describe('a number beside another', () => {
  it.each([
    [23, 20, ` (+15${NB}%)`],
    [19, 20, ` (-5${NB}%)`],
    [20, 20, ` (0${NB}%)`],
    [40, 19, ''], // too small a base: the two numbers say more
    [5, -100, ''],
  ])('%i after %i', (now, base, text) => {
    expect(changedBy(now, base)).toBe(text);
  });

  it('has its direction', () => {
    expect([12, -3, 0, 0.5, -1234].map(signedCount)).toEqual(['+12', '-3', '0', '+0.5', '-1,234']);
  });
});

describe('an ordinal', () => {
  it('has its ending', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111].map(ordinal)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '11th',
      '12th',
      '13th',
      '21st',
      '22nd',
      '103rd',
      '111th',
    ]);
  });
});

it('a month is short in a sentence that names its year', () => {
  expect(monthName('2025-02-01')).toBe('Feb');
});
