import type { Block, Message, ThreadedMessage } from '../domain/message.ts';
import { actions, section, textOf } from './kit/blocks.ts';
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
  if (left > 0) {
    const lists = left === 1 ? '1 more list does' : `${left} more lists do`;
    blocks.push(
      section(mrk`${lists} not fit into one answer; the thread of the weekly digest has all of them.`),
    );
  }
  return {
    text: textOf({ mrkdwn: `Details. ${text}` }),
    blocks: [...blocks, actions([{ label: 'Back to the Digest', asks }])],
  };
}
