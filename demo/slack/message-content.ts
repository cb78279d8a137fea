/** What a message may say, wherever it arrives: chat methods, acknowledgements, response URLs. */
import type { Block } from '../../src/domain/message.ts';
import { isRecord } from './block-schema.ts';
import { explained, SlackRefusal } from './refusal.ts';
import { MAX_BLOCKS_WEIGHT, validateBlocks, weighBlocks } from './validate-blocks.ts';
import type { MessageMetadata } from './workspace.ts';

/** Characters of `text` beyond which a post is refused; `chat.update` allows a tenth. */
export const MAX_TEXT = { post: 40_000, update: 4_000 } as const;
const MAX_ATTACHMENTS = 100;
/** Not published by Slack; small on purpose, because metadata is meant for ids. */
const MAX_METADATA_CHARS = 2_000;

/** The content of a message, checked. `blocks` is undefined when none were passed. */
export interface Content {
  readonly text: string;
  readonly blocks: readonly Block[] | undefined;
  readonly metadata: MessageMetadata | undefined;
}

/** Checks what Slack checks. Throws a SlackRefusal with the error code the chat methods document. */
export function readContent(
  args: Readonly<Record<string, unknown>>,
  maxText: number = MAX_TEXT.post,
): Content {
  const text = args['text'];
  if (text !== undefined && typeof text !== 'string') {
    throw explained('invalid_arguments', [{ message: 'text must be a string', pointer: '/text' }]);
  }
  const blocks = readBlocks(args['blocks']);
  const attachments = readAttachments(args['attachments']);
  const isBlank = (text ?? '').trim() === '';
  if (isBlank && (blocks ?? []).length === 0 && attachments === 0) throw new SlackRefusal('no_text');
  if ((text ?? '').length > maxText) throw new SlackRefusal('msg_too_long');
  const metadata = readMetadata(args['metadata']);
  return { text: text ?? '', blocks, metadata };
}

function readBlocks(value: unknown): readonly Block[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw new SlackRefusal('invalid_blocks_format');
  const problems = validateBlocks(value);
  if (problems.length > 0) throw explained('invalid_blocks', problems);
  if (weighBlocks(value) > MAX_BLOCKS_WEIGHT) throw new SlackRefusal('msg_blocks_too_long');
  return value as Block[];
}

function readAttachments(value: unknown): number {
  if (value === undefined || value === null) return 0;
  if (!Array.isArray(value)) throw new SlackRefusal('invalid_attachments');
  if (value.length > MAX_ATTACHMENTS) throw new SlackRefusal('too_many_attachments');
  value.forEach((attachment: unknown, index) => {
    if (!isRecord(attachment)) throw new SlackRefusal('invalid_attachments');
    if (attachment['blocks'] === undefined) return;
    const problems = validateBlocks(attachment['blocks'], 'message', `/attachments/${index}/blocks`);
    if (problems.length > 0) throw explained('invalid_attachments', problems);
  });
  return value.length;
}

function readMetadata(value: unknown): MessageMetadata | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isRecord(value)) throw new SlackRefusal('invalid_metadata_format');
  const { event_type: eventType, event_payload: payload, ...rest } = value;
  if (
    Object.keys(rest).length > 0 ||
    typeof eventType !== 'string' ||
    !/^[A-Za-z][\w.-]{0,254}$/.test(eventType)
  ) {
    throw explained('invalid_metadata_format', [
      { message: 'invalid event_type', pointer: '/metadata/event_type' },
    ]);
  }
  if (!isRecord(payload) || !Object.values(payload).every((entry) => isFlat(entry, 1))) {
    throw explained('invalid_metadata_schema', [
      { message: 'values must be scalars, nested one level at most', pointer: '/metadata/event_payload' },
    ]);
  }
  if (JSON.stringify(value).length > MAX_METADATA_CHARS) throw new SlackRefusal('metadata_too_large');
  return { event_type: eventType, event_payload: payload };
}

function isFlat(value: unknown, depth: number): boolean {
  if (Array.isArray(value)) return depth > 0 && value.every((entry) => isFlat(entry, depth - 1));
  if (isRecord(value)) return depth > 0 && Object.values(value).every((entry) => isFlat(entry, depth - 1));
  return value !== undefined;
}
