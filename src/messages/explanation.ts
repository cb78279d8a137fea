import type { Message } from '../domain/message.ts';
import { actions, context, header, message, section } from './kit/blocks.ts';
import { escape, type Mrkdwn, mrk } from './kit/escape.ts';

/** One number, explained to a product manager in three lines. */
export interface ExplainedNumber {
  /** What the messages call it. */
  readonly name: string;
  /** Other words that ask for it. */
  readonly words?: readonly string[];
  /** What it is. */
  readonly is: string;
  /** Where it comes from. */
  readonly from: string;
  /** What to watch out for. */
  readonly care: string;
}

/** The entry of a digest, or of what all digests share. */
export interface Explanation {
  /** The id of the digest, or the word that asks for the entry. */
  readonly topic: string;
  readonly title: string;
  readonly numbers: readonly ExplainedNumber[];
}

/** The sentence that opens an entry: what the digest tells. */
export interface Introduced extends Explanation {
  readonly intro: string;
}

function numberText({ care, from, is, name }: ExplainedNumber): Mrkdwn {
  const line = (text: string) => escape(text, 600);
  return mrk`*${escape(name, 80)}*\n${line(is)}\n_Where it comes from_: ${line(from)}\n_Watch out_: ${line(care)}`;
}

/** One entry, number by number: what the button "Explain" of a digest shows. */
export function explanation({ intro, numbers, title, topic }: Introduced): Message {
  return message(mrk`${title}: what ${numbers.map(({ name }) => name).join(', ')} mean.`, [
    header(`${title}: what the numbers mean`),
    section(escape(intro, 600)),
    ...numbers.map((one) => section(numberText(one))),
    actions([
      ...(topic === SHARED ? [] : [{ label: 'What All Digests Share', asks: `explain ${SHARED}` }]),
      { label: 'All Entries', asks: 'explain' },
    ]),
  ]);
}

/** The entry that is about no digest of its own. */
export const SHARED = 'shared';

/** One number alone, with the way to the entry it is from. */
export function numberExplanation(number: ExplainedNumber, { title, topic }: Explanation): Message {
  return message(mrk`${number.name}: ${number.is}`, [
    section(numberText(number)),
    context(mrk`From the entry ${title}`),
    actions([{ label: 'Whole Entry', asks: `explain ${topic}` }]),
  ]);
}

/** The list of entries. `unknown`: what was asked for and is none of them. */
export function explanationList(
  slash: string,
  entries: readonly Explanation[],
  unknown: string | undefined,
): Message {
  const note =
    unknown === undefined ? undefined : mrk`There is no entry "${unknown}". These are all there are.`;
  const lines = entries.map(
    ({ numbers, title, topic }) =>
      mrk`• *${title}* (\`${escape(`${slash} explain ${topic}`)}\`): ${numbers.map(({ name }) => name).join(', ')}`,
  );
  return message(mrk`What the numbers mean: ${entries.map(({ topic }) => topic).join(', ')}.`, [
    header('What the numbers mean'),
    note && section(note),
    ...lines.map(section),
    context(mrk`Ask for an entry or for one number: \`${escape(slash)} explain run-rate\``),
  ]);
}
