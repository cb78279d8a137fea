import { fromCron, isWeekly, type SpokenSchedule } from '../domain/spoken-schedule.ts';
import { WEEKDAYS } from '../domain/time-words.ts';
import { clockWords } from './alert-settings.ts';
import { ordinal } from './kit/words.ts';

const isMondayToFriday = (days: readonly number[]): boolean => days.join() === '1,2,3,4,5';

function daysSaid(days: SpokenSchedule['days']): string {
  if (!isWeekly(days)) return `the ${ordinal(days.monthDay)} of each month`;
  if (days.length === 7) return 'every day';
  if (isMondayToFriday(days)) return 'Monday to Friday';
  const names = days.map((day) => `${WEEKDAYS[day] ?? ''}s`);
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' and ');
}

/** `Tuesdays at 09:00`, `every day at 08:30`, `the 1st of each month at 09:00`; others as their five fields. */
export function scheduleWords(cron: string): string {
  const spoken = fromCron(cron);
  return spoken ? `${daysSaid(spoken.days)} at ${clockWords(spoken.minute)}` : `schedule "${cron}"`;
}

/** The days of a schedule as they are typed: `tue`, `mon,thu`, `weekdays`, `daily`, `1st`. */
export function typedDays(days: SpokenSchedule['days']): string {
  if (!isWeekly(days)) return ordinal(days.monthDay);
  if (days.length === 7) return 'daily';
  if (isMondayToFriday(days)) return 'weekdays';
  return days.map((day) => (WEEKDAYS[day] ?? '').slice(0, 3).toLowerCase()).join(',');
}
