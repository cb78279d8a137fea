import type { Command } from './command.ts';
import { subscriptions } from './subscriptions.ts';

/** `/pulse unsubscribe churn`: ends one subscription of the channel; without words, shows what there is to end. */
export const unsubscribe: Command = {
  words: ['unsubscribe', 'unsub'],
  usage: '[digest] [app]',
  summary: 'a digest that does not come to this channel any more',
  reads: [],
  definition:
    'Ends the subscription of this channel to a digest, for one app where several come. A default of the installation is paused instead. Without a digest it lists what there is, each with a button that ends it.',
  examples: ['unsubscribe churn', 'unsubscribe churn app:"App 1"', 'unsubscribe'],
  async understands(words, context) {
    return words.length === 0 || (await subscriptions.understands?.(['remove', ...words], context)) === true;
  },
  answer: (words, context) => subscriptions.answer(words.length === 0 ? [] : ['remove', ...words], context),
};
