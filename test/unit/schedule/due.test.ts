import { describe, expect, it } from 'vitest';
import { addDays, type Day, type Instant, lastCompleteWeek, startOf } from '../../../src/domain/day.ts';
import { parseCron } from '../../../src/schedule/cron.ts';
import { catchUpWindowMs, duesUntil, latestDue, nextDues } from '../../../src/schedule/due.ts';
import { instantOf, isZone } from '../../../src/schedule/zone-time.ts';
import { type ClockChange, differentClockChanges } from '../../support/clock-changes.ts';

const HOUR = 3_600_000;
/** When the clocks of a zone show, or first show something later than, each local half-hour: read off minute by minute. */
function readOffClocks(change: ClockChange, firstDay: Day, days: number): Map<string, Instant> {
  const clocks = new Intl.DateTimeFormat('sv-SE', {
    timeZone: change.zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const wanted = Array.from({ length: days * 48 }, (_, index) => {
    const nominal = new Date(startOf(firstDay) + index * HOUR * 0.5);
    return nominal.toISOString().slice(0, 16);
  });
  const shown = new Map<string, Instant>();
  let next = 0;
  // Clock changes happen on the quarter hour, so a quarter hour is the grain of what can be wrong.
  for (let at = startOf(firstDay) - 15 * HOUR; next < wanted.length; at += 15 * 60_000) {
    const local = clocks.format(at).replace(' ', 'T');
    if (local < `${firstDay}T00:00`) continue;
    while (next < wanted.length && (wanted[next] ?? '') <= local) {
      shown.set(wanted[next] ?? '', at);
      next += 1;
    }
  }
  return shown;
}

describe('the instant of a local time', () => {
  const changes = differentClockChanges();

  it('is found for all of the different clock changes of 2026', () => {
    expect(changes.length).toBeGreaterThanOrEqual(28);
  });

  it.each(changes.map((change) => [change.zone, new Date(change.at).toISOString(), change] as const))(
    'is the first one that clocks in %s show around %s, or the first after a skip',
    (_zone, _at, change) => {
      const firstDay = addDays(new Date(change.at).toISOString().slice(0, 10) as Day, -2);
      const expected = readOffClocks(change, firstDay, 5);
      const found = new Map(
        [...expected.keys()].map((period) => {
          const minute = Number(period.slice(11, 13)) * 60 + Number(period.slice(14, 16));
          return [period, instantOf(change.zone, period.slice(0, 10) as Day, minute)];
        }),
      );
      expect(found).toEqual(expected);
    },
  );

  it.each([
    // Skipped: 02:00 to 03:00.
    ['Europe/Berlin', '2026-03-29', 150, '2026-03-29T01:00:00.000Z'],
    // Shown twice: 02:00 to 03:00.
    ['Europe/Berlin', '2026-10-25', 150, '2026-10-25T00:30:00.000Z'],
    // Half an hour skipped: 02:00 to 02:30.
    ['Australia/Lord_Howe', '2026-10-04', 135, '2026-10-03T15:30:00.000Z'],
    // Midnight skipped.
    ['America/Santiago', '2026-09-06', 0, '2026-09-06T04:00:00.000Z'],
    // A whole day skipped: the island crossed the date line.
    ['Pacific/Apia', '2011-12-30', 720, '2011-12-30T10:00:00.000Z'],
    ['UTC', '2026-03-29', 150, '2026-03-29T02:30:00.000Z'],
  ] as const)('in %s on %s at minute %i is %s', (zone, day, minute, expected) => {
    expect(new Date(instantOf(zone, day, minute)).toISOString()).toBe(expected);
  });
});

describe('the latest due period', () => {
  const at = (text: string): Instant => Date.parse(text);

  it.each([
    ['0 9 * * 2', 'Europe/Berlin', '2026-03-10T08:00:00Z', '2026-03-10T09:00'],
    ['0 9 * * 2', 'Europe/Berlin', '2026-03-10T07:59:59Z', '2026-03-03T09:00'],
    ['0 9 * * *', 'America/New_York', '2026-03-08T12:59:00Z', '2026-03-07T09:00'],
    ['0 9 * * *', 'America/New_York', '2026-03-08T13:00:00Z', '2026-03-08T09:00'],
    ['0 9 29 2 *', 'UTC', '2026-03-10T08:00:00Z', '2024-02-29T09:00'],
    ['0 9 1 * *', 'UTC', '2026-03-10T08:00:00Z', '2026-03-01T09:00'],
    ['0 9 15 * MON', 'UTC', '2026-03-15T10:00:00Z', '2026-03-15T09:00'],
    ['0 9 15 * MON', 'UTC', '2026-03-16T10:00:00Z', '2026-03-16T09:00'],
    ['*/30 * * * *', 'Europe/Berlin', '2026-10-25T01:10:00Z', '2026-10-25T02:30'],
    ['*/30 * * * *', 'Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29T03:00'],
  ])('of "%s" in %s at %s is %s', (cron, zone, now, period) => {
    expect(latestDue(parseCron(cron), zone, at(now))?.period).toBe(period);
  });

  it('comes exactly once for every local day, whatever the clocks do', () => {
    for (const zone of ['Europe/Berlin', 'America/Santiago', 'Africa/Cairo', 'Australia/Lord_Howe']) {
      for (const hour of [0, 1, 2, 3, 23]) {
        const cron = parseCron(`30 ${hour} * * *`);
        const periods = duesUntil(cron, zone, at('2026-12-31T23:59:00Z')).take(365).toArray();
        const days = periods.map(({ period }) => period.slice(0, 10));
        const instants = periods.map(({ dueAt }) => dueAt);
        expect(new Set(days).size).toBe(365);
        expect(instants).toEqual(instants.toSorted((a, b) => b - a));
      }
    }
  });

  it('is what the list of next periods said it would be', () => {
    const cron = parseCron('*/15 * * * *');
    const now = at('2026-03-29T00:30:00Z');
    for (const { period, dueAt } of nextDues(cron, 'Europe/Berlin', now, 12)) {
      expect(dueAt).toBeGreaterThan(now);
      expect(latestDue(cron, 'Europe/Berlin', dueAt)?.dueAt).toBe(dueAt);
      expect(latestDue(cron, 'Europe/Berlin', dueAt - 1)?.period).not.toBe(period);
    }
  });

  it.each([
    ['0 9 * * *', (): boolean => true],
    ['30 23 * * *', (): boolean => true],
    ['0 9 * * 0', (date: Date): boolean => date.getUTCDay() === 0],
    ['0 9 * * 2', (date: Date): boolean => date.getUTCDay() === 2],
    ['0 9 * * MON-FRI', (date: Date): boolean => date.getUTCDay() > 0 && date.getUTCDay() < 6],
    ['0 9 1 * *', (date: Date): boolean => date.getUTCDate() === 1],
    ['0 9 31 * *', (date: Date): boolean => date.getUTCDate() === 31],
    ['0 9 29 2 *', (date: Date): boolean => date.getUTCMonth() === 1 && date.getUTCDate() === 29],
    ['0 9 28-31 * *', (date: Date): boolean => date.getUTCDate() > 27],
    ['0 9 1 1,4,7,10 *', (date: Date): boolean => date.getUTCDate() === 1 && date.getUTCMonth() % 3 === 0],
    ['0 9 1 7 *', (date: Date): boolean => date.getUTCDate() === 1 && date.getUTCMonth() === 6],
    ['0 9 1 * SUN', (date: Date): boolean => date.getUTCDate() === 1 || date.getUTCDay() === 0],
  ] as const)('of "%s" is each of its days once, in a thousand days with a leap day', (text, isMeant) => {
    const cron = parseCron(text);
    const [minute = '', hour = ''] = text.split(' ');
    const days = Array.from({ length: 1000 }, (_, index) => addDays('2027-06-15', index));
    const meant = days.filter((day) => isMeant(new Date(startOf(day)))).map((day) => `${day}T`);
    const clock = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
    const expected = meant.map((day) => `${day}${clock}`);
    // Looked at every evening, as a bot that runs would; and in one go, as one that comes back.
    const seen = days.map((day) => latestDue(cron, 'Europe/Berlin', startOf(day) + 23 * HOUR)?.period ?? '');
    expect([...new Set(seen)].filter((period) => period >= (days[0] ?? ''))).toEqual(expected);
    const end = startOf(addDays(days.at(-1) ?? '2030-01-01', 1)) - HOUR;
    const back = duesUntil(cron, 'Europe/Berlin', end).take(expected.length).toArray();
    expect(back.map(({ period }) => period).reverse()).toEqual(expected);
    expect(
      nextDues(cron, 'Europe/Berlin', startOf('2027-06-15') - 2 * HOUR, Math.min(5, expected.length)),
    ).toEqual(back.toReversed().slice(0, 5));
  });

  it('of weekly digests tells every week once, over the ends of years', () => {
    const cron = parseCron('0 9 * * 2');
    const dues = duesUntil(cron, 'Pacific/Auckland', at('2030-01-31T00:00:00Z')).take(143).toArray();
    const weeks = dues.map(({ dueAt }) => lastCompleteWeek(dueAt)).reverse();
    expect(weeks).toEqual(weeks.map((_, index) => addDays(weeks[0] ?? '2027-01-03', 7 * index)));
  });

  it('is followed by the next ones, soonest first', () => {
    expect(
      nextDues(parseCron('0 9 * * 2'), 'UTC', at('2026-03-10T08:00:00Z'), 3).map(({ period }) => period),
    ).toEqual(['2026-03-10T09:00', '2026-03-17T09:00', '2026-03-24T09:00']);
  });
});

describe('a zone', () => {
  it.each(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'])('%s is one', (zone) => {
    expect(isZone(zone)).toBe(true);
  });
  it.each(['Europe/Atlantis', '', 'CET+1', 'Berlin', '../etc'])('"%s" is none', (zone) => {
    expect(isZone(zone)).toBe(false);
  });
});

describe('how late a period may run', () => {
  it.each([
    ['0 9 * * *', 12],
    ['0 * * * *', 12],
    ['0 9 * * 2', 72],
    ['0 9 1 * *', 168],
    ['0 9 * 1 2', 168],
  ])('"%s": %i hours', (cron, hours) => {
    expect(catchUpWindowMs(parseCron(cron))).toBe(hours * HOUR);
  });
});
