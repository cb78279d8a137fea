import { describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../../src/domain/day.ts';
import { parseCron } from '../../../src/schedule/cron.ts';
import { catchUpWindowMs } from '../../../src/schedule/due.ts';
import { createScheduler, type Job } from '../../../src/schedule/scheduler.ts';
import { localDay } from '../../../src/schedule/zone-time.ts';
import type { IntervalJob } from '../../../src/schedule/intervals.ts';
import { createOutbox } from '../../../src/store/outbox.ts';
import { createSlots } from '../../../src/store/slots.ts';
import { differentClockChanges } from '../../support/clock-changes.ts';
import { entryOf, openDeliveryStore } from '../../support/delivery-store.ts';
import { createLogBook } from '../../support/log-book.ts';
import { createMemorySlots } from '../../support/memory-slots.ts';
import { createVirtualTime } from '../../support/virtual-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WINDOW = 12 * HOUR;

function dailyJob(change: Partial<Job> = {}): Job & { readonly ran: string[]; readonly missed: string[][] } {
  const ran: string[] = [];
  const missed: string[][] = [];
  return {
    id: 'daily',
    cron: '0 9 * * *',
    zone: 'UTC',
    windowMs: WINDOW,
    ran,
    missed,
    run: async ({ period }, before) => {
      ran.push(period);
      missed.push(before.map((one) => one.period));
      return { entries: [entryOf({ key: `digest/1/C1/daily/${period}`, kind: 'digest' })], note: 'as usual' };
    },
    ...change,
  };
}

function setUp(jobs: readonly Job[], start = '2026-03-10T08:00:00Z', intervals: readonly IntervalJob[] = []) {
  const db = openDeliveryStore();
  const time = createVirtualTime(start);
  const log = createLogBook();
  const slots = createSlots(db);
  const outbox = createOutbox(db);
  const deps = { jobs: async () => jobs, intervals, slots, clock: time.clock, log };
  return { db, time, log, slots, outbox, deps, scheduler: createScheduler(deps) };
}

describe('a scheduled job', () => {
  it('runs once when its period is due, however often the scheduler ticks', async () => {
    const job = dailyJob();
    const { scheduler, time, outbox, slots } = setUp([job]);
    await scheduler.tick();
    expect(job.ran).toEqual([]);
    time.advance(HOUR);
    await scheduler.tick();
    time.advance(30_000);
    await scheduler.tick();
    expect(job.ran).toEqual(['2026-03-10T09:00']);
    expect((await outbox.readCounts()).pending).toBe(1);
    expect(await slots.readLatest('daily')).toMatchObject({ state: 'done', entries: 1, note: 'as usual' });
  });

  it('does not make up for what was due before it was known', async () => {
    const job = dailyJob();
    const { scheduler, time } = setUp([job], '2026-03-10T09:30:00Z');
    await scheduler.tick();
    time.advance(HOUR);
    await scheduler.tick();
    expect(job.ran).toEqual([]);
  });

  it('counts as new when its specification changes', async () => {
    const job = dailyJob();
    const { deps, scheduler, time } = setUp([job]);
    await scheduler.tick();
    time.advance(3 * HOUR);
    const moved = dailyJob({ cron: '0 10 * * *' });
    await createScheduler({ ...deps, jobs: async () => [moved] }).tick();
    expect(moved.ran).toEqual([]);
    time.advance(DAY);
    await createScheduler({ ...deps, jobs: async () => [moved] }).tick();
    expect(moved.ran).toEqual(['2026-03-11T10:00']);
  });

  it('runs only the latest of the periods it slept through, and records the others as missed', async () => {
    const job = dailyJob();
    const { scheduler, time, slots } = setUp([job]);
    await scheduler.tick();
    time.advance(3 * DAY);
    await scheduler.tick();
    expect(job.ran).toEqual([]);
    time.advance(2 * HOUR);
    await scheduler.tick();
    expect(job.ran).toEqual(['2026-03-13T09:00']);
    const late = ['2026-03-12T09:00', '2026-03-11T09:00', '2026-03-10T09:00'];
    expect(job.missed).toEqual([late]);
    for (const period of late) {
      expect(await slots.read('daily', period)).toMatchObject({ state: 'missed' });
    }
  });

  it('is told once of the periods that were missed before it', async () => {
    const job = dailyJob();
    const { scheduler, time, slots } = setUp([job]);
    await scheduler.tick();
    time.advance(2 * DAY + 14 * HOUR);
    await scheduler.tick();
    expect(job.ran).toEqual([]);
    expect(await slots.readMissed('daily')).toHaveLength(3);
    time.advance(12 * HOUR);
    await scheduler.tick();
    time.advance(DAY);
    await scheduler.tick();
    expect(job.ran).toEqual(['2026-03-13T09:00', '2026-03-14T09:00']);
    expect(job.missed).toEqual([['2026-03-12T09:00', '2026-03-11T09:00', '2026-03-10T09:00'], []]);
  });

  it('is missed when its window is over', async () => {
    const job = dailyJob();
    const { scheduler, time, slots, outbox } = setUp([job]);
    await scheduler.tick();
    time.advance(HOUR + WINDOW + 1);
    await scheduler.tick();
    expect(job.ran).toEqual([]);
    expect(await slots.read('daily', '2026-03-10T09:00')).toMatchObject({ state: 'missed' });
    expect((await outbox.readCounts()).pending).toBe(0);
  });

  it('still runs at the last moment of its window', async () => {
    const job = dailyJob();
    const { scheduler, time } = setUp([job]);
    await scheduler.tick();
    time.advance(HOUR + WINDOW);
    await scheduler.tick();
    expect(job.ran).toEqual(['2026-03-10T09:00']);
  });

  it('does not run a period again when the clock is set back or forth', async () => {
    const job = dailyJob();
    const { scheduler, time } = setUp([job]);
    await scheduler.tick();
    time.advance(HOUR);
    await scheduler.tick();
    for (const jump of [-2 * HOUR, 3 * HOUR, -6 * HOUR, 5 * HOUR + 60_000, -1000, 2000]) {
      time.advance(jump);
      await scheduler.tick();
    }
    expect(job.ran).toEqual(['2026-03-10T09:00']);
  });

  it('runs once per local day at any half hour, at every different change of clocks', async () => {
    const changes = differentClockChanges();
    expect(changes.length).toBeGreaterThanOrEqual(28);
    for (const { at, zone } of changes) {
      const jobs = Array.from({ length: 48 }, (_, half) =>
        dailyJob({ id: `${half}`, cron: `${(half % 2) * 30} ${Math.floor(half / 2)} * * *`, zone }),
      );
      const time = createVirtualTime(new Date(at - 3 * DAY).toISOString());
      const { slots } = createMemorySlots(time.clock());
      const scheduler = createScheduler({
        jobs: async () => jobs,
        slots,
        clock: time.clock,
        log: createLogBook(),
      });
      for (let tick = 0; tick < 13; tick += 1) {
        await scheduler.tick();
        time.advance(12 * HOUR);
      }
      const changed = localDay(zone, at);
      const wanted = [-2, -1, 0, 1, 2].map((days) => addDays(changed, days));
      for (const { id, ran } of jobs) {
        const days = ran.map((period) => period.slice(0, 10));
        expect([zone, id, days.filter((day) => wanted.includes(day as Day))]).toEqual([zone, id, wanted]);
        expect(new Set(days).size).toBe(days.length);
      }
    }
  });

  it('of every day posts once after three days away, and records the two it missed', async () => {
    const job = dailyJob();
    const { outbox, scheduler, slots, time } = setUp([job]);
    await scheduler.tick();
    time.advance(HOUR + 60_000);
    await scheduler.tick();
    // From Tuesday 09:01 to Friday 09:01.
    time.advance(3 * DAY);
    await scheduler.tick();
    expect(job.ran).toEqual(['2026-03-10T09:00', '2026-03-13T09:00']);
    expect((await outbox.readCounts()).pending).toBe(2);
    const missed = await Promise.all(
      ['2026-03-11T09:00', '2026-03-12T09:00'].map(async (period) => slots.read('daily', period)),
    );
    expect(missed.map((slot) => slot?.state)).toEqual(['missed', 'missed']);
  });

  it.each([1, 5, 24, 72, 30 * 24, 400 * 24])(
    'posts once at most after %i hours away, whatever its schedule',
    async (hours) => {
      const jobs = ['*/15 * * * *', '0 * * * *', '0 9 * * *', '0 9 * * 2', '0 9 1 * *', '0 9 1 1 *'].map(
        (cron) => dailyJob({ id: cron, cron, windowMs: catchUpWindowMs(parseCron(cron)) }),
      );
      const { scheduler, time } = setUp(jobs, '2026-03-09T08:00:00Z');
      for (let tick = 0; tick < 30; tick += 1) {
        await scheduler.tick();
        time.advance(HOUR);
      }
      const before = jobs.map(({ ran }) => ran.length);
      time.advance(hours * HOUR);
      for (let tick = 0; tick < 3; tick += 1) await scheduler.tick();
      const posted = jobs.map(({ ran }, index) => ran.length - (before[index] ?? 0));
      expect(Math.max(...posted)).toBe(1);
      // What is younger than its window is posted, the hourly one for example.
      expect(posted.slice(0, 2)).toEqual([1, 1]);
      for (const { ran } of jobs) expect(new Set(ran).size).toBe(ran.length);
    },
  );

  it('fails alone, is tried again later and later, and keeps its period', async () => {
    let isBroken = true;
    let tries = 0;
    const broken = dailyJob({
      id: 'broken',
      run: async () => {
        tries += 1;
        if (isBroken) throw new Error('no data yet');
        return { entries: [entryOf({ key: 'late' })] };
      },
    });
    const job = dailyJob();
    const { scheduler, time, outbox, log } = setUp([broken, job]);
    await scheduler.tick();
    time.advance(HOUR);
    for (let tick = 0; tick < 13; tick += 1) {
      await scheduler.tick();
      time.advance(30_000);
    }
    expect(job.ran).toHaveLength(1);
    expect(tries).toBeGreaterThan(2);
    expect(tries).toBeLessThan(8);
    expect(
      log.lines.some(({ level, fields }) => level === 'error' && fields['error'] === 'no data yet'),
    ).toBe(true);
    isBroken = false;
    time.advance(15 * 60_000);
    await scheduler.tick();
    expect((await outbox.readCounts()).pending).toBe(2);
  });

  it('with a broken schedule is reported and holds up nobody', async () => {
    const job = dailyJob();
    const { scheduler, time, log } = setUp([dailyJob({ id: 'bad', cron: 'every day' }), job]);
    await scheduler.tick();
    time.advance(HOUR);
    await scheduler.tick();
    expect(job.ran).toHaveLength(1);
    expect(log.asText()).toContain('"schedule":"bad"');
  });

  it('whose run takes long is not started by a second tick', async () => {
    const gate = Promise.withResolvers<void>();
    let running = 0;
    const slow = dailyJob({
      run: async () => {
        running += 1;
        await gate.promise;
        return { entries: [] };
      },
    });
    const { scheduler, time } = setUp([slow]);
    await scheduler.tick();
    time.advance(HOUR);
    const ticks = [scheduler.tick(), scheduler.tick(), scheduler.tick()];
    gate.resolve();
    await Promise.all(ticks);
    await scheduler.tick();
    expect(running).toBe(1);
  });
});

describe('an interval job', () => {
  it('starts at once, then at its interval, and only once after a long sleep', async () => {
    const starts: number[] = [];
    const job: IntervalJob = { id: 'sync', everyMs: HOUR, run: async () => void starts.push(time.clock()) };
    const { scheduler, time } = setUp([], '2026-03-10T08:00:00Z', [job]);
    await scheduler.tick();
    time.advance(HOUR - 1);
    await scheduler.tick();
    expect(starts).toHaveLength(1);
    time.advance(1);
    await scheduler.tick();
    time.advance(9 * HOUR);
    await scheduler.tick();
    await scheduler.tick();
    expect(starts).toHaveLength(3);
  });

  it('never overlaps itself, and holds up no schedule', async () => {
    const gate = Promise.withResolvers<void>();
    let starts = 0;
    const job: IntervalJob = {
      id: 'sync',
      everyMs: 60_000,
      run: async () => {
        starts += 1;
        await gate.promise;
      },
    };
    const daily = dailyJob();
    const { scheduler, time } = setUp([daily], '2026-03-10T08:00:00Z', [job]);
    await scheduler.tick();
    time.advance(HOUR);
    await scheduler.tick();
    expect(starts).toBe(1);
    expect(daily.ran).toHaveLength(1);
    gate.resolve();
    await scheduler.stop();
  });

  it('goes on after a failure and after the clock was set back', async () => {
    let starts = 0;
    const job: IntervalJob = {
      id: 'sync',
      everyMs: HOUR,
      run: () => {
        starts += 1;
        throw new Error('offline');
      },
    };
    const { scheduler, time, log } = setUp([], '2026-03-10T08:00:00Z', [job]);
    await scheduler.tick();
    await Promise.resolve();
    time.advance(-7 * DAY);
    await scheduler.tick();
    await Promise.resolve();
    expect(starts).toBe(2);
    expect(log.asText()).toContain('offline');
    await scheduler.stop();
  });

  it.each([
    ['said that it achieved nothing', async () => false],
    ['threw', async () => Promise.reject(new Error('offline'))],
  ])('is tried again sooner after a run that %s, until one achieves something', async (_what, fail) => {
    let starts = 0;
    let isDown = true;
    const run = async () => {
      starts += 1;
      return isDown ? fail() : true;
    };
    const job: IntervalJob = { id: 'sync', everyMs: HOUR, retryMs: HOUR / 4, run };
    const { scheduler, time } = setUp([], '2026-03-10T08:00:00Z', [job]);
    async function startsAfter(ms: number): Promise<number> {
      time.advance(ms);
      await scheduler.tick();
      // What the run says is heard a moment later.
      await new Promise(setImmediate);
      return starts;
    }
    expect(await startsAfter(0)).toBe(1);
    expect(await startsAfter(HOUR / 4 - 1)).toBe(1);
    expect(await startsAfter(1)).toBe(2);
    isDown = false;
    expect(await startsAfter(HOUR / 4)).toBe(3);
    expect(await startsAfter(HOUR / 4)).toBe(3);
    expect(await startsAfter((HOUR * 3) / 4)).toBe(4);
    await scheduler.stop();
  });

  it('is told when the process stops', async () => {
    const heard = Promise.withResolvers<boolean>();
    const job: IntervalJob = {
      id: 'sync',
      everyMs: HOUR,
      run: (signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            heard.resolve(true);
            resolve();
          });
        }),
    };
    const { scheduler } = setUp([], '2026-03-10T08:00:00Z', [job]);
    await scheduler.start();
    await scheduler.stop();
    expect(await heard.promise).toBe(true);
  });
});
