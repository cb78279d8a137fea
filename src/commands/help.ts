import type { Message } from '../domain/message.ts';
import { commandHelp, help as helpMessage } from '../messages/help.ts';
import type { Command } from './command.ts';
import { isFiller } from './filler-words.ts';
import { nearestWord } from './nearest-word.ts';

/** Every command in a line each. `unknown`: what was asked for and is none. */
export function listCommands(commands: readonly Command[], slash: string, unknown?: string): Message {
  const entries = commands.map(({ words: [word], usage, summary }) => ({ word, usage, summary }));
  const nearest =
    unknown === undefined
      ? undefined
      : nearestWord(
          unknown.toLowerCase(),
          commands.flatMap(({ words }) => words),
        );
  return helpMessage(slash, entries, unknown, nearest);
}

function wanted(words: readonly string[]): string[] {
  return words.filter((word) => !isFiller(word)).map((word) => word.toLowerCase());
}

/** `/pulse help [command]`, made from the definitions of the commands. */
export function createHelp(commands: () => readonly Command[]): Command {
  const find = (word: string | undefined) => commands().find(({ words }) => words.includes(word ?? ''));
  return {
    words: ['help', '?', 'commands'],
    usage: '[command]',
    summary: 'this list, or what one command takes and means',
    reads: [],
    definition:
      'Lists every command. With the word of a command it tells what that takes, what its answer means, and gives examples.',
    examples: ['help', 'help churn', 'help export'],
    understands: async (words) => {
      const [word, more] = wanted(words);
      return more === undefined && (word === undefined || find(word) !== undefined);
    },
    answer: async (words, { slash }) => {
      const [word] = wanted(words);
      const command = find(word);
      if (!command) return listCommands(commands(), slash, word);
      return commandHelp(slash, command);
    },
  };
}
