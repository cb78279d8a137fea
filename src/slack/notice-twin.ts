import { randomBytes } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import type { Instant } from '../domain/day.ts';
import type { TwinFacts } from '../messages/operator.ts';
import type { Outbox } from '../store/outbox.ts';
import type { OwnMessage } from './channel-reader.ts';
import type { Poster } from './poster.ts';

/** What noticing works with. */
export interface TwinNoticeDeps {
  readonly poster: Pick<Poster, 'readOwn'>;
  readonly outbox: Pick<Outbox, 'readPostedChannels'>;
  /** The name of this instance in what it posts. */
  readonly instance: string;
  /** Channels that are looked at even while this instance posts nothing there. */
  readonly channels: readonly string[];
  /** This machine's clock minus Slack's, in ms; undefined while unknown. */
  readonly clockOffsetMs: () => number | undefined;
  readonly clock: Clock;
}

/** A deploy lets two instances overlap, minutes at most: what one posts within this of the other's start or end is no twin's. */
const OVERLAP_MS = 5 * 60_000;
/** Each costs one request; Slack allows fifty a minute. */
const MOST_CHANNELS = 10;

/** A name for an instance that starts now: it tells when, and nothing about the machine. */
export function nameInstance(startedAt: Instant): string {
  return `${new Date(startedAt).toISOString()} ${randomBytes(4).toString('hex')}`;
}

/** When an instance of this name started; undefined where the name does not tell. */
export function startOf(name: string | undefined): Instant | undefined {
  const [, at = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) [0-9a-f]{8}$/.exec(name ?? '') ?? [];
  const startedAt = Date.parse(at);
  return Number.isNaN(startedAt) ? undefined : startedAt;
}

/** A time by Slack's clock, without its start. */
interface Span {
  readonly after: Instant;
  readonly until: Instant;
}

/** The twin that posted last in one channel within a time; undefined when none did. */
function twinAmong(
  messages: readonly OwnMessage[],
  own: string,
  { after, until }: Span,
): (Omit<TwinFacts, 'channel'> & { readonly lastAt: Instant }) | undefined {
  const others = messages
    .map(({ instance, ts }) => ({ instance, at: Number(ts) * 1000 }))
    .filter(({ at, instance }) => instance !== own && at > after && at <= until)
    .toSorted((a, b) => b.at - a.at);
  const [last] = others;
  if (!last) return undefined;
  const startedAt = startOf(last.instance);
  return {
    messages: others.filter(({ instance }) => instance === last.instance).length,
    lastAt: last.at,
    ...(startedAt !== undefined && { startedAt }),
  };
}

/**
 * Looks in the channels of this instance for messages of this bot that another one posted while this one ran: since the
 * first look, which belongs at the start. Without a history scope it sees nothing. The name of the instance in a message
 * decides, not what the outbox knows: rows that are gone, and copies of its own, are never taken for somebody else's.
 */
export function createTwinNotice(deps: TwinNoticeDeps) {
  const { clock, instance, outbox, poster } = deps;
  /** By Slack's clock, as the messages. */
  let seenUntil: Instant | undefined;

  /** What of the time until now is looked at; undefined while that is nothing. */
  function nextSpan(offsetMs: number): Span | undefined {
    const now = clock() - offsetMs;
    const until = now - OVERLAP_MS;
    // Further ahead than at the first look: the clock was set back, and looking begins anew.
    if (seenUntil === undefined || seenUntil > now + OVERLAP_MS) seenUntil = now + OVERLAP_MS;
    return until > seenUntil ? { after: seenUntil, until } : undefined;
  }

  return {
    /** The twin that posted since the last look, if one did. At most ten requests. */
    async look(): Promise<TwinFacts | undefined> {
      const offsetMs = deps.clockOffsetMs() ?? 0;
      const span = nextSpan(offsetMs);
      if (!span) return undefined;
      const posted = await outbox.readPostedChannels(span.after + offsetMs, MOST_CHANNELS);
      const seen: (TwinFacts & { readonly lastAt: Instant })[] = [];
      for (const channel of [...new Set([...deps.channels, ...posted])].slice(0, MOST_CHANNELS)) {
        const page = await poster.readOwn(channel);
        const twin = page.kind === 'read' && twinAmong(page.messages, instance, span);
        if (twin) seen.push({ ...twin, channel });
      }
      seenUntil = span.until;
      const [last] = seen.toSorted((a, b) => b.lastAt - a.lastAt);
      if (!last) return undefined;
      const { lastAt: _, ...twin } = last;
      return twin;
    },
  };
}
