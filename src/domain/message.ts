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

/** A form that somebody fills in. What is filled into a block is a command: its `block_id`, then the value. */
export interface Form {
  readonly title: string;
  readonly submit: string;
  readonly blocks: readonly Block[];
}

/** An answer to one person: a message, or a form where one can be opened. */
export interface Answer extends Message {
  readonly form?: Form;
}

/** What came of a form that was filled in: what is wrong, by `block_id`, or what to say. */
export type FormOutcome =
  | { readonly errors: Readonly<Record<string, string>> }
  | { readonly message: Message };
