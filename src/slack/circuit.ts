import type { Clock } from '../domain/clock.ts';
import type { Instant } from '../domain/day.ts';

/** Why Slack refuses the bot altogether, and what a person can do about it. */
export interface DeadIdentity {
  readonly code: string;
  readonly reason: string;
  readonly fix: string;
}

const PROBE_MS = 15 * 60_000;

/** Keeps everything back while the token does not work, but for one try every quarter of an hour. */
export function createCircuit(clock: Clock) {
  let dead: DeadIdentity | undefined;
  let probeAt: Instant = 0;

  return {
    /** True when posting is allowed: normally, and when a probe is due. */
    mayTry(): boolean {
      // A probe further away than the interval was set before the clock was set back.
      return dead === undefined || clock() >= probeAt || probeAt - clock() > PROBE_MS;
    },
    /** The token does not work. True when that is news. */
    open(identity: DeadIdentity): boolean {
      const isNew = dead === undefined;
      dead = identity;
      probeAt = clock() + PROBE_MS;
      return isNew;
    },
    /** Slack answered something else: the token works. */
    close(): void {
      dead = undefined;
    },
    state(): DeadIdentity | undefined {
      return dead;
    },
  };
}
