import { status as statusMessage } from '../messages/status.ts';
import type { Command } from './command.ts';

/** `/pulse status`: how fresh the data is, what waits, what runs next. */
export const status: Command = {
  words: ['status', 'health'],
  usage: '',
  summary: 'data age, delivery and the next runs',
  reads: [],
  answer: async (_words, { now, readStatus }) => statusMessage(await readStatus(), now),
};
