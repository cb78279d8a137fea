import { describe, expect, it } from 'vitest';
import { daysBetween, isDay, startOf } from '../../../src/domain/day.ts';
import { lastUpdatedToSend, weeksToPull } from '../../../src/sync/window.ts';

const HOUR = 3_600_000;

describe('the weeks to ask for', () => {
  it('are three years in a full pull, from a Sunday to today', () => {
    expect(weeksToPull('full', '2026-03-17')).toEqual({ from: '2023-03-19', to: '2026-03-17' });
  });

  it('are thirty weeks otherwise', () => {
    expect(weeksToPull('incremental', '2026-03-17')).toEqual({ from: '2025-08-17', to: '2026-03-17' });
  });

  it('begin with the same Sunday all week', () => {
    const from = (['2026-03-15', '2026-03-18', '2026-03-21'] as const).map(
      (day) => weeksToPull('full', day).from,
    );
    expect(new Set(from)).toEqual(new Set(['2023-03-19']));
    expect(weeksToPull('full', '2026-03-22').from).toBe('2023-03-26');
  });
});

describe('the lastUpdated to send', () => {
  const at = startOf('2026-03-17');

  it('of an incremental pull reaches 7 to 30 days back, differently in every hour of a day', () => {
    const hours = Array.from({ length: 24 }, (_, hour) =>
      lastUpdatedToSend('incremental', '2026-03-10', at + hour * HOUR),
    );
    for (const day of hours) {
      const back = daysBetween(day, '2026-03-10');
      expect(back).toBeGreaterThanOrEqual(7);
      expect(back).toBeLessThanOrEqual(30);
    }
    expect(new Set(hours).size).toBe(24);
  });

  it('of a full pull lies before the Marketplace opened, differently in every hour of half a year', () => {
    const hours = Array.from({ length: 5000 }, (_, hour) =>
      lastUpdatedToSend('full', undefined, at + hour * HOUR),
    );
    for (const day of hours) {
      expect(isDay(day)).toBe(true);
      expect(day < '2012-01-01').toBe(true);
    }
    expect(new Set(hours).size).toBe(5000);
  });

  it('of a pull that nothing came before is that of a full one', () => {
    expect(lastUpdatedToSend('incremental', undefined, at)).toBe(lastUpdatedToSend('full', undefined, at));
    expect(lastUpdatedToSend('full', '2026-03-10', at)).toBe(lastUpdatedToSend('full', undefined, at));
  });
});
