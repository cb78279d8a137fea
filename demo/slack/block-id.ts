import { note, object, string } from './block-schema.ts';
import type { Check } from './block-schema.ts';

/** A `block_id`, unique in its message. */
export const blockId: Check = (value, at, walk) => {
  string(255)(value, at, walk);
  if (typeof value !== 'string') return;
  if (walk.blockIds.has(value)) note(walk, at, `\`block_id\` "${value}" already exists`);
  walk.blockIds.add(value);
};

/** A block with these fields, and an optional `block_id`. */
export function block(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  return object(required, { ...optional, block_id: blockId });
}
