import { describe, expect, it } from 'vitest';
import { instantAt } from '../../../src/domain/local-time.ts';
import { isQuiet } from '../../../src/domain/quiet-time.ts';

const at = (text: string): number => Date.parse(text);

describe('quiet hours', () => {
  const night = { hours: { from: 20 * 60, to: 8 * 60 }, days: undefined };
  const lunch = { hours: { from: 12 * 60, to: 13 * 60 }, days: undefined };

  it.each([
    ['2026-03-17T19:59:59Z', false],
    ['2026-03-17T20:00:00Z', true],
    ['2026-03-18T00:00:00Z', true],
    ['2026-03-18T07:59:59Z', true],
    ['2026-03-18T08:00:00Z', false],
  ])('of a night: %s %s', (time, quiet) => {
    expect(isQuiet(night, at(time), 'UTC')).toBe(quiet);
  });

  it('go by the clocks of their zone, in summer and winter', () => {
    expect(isQuiet(lunch, at('2026-01-15T11:30:00Z'), 'Europe/Berlin')).toBe(true);
    expect(isQuiet(lunch, at('2026-07-15T11:30:00Z'), 'Europe/Berlin')).toBe(false);
    expect(isQuiet(lunch, at('2026-07-15T10:30:00Z'), 'Europe/Berlin')).toBe(true);
  });

  it('of nobody never begin', () => {
    expect(isQuiet({ hours: undefined, days: undefined }, at('2026-03-17T03:00:00Z'), 'UTC')).toBe(false);
  });
});

describe('days', () => {
  const workdays = { hours: undefined, days: [1, 2, 3, 4, 5] };
  it.each([
    ['2026-03-20T23:59:59Z', 'UTC', false],
    ['2026-03-21T00:00:00Z', 'UTC', true],
    ['2026-03-23T00:00:00Z', 'UTC', false],
    ['2026-03-20T15:00:00Z', 'Asia/Tokyo', true],
    ['2026-03-21T03:00:00Z', 'America/New_York', false],
  ])('begin at midnight of their zone: %s %s %s', (time, zone, quiet) => {
    expect(isQuiet(workdays, at(time), zone)).toBe(quiet);
  });
});

describe('a minute of a day', () => {
  it.each([
    ['2026-03-17', 'UTC', '2026-03-17T09:00:00Z'],
    ['2026-03-17', 'Europe/Berlin', '2026-03-17T08:00:00Z'],
    ['2026-07-01', 'Europe/Berlin', '2026-07-01T07:00:00Z'],
    ['2026-03-17', 'Asia/Kolkata', '2026-03-17T03:30:00Z'],
  ] as const)('%s at nine in %s is %s', (day, zone, instant) => {
    expect(instantAt(day, 9 * 60, zone)).toBe(at(instant));
  });
  it('that no clock shows is the one after it', () => {
    expect(instantAt('2026-03-29', 2 * 60 + 30, 'Europe/Berlin')).toBe(at('2026-03-29T01:30:00Z'));
  });
});
