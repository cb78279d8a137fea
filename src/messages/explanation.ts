import type { Message } from '../domain/message.ts';
import { context, header, message, section } from './kit/blocks.ts';
import { escape, mrk } from './kit/escape.ts';

/** What numbers mean. `unknown`: what was asked for and is no digest, so all of them are explained. */
export function explanation(
  slash: string,
  digests: readonly { readonly id: string; readonly definition: string }[],
  unknown: string | undefined,
): Message {
  const note =
    unknown === undefined ? undefined : mrk`There is no digest "${unknown}"; these are all there are.`;
  const sections = digests.map(({ definition, id }) => section(mrk`*${id}*\n${escape(definition, 1500)}`));
  return message(mrk`What the numbers mean: ${digests.map(({ id }) => id).join(', ')}.`, [
    header('What the numbers mean'),
    note && section(note),
    ...sections,
    context(mrk`Ask for one with \`${escape(slash)} explain churn\``),
  ]);
}
