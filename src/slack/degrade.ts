import type { Block, Message } from '../domain/message.ts';

/** Slack cuts text after 40,000 characters and advises 4,000. */
const LONGEST_TEXT = 3900;
const LONGEST_PREFORMATTED = 2900;

type Rewrite = (block: Block) => readonly Block[];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Applies a change to every block, also inside containers; a container left empty goes too. */
function rewriteBlocks(blocks: readonly Block[], rewrite: Rewrite): Block[] {
  return blocks.flatMap((block) => {
    const children = block['child_blocks'];
    if (!Array.isArray(children)) return [...rewrite(block)];
    const rewritten = rewriteBlocks(children as readonly Block[], rewrite);
    return rewritten.length > 0 ? [{ ...block, child_blocks: rewritten }] : [];
  });
}

/** All text below a node in reading order, whatever kinds of element hold it. */
function textOf(node: unknown): string {
  if (Array.isArray(node)) return node.map(textOf).join('');
  if (!isRecord(node)) return '';
  if (typeof node['text'] === 'string' || typeof node['text'] === 'number') return String(node['text']);
  if (typeof node['value'] === 'number') return String(node['value']);
  return textOf(node['text'] ?? node['elements']);
}

function isTable(block: Block): boolean {
  return block.type === 'table' || block.type === 'data_table';
}

/** Cuts at a length without halving a character or an entity such as `&amp;`. */
function clampText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$|&[a-z]{0,4}$/, '');
  return `${cut}…`;
}

/** A table as lines of text, so that leaving the table out does not lose what it says. */
function toLines(table: Block): Block[] {
  const rows: unknown[] = Array.isArray(table['rows']) ? table['rows'] : [];
  const lines = rows.map((row) => (Array.isArray(row) ? row.map(textOf).join(' | ') : '')).join('\n');
  if (lines.trim() === '') return [];
  const text = clampText(lines, LONGEST_PREFORMATTED);
  return [
    { type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }] },
  ];
}

/** The words of the blocks, for a message that came without a text of its own. */
function wordsOf(blocks: readonly Block[]): string {
  return blocks
    .map((block) => [block['text'], block['fields'], block['elements']].map(textOf).join(' ').trim())
    .filter(Boolean)
    .join('\n');
}

/**
 * Ever plainer forms of a message that Slack refused, in the order to try them: without charts, then with tables as
 * lines of text, then the text alone. Steps that would change nothing are left out; the text is always the last.
 */
export function degrade(message: Message): Message[] {
  const { text, blocks } = message;
  const withoutCharts = rewriteBlocks(blocks, (block) =>
    block.type === 'data_visualization' ? [] : [block],
  );
  const withoutTables = rewriteBlocks(withoutCharts, (block) => (isTable(block) ? toLines(block) : [block]));
  const hasCharts = JSON.stringify(withoutCharts) !== JSON.stringify(blocks);
  const hasTables = JSON.stringify(withoutTables) !== JSON.stringify(withoutCharts);
  const words = text.trim() === '' ? wordsOf(blocks) : text;
  return [
    ...(hasCharts && withoutCharts.length > 0 ? [{ text, blocks: withoutCharts }] : []),
    ...(hasTables && withoutTables.length > 0 ? [{ text, blocks: withoutTables }] : []),
    { text: clampText(words, LONGEST_TEXT), blocks: [] },
  ];
}
