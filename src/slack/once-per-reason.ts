import { reasonOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';

/**
 * Runs work that is tried again and again, and logs its failure once, until it goes well or fails for another reason: a full
 * disk that is found full every second is one line. `name`: which work it is. What it returns never rejects.
 */
export function createOncePerReason(log: Pick<Log, 'error'>) {
  const failing = new Map<string, string>();
  return async (name: string, message: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      failing.delete(name);
    } catch (error) {
      const reason = reasonOf(error);
      if (failing.get(name) !== reason) log.error({ lane: name, error: reason }, message);
      failing.set(name, reason);
    }
  };
}
