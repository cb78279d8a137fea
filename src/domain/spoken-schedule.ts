/** A schedule as people say it: on which days, and how many minutes after midnight. */
export interface SpokenSchedule {
  /** Weekdays in order, 0 is Sunday; all seven are every day. Or a day of each month, 1 to 28. */
  readonly days: readonly number[] | { readonly monthDay: number };
  readonly minute: number;
}

/** Every month has a day of that number. */
export const LAST_MONTH_DAY = 28;

/** True where a schedule names weekdays, false where it names a day of the month. */
export function isWeekly(days: SpokenSchedule['days']): days is readonly number[] {
  return Array.isArray(days);
}

/** The five fields of a schedule. */
export function toCron({ days, minute }: SpokenSchedule): string {
  const time = `${minute % 60} ${Math.floor(minute / 60)}`;
  if (!isWeekly(days)) return `${time} ${days.monthDay} * *`;
  return `${time} * * ${days.length === 7 ? '*' : days.join(',')}`;
}

function readList(field: string): number[] | undefined {
  if (field === '*') return [0, 1, 2, 3, 4, 5, 6];
  const days = new Set<number>();
  for (const part of field.split(',')) {
    const [, first, last = first] = /^([0-7])(?:-([0-7]))?$/.exec(part) ?? [];
    if (first === undefined || Number(last) < Number(first)) return undefined;
    for (let day = Number(first); day <= Number(last); day += 1) days.add(day % 7);
  }
  return [...days].toSorted((a, b) => a - b);
}

/** Five fields as people would say them; undefined for what takes more words, such as several hours a day. */
export function fromCron(cron: string): SpokenSchedule | undefined {
  const [, minutes, hours, day = '', weekday = ''] =
    /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) \* (\S+)$/.exec(cron.trim()) ?? [];
  if (minutes === undefined) return undefined;
  const minute = Number(hours) * 60 + Number(minutes);
  if (day === '*') {
    const days = readList(weekday);
    return days && { days, minute };
  }
  const monthDay = Number(day);
  return weekday === '*' && monthDay <= LAST_MONTH_DAY ? { days: { monthDay }, minute } : undefined;
}
