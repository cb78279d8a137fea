import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves after a time, or at once when the signal fires. Never rejects. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Waits by the wall clock. */
export const wait: Wait = async (ms, signal) => {
  try {
    await sleep(ms, undefined, signal ? { signal } : {});
  } catch {
    // Only the signal ends a sleep early, and ending early is what was asked for.
  }
};
