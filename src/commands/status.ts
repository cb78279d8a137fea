import { status as statusMessage } from '../messages/status.ts';
import type { Command } from './command.ts';
import { isFiller } from './filler-words.ts';

/** `/pulse status`: how fresh the data is, what waits, what runs next. */
export const status: Command = {
  words: ['status', 'health'],
  usage: '',
  summary: 'data age, delivery and the next runs',
  reads: [],
  definition:
    'Says when each report of Atlassian was last pulled, which pulls failed and why, what waits to be posted or is parked, and which digests come next.',
  examples: ['status'],
  understands: async (words) => words.every(isFiller),
  answer: async (_words, { now, readStatus }) => statusMessage(await readStatus(), now),
};
