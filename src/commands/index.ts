import { EXPLANATIONS } from '../digests/explained/index.ts';
import { DIGESTS } from '../digests/index.ts';
import type { Message } from '../domain/message.ts';
import { help as helpMessage } from '../messages/help.ts';
import { lookupNothing } from '../messages/lookup-list.ts';
import type { Command, CommandContext } from './command.ts';
import { createDigestCommand } from './digest-command.ts';
import { evaluations } from './evaluations.ts';
import { createExplain } from './explain.ts';
import { createHelp } from './help.ts';
import { findSubscriptions, lookup } from './lookup.ts';
import { nearestWord } from './nearest-word.ts';
import { numbers } from './numbers.ts';
import { renewals } from './renewals.ts';
import { status } from './status.ts';
import { sync } from './sync.ts';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  lookup,
  ...DIGESTS.map(createDigestCommand),
  renewals,
  evaluations,
  createExplain(DIGESTS, EXPLANATIONS),
  numbers,
  status,
  sync,
  createHelp(() => COMMANDS),
];

/**
 * The answer to what was typed after the slash command: a command by its first word, otherwise a lookup of the whole
 * text. Text that is neither gets a sentence that says what was searched and what else to type.
 */
export async function answerCommand(words: readonly string[], context: CommandContext): Promise<Message> {
  const [first, ...rest] = words;
  if (first === undefined)
    return helpMessage(
      context.slash,
      COMMANDS.map(({ words: [word], usage, summary }) => ({ word, usage, summary })),
    );
  const word = first.toLowerCase();
  const command = COMMANDS.find((one) => one.words.includes(word));
  if (command) return command.answer(rest, context);
  const found = await findSubscriptions(words, context);
  if (found) return found;
  const suggestion = nearestWord(
    word,
    COMMANDS.flatMap((one) => one.words),
  );
  return lookupNothing(
    words.join(' '),
    context.slash,
    await context.readAge(),
    suggestion && [suggestion, ...rest].join(' '),
  );
}
