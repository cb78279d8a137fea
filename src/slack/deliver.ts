import type { Clock } from '../domain/clock.ts';
import type { Instant } from '../domain/day.ts';
import { reasonOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { Claim, Settlement } from '../store/outbox-steps.ts';
import type { Outbox } from '../store/outbox.ts';
import { backoffMs } from './backoff.ts';
import { createCircuit, type DeadIdentity } from './circuit.ts';
import { degrade } from './degrade.ts';
import { createOncePerReason } from './once-per-reason.ts';
import type { Outcome } from './outcome.ts';
import type { Poster } from './poster.ts';
import type { QuietStart } from './quiet-start.ts';
import { sayRepeated } from './say-repeated.ts';
import type { Wait } from './wait.ts';

/** A channel that began to refuse the bot. */
export interface ParkedNotice {
  readonly channel: string;
  readonly code: string;
  readonly reason: string;
  readonly fix: string;
}

/** A message Slack took in no form. It stays in the outbox as `refused`. */
export interface RefusedNotice {
  readonly key: string;
  readonly channel: string;
  readonly code: string;
}

/** What delivery works with. */
export interface DeliveryDeps {
  readonly outbox: Outbox;
  readonly poster: Poster;
  readonly clock: Clock;
  readonly wait: Wait;
  /** Uniform in [0, 1), for the jitter of retries. */
  readonly random: () => number;
  /** Between two posts to one channel; Slack allows about one message per second. */
  readonly paceMs?: number;
  readonly log: Log;
  /** A channel was parked: called once, not at every probe. */
  readonly onParked?: (notice: ParkedNotice) => void | Promise<void>;
  /** The token stopped working: called once, not at every probe. */
  readonly onDead?: (notice: DeadIdentity) => void | Promise<void>;
  readonly onRefused?: (notice: RefusedNotice) => void | Promise<void>;
}

/** Longer than a try may take (15 s) or a read-back (5 pages of 5 s): whoever holds a lease is done when it ends. */
const LEASE_MS = 45_000;
/** A message posted a moment ago is not yet in the channel's history. */
const READ_BACK_AFTER_MS = 5000;
/** Read-backs that Slack may refuse without a known reason before the message is repeated all the same. */
const MOST_CHECKS = 8;
/** An outage is waited out, but not one of the read-back alone, for ever. */
const LONGEST_SEARCH_MS = 24 * 3_600_000;
const POLL_MS = 1000;
const STOP_MS = 3000;
/** No channel is called so. */
const PROBE = 'probe';
const OUTBOX = 'outbox';

/**
 * Posts what the outbox holds: every channel on its own, in order, one message at a time. At least once, and with a
 * history scope no copies: a try whose end nobody knows is read back before it is repeated.
 */
export function createDelivery(deps: DeliveryDeps) {
  const { outbox, poster, clock, wait, random, paceMs = 1000, log } = deps;
  const stopping = new AbortController();
  const busy = new Map<string, Promise<void>>();
  const postedAt = new Map<string, Instant>();
  const circuit = createCircuit(clock);
  const trying = createOncePerReason(log);
  let isAbandoned = false;
  let loop: Promise<void> | undefined;

  async function notify<Notice>(
    listener: ((notice: Notice) => void | Promise<void>) | undefined,
    notice: Notice,
  ): Promise<void> {
    try {
      await listener?.(notice);
    } catch (error) {
      log.error({ error: reasonOf(error) }, 'a delivery listener failed');
    }
  }

  async function settle(claim: Claim, settlement: Settlement): Promise<void> {
    const isOurs = await outbox.settle(claim, settlement, clock());
    if (!isOurs) log.warn({ key: claim.key }, 'a message was settled by another sender');
  }

  async function refuse(claim: Claim, code: string): Promise<void> {
    log.error({ key: claim.key, channel: claim.channel, code }, 'Slack takes this message in no form');
    await settle(claim, { to: 'refused', reason: code });
    await notify(deps.onRefused, { key: claim.key, channel: claim.channel, code });
  }

  async function park(claim: Claim, outcome: Outcome & { kind: 'parked' }): Promise<void> {
    const { code, reason, fix, probeAfterMs } = outcome;
    const { channel } = claim;
    const verdict = await outbox.park(
      claim,
      { code, reason, fix, nextProbeAt: clock() + probeAfterMs },
      clock(),
    );
    if (verdict !== 'parked') return;
    log.warn({ channel, code }, 'the channel takes no messages');
    await notify(deps.onParked, { channel, code, reason, fix });
  }

  async function openCircuit({ code, reason, fix }: DeadIdentity): Promise<void> {
    if (!circuit.open({ code, reason, fix })) return;
    log.error({ code }, 'Slack refuses the bot: nothing is posted until that changes');
    await notify(deps.onDead, { code, reason, fix });
  }

  async function settlePost(claim: Claim, outcome: Outcome): Promise<void> {
    const retryAt = clock() + backoffMs(claim.attempts, random);
    if (outcome.kind !== 'dead') circuit.close();
    switch (outcome.kind) {
      case 'done':
        return settle(claim, { to: 'sent', ts: outcome.ts });
      case 'later': {
        const nextAt = outcome.retryAfterMs === undefined ? retryAt : clock() + outcome.retryAfterMs;
        return settle(claim, { to: 'pending', nextAt, reason: outcome.code });
      }
      case 'parked':
        return park(claim, outcome);
      case 'dead':
        await settle(claim, { to: 'pending', nextAt: clock(), reason: outcome.code });
        return openCircuit(outcome);
      case 'content': {
        const { code, details } = outcome;
        log.warn({ key: claim.key, code, details, degraded: claim.degraded }, 'Slack refuses the content');
        const degraded = claim.degraded + 1;
        if (degraded > degrade(claim.message).length) return refuse(claim, code);
        return settle(claim, { to: 'pending', nextAt: clock(), reason: code, degraded });
      }
      case 'gone':
        // Somebody deleted it, which is no trouble of the operator's.
        return settle(claim, { to: 'expired', reason: outcome.code });
      case 'thread':
        if (!outcome.isChannelWide) return refuse(claim, outcome.code);
        return settle(claim, { to: 'pending', nextAt: clock(), reason: outcome.code, detached: true });
      case 'in-doubt':
        log.warn({ key: claim.key, code: outcome.code }, 'nobody knows whether this message arrived');
        // Said twice, an edit is the same message.
        if (claim.editTs !== undefined)
          return settle(claim, { to: 'pending', nextAt: retryAt, reason: outcome.code });
        return settle(claim, {
          to: 'sending',
          nextAt: Math.max(retryAt, clock() + READ_BACK_AFTER_MS),
          reason: outcome.code,
        });
    }
  }

  async function post(claim: Claim): Promise<void> {
    const { channel, uuid, editTs, isBroadcast, threadTs, degraded, message } = claim;
    const whole = degraded === 0 ? message : (degrade(message)[degraded - 1] ?? message);
    const form = claim.mayBeRepeated ? sayRepeated(whole) : whole;
    const outcome = await poster.post({
      channel,
      uuid,
      message: form,
      isBroadcast,
      ...(threadTs !== undefined && { threadTs }),
      ...(editTs !== undefined && { editTs }),
    });
    postedAt.set(channel, clock());
    if (!isAbandoned) await settlePost(claim, outcome);
  }

  /** Settles a message whose last sender never said how its try ended. */
  async function reconcile(claim: Claim): Promise<void> {
    const { channel, uuid, firstTryAt, threadTs } = claim;
    const found = await poster.readBack({
      channel,
      uuid,
      firstTryAt,
      ...(threadTs !== undefined && { threadTs }),
    });
    if (isAbandoned) return;
    if (found.kind === 'dead') {
      await settle(claim, { to: 'sending', nextAt: clock() + READ_BACK_AFTER_MS, reason: found.code });
      return openCircuit(found);
    }
    if (found.kind === 'found') return settle(claim, { to: 'sent', ts: found.ts });
    const hasTime = clock() - firstTryAt < LONGEST_SEARCH_MS;
    if (found.kind === 'failed' && (found.isRefused ? claim.checks < MOST_CHECKS : hasTime)) {
      const nextAt = clock() + (found.retryAfterMs ?? backoffMs(claim.checks, random));
      return settle(claim, { to: 'sending', nextAt, reason: found.code });
    }
    return settle(claim, {
      to: 'pending',
      // The pause after the try came before the read-back.
      nextAt: clock(),
      reason: found.kind === 'absent' ? 'it did not arrive' : 'it may have arrived',
      possibleDuplicate: found.kind !== 'absent',
    });
  }

  async function waitForPace(channel: string): Promise<void> {
    const sinceMs = clock() - (postedAt.get(channel) ?? -Infinity);
    // Negative: the clock was set back; waiting by it could take for ever.
    if (sinceMs >= 0 && sinceMs < paceMs) await wait(paceMs - sinceMs, stopping.signal);
  }

  /** Posts or settles the next message of a channel, if one is due. False when none is. */
  async function takeNext(channel: string): Promise<boolean> {
    if (!stopping.signal.aborted) await waitForPace(channel);
    if (stopping.signal.aborted || !circuit.mayTry()) return false;
    const claim = await outbox.claim(channel, clock(), LEASE_MS);
    if (!claim) return false;
    await (claim.step === 'post' ? post(claim) : reconcile(claim));
    return !isAbandoned;
  }

  async function drain(channel: string): Promise<void> {
    while (await takeNext(channel));
  }

  /** While the token is dead: tries one message, of the first channel that has one due. */
  async function probe(channels: readonly string[]): Promise<void> {
    for (const channel of channels) if (await takeNext(channel)) return;
  }

  function run(lane: string, work: () => Promise<void>): void {
    if (busy.has(lane)) return;
    busy.set(
      lane,
      trying(lane, 'posting failed', work).finally(() => busy.delete(lane)),
    );
  }

  /** Starts posting to every channel that has something to post and is not being posted to. */
  async function launch(): Promise<void> {
    for (const { key, channel } of await outbox.expire(clock())) {
      log.warn({ key, channel }, 'a message was given up: too late');
    }
    if (!circuit.mayTry()) return;
    const channels = await outbox.readOpenChannels();
    if (circuit.state()) run(PROBE, () => probe(channels));
    else for (const channel of channels) run(channel, () => drain(channel));
  }

  async function poll(quiet: QuietStart | undefined): Promise<void> {
    let doubt = quiet?.doubt;
    if (quiet) await wait(quiet.forMs, stopping.signal);
    while (!stopping.signal.aborted) {
      await trying(OUTBOX, 'the outbox could not be read', async () => {
        if (await doubt?.()) doubt = undefined;
        await launch();
      });
      await wait(POLL_MS, stopping.signal);
    }
  }

  return {
    /** Takes over what a sender before this one was posting when it died. Call before `start`, where no other sender can run. */
    async takeOver(): Promise<void> {
      await outbox.endLeases(clock() + READ_BACK_AFTER_MS);
    },

    /** Posts everything that is due now and returns when it is settled or put off. */
    async tick(): Promise<void> {
      await launch();
      await Promise.all(busy.values());
    },

    /** Looks every second for something due, after a quiet time if there is one. */
    start(quiet?: QuietStart): void {
      loop ??= poll(quiet);
    },

    /** The dead identity, while nothing is posted because of it. */
    readDeadIdentity(): DeadIdentity | undefined {
      return circuit.state();
    },

    /**
     * Takes nothing new and waits at most three seconds for what is under way. A try that is not answered by then is
     * aborted and left in doubt for the next start.
     */
    async stop(): Promise<void> {
      stopping.abort();
      const isOver = new AbortController();
      await Promise.race([Promise.all([loop, ...busy.values()]), wait(STOP_MS, isOver.signal)]);
      isOver.abort();
      isAbandoned = true;
      poster.stop();
    },
  };
}

/** Posts what the outbox holds. */
export type Delivery = ReturnType<typeof createDelivery>;
