import { describe, expect, it } from 'vitest';
import { createPace } from '../../../src/slack/pace.ts';
import { createVirtualTime } from '../../support/virtual-time.ts';

const MINUTE = 60_000;

function setUp() {
  const time = createVirtualTime('2026-03-10T09:00:00Z');
  return { time, pace: createPace(time.clock) };
}

describe('how much one person may ask', () => {
  it('is twenty questions a minute, and nobody else waits for it', () => {
    const { pace, time } = setUp();
    for (let asked = 0; asked < 20; asked += 1) expect(pace.note('U1').isAllowed).toBe(true);
    expect(pace.note('U1')).toEqual({
      isAllowed: false,
      sentence: 'That is more than 20 questions in a minute; please wait a little.',
    });
    expect(pace.note('U2').isAllowed).toBe(true);
    time.advance(MINUTE);
    expect(pace.note('U1').isAllowed).toBe(true);
  });

  it('is two hundred a day: of a thousand no more are answered, and the operator hears of it once an hour', () => {
    const { pace, time } = setUp();
    const verdicts = Array.from({ length: 1000 }, () => {
      time.advance(10_000);
      return pace.note('U1');
    });
    expect(verdicts.filter(({ isAllowed }) => isAllowed)).toHaveLength(200);
    expect(verdicts.flatMap(({ unusual }) => unusual ?? [])).toEqual([51]);
    expect(verdicts.at(-1)?.sentence).toContain('200 questions in a day');
    time.advance(24 * 60 * MINUTE);
    expect(pace.note('U1').isAllowed).toBe(true);
  });

  it('is not lost when the clock is set back', () => {
    const { pace, time } = setUp();
    for (let asked = 0; asked < 20; asked += 1) pace.note('U1');
    time.advance(-60 * MINUTE);
    expect(pace.note('U1').isAllowed).toBe(true);
  });
});
