import schedule from 'node-schedule';
import { PulseError } from '../domain/errors.ts';

/** Every half minute by the wall clock. */
const TICK = '*/30 * * * * *';
const TICK_MS = 30_000;
/** Nobody is silent for longer. */
const SILENCE_MS = 40_000;
const LOOK_MS = 5000;

/**
 * Calls `tick` every half minute until the returned function is called. node-schedule sleeps until a time of the wall clock:
 * with the clock set back by a day it is silent for a day, with it set forward it runs everything it slept through. So a timer
 * that no clock moves ticks in its place while it is silent, and what it slept through is left out. Throws SCHEDULE_INVALID.
 */
export function startTicker(tick: () => void): () => void {
  let tickedAt = performance.now();

  function beat(): void {
    tickedAt = performance.now();
    tick();
  }

  // node-schedule answers null, without an error, to what it cannot schedule.
  const job: schedule.Job | null = schedule.scheduleJob(TICK, (dueAt) => {
    if (Date.now() - dueAt.getTime() > TICK_MS) job?.reschedule(TICK);
    beat();
  });
  if (!job) throw new PulseError('SCHEDULE_INVALID', 'The half-minute tick could not be scheduled.');
  const look = setInterval(() => {
    if (performance.now() - tickedAt >= SILENCE_MS) beat();
  }, LOOK_MS);
  return () => {
    clearInterval(look);
    job.cancel();
  };
}
