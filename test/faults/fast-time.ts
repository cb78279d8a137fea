import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../../src/domain/day.ts';
import type { Wait } from '../../src/slack/wait.ts';

/** A clock that several processes share and that goes faster than the machine's: pauses of minutes pass in seconds. */
export function createFastTime(speed: number, epoch: Instant): { clock: () => Instant; wait: Wait } {
  return {
    clock: () => Math.round(epoch + (Date.now() - epoch) * speed),
    async wait(ms, signal) {
      try {
        await sleep(Math.max(1, ms / speed), undefined, signal ? { signal } : {});
      } catch {
        // Ended early, as asked.
      }
    },
  };
}
