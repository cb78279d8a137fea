import { setTimeout as pause } from 'node:timers/promises';
import { troubleOf } from './store-trouble.ts';

const EVERY_MS = 10;
/** A sync that restates much of a large store holds it for seconds; longer than this and something is wrong. */
const LONGEST_MS = 120_000;

async function whenFree(call: () => Promise<unknown>): Promise<unknown> {
  for (const until = Date.now() + LONGEST_MS; ; await pause(EVERY_MS)) {
    try {
      return await call();
    } catch (error) {
      if (troubleOf(error) !== 'STORE_BUSY' || Date.now() > until) throw error;
    }
  }
}

/**
 * The same asynchronous functions, which wait for a writer in another thread or process without blocking their own
 * thread: SQLite's own waiting would keep the event loop from answering Slack. Each function must be one transaction,
 * because it is called again as a whole.
 */
export function retryWhenBusy<Part extends object>(part: Part): Part {
  return new Proxy(part, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]): unknown =>
        whenFree(async () => (await member.apply(target, parameters)) as unknown);
    },
  });
}
