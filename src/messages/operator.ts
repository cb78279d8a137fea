import type { Message } from '../domain/message.ts';
import { context, message, section } from './kit/blocks.ts';
import { mrk } from './kit/escape.ts';

/** To the operator: today's backup could not be made. */
export function backupFailed(code: string): Message {
  const sentence = mrk`Today's backup of the database could not be made (${code}).`;
  return message(sentence, [
    section(
      mrk`*${sentence}*\nEverything else goes on. Most often the disk is full or the folder cannot be written; the log says which.`,
    ),
    context(mrk`Said once a day while it lasts. \`npm run pulse -- doctor\` looks at disk and database`),
  ]);
}
