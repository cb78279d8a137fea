import type { Day, Instant } from '../../domain/day.ts';
import type { ThreadedMessage } from '../../domain/message.ts';
import { actions, context, header, message, section, threaded } from './blocks.ts';
import { mrk } from './escape.ts';
import { dataAge } from './freshness.ts';
import { monthLabel } from './words.ts';

/** A monthly digest in a week that brought no month. */
export interface StillNewest {
  /** The id of the digest. */
  readonly digest: string;
  /** "Sales benchmark". */
  readonly title: string;
  readonly scope: string;
  readonly month: Day;
  /** How the same digest is asked for: who asks gets the month again. */
  readonly asks: string;
  readonly asOf: Instant | undefined;
  readonly now: Instant;
}

/** One line: the month that was told is still the newest one, and how to see it again. */
export function stillNewest({ asOf, asks, digest, month, now, scope, title }: StillNewest): ThreadedMessage {
  const sentence = mrk`*${monthLabel(month)} is still the newest month*, and reads as I told it.`;
  const parent = message(mrk`${title}, ${scope}: ${sentence}`, [
    header(`${title}, ${scope}`),
    section(sentence),
    context(dataAge(asOf, now)),
    actions([
      { label: 'Show It Again', asks },
      { label: 'Explain', asks: `explain ${digest}` },
    ]),
  ]);
  return threaded(parent, []);
}
