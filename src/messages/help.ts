import type { Message } from '../domain/message.ts';
import { header, message, section } from './kit/blocks.ts';
import { escape, join, mrk } from './kit/escape.ts';

/** What help says of one command. */
export interface HelpEntry {
  readonly word: string;
  readonly usage: string;
  readonly summary: string;
}

/** Every command with what it takes, from the commands' own definitions. */
export function help(slash: string, entries: readonly HelpEntry[]): Message {
  const lines = entries.map(({ word, usage, summary }) => {
    const typed = [slash, word, usage].filter((part) => part !== '').join(' ');
    return mrk`\`${escape(typed, 120)}\`\n${summary}`;
  });
  const examples = ['E-123-456-789-ABC', 'acme', 'churn "App 1"'].map(
    (text) => mrk`\`${escape(`${slash} ${text}`)}\``,
  );
  return message(
    mrk`You can ask ${slash} for: ${entries.map(({ word }) => word).join(', ')}; or type an identifier or a company directly.`,
    [
      header('What you can ask'),
      section(join(lines, '\n')),
      section(mrk`*Examples*: ${join(examples, ', ')}. Answers are visible only to you.`),
    ],
  );
}
