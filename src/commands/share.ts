import { identifiersIn } from '../domain/identifier.ts';
import { shared, sharing } from '../messages/shared.ts';
import type { Command } from './command.ts';
import { lookup } from './lookup.ts';
import { resolveCommand } from './resolve-command.ts';

/** `/pulse share <query>`: an answer for all in the channel, without contacts and with the name of who shared it. */
export function createShare(commands: () => readonly Command[]): Command {
  const shareable = () => commands().filter((command) => 'share' in command);
  return {
    words: ['share'],
    usage: '<a customer or a digest>',
    summary: 'the same answer for all in this channel, by the button Share in Channel',
    reads: [],
    definition:
      'Posts a card of a customer, a list of them, or a digest into the channel in which it is asked, where that is allowed. It is built anew for all to see: contacts are never in it. It says who shared it. A second click on the same button posts nothing.',
    examples: ['share acme', 'share churn "App 1"'],
    understands: async (words, context) =>
      identifiersIn(words.join(' ')).length > 0 ||
      ((await resolveCommand(words, shareable(), context))?.isSure ?? false),
    async answer(words, context) {
      const { asker, post, slash } = context;
      if (words.length === 0) return sharing('what', slash);
      if (!post) return sharing('not-here', slash);
      const resolved = await resolveCommand(words, shareable(), context);
      const asked = resolved?.isSure ? resolved : { command: lookup, words };
      const forAll = { ...context, showContacts: false };
      const answer = await asked.command.share?.(asked.words, forAll);
      if (!answer) return sharing('nothing', slash);
      return sharing(await post(shared(answer, asker.userId)), slash);
    },
  };
}
