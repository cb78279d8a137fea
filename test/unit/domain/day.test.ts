import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayOf,
  daysBetween,
  isDay,
  lastCompleteWeek,
  monthOf,
  monthsEndingWith,
  startOf,
  type Day,
  weekOf,
  weeksEndingWith,
} from '../../../src/domain/day.ts';

describe('a day', () => {
  it.each(['2024-02-29', '2000-02-29', '2025-12-31', '0001-01-01', '9999-12-31'])('%s exists', (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    '2025-02-29',
    '1900-02-29',
    '2025-02-30',
    '2025-13-01',
    '2025-00-10',
    '2025-01-00',
    '0000-00-00',
    '2025-1-1',
    '20250101',
    ' 2025-01-01',
    '2025-01-01T00:00Z',
    '+010000-01-01',
    '',
  ])('"%s" is none', (text) => {
    expect(isDay(text)).toBe(false);
  });

  it('changes at midnight UTC, whatever the zone of the machine', () => {
    expect(dayOf(Date.parse('2026-03-14T23:59:59.999Z'))).toBe('2026-03-14');
    expect(dayOf(Date.parse('2026-03-15T00:00:00.000Z'))).toBe('2026-03-15');
    expect(startOf('2026-03-15')).toBe(Date.UTC(2026, 2, 15));
  });

  it.each([Number.NaN, Infinity, -Infinity, 9e15, 8.64e15, Date.UTC(10_000, 0, 1), -7e13])(
    'of the instant %s, which no four-digit year holds, is one that is refused',
    (at) => {
      expect(dayOf(at)).toBe('0000-00-00');
      expect(isDay(dayOf(at))).toBe(false);
    },
  );

  it('counts days over leap days, year ends and the change to summer time', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2025-02-28', 1)).toBe('2025-03-01');
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
    expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366);
    expect(daysBetween('2025-01-01', '2024-01-01')).toBe(-366);
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  });

  it('does not throw beyond the last year', () => {
    expect(addDays('9999-12-31', 1)).toBe('0000-00-00');
    expect(addDays('0000-00-00', 7)).toBe('0000-00-00');
  });
});

describe('a week', () => {
  it('starts on Sunday and ends on Saturday, as in the API', () => {
    expect(weekOf('2026-03-15')).toBe('2026-03-15'); // a Sunday
    expect(weekOf('2026-03-16')).toBe('2026-03-15');
    expect(weekOf('2026-03-21')).toBe('2026-03-15'); // the Saturday after it
    expect(weekOf('2026-03-14')).toBe('2026-03-08');
  });

  it('reaches over months, years and leap days', () => {
    expect(weekOf('2026-01-01')).toBe('2025-12-28');
    expect(weekOf('2024-03-02')).toBe('2024-02-25');
  });

  it('is complete from midnight UTC after its Saturday, and not a millisecond earlier', () => {
    expect(lastCompleteWeek(Date.parse('2026-03-14T23:59:59.999Z'))).toBe('2026-03-01');
    expect(lastCompleteWeek(Date.parse('2026-03-15T00:00:00Z'))).toBe('2026-03-08');
    expect(lastCompleteWeek(Date.parse('2026-03-21T23:59:59.999Z'))).toBe('2026-03-08');
  });

  it('is followed by weeks that are seven days apart, oldest first', () => {
    expect(weeksEndingWith('2024-03-03', 3)).toEqual(['2024-02-18', '2024-02-25', '2024-03-03']);
    expect(weeksEndingWith('2024-03-03', 1)).toEqual(['2024-03-03']);
    expect(weeksEndingWith('2024-03-03', 0)).toEqual([]);
  });
});

it('a month is named by its first', () => {
  expect(monthOf('2024-02-29')).toBe('2024-02-01' satisfies Day);
});

describe('months', () => {
  it('are counted over the turns of years, from any day of a month', () => {
    expect(addMonths('2026-03-31', 0)).toBe('2026-03-01');
    expect(addMonths('2026-03-17', -3)).toBe('2025-12-01');
    expect(addMonths('2026-03-17', -15)).toBe('2024-12-01');
    expect(addMonths('2025-12-31', 2)).toBe('2026-02-01');
    expect(addMonths(addMonths('2026-01-01', 25), -25)).toBe('2026-01-01');
  });

  it('that end with one come oldest first', () => {
    expect(monthsEndingWith('2026-02-15', 3)).toEqual(['2025-12-01', '2026-01-01', '2026-02-01']);
    expect(monthsEndingWith('2026-02-15', 0)).toEqual([]);
  });
});
