import { isRecord } from './block-schema.ts';
import { tokenizeMrkdwn } from './mrkdwn.ts';
import type { Inline, MrkdwnToken } from './mrkdwn.ts';
import { readRichText } from './rich-text.ts';
import type { SlackMessage } from './workspace.ts';

/** A token and where in the message it stands: `/text` or a pointer into `/blocks`. */
export interface MessageToken extends MrkdwnToken {
  readonly where: string;
}

/** What plain_text never does, whatever characters it holds. */
const STYLES = new Set(['bold', 'italic', 'strike', 'code', 'pre', 'quote']);

/**
 * Everything in a message that pings, links, restyles or shows an emoji: in `text`, in every text object
 * (`plain_text` too: Slack asks to escape both) and in rich_text leaves. Cells of type raw_text and chart labels
 * are never parsed by Slack. With `link_names` or `parse` in force bare `@here` and `#channel` count as well.
 */
export function tokensOf(
  message: Pick<SlackMessage, 'text' | 'blocks'> & Partial<Pick<SlackMessage, 'sent'>>,
): MessageToken[] {
  const tokens: MessageToken[] = [];
  const linksNames = ['link_names', 'parse'].some((name) => {
    const value = message.sent?.[name];
    return value === true || value === 'true' || value === '1' || value === 'full';
  });
  const read = (text: string, where: string, kind: 'mrkdwn' | 'verbatim' | 'plain_text'): void => {
    const found = tokenizeMrkdwn(text, { verbatim: kind !== 'mrkdwn' });
    const kept = kind === 'plain_text' ? found.filter((token) => !STYLES.has(token.kind)) : found;
    for (const token of kept) tokens.push({ ...token, where });
    if (!linksNames) return;
    for (const [, name = ''] of text.matchAll(/@(here|channel|everyone)\b/g)) {
      tokens.push({ kind: 'broadcast', target: name, isAuto: true, where });
    }
  };
  const walk = (value: unknown, where: string): void => {
    if (Array.isArray(value)) value.forEach((entry, index) => walk(entry, `${where}/${index}`));
    if (!isRecord(value)) return;
    const text = value['text'];
    if ((value['type'] === 'mrkdwn' || value['type'] === 'plain_text') && typeof text === 'string') {
      const isVerbatim = value['verbatim'] === true;
      read(
        text,
        `${where}/text`,
        value['type'] === 'plain_text' ? 'plain_text' : isVerbatim ? 'verbatim' : 'mrkdwn',
      );
      return;
    }
    if (value['type'] === 'rich_text') {
      for (const leaf of readRichText(value).flatMap(inlinesOf).flatMap(flatten)) {
        const token = leafToken(leaf);
        if (token !== undefined) tokens.push({ ...token, where });
      }
      return;
    }
    if (value['type'] === 'markdown' && typeof text === 'string') read(text, `${where}/text`, 'mrkdwn');
    for (const [name, entry] of Object.entries(value)) walk(entry, `${where}/${name}`);
  };
  read(message.text, '/text', 'mrkdwn');
  walk(message.blocks, '/blocks');
  return tokens;
}

function inlinesOf(block: ReturnType<typeof readRichText>[number]): readonly Inline[] {
  if (block.kind === 'pre') return [];
  return block.kind === 'list' ? block.items.flat() : block.children;
}

function flatten(inline: Inline): readonly Inline[] {
  return 'children' in inline ? inline.children.flatMap(flatten) : [inline];
}

/** What a leaf does beyond being text. */
function leafToken(leaf: Inline): MrkdwnToken | undefined {
  if (leaf.kind === 'link') {
    return { kind: 'link', target: leaf.url, ...(leaf.label !== undefined && { label: leaf.label }) };
  }
  if (leaf.kind === 'broadcast') return { kind: 'broadcast', target: leaf.range };
  if (leaf.kind === 'date') return { kind: 'date', target: leaf.format };
  if (leaf.kind === 'emoji') return { kind: 'emoji', target: leaf.name };
  return 'id' in leaf ? { kind: leaf.kind, target: leaf.id } : undefined;
}
