import { PulseError } from '../domain/errors.ts';

/** A checked five-field schedule: every field as the sorted values it allows. */
export interface Cron {
  readonly text: string;
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** The day field does not begin with `*`. */
  readonly isDayGiven: boolean;
  /** The weekday field does not begin with `*`. */
  readonly isWeekdayGiven: boolean;
}

interface Field {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
  readonly firstNamed?: number;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const WEEKDAY: Field = { name: 'weekday', low: 0, high: 7, names: WEEKDAYS, firstNamed: 0 };
const FIELDS: readonly Field[] = [
  { name: 'minute', low: 0, high: 59 },
  { name: 'hour', low: 0, high: 23 },
  { name: 'day of the month', low: 1, high: 31 },
  { name: 'month', low: 1, high: 12, names: MONTHS, firstNamed: 1 },
  WEEKDAY,
];
/** The longest each month can be. */
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function fail(message: string): never {
  throw new PulseError('SCHEDULE_INVALID', message);
}

function valueOf(field: Field, text: string): number {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return named + (field.firstNamed ?? 0);
  const value = Number(text);
  if (/^\d{1,2}$/.test(text) && value >= field.low && value <= field.high) return value;
  return fail(`the ${field.name} "${text}" is not between ${field.low} and ${field.high}`);
}

function rangeOf(field: Field, text: string, hasStep: boolean): [number, number] {
  if (text === '*') return [field.low, field === WEEKDAY ? 6 : field.high];
  const [from = '', to, ...rest] = text.split('-');
  const first = valueOf(field, from);
  if (to === undefined) return [first, hasStep ? (field === WEEKDAY ? 6 : field.high) : first];
  const end = valueOf(field, to);
  // "FRI-SUN": a Sunday that ends a range is the seventh day.
  const last = field === WEEKDAY && end === 0 && first > 0 ? 7 : end;
  if (rest.length > 0 || last < first) fail(`the ${field.name} range "${text}" runs backwards`);
  return [first, last];
}

function parseField(field: Field, text: string): number[] {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step, ...rest] = part.split('/');
    if (range === '' || rest.length > 0) fail(`the ${field.name} "${text}" cannot be read`);
    const stride = step === undefined ? 1 : Number(step);
    if (!/^\d{1,2}$/.test(step ?? '1') || stride < 1)
      fail(`the step "/${step}" of the ${field.name} is not a number from 1`);
    const [first, last] = rangeOf(field, range, step !== undefined);
    for (let value = first; value <= last; value += stride) {
      values.add(field === WEEKDAY ? value % 7 : value);
    }
  }
  return [...values].sort((a, b) => a - b);
}

/**
 * Reads `minute hour day-of-month month weekday`: numbers, names (`MON`, `JAN`), lists, ranges and steps. When both the
 * day and the weekday are given, either is enough, as in every cron. Throws SCHEDULE_INVALID with one sentence for
 * anything else, and for dates that do not exist, such as 31 February.
 */
export function parseCron(text: string): Cron {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length)
    fail(
      'write five fields: minute, hour, day of the month, month, weekday, such as "0 9 * * 2" for Tuesdays at 09:00',
    );
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = FIELDS.map((field, index) =>
    parseField(field, parts[index] ?? ''),
  );
  const isDayGiven = !parts[2]?.startsWith('*');
  const isWeekdayGiven = !parts[4]?.startsWith('*');
  const isEitherEnough = isDayGiven && isWeekdayGiven;
  const exists = months.some((month) => days.some((day) => day <= (MONTH_DAYS[month - 1] ?? 0)));
  if (!exists && !isEitherEnough) fail(`no month it names has a day ${days.join(' or ')}`);
  return {
    text: parts.join(' '),
    minutes,
    hours,
    days: new Set(days),
    months: new Set(months),
    weekdays: new Set(weekdays),
    isDayGiven,
    isWeekdayGiven,
  };
}

/** What is wrong with a schedule, in a sentence; undefined when nothing is. */
export function cronProblem(text: string): string | undefined {
  try {
    parseCron(text);
    return undefined;
  } catch (error) {
    if (error instanceof PulseError) return error.message;
    throw error;
  }
}
