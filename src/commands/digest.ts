import { digestAsks } from '../messages/digest-asks.ts';
import type { Command, CommandContext } from './command.ts';
import { readReachable } from './find-subscription.ts';
import { resolveCommand } from './resolve-command.ts';

const NOW = /^now$/i;

/** What posting needs besides the digests. */
interface Posting {
  readonly share: Command;
  readonly subscriptions: Command;
}

/** The subscription of this channel to the digest, all apps together: posting it tells what changed since it last spoke. */
async function findHere(digest: string, context: CommandContext) {
  const plans = await readReachable(context);
  return plans.find(
    (plan) => plan.channel === context.asker.channelId && plan.digest === digest && plan.app === null,
  );
}

/**
 * `/pulse digest churn now`: posts a digest into the channel, as its subscription would where there is one, otherwise as
 * an answer that is shared. Without `now` it is shown to the asker alone.
 */
export function createDigestNow(digests: readonly Command[], { share, subscriptions }: Posting): Command {
  const withoutNow = (words: readonly string[]) => words.filter((word) => !NOW.test(word));
  return {
    words: ['digest'],
    usage: '<digest> [app] [now]',
    summary: 'a digest; with now it is posted here for all',
    reads: [],
    definition:
      'Shows a digest to you alone; with the word now it is posted into this channel for all. Where the channel is subscribed to it, it comes as it comes by itself, with its thread; otherwise as an answer that you share.',
    examples: ['digest churn now', 'digest new-sales "App 1" now', 'digest churn'],
    understands: async (words, context) =>
      (await resolveCommand(withoutNow(words), digests, context))?.isSure ?? false,
    async answer(words, context) {
      const asked = withoutNow(words);
      const resolved = await resolveCommand(asked, digests, context);
      if (!resolved) return digestAsks(context.slash, asked.join(' '));
      const { command, words: rest } = resolved;
      if (asked.length === words.length) return command.answer(rest, context);
      const plan = rest.length === 0 ? await findHere(command.words[0], context) : undefined;
      return plan
        ? subscriptions.answer(['run', plan.ref], context)
        : share.answer([command.words[0], ...rest], context);
    },
  };
}
