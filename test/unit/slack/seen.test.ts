import { expect, it } from 'vitest';
import { createSeen } from '../../../src/slack/seen.ts';
import { createVirtualTime } from '../../support/virtual-time.ts';

it('what was seen is known for ten minutes, and then forgotten', () => {
  const time = createVirtualTime();
  const seen = createSeen(time.clock);
  expect([seen.note('a'), seen.note('a'), seen.note('b')]).toEqual([true, false, true]);
  time.advance(10 * 60_000 - 1);
  expect(seen.note('a')).toBe(false);
  time.advance(1);
  expect([seen.note('c'), seen.note('a')]).toEqual([true, true]);
});
