import type { Message } from '../domain/message.ts';
import { sumCents } from '../domain/money.ts';
import { header, message, section } from './kit/blocks.ts';
import { join, mrk } from './kit/escape.ts';
import { count, signedDollars } from './kit/words.ts';

/** Many alerts at once, as one message: largest first. */
export function alertSummary(facts: readonly { readonly title: string; readonly amount: number }[]): Message {
  const total = signedDollars(sumCents(facts.map(({ amount }) => amount)));
  const sentence = mrk`${count(facts.length, 'large transaction')} arrived together, ${total} net (our share).`;
  const lines = facts.slice(0, 25).map(({ title }) => mrk`• ${title}`);
  const rest = facts.length - lines.length;
  return message(sentence, [
    header(`${count(facts.length, 'large transaction')} at once`),
    section(mrk`*${sentence}*\n${join(lines, '\n')}${rest > 0 ? mrk`\nand ${rest} more` : mrk``}`),
  ]);
}
