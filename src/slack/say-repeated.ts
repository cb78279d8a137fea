import type { Message } from '../domain/message.ts';

const NOTE = 'This may be a repetition: I could not look whether it stands above already.';

/** A message that may be in the channel already, saying so: who reads it twice knows that it is one. */
export function sayRepeated({ blocks, text }: Message): Message {
  const note = { type: 'context', elements: [{ type: 'mrkdwn', text: NOTE }] };
  // Without blocks the text is what people see.
  return { text: `${text} (${NOTE})`, blocks: blocks.length === 0 ? blocks : [...blocks, note] };
}
