import { describe, expect, it } from 'vitest';
import { createScheduler, type Job } from '../../src/schedule/scheduler.ts';
import { createOutbox } from '../../src/store/outbox.ts';
import { createSlots } from '../../src/store/slots.ts';
import { entryOf, newDatabasePath, openDeliveryStore } from '../support/delivery-store.ts';
import { createLogBook } from '../support/log-book.ts';
import { createVirtualTime } from '../support/virtual-time.ts';

const HOUR = 3_600_000;

function hourlyJob(runs: string[]): Job {
  return {
    id: 'hourly',
    cron: '0 * * * *',
    zone: 'UTC',
    windowMs: 12 * HOUR,
    run: async ({ period }) => {
      runs.push(period);
      return { entries: [entryOf({ key: `digest/1/C1/hourly/${period}`, kind: 'digest' })] };
    },
  };
}

describe('two schedulers on the same file', () => {
  it('enqueue every period once between them', async () => {
    const path = newDatabasePath();
    const time = createVirtualTime('2026-03-10T08:30:00Z');
    const built: string[] = [];
    const [first, second] = [0, 1].map(() => {
      const slots = createSlots(openDeliveryStore(path));
      const jobs = async () => [hourlyJob(built)];
      return createScheduler({ jobs, slots, clock: time.clock, log: createLogBook() });
    });
    await Promise.all([first?.tick(), second?.tick()]);
    for (let hour = 0; hour < 24; hour += 1) {
      time.advance(HOUR);
      await Promise.all([first?.tick(), second?.tick(), first?.tick()]);
    }
    const db = openDeliveryStore(path);
    const keys = db.prepare<[], string>('SELECT key FROM outbox ORDER BY key').pluck().all();
    expect(keys).toHaveLength(24);
    expect(new Set(keys).size).toBe(24);
    const done = db.prepare("SELECT count(*) FROM schedule_slots WHERE state = 'done'").pluck().get();
    expect(done).toBe(24);
    // Both built some of the same periods; the claim is what keeps one.
    expect(built.length).toBeGreaterThan(24);
  });
});

describe('a slot', () => {
  it('is claimed by the first of two, whose messages alone are enqueued', async () => {
    const path = newDatabasePath();
    const [db, other] = [openDeliveryStore(path), openDeliveryStore(path)];
    const dueAt = Date.parse('2026-03-10T09:00:00Z');
    const claims = await Promise.all([
      createSlots(db).claim('churn', '2026-03-10T09:00', dueAt, [entryOf({ key: 'a' })], dueAt),
      createSlots(other).claim('churn', '2026-03-10T09:00', dueAt, [entryOf({ key: 'b' })], dueAt),
    ]);
    expect(claims).toEqual([true, false]);
    expect(await createOutbox(db).readRow('a')).toMatchObject({ state: 'pending' });
    expect(await createOutbox(db).readRow('b')).toBeUndefined();
  });

  it('is not kept when its messages cannot be enqueued', async () => {
    const db = openDeliveryStore();
    const slots = createSlots(db);
    const orphan = entryOf({ key: 'reply', kind: 'reply', parentKey: 'nobody' });
    await expect(slots.claim('churn', '2026-03-10T09:00', 1, [orphan], 1)).rejects.toThrow(/FOREIGN KEY/);
    expect(await slots.read('churn', '2026-03-10T09:00')).toBeUndefined();
    expect(await slots.claim('churn', '2026-03-10T09:00', 1, [entryOf({ key: 'digest' })], 1)).toBe(true);
  });

  it('of a schedule that was never seen does not exist', async () => {
    expect(await createSlots(openDeliveryStore()).readLatest('churn')).toBeUndefined();
  });
});
