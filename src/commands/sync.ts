import { syncRequested } from '../messages/sync-requested.ts';
import type { Command } from './command.ts';

/** `/pulse sync`: ask the API now instead of at the next tick. */
export const sync: Command = {
  words: ['sync', 'refresh'],
  usage: '',
  summary: 'ask Atlassian for news now',
  reads: [],
  answer: async (_words, { requestSync, slash }) => syncRequested(await requestSync(), slash),
};
