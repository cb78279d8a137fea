import type { Block, Message, ThreadedMessage } from '../domain/message.ts';
import { actions, section } from './kit/blocks.ts';
import { mrk } from './kit/escape.ts';
import { LIMITS, sizeOf } from './kit/limits.ts';

/** The replies of a digest as one message, for a person who asked for its details; what does not fit is said. */
export function withDetails({ text, thread }: ThreadedMessage, asks: string): Message {
  const blocks: Block[] = [];
  let left = 0;
  for (const reply of thread) {
    const fits =
      blocks.length + reply.blocks.length < LIMITS.blocks - 2 &&
      sizeOf([...blocks, ...reply.blocks]) < LIMITS.blockBudget;
    if (fits) blocks.push(...reply.blocks);
    else left += 1;
  }
  if (thread.length === 0) blocks.push(section(mrk`There are no details behind this digest.`));
  if (left > 0)
    blocks.push(
      section(mrk`${left} more lists do not fit into one answer; they are in the digest's thread.`),
    );
  return { text: `Details. ${text}`, blocks: [...blocks, actions([{ label: 'Back to the Digest', asks }])] };
}
