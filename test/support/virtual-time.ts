import { setImmediate } from 'node:timers/promises';
import type { Instant } from '../../src/domain/day.ts';
import type { Wait } from '../../src/slack/wait.ts';

/** A clock that stands still until somebody moves it; waiting moves it. */
export interface VirtualTime {
  readonly clock: () => Instant;
  readonly wait: Wait;
  advance(ms: number): void;
  set(at: Instant): void;
}

/** Time that belongs to the test. */
export function createVirtualTime(start = '2026-03-10T09:00:00Z'): VirtualTime {
  let now = Date.parse(start);
  return {
    clock: () => now,
    async wait(ms, signal) {
      // Sockets get their turn, or whoever waits in a loop would keep everybody else from running.
      await setImmediate();
      if (!signal?.aborted) now += ms;
    },
    advance(ms) {
      now += ms;
    },
    set(at) {
      now = at;
    },
  };
}
