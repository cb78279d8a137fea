import { describe, expect, it } from 'vitest';
import { fromCron, type SpokenSchedule, toCron } from '../../../src/domain/spoken-schedule.ts';
import { scheduleWords } from '../../../src/messages/schedule-words.ts';
import { cronProblem, parseCron } from '../../../src/schedule/cron.ts';

const SPOKEN: readonly [string, SpokenSchedule, string][] = [
  ['0 9 * * 2', { days: [2], minute: 540 }, 'Tuesdays at 09:00'],
  ['30 8 * * 2,4', { days: [2, 4], minute: 510 }, 'Tuesdays and Thursdays at 08:30'],
  ['0 0 * * 1,2,3,4,5', { days: [1, 2, 3, 4, 5], minute: 0 }, 'Monday to Friday at 00:00'],
  ['59 23 * * *', { days: [0, 1, 2, 3, 4, 5, 6], minute: 1439 }, 'every day at 23:59'],
  ['0 9 1 * *', { days: { monthDay: 1 }, minute: 540 }, 'the 1st of each month at 09:00'],
  ['0 9 22 * *', { days: { monthDay: 22 }, minute: 540 }, 'the 22nd of each month at 09:00'],
];

describe('a schedule', () => {
  it.each(SPOKEN)('%s is said, read back and understood by the scheduler', (cron, spoken, words) => {
    expect(toCron(spoken)).toBe(cron);
    expect(fromCron(cron)).toEqual(spoken);
    expect(scheduleWords(cron)).toBe(words);
    expect(cronProblem(cron)).toBeUndefined();
  });

  it.each([
    ['0 9 * * 1-5', [1, 2, 3, 4, 5]],
    ['0 9 * * 5-7', [0, 5, 6]],
  ])('%s of the configuration is one of weekdays, the same as the scheduler takes', (cron, days) => {
    expect(fromCron(cron)).toEqual({ days, minute: 540 });
    expect([...parseCron(cron).weekdays].toSorted((a, b) => a - b)).toEqual(days);
  });

  it.each(['*/5 * * * *', '0 9,15 * * 2', '0 9 31 * *', '0 9 1 1 *', '0 9 1 * 2', '0 9 * * TUE', 'weekly'])(
    '%s takes more words: it is shown as it is',
    (cron) => {
      expect(fromCron(cron)).toBeUndefined();
      expect(scheduleWords(cron)).toBe(`schedule "${cron}"`);
    },
  );
});
