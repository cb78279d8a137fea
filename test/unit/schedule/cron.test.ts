import { describe, expect, it } from 'vitest';
import { cronProblem, parseCron } from '../../../src/schedule/cron.ts';

describe('a schedule', () => {
  it('allows every value for a star', () => {
    const cron = parseCron('* * * * *');
    expect([
      cron.minutes.length,
      cron.hours.length,
      cron.days.size,
      cron.months.size,
      cron.weekdays.size,
    ]).toEqual([60, 24, 31, 12, 7]);
  });

  it.each([
    ['5,10 9 * * *', 'minutes', [5, 10]],
    ['*/20 9 * * *', 'minutes', [0, 20, 40]],
    ['10-50/20 9 * * *', 'minutes', [10, 30, 50]],
    ['50/4 9 * * *', 'minutes', [50, 54, 58]],
    ['0 8-10 * * *', 'hours', [8, 9, 10]],
    ['0 9 * * MON-fri', 'weekdays', [1, 2, 3, 4, 5]],
    ['0 9 * * 7', 'weekdays', [0]],
    ['0 9 * * FRI-SUN', 'weekdays', [5, 6, 0]],
    ['0 9 * * 5-7', 'weekdays', [5, 6, 0]],
    ['0 9 1 jan,Jul *', 'months', [1, 7]],
    ['0 9 1-31/10 * *', 'days', [1, 11, 21, 31]],
  ] as const)('reads %s: %s are %j', (text, field, expected) => {
    expect(new Set(parseCron(text)[field])).toEqual(new Set(expected));
  });

  it('tidies the spaces around its fields', () => {
    expect(parseCron('  0   9 * *  2 ').text).toBe('0 9 * * 2');
  });

  it.each([
    '',
    'hello',
    '0 9 * *',
    '0 0 9 * * 2',
    '60 9 * * *',
    '0 24 * * *',
    '-1 9 * * *',
    '0 9 0 * *',
    '0 9 32 * *',
    '0 9 * 0 *',
    '0 9 * 13 *',
    '0 9 * * 8',
    '0 9 * * MONDAY',
    '0 9 * FEBRUARY *',
    '1.5 9 * * *',
    '0x1 9 * * *',
    '5-1 9 * * *',
    '1-2-3 9 * * *',
    '*/0 9 * * *',
    '*/x 9 * * *',
    '*/5/5 9 * * *',
    ', 9 * * *',
    '1, 9 * * *',
    '/5 9 * * *',
    '5- 9 * * *',
    '0 9 ? * 2',
    '0 9 L * *',
    '0 9 * * 2#1',
    '@weekly',
    '0 9 31 2 *',
    '0 9 30 2 *',
    '0 9 30,31 FEB *',
    '0 9 31 4,6,9,11 *',
    '100 9 * * *',
    '１ 9 * * *',
  ])('refuses "%s" in one sentence', (text) => {
    expect(cronProblem(text)).toMatch(/^[^\n]{10,160}$/);
    expect(() => parseCron(text)).toThrow(expect.objectContaining({ code: 'SCHEDULE_INVALID' }));
  });

  it.each(['0 9 29 2 *', '0 9 31 2,3 *', '0 9 31 2 MON', '0 9 * * 2'])(
    'accepts "%s": such days exist',
    (text) => {
      expect(cronProblem(text)).toBeUndefined();
    },
  );
});
