import type { Block, Message } from '../domain/message.ts';
import { header, message, section } from './kit/blocks.ts';
import { escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { LIMITS } from './kit/limits.ts';

/** What help says of one command. */
export interface HelpEntry {
  readonly word: string;
  readonly usage: string;
  readonly summary: string;
}

/** Lines in as few sections as hold them: a section that is too long would be cut. */
function sections(lines: readonly Mrkdwn[]): Block[] {
  const groups: Mrkdwn[][] = [];
  let size = 0;
  for (const line of lines) {
    size += line.mrkdwn.length + 1;
    if (groups.length === 0 || size > LIMITS.sectionText) {
      groups.push([]);
      size = line.mrkdwn.length;
    }
    groups.at(-1)?.push(line);
  }
  return groups.map((group) => section(join(group, '\n')));
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
  const words = join(
    entries.map(({ word }) => mrk`${word}`),
    ', ',
  );
  return message(mrk`You can ask ${slash} for: ${words}; or type an identifier or a company directly.`, [
    header('What you can ask'),
    ...sections(lines),
    section(mrk`*Examples*: ${join(examples, ', ')}. Answers are visible only to you.`),
  ]);
}
