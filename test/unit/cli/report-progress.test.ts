import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReportProgress } from '../../../src/cli/report-progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(isTTY: boolean) {
  const written: string[] = [];
  const soFar = { rows: 0, requests: 1 };
  const progress = createReportProgress({ isTTY, write: (text) => written.push(text) }, Date.now);
  progress.follow(() => soFar);
  return { progress, soFar, written };
}

describe('the progress of a pull', () => {
  it('in a log is nothing for two seconds, then a line every ten', () => {
    const { progress, soFar, written } = start(false);
    vi.advanceTimersByTime(1_900);
    expect(written).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(written).toEqual(['0 rows, waiting, 1 request, 2 s\n']);
    soFar.rows = 120_000;
    soFar.requests = 4;
    vi.advanceTimersByTime(10_000);
    expect(written).toEqual([
      '0 rows, waiting, 1 request, 2 s\n',
      '120,000 rows, 10,000 rows/s, 4 requests, 12 s\n',
    ]);
    progress.pause();
    vi.advanceTimersByTime(60_000);
    expect(written).toHaveLength(2);
  });

  it('on a terminal is one line, written over and wiped away before anything else', () => {
    const { progress, written } = start(true);
    vi.advanceTimersByTime(400);
    expect(written).toEqual([
      '\r0 rows, waiting, 1 request, 0 s\u001b[K',
      '\r0 rows, waiting, 1 request, 0 s\u001b[K',
    ]);
    progress.note('HTTP 429');
    expect(written.slice(2)).toEqual(['\r\u001b[K', 'HTTP 429\n']);
    progress.pause();
    expect(written).toHaveLength(4);
    vi.advanceTimersByTime(60_000);
    expect(written).toHaveLength(4);
  });
});
