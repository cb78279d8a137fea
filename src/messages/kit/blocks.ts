import type { Block, Message, ThreadedMessage } from '../../domain/message.ts';
import { head, join, label, type Mrkdwn, spoken } from './escape.ts';
import { LIMITS } from './limits.ts';

/** A button: its words, and the `/pulse` text that a click asks. */
export interface Button {
  readonly label: string;
  /** What would be typed after the slash command. The click is authorised again and answered to the clicker only. */
  readonly asks: string;
  readonly isPrimary?: boolean;
  /** Asked before the click counts: what will happen, as a sentence. */
  readonly confirm?: string;
}

/** A menu whose choices ask something each, as buttons do. */
export interface Menu {
  readonly placeholder: string;
  readonly choices: readonly Pick<Button, 'label' | 'asks'>[];
}

/** Cuts mrkdwn at a limit, at a line's end if one is near, never inside an entity, a link or a character. */
function cut({ mrkdwn }: Mrkdwn, limit: number): string {
  if (mrkdwn.length <= limit) return mrkdwn;
  const kept = head(mrkdwn, limit - 1);
  const line = kept.lastIndexOf('\n');
  return `${(line > limit / 2 ? kept.slice(0, line) : kept).replace(/(&[a-z]*|<[^>]*)$/, '')}…`;
}

// `verbatim` keeps Slack from turning names and addresses in customer text into links.
function textObject(text: Mrkdwn, limit: number) {
  return { type: 'mrkdwn', text: cut(text, limit), verbatim: true };
}

function isSaying({ mrkdwn }: Mrkdwn): boolean {
  return mrkdwn.trim() !== '';
}

/** The message's title: plain text, no emoji, no end punctuation. */
export function header(text: string): Block {
  return {
    type: 'header',
    text: { type: 'plain_text', text: label(text, LIMITS.header) || '-', emoji: false },
  };
}

/** A paragraph. */
export function section(text: Mrkdwn): Block {
  return { type: 'section', text: textObject(text, LIMITS.sectionText) };
}

/** Lines in as few sections as hold them: a section that is too long would be cut. */
export function paragraphs(lines: readonly Mrkdwn[]): Block[] {
  const groups: Mrkdwn[][] = [];
  let size = 0;
  for (const line of lines) {
    size += line.mrkdwn.length + 1;
    if (groups.length === 0 || size > LIMITS.sectionText) {
      groups.push([]);
      size = line.mrkdwn.length;
    }
    groups.at(-1)?.push(line);
  }
  return groups.map((group) => section(join(group, '\n')));
}

/** Up to ten short facts in two columns, each a bold name over its value. */
export function fields(facts: readonly Mrkdwn[]): Block {
  return {
    type: 'section',
    fields: facts
      .filter(isSaying)
      .slice(0, LIMITS.fields)
      .map((fact) => textObject(fact, LIMITS.fieldText)),
  };
}

/** Small print: definitions, data age, caveats. */
export function context(...notes: readonly Mrkdwn[]): Block {
  return {
    type: 'context',
    elements: notes
      .filter(isSaying)
      .slice(0, LIMITS.contextElements)
      .map((note) => textObject(note, LIMITS.fieldText)),
  };
}

const plain = (words: string, limit: number) => ({
  type: 'plain_text',
  text: label(words, limit) || '-',
  emoji: false,
});

const asked = (asks: string, limit: number): string =>
  head(asks.toWellFormed().replace(/\p{Cc}+/gu, ' '), limit);

function button({ asks, confirm, isPrimary, label: words }: Button, index: number) {
  return {
    type: 'button',
    action_id: `pulse:${index}`,
    text: plain(words, LIMITS.buttonText),
    value: asked(asks, LIMITS.buttonValue),
    ...(isPrimary && { style: 'primary' }),
    ...(confirm !== undefined && {
      confirm: {
        title: plain(words, LIMITS.confirmTitle),
        text: plain(confirm, LIMITS.confirmText),
        confirm: plain('Yes', LIMITS.confirmLabel),
        deny: plain('Cancel', LIMITS.confirmLabel),
      },
    }),
  };
}

function menu({ choices, placeholder }: Menu, index: number) {
  return {
    type: 'static_select',
    action_id: `pulse:${index}`,
    placeholder: plain(placeholder, LIMITS.buttonText),
    options: choices.map(({ asks, label: words }) => ({
      text: plain(words, LIMITS.buttonText),
      value: asked(asks, LIMITS.optionValue),
    })),
  };
}

function toElement(control: Button | Menu, index: number) {
  return 'choices' in control ? menu(control, index) : button(control, index);
}

/** A row of at most five buttons and menus. */
export function actions(controls: readonly (Button | Menu)[]): Block {
  return {
    type: 'actions',
    elements: controls.slice(0, LIMITS.actions).map(toElement),
  };
}

/** Blocks with one more button or menu: in their last row of them where there is place, otherwise in a row of its own. */
export function withControl(blocks: readonly Block[], control: Button | Menu): readonly Block[] {
  const at = blocks.findLastIndex(({ type }) => type === 'actions');
  const row = blocks[at];
  const elements = (row?.['elements'] ?? []) as readonly unknown[];
  if (!row || elements.length >= LIMITS.actions) return [...blocks, actions([control])];
  return blocks.with(at, { ...row, elements: [...elements, toElement(control, elements.length)] });
}

function isBlank(text: unknown): boolean {
  return typeof text === 'string' && text.trim() === '';
}

/** True for a block without words, facts, buttons or rows: Slack refuses it, and what has no data disappears. */
function isEmpty({ elements, fields: facts, rows, text }: Block): boolean {
  return (
    isBlank((text as { text?: unknown } | undefined)?.text) ||
    [elements, facts].some((list) => Array.isArray(list) && list.length === 0) ||
    (Array.isArray(rows) && rows.length < 2)
  );
}

/** Mrkdwn as a message's `text`: a plain sentence within the limit. */
export function textOf(sentence: Mrkdwn): string {
  return cut({ mrkdwn: spoken(sentence).trim() }, LIMITS.text);
}

/**
 * A message from its sentence and its blocks; parts that have nothing to say (`undefined`, or empty) are left out. The
 * sentence is what notifications and screen readers give, so it must be complete by itself.
 */
export function message(sentence: Mrkdwn, blocks: readonly (Block | undefined)[]): Message {
  return {
    text: textOf(sentence),
    blocks: blocks.filter((block) => block !== undefined).filter((block) => !isEmpty(block)),
  };
}

/** A message with the replies that carry its details; empty replies are left out. */
export function threaded(parent: Message, replies: readonly (Message | undefined)[]): ThreadedMessage {
  return { ...parent, thread: replies.filter((reply) => reply !== undefined) };
}
