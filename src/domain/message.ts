/** One Block Kit block. Its `type` is checked by `messages/kit/limits.ts`, not by the type system: Slack adds types monthly. */
export interface Block {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What Slack shows: a complete sentence for notifications and screen readers, and the blocks people see. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** A message and the replies that carry its details, in order. */
export interface ThreadedMessage extends Message {
  readonly thread: readonly Message[];
}
