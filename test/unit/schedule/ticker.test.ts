import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createScheduler, type Job } from '../../../src/schedule/scheduler.ts';
import { startTicker } from '../../../src/schedule/ticker.ts';
import { createLogBook } from '../../support/log-book.ts';
import { createMemorySlots } from '../../support/memory-slots.ts';
import { createRandom } from '../analytics/rows.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-03-10T08:00:07Z');

beforeEach(() => {
  const toFake = [
    'Date',
    'performance',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
  ] as const;
  vi.useFakeTimers({ now: START, toFake: [...toFake] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Sets the clock, as NTP, a person or a machine that wakes up does: no timer notices. */
const setClock = (by: number): void => void vi.setSystemTime(Date.now() + by);

describe('the tick', () => {
  it('comes every half minute, and ends', async () => {
    const at: number[] = [];
    const stop = startTicker(() => at.push(Date.now()));
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(at).toHaveLength(20);
    expect(at.every((one) => one % (30 * SECOND) === 0)).toBe(true);
    stop();
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(at).toHaveLength(20);
  });

  it.each([
    ['a second back', -SECOND],
    ['two hours back', -2 * HOUR],
    ['a week back', -7 * DAY],
    ['a second forward', SECOND],
    ['six hours forward', 6 * HOUR],
    ['a week forward, or the machine slept for one', 7 * DAY],
  ])('with the clock set %s goes on within a minute, neither silent nor in a burst', async (_what, by) => {
    let ticks = 0;
    const stop = startTicker(() => {
      ticks += 1;
    });
    // A moment before a tick is due, when nothing else has had time to notice.
    await vi.advanceTimersByTimeAsync(5 * MINUTE + 22 * SECOND);
    ticks = 0;
    setClock(by);
    await vi.advanceTimersByTimeAsync(30 * SECOND);
    expect(ticks).toBeGreaterThanOrEqual(1);
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(ticks).toBeGreaterThanOrEqual(7);
    expect(ticks).toBeLessThanOrEqual(14);
    stop();
  });
});

it('a clock set forward and back at a hundred random moments runs nothing twice, and everything within a minute', async () => {
  const random = createRandom(2026);
  const jumps = [6 * HOUR, -2 * HOUR, 7 * DAY, -7 * DAY, SECOND, -SECOND, 10 * MINUTE, -10 * MINUTE];
  const { slots, states } = createMemorySlots(START - 30 * DAY);
  const ran: string[] = [];
  const late: string[] = [];
  /** How long the clock has been going without being set. */
  let setAt = performance.now();
  const job: Job = {
    id: 'often',
    cron: '0 * * * *',
    zone: 'UTC',
    windowMs: 12 * HOUR,
    run: async ({ dueAt, period }) => {
      ran.push(period);
      // Due while the clock was going: it must have run within a minute. Due in a jump: within a minute of the jump.
      const [lateMs, sinceSetMs] = [Date.now() - dueAt, performance.now() - setAt];
      if (Math.min(lateMs, sinceSetMs) > MINUTE) late.push(`${period}, ${lateMs} ms late`);
      return { entries: [] };
    },
  };
  const scheduler = createScheduler({
    jobs: async () => [job],
    slots,
    clock: Date.now,
    log: createLogBook(),
  });
  await scheduler.start();
  let unseen = 0;
  for (let jump = 0; jump < 100; jump += 1) {
    await vi.advanceTimersByTimeAsync(random.whole(1, 90) * SECOND);
    setClock(random.pick(jumps as [number, ...number[]]));
    setAt = performance.now();
    const before = ran.length;
    await vi.advanceTimersByTimeAsync(MINUTE);
    const newest = new Date(Math.floor((Date.now() - MINUTE) / HOUR) * HOUR).toISOString().slice(0, 16);
    // Whatever the clock shows, its newest period is settled by now: just so, or while the clock was further on.
    if (!states.has(`often ${newest}`)) unseen += 1;
    if (ran.length - before > 2) late.push(`${ran.length - before} runs after one jump`);
  }
  await scheduler.stop();
  expect(new Set(ran).size).toBe(ran.length);
  expect(late).toEqual([]);
  expect(unseen).toBe(0);
  expect(ran.length).toBeGreaterThan(20);
});
