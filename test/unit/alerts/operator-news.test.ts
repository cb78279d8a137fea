import { describe, expect, it } from 'vitest';
import { announceCircumstances, type Circumstances } from '../../../src/alerts/operator-news.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-10T12:00:00Z');
const FINE: Circumstances = { spaces: [{ developerId: 'dev-1', goodAt: NOW - HOUR }] };

function keys(change: Partial<Circumstances>, now = NOW): string[] {
  return announceCircumstances({ ...FINE, ...change }, 'C1', now).map(({ key }) => key);
}

/** Every key of a look each quarter of an hour, once. */
function keysOver(hours: number, circumstances: (now: number) => Partial<Circumstances>): Set<string> {
  const looks = Array.from({ length: hours * 4 }, (_, index) => NOW + index * 0.25 * HOUR);
  return new Set(looks.flatMap((now) => keys(circumstances(now), now)));
}

describe('the operator is told', () => {
  it('nothing while nothing is wrong, and nothing of a store that never had data', () => {
    expect(keys({})).toEqual([]);
    expect(keys({ spaces: [{ developerId: 'dev-1', goodAt: undefined }] })).toEqual([]);
    expect(keys({ disk: { usedShare: 0.9, freeBytes: 1 }, clockOffsetMs: -60_000 })).toEqual([]);
  });

  it('once a day of data older than 26 hours: three times in an outage of three days', () => {
    const goodAt = NOW - 26 * HOUR;
    const told = keysOver(72, () => ({ spaces: [{ developerId: 'dev-1', goodAt }] }));
    // The outage touches four dates by the calendar, from noon to noon.
    expect([...told]).toEqual(['10', '11', '12', '13'].map((day) => `ops/1/STALE/dev-1/2026-03-${day}`));
    expect(keys({ spaces: [{ developerId: 'dev-1', goodAt: goodAt + 1 }] })).toEqual([]);
  });

  it('four times of a token that ends: 30, 7 and 1 days before, and after', () => {
    const told = keysOver(24 * 50, () => ({
      tokenExpires: '2026-04-20',
      spaces: [{ developerId: 'dev-1', goodAt: undefined }],
    }));
    expect([...told]).toEqual([30, 7, 1, -1].map((days) => `ops/1/TOKEN_EXPIRES/2026-04-20/${days}`));
    expect(keys({ tokenExpires: '2026-04-10' })).toEqual([]);
    expect(keys({ tokenExpires: '2026-04-09' })).toHaveLength(1);
  });

  it('once a day of a disk that is nearly full, and of a clock that is wrong either way', () => {
    expect(keys({ disk: { usedShare: 0.93, freeBytes: 2 ** 30 } })).toEqual([
      'ops/1/DISK_FILLING/2026-03-10',
    ]);
    expect(keys({ clockOffsetMs: 61_000 })).toEqual(['ops/1/CLOCK_WRONG/2026-03-10']);
    expect(keys({ clockOffsetMs: -61_000 })).toEqual(['ops/1/CLOCK_WRONG/2026-03-10']);
  });

  it('once a day of another instance that posts as this bot, wherever and however often it does', () => {
    const twin = (channel: string, messages: number) => ({
      twin: { channel, messages, startedAt: NOW - HOUR },
    });
    const told = keysOver(24, (now) => twin(`C${now % 7}`, 1 + (now % 3)));
    expect([...told]).toEqual(['10', '11'].map((day) => `ops/1/ANOTHER_INSTANCE/2026-03-${day}`));
  });

  it('each cause separately', () => {
    const all = keys({
      clockOffsetMs: 9e6,
      disk: { usedShare: 1, freeBytes: 0 },
      tokenExpires: '2026-03-10',
      twin: { channel: 'C1', messages: 1 },
    });
    expect(all).toHaveLength(4);
  });
});
