import type { Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { context, header, message, section } from './kit/blocks.ts';
import { join, mrk } from './kit/escape.ts';
import { age, count, instant } from './kit/words.ts';

const MOST_SHOWN = 25;

/** What would have been told one by one since an instant, as one message. `sentences`: the text of each. */
export function whileAway(sentences: readonly string[], since: Instant, now: Instant): Message {
  const sentence = mrk`While I was away for ${age(since, now)}, ${count(sentences.length, 'thing')} happened that I would have told one by one.`;
  const lines = sentences.slice(0, MOST_SHOWN).map((one) => mrk`• ${one}`);
  const rest = sentences.length - lines.length;
  return message(sentence, [
    header('While I was away'),
    section(mrk`*${sentence}*\n${join(lines, '\n')}${rest > 0 ? mrk`\nand ${rest} more` : mrk``}`),
    context(mrk`I last read the data ${instant(since)}. None of this is told again`),
  ]);
}
