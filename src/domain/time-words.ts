/** `20`, `20:30`, `20.30`, `9h`, `8pm` as minutes after midnight; undefined for anything else. */
export function readMinute(text: string): number | undefined {
  const [, hour, minute = '0', half] =
    /^(\d{1,2})(?:[:.\u2236](\d{2}))?\s*(am|pm|h)?$/i.exec(text.trim()) ?? [];
  if (hour === undefined || Number(minute) > 59) return undefined;
  const isHalf = half !== undefined && half.toLowerCase() !== 'h';
  if (isHalf && (Number(hour) < 1 || Number(hour) > 12)) return undefined;
  const hours = isHalf ? (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hour);
  if (hours > 24 || (hours === 24 && Number(minute) !== 0)) return undefined;
  return (hours % 24) * 60 + Number(minute);
}

/** The weekdays in words, from Sunday, which is 0. */
export const WEEKDAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;

const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];

function readWeekday(text: string): number {
  const word = text.toLowerCase().replace(/(?<=day)s$|\.$/, '');
  return word.length < 3 ? -1 : WEEKDAYS.findIndex((day) => day.toLowerCase().startsWith(word));
}

/** `tue`, `Tuesdays`, `mon-fri`, `tue,thu`, `weekdays` as weekdays in order; undefined when a part is none. */
export function readWeekdays(text: string): number[] | undefined {
  const days = new Set<number>();
  for (const part of text.split(/[\s,;]+|\band\b/i).filter((word) => word !== '')) {
    if (/^(?:weekdays?|workdays?)$/i.test(part)) {
      for (const day of MONDAY_TO_FRIDAY) days.add(day);
      continue;
    }
    const [first = '', last = first, ...rest] = part.split(/[-–—]/);
    const [from, to] = [readWeekday(first), readWeekday(last)];
    if (from < 0 || to < 0 || rest.length > 0) return undefined;
    for (let day = from; ; day = (day + 1) % 7) {
      days.add(day);
      if (day === to) break;
    }
  }
  return days.size === 0 ? undefined : [...days].toSorted((a, b) => a - b);
}
