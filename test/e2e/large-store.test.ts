import { expect, it } from 'vitest';
import { playLargeStore } from '../faults/large-store.ts';

const ROWS = 50_000;

it('the built bot syncs a large partner with a heap of 128 MB, and acknowledges and rightly answers fifty signed commands at once meanwhile', async () => {
  const report = await playLargeStore({ rows: ROWS, commands: 50, heapMb: 128 });
  expect(report).toMatchObject({
    licenses: ROWS,
    lines: ROWS,
    whileLoading: 50,
    unacknowledged: [],
    wrong: [],
    hasDigest: true,
    starved: 0,
    exitCode: 0,
  });
}, 240_000);
