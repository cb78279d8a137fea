import { type Instant, lastCompleteWeek } from '../domain/day.ts';
import type { ThreadedMessage } from '../domain/message.ts';
import type { DigestTrace } from '../domain/traced-number.ts';
import { context } from '../messages/kit/blocks.ts';
import { type Mrkdwn, mrk } from '../messages/kit/escape.ts';
import { withNumbersButton } from '../messages/numbers.ts';
import { instant } from '../messages/kit/words.ts';
import type { ReadModel } from '../store/read-model.ts';
import type { Told } from '../store/told.ts';
import type { Digest, DigestRequest } from './digest.ts';
import { traceDigest } from './trace-digest.ts';

/** A sync is recorded once in many minutes: a digest that two of them fell into is built a third time, and no more. */
const MOST_BUILDS = 3;

/** A digest posted this long after it was due says so. Ticks and a sync under way take minutes. */
const LATE_AFTER_MS = 60 * 60_000;

/** A digest, and the newest sync that everything in it knows. */
export interface BuiltDigest {
  readonly message: ThreadedMessage;
  readonly knownAt: Instant;
  /** The numbers in it, to be kept when it is shown. */
  readonly trace: DigestTrace;
}

/** Builds a digest by its id. Throws DIGEST_UNKNOWN. */
export type BuildDigest = (digest: string, request: DigestRequest) => Promise<BuiltDigest>;

/** What a request says of what was told before. */
export function sinceTold(told: Told | undefined): Pick<DigestRequest, 'lastSpokeAt' | 'lastToldWeek'> {
  if (!told) return {};
  const { knownAt, toldAt, week } = told;
  // A week told while it ran was told in part: that it is more by now is no correction.
  const complete = lastCompleteWeek(toldAt);
  return { lastSpokeAt: knownAt, lastToldWeek: week < complete ? week : complete };
}

/** When the newest sync of a developer space was recorded; 0 before the first. */
async function readKnownAt(read: ReadModel, developerId: string): Promise<Instant> {
  const freshness = await read.readFreshness(developerId);
  return Math.max(0, ...freshness.flatMap(({ goodAt }) => goodAt ?? []));
}

/**
 * Builds a digest from one state of the store: its reads are many, and a sync that is recorded between two of them
 * would leave numbers in it that never belonged together.
 */
export async function buildDigest(
  digest: Digest,
  read: ReadModel,
  request: DigestRequest,
): Promise<BuiltDigest> {
  let knownAt = await readKnownAt(read, request.developerId);
  for (let builds = 1; ; builds += 1) {
    const content = await digest.build(read, request);
    const after = await readKnownAt(read, request.developerId);
    if (after === knownAt || builds === MOST_BUILDS) {
      const trace = traceDigest(digest.id, request, content, knownAt);
      const { blocks, text, thread } = content;
      return { message: withNumbersButton({ text, blocks, thread }, trace), knownAt, trace };
    }
    knownAt = after;
  }
}

/** The message with a line of small print above its buttons. */
function withNote(message: ThreadedMessage, note: Mrkdwn): ThreadedMessage {
  const buttons = message.blocks.findLastIndex(({ type }) => type === 'actions');
  const place = buttons === -1 ? message.blocks.length : buttons;
  return { ...message, blocks: message.blocks.toSpliced(place, 0, context(note)) };
}

/** A digest that is posted more than an hour after it was due, with a note of that; any other one as it is. */
export function sayLate(
  message: ThreadedMessage,
  { dueAt, now, zone }: { readonly dueAt: Instant; readonly now: Instant; readonly zone: string },
): ThreadedMessage {
  if (now - dueAt <= LATE_AFTER_MS) return message;
  return withNote(message, mrk`Delayed: it was due ${instant(dueAt, zone)}`);
}

/** A digest that says which ones before it never came; `missed` are those, newest first. */
export function sayMissed(
  message: ThreadedMessage,
  { missed, zone }: { readonly missed: readonly { readonly dueAt: Instant }[]; readonly zone: string },
): ThreadedMessage {
  const [newest] = missed;
  if (!newest) return message;
  const which =
    missed.length === 1
      ? `The digest due ${instant(newest.dueAt, zone)} was`
      : `${missed.length} digests, the last of them due ${instant(newest.dueAt, zone)}, were`;
  return withNote(message, mrk`${which} not posted: I was not running in time`);
}
