import { expect, it } from 'vitest';
import { watchLog } from './log-growth.ts';

it('a hundred syncs leave the write-ahead log empty, and it never holds twice what the largest of them writes', async () => {
  const { largestSync, left, lookups, peak, syncs, wrong } = await watchLog(100);
  expect({ syncs, left, wrong }).toEqual({ syncs: 100, left: 0, wrong: 0 });
  expect(largestSync).toBeGreaterThan(500_000);
  expect(peak).toBeLessThanOrEqual(2 * largestSync);
  expect(lookups).toBeGreaterThan(100);
}, 120_000);
