import type { WishedChannel } from '../domain/subscription-request.ts';
import type { PlaceProblem } from '../messages/subscription-answers.ts';
import type { CommandContext } from './command.ts';

/** A channel to which digests may go; or why not. `isUnseen`: the bot may not look whether it is in it. */
export type FoundPlace =
  | { readonly channel: string; readonly isUnseen: boolean }
  | { readonly problem: PlaceProblem };

/** Direct messages. Those of two other people look the same, and nothing can be posted there. */
const isDirect = (channel: string): boolean => channel.startsWith('D');

async function readChannel(
  wished: WishedChannel,
  { asker, places }: CommandContext,
): Promise<string | undefined> {
  if (wished.kind === 'name') return places.find(wished.name);
  return wished.kind === 'id' ? wished.id : asker.channelId;
}

/**
 * The channel somebody means, if they may have digests sent there and these would arrive: they may ask in it, the bot
 * is in it, it is neither archived nor shared with another company, and Slack refuses it nothing at the moment.
 */
export async function findPlace(wished: WishedChannel, context: CommandContext): Promise<FoundPlace> {
  const { asker, places, subscriptions } = context;
  const channel = await readChannel(wished, context);
  if (channel === undefined) return { problem: { unknownName: wished.kind === 'name' ? wished.name : '' } };
  if (isDirect(channel)) return { problem: 'direct' };
  const place = await places.check(channel, asker.userId);
  switch (place.kind) {
    case 'open':
      return { channel, isUnseen: false };
    case 'unseen': {
      const trouble = await subscriptions.readTrouble(channel);
      return trouble ? { problem: trouble } : { channel, isUnseen: true };
    }
    case 'forbidden':
      return { problem: { sentence: place.sentence } };
    case 'absent':
    case 'archived':
    case 'shared':
      return { problem: place.kind };
  }
}
