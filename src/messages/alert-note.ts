import type { Message } from '../domain/message.ts';
import { message, section } from './kit/blocks.ts';
import { escape, join, type Mrkdwn, mrk, quote } from './kit/escape.ts';

/** A value of an alert that reads differently now; a side is absent where there was, or is, nothing. */
export interface ChangedDetail {
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/** Values in the customer's own words. */
const OWN_WORDS = 'Words';

function changeWords({ after, before, name }: ChangedDetail): Mrkdwn {
  if (name === OWN_WORDS && after !== undefined) return mrk`the customer wrote: “${quote(after)}”`;
  if (after === undefined) return mrk`*${name}*: no longer ${escape(before ?? '')}`;
  if (before === undefined) return mrk`*${name}*: ${escape(after)}`;
  return mrk`*${name}*: ${escape(before)}, now ${escape(after)}`;
}

/** The note in an alert's thread about what changed. `again`: it is also shown in the channel, so it says what it is about. */
export function changeNote(title: string, changes: readonly ChangedDetail[], again: boolean): Message {
  const words = join(changes.map(changeWords), '; ');
  const sentence = again ? mrk`*Changed since I told it*: ${title}. ${words}` : mrk`Changed: ${words}`;
  return message(sentence, [section(sentence)]);
}

/** The note that brings back an alert whose snooze is over. */
export function snoozeOverNote(title: string): Message {
  const sentence = mrk`*The snooze is over*: ${title}. Nobody has marked it handled.`;
  return message(sentence, [section(sentence)]);
}
