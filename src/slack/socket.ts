import type { SocketModeReceiver } from '@slack/bolt';
import type { Clock } from '../domain/clock.ts';
import type { Instant } from '../domain/day.ts';
import { PulseError, reasonOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import { outcomeOf } from './outcome.ts';
import type { Wait } from './wait.ts';

/** What the connection works with. The receiver must not reconnect on its own. */
export interface SocketDeps {
  readonly receiver: SocketModeReceiver;
  readonly clock: Clock;
  readonly wait: Wait;
  readonly log: Log;
}

const CONNECT_MS = 20_000;
const LONGEST_PAUSE_MS = 30_000;
/** A connection that lasts less counts as a failed one, so that a server which hangs up at once is not stormed. */
const SHORTEST_LIFE_MS = 10_000;

/** The code with which Slack refuses the app token for good; undefined for anything that may pass. */
function refusalOf(error: unknown): string | undefined {
  const outcome = outcomeOf({ error });
  const code = 'code' in outcome ? outcome.code : '';
  return outcome.kind === 'dead' || code.startsWith('not_allowed') ? code : undefined;
}

/**
 * Keeps Socket Mode connected. The SDK's own reconnecting is off: after a polite disconnect it stays deaf for five
 * seconds, after an outage it waits ever longer without a limit, and a reconnect that fails rejects where nobody can
 * catch it, which ends the process. This one tries again at once, then after 1 to 30 seconds, for ever.
 */
export function createSocket({ receiver, clock, wait, log }: SocketDeps) {
  const { client } = receiver;
  const stopping = new AbortController();
  let connectedAt: Instant | undefined;
  let failures = 0;
  let loop: Promise<void> | undefined;
  let hear: () => void = () => {};

  client.on('disconnected', () => hear());
  stopping.signal.addEventListener('abort', () => hear());

  /** Ends a session whose handshake Slack does not finish in time. */
  async function giveUp(signal: AbortSignal): Promise<void> {
    await wait(CONNECT_MS, signal);
    if (signal.aborted) return;
    void client.disconnect();
    throw new Error('no hello in time');
  }

  /** Connects; `end` resolves when that connection is gone. */
  async function connect(): Promise<{ readonly end: Promise<void> }> {
    const end = new Promise<void>((resolve) => {
      hear = resolve;
    });
    const isOver = new AbortController();
    try {
      await Promise.race([client.start(), giveUp(isOver.signal)]);
    } finally {
      isOver.abort();
    }
    // A stop during the handshake came too early for the SDK: it finishes connecting all the same.
    if (stopping.signal.aborted) await client.disconnect();
    else {
      connectedAt = clock();
      log.info({}, 'connected to Slack');
    }
    return { end };
  }

  function noteFailure(error: unknown): void {
    failures += 1;
    log.warn({ failures, error: reasonOf(error).slice(0, 120) }, 'Slack could not be connected');
  }

  async function runUntilGone(end: Promise<void>): Promise<void> {
    const since = clock();
    await end;
    connectedAt = undefined;
    failures = clock() - since < SHORTEST_LIFE_MS ? failures + 1 : 0;
  }

  async function keepConnected(first: Promise<void> | undefined): Promise<void> {
    if (first) await runUntilGone(first);
    while (!stopping.signal.aborted) {
      if (failures > 0) {
        await wait(Math.min(1000 * 2 ** (failures - 1), LONGEST_PAUSE_MS), stopping.signal);
        if (stopping.signal.aborted) return;
      }
      try {
        const { end } = await connect();
        await runUntilGone(end);
      } catch (error) {
        noteFailure(error);
      }
    }
  }

  return {
    /**
     * Connects, and stays connected until `stop`. A first try that fails for a passing reason is repeated in the
     * background. Throws SLACK_APP_TOKEN_REFUSED.
     */
    async start(): Promise<void> {
      let first: Promise<void> | undefined;
      try {
        ({ end: first } = await connect());
      } catch (error) {
        const code = refusalOf(error);
        if (code !== undefined) {
          throw new PulseError(
            'SLACK_APP_TOKEN_REFUSED',
            `Slack refuses SLACK_APP_TOKEN (${code}): create an app-level token with the scope connections:write.`,
          );
        }
        noteFailure(error);
      }
      loop = keepConnected(first);
    },

    /** Since when it is connected; undefined while it is not. */
    connectedSince(): Instant | undefined {
      return connectedAt;
    },

    /** Closes the connection; waits at most 0.8 s for the goodbye. */
    async stop(): Promise<void> {
      stopping.abort();
      const isOver = new AbortController();
      await Promise.race([client.disconnect(), wait(800, isOver.signal)]);
      await Promise.race([loop, wait(100, isOver.signal)]);
      isOver.abort();
    },
  };
}

/** Keeps Socket Mode connected. */
export type Socket = ReturnType<typeof createSocket>;
