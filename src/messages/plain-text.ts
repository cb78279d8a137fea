import type { Block, Message, ThreadedMessage } from '../domain/message.ts';

interface TextLike {
  readonly type?: unknown;
  readonly text?: unknown;
}

/** mrkdwn as a terminal shows it: no formatting marks, entities as characters. */
function plain(mrkdwn: string): string {
  return mrkdwn
    .replace(/[*`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Only mrkdwn has marks and entities: what a header, a button or a table cell says is said as it is. */
function textOf(element: unknown): string {
  const { text, type } = (element ?? {}) as TextLike;
  if (typeof text !== 'string') return '';
  return type === 'mrkdwn' ? plain(text) : text;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function table(block: Block): string {
  const rows = list(block['rows']).map((row) => list(row).map(textOf));
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [`[${String(block['caption'])}]`, ...lines].join('\n');
}

function chart(block: Block): string {
  const { series } = block['chart'] as {
    series: { name: string; data: { label: string; value: number }[] }[];
  };
  const lines = series.map(
    ({ data, name }) => `${name}: ${data.map(({ label, value }) => `${label} ${value}`).join(', ')}`,
  );
  return [`[chart: ${String(block['title'])}]`, ...lines].join('\n');
}

interface Control extends TextLike {
  readonly placeholder?: unknown;
  readonly options?: unknown;
}

/** A button's words; a menu's with its choices. */
function controlText({ options, placeholder, text }: Control): string {
  if (placeholder === undefined) return textOf(text);
  const choices = list(options).map((option) => textOf((option as TextLike).text));
  return `${textOf(placeholder)}: ${choices.join(' | ')}`;
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'header':
      return `${textOf(block['text'])}\n${'='.repeat(Math.min(78, textOf(block['text']).length))}`;
    case 'section':
      return block['text']
        ? textOf(block['text'])
        : list(block['fields'])
            .map((field) => textOf(field).replace('\n', ': '))
            .join('\n');
    case 'context':
      return list(block['elements'])
        .map((element) => `(${textOf(element)})`)
        .join('\n');
    case 'actions':
      return list(block['elements'])
        .map((control) => `[${controlText(control as Control)}]`)
        .join(' ');
    case 'data_table':
      return table(block);
    case 'data_visualization':
      return chart(block);
    default:
      return '';
  }
}

function messageText({ blocks, text }: Message): string {
  const parts = blocks.map(blockText).filter((part) => part !== '');
  return parts.length > 0 ? parts.join('\n\n') : plain(text);
}

/** A message, and its thread if it has one, as text for a terminal. */
export function plainText(message: Message | ThreadedMessage): string {
  const replies = 'thread' in message ? message.thread : [];
  return [messageText(message), ...replies.map((reply) => `--- thread ---\n${messageText(reply)}`)].join(
    '\n\n',
  );
}
