import type { Block, Message, ThreadedMessage } from '../../domain/message.ts';
import { clean, type Mrkdwn, spoken } from './escape.ts';
import { LIMITS } from './limits.ts';

/** A button: its words, and the `/pulse` text that a click asks. */
export interface Button {
  readonly label: string;
  /** What would be typed after the slash command. The click is authorised again and answered to the clicker only. */
  readonly asks: string;
  readonly isPrimary?: boolean;
}

/** Cuts mrkdwn at a limit, never inside an entity, a link or an escape. */
function cut({ mrkdwn }: Mrkdwn, limit: number): string {
  if (mrkdwn.length <= limit) return mrkdwn;
  const head = mrkdwn.slice(0, limit - 1);
  const line = head.lastIndexOf('\n');
  return `${(line > limit / 2 ? head.slice(0, line) : head).replace(/(&[a-z]*|<[^>]*|[\uD800-\uDBFF])$/, '')}…`;
}

// `verbatim` keeps Slack from turning names and addresses in customer text into links.
function textObject(text: Mrkdwn, limit: number) {
  return { type: 'mrkdwn', text: cut(text, limit), verbatim: true };
}

/** The message's title: plain text, no emoji, no end punctuation. */
export function header(text: string): Block {
  return { type: 'header', text: { type: 'plain_text', text: clean(text, LIMITS.header), emoji: false } };
}

/** A paragraph. */
export function section(text: Mrkdwn): Block {
  return { type: 'section', text: textObject(text, LIMITS.sectionText) };
}

/** Up to ten short facts in two columns, each a bold name over its value. */
export function fields(facts: readonly Mrkdwn[]): Block {
  return {
    type: 'section',
    fields: facts.slice(0, LIMITS.fields).map((fact) => textObject(fact, LIMITS.fieldText)),
  };
}

/** Small print: definitions, data age, caveats. */
export function context(...notes: readonly Mrkdwn[]): Block {
  return {
    type: 'context',
    elements: notes.slice(0, LIMITS.contextElements).map((note) => textObject(note, LIMITS.fieldText)),
  };
}

/** A row of at most five buttons. */
export function actions(buttons: readonly Button[]): Block {
  return {
    type: 'actions',
    elements: buttons.slice(0, LIMITS.actions).map(({ label, asks, isPrimary }, index) => ({
      type: 'button',
      action_id: `pulse:${index}`,
      text: { type: 'plain_text', text: clean(label, LIMITS.buttonText), emoji: false },
      value: asks.slice(0, LIMITS.buttonValue),
      ...(isPrimary && { style: 'primary' }),
    })),
  };
}

/**
 * A message from its sentence and its blocks (`undefined` where a part has nothing to say). The sentence is what
 * notifications and screen readers give, so it must be complete by itself.
 */
export function message(sentence: Mrkdwn, blocks: readonly (Block | undefined)[]): Message {
  const text = cut({ mrkdwn: spoken(sentence) }, LIMITS.text);
  return { text, blocks: blocks.filter((block) => block !== undefined) };
}

/** A message with the replies that carry its details; empty replies are left out. */
export function threaded(parent: Message, replies: readonly (Message | undefined)[]): ThreadedMessage {
  return { ...parent, thread: replies.filter((reply) => reply !== undefined) };
}
