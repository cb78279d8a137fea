import { help as helpMessage } from '../messages/help.ts';
import type { Command } from './command.ts';

/** `/pulse help`, made from the definitions of the commands it lists. */
export function createHelp(commands: () => readonly Command[]): Command {
  return {
    words: ['help', '?', 'commands'],
    usage: '',
    summary: 'this list',
    reads: [],
    answer: async (_words, { slash }) =>
      helpMessage(
        slash,
        commands().map(({ words: [word], usage, summary }) => ({ word, usage, summary })),
      ),
  };
}
