import type { Message } from '../domain/message.ts';
import { actions, header, message, paragraphs, section } from './kit/blocks.ts';
import { escape, join, mrk } from './kit/escape.ts';

/** What help says of one command. */
export interface HelpEntry {
  readonly word: string;
  readonly usage: string;
  readonly summary: string;
}

/** Every command with what it takes, from the commands' own definitions. `unknown`: what was asked about and is none. */
export function help(
  slash: string,
  entries: readonly HelpEntry[],
  unknown?: string,
  nearest?: string,
): Message {
  const lines = entries.map(({ word, usage, summary }) => {
    const typed = [slash, word, usage].filter((part) => part !== '').join(' ');
    return mrk`\`${escape(typed, 120)}\`\n${summary}`;
  });
  const examples = ['E-123-456-789-ABC', 'acme', 'churn "App 1"'].map(
    (text) => mrk`\`${escape(`${slash} ${text}`)}\``,
  );
  const words = join(
    entries.map(({ word }) => mrk`${word}`),
    ', ',
  );
  const note =
    unknown === undefined
      ? undefined
      : section(mrk`There is no command "${escape(unknown, 60)}"; these are all there are.`);
  return message(mrk`You can ask ${slash} for: ${words}; or type an identifier or a company directly.`, [
    header('What you can ask'),
    note,
    nearest === undefined ? undefined : actions([{ label: `Help ${nearest}`, asks: `help ${nearest}` }]),
    ...paragraphs(lines),
    section(
      mrk`*Examples*: ${join(examples, ', ')}. \`${escape(`${slash} help churn`)}\` tells more of one command. Answers are visible only to you.`,
    ),
  ]);
}

/** What help says of one command. */
export interface CommandHelp extends Omit<HelpEntry, 'word'> {
  /** The first word, and others that mean the same. */
  readonly words: readonly [string, ...string[]];
  readonly definition: string;
  readonly examples: readonly [string, ...string[]];
}

/** One command: what it takes, what its answer means, examples. */
export function commandHelp(
  slash: string,
  { definition, examples, summary, usage, words }: CommandHelp,
): Message {
  const [word, ...others] = words;
  const typed = [slash, word, usage].filter((part) => part !== '').join(' ');
  const same =
    others.length === 0
      ? mrk``
      : mrk`\n*The same*: ${join(
          others.map((other) => mrk`\`${escape(other)}\``),
          ', ',
        )}`;
  const shown = join(
    examples.map((example) => mrk`\`${escape(`${slash} ${example}`, 120)}\``),
    '\n',
  );
  // What needs words after its own cannot be run by a button.
  const isRunnable = !usage.startsWith('<');
  return message(mrk`${typed}: ${summary}.`, [
    header(`${slash} ${word}`),
    section(mrk`\`${escape(typed, 120)}\`\n${summary}${same}`),
    section(escape(definition, 1500)),
    section(mrk`*Examples*\n${shown}`),
    isRunnable ? actions([{ label: `Run ${word}`, asks: word }]) : undefined,
  ]);
}
