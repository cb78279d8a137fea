import { syncRequested } from '../messages/sync-requested.ts';
import type { Command } from './command.ts';
import { isFiller } from './filler-words.ts';

/** `/pulse sync`: ask the API now instead of at the next tick. */
export const sync: Command = {
  words: ['sync', 'refresh'],
  usage: '',
  summary: 'ask Atlassian for news now',
  reads: [],
  definition:
    'Starts a pull of everything that changed, as happens every hour by itself; alerts come of it, digests do not. While one is under way no second one is started.',
  examples: ['sync'],
  understands: async (words) => words.every(isFiller),
  answer: async (_words, { requestSync, slash }) => syncRequested(await requestSync(), slash),
};
