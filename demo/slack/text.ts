/** Messages as readable plain text, for terminals and for assertions about what a reader would read. */
import type { Block } from '../../src/domain/message.ts';
import { isRecord } from './block-schema.ts';
import { pad, widthOf, wrap } from './columns.ts';
import { emojiOf } from './emoji.ts';
import { parseMrkdwn, unescapeMrkdwn } from './mrkdwn.ts';
import type { Inline, MrkdwnBlock } from './mrkdwn.ts';
import { readRichText } from './rich-text.ts';
import { formatSlackDate } from './slack-date.ts';
import type { DateReader } from './slack-date.ts';
import type { SlackMessage } from './workspace.ts';

/** Who reads, and the names of ids. */
export interface Reader extends DateReader {
  readonly userName: (id: string) => string;
  readonly channelName: (id: string) => string;
}

const WIDTH = 100;
const BARS = '▁▂▃▄▅▆▇█';

type Fields = Readonly<Record<string, unknown>>;

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function inlineText(children: readonly Inline[], reader: Reader): string {
  return children.map((child) => wordsOf(child, reader)).join('');
}

/** Links keep their address only when nothing else names them. */
function wordsOf(child: Inline, reader: Reader): string {
  if ('children' in child) return inlineText(child.children, reader);
  if (child.kind === 'text') return child.text;
  if (child.kind === 'break') return '\n';
  if (child.kind === 'emoji') return emojiOf(child.name) ?? `:${child.name}:`;
  if (child.kind === 'link') return child.label ?? child.url.replace(/^mailto:/, '');
  if (child.kind === 'date') return formatSlackDate(child.timestamp, child.format, reader);
  if (child.kind === 'broadcast') return `@${child.range}`;
  if (child.kind === 'channel') return `#${child.label ?? reader.channelName(child.id)}`;
  return `@${child.label ?? reader.userName(child.id)}`;
}

function blocksText(blocks: readonly MrkdwnBlock[], reader: Reader): string {
  return blocks.map((block) => blockText(block, reader)).join('\n');
}

function blockText(block: MrkdwnBlock, reader: Reader): string {
  if (block.kind === 'pre') return block.text;
  if (block.kind === 'quote') return inlineText(block.children, reader).replace(/^/gm, '│ ');
  if (block.kind === 'paragraph') return inlineText(block.children, reader);
  return block.items
    .map((item, index) => {
      const mark = block.isOrdered ? `${index + 1 + block.offset}.` : '•';
      return `${'  '.repeat(block.indent)}${mark} ${inlineText(item, reader)}`;
    })
    .join('\n');
}

/** A text object, a table cell or a rich_text block as words. */
export function plainTextOf(value: unknown, reader: Reader): string {
  if (!isRecord(value)) return '';
  if (value['type'] === 'rich_text') return blocksText(readRichText(value), reader);
  const text = typeof value['text'] === 'string' ? value['text'] : '';
  if (value['type'] === 'mrkdwn') return blocksText(parseMrkdwn(text), reader);
  if (value['type'] !== 'plain_text') return text;
  return unescapeMrkdwn(text).replace(/:([a-z0-9_+'-]+):/g, (raw, name: string) => emojiOf(name) ?? raw);
}

/** Two columns, row by row, each field as high as its lines. */
function fieldColumns(fields: readonly string[]): string[] {
  const columnWidth = Math.floor(WIDTH / 2) - 2;
  const lines: string[] = [];
  for (let index = 0; index < fields.length; index += 2) {
    const left = wrap(fields[index] ?? '', columnWidth);
    const right = wrap(fields[index + 1] ?? '', columnWidth);
    for (let row = 0; row < Math.max(left.length, right.length); row += 1) {
      lines.push(`${pad(left[row] ?? '', columnWidth)}  ${right[row] ?? ''}`.trimEnd());
    }
  }
  return lines;
}

function tableLines(block: Fields, reader: Reader): string[] {
  const rows = (Array.isArray(block['rows']) ? block['rows'] : []).map((row) => records(row));
  const cells = rows.map((row) => row.map((cell) => plainTextOf(cell, reader).replace(/\n/g, ' ')));
  const settings = records(block['column_settings']);
  const columns = (cells[0] ?? []).map((_, column) => ({
    width: Math.max(...cells.map((row) => widthOf(row[column] ?? ''))),
    isRight:
      settings[column]?.['align'] === 'right' ||
      rows.slice(1).some((row) => row[column]?.['type'] === 'raw_number'),
  }));
  const line = (row: readonly string[]): string =>
    columns
      .map(({ width, isRight }, column) => pad(row[column] ?? '', width, isRight))
      .join('  ')
      .trimEnd();
  const rule = columns.map(({ width }) => '─'.repeat(width)).join('  ');
  const [header = [], ...body] = cells;
  const caption = typeof block['caption'] === 'string' ? [block['caption']] : [];
  return [...caption, line(header), rule, ...body.map(line)];
}

/** Bars between the lowest and the highest value of the whole chart, so that its series compare. */
function sparkline(values: readonly number[], low: number, high: number): string {
  return values
    .map((value) => BARS[high === low ? 0 : Math.round(((value - low) / (high - low)) * (BARS.length - 1))])
    .join('');
}

function chartLines(block: Fields): string[] {
  const chart = isRecord(block['chart']) ? block['chart'] : {};
  const title = `${String(block['title'])} (${String(chart['type'])} chart)`;
  if (chart['type'] === 'pie') {
    const segments = records(chart['segments']);
    const total = segments.reduce((sum, segment) => sum + Number(segment['value']), 0);
    const width = Math.max(...segments.map((segment) => widthOf(String(segment['label']))));
    return [
      title,
      ...segments.map((segment) => {
        const share = Number(segment['value']) / total;
        const bar = '█'.repeat(Math.max(1, Math.round(share * 20)));
        return `${pad(String(segment['label']), width)}  ${bar} ${Math.round(share * 100)} %`;
      }),
    ];
  }
  const axis = isRecord(chart['axis_config']) ? chart['axis_config'] : {};
  const categories = (Array.isArray(axis['categories']) ? axis['categories'] : []).map(String);
  const series = records(chart['series']);
  const width = Math.max(...series.map((entry) => widthOf(String(entry['name']))));
  const axes = [axis['x_label'], axis['y_label']].filter((label) => typeof label === 'string').join(' / ');
  const rows = series.map((entry) => {
    const points = records(entry['data']);
    return categories.map((category) =>
      Number(points.find((point) => point['label'] === category)?.['value']),
    );
  });
  const [low, high] = [Math.min(0, ...rows.flat()), Math.max(...rows.flat())];
  return [
    axes === '' ? title : `${title}, ${axes}`,
    ...series.map((entry, index) => {
      const values = rows[index] ?? [];
      return `${pad(String(entry['name']), width)}  ${sparkline(values, low, high)}  ${values.join('  ')}`;
    }),
    `${' '.repeat(width)}  ${categories[0] ?? ''} … ${categories.at(-1) ?? ''}`,
  ];
}

function elementText(element: Fields, reader: Reader): string {
  switch (element['type']) {
    case 'image':
      return `[image: ${String(element['alt_text'])}]`;
    case 'overflow':
      return `[⋯ ${records(element['options'])
        .map((option) => plainTextOf(option['text'], reader))
        .join(' | ')}]`;
    case 'mrkdwn':
    case 'plain_text':
      return plainTextOf(element, reader);
    default: {
      const label = element['text'] ?? element['placeholder'];
      return `[${isRecord(label) ? plainTextOf(label, reader) : String(element['type'])}]`;
    }
  }
}

function blockLines(block: Fields, reader: Reader): string[] {
  switch (block['type']) {
    case 'header': {
      const text = plainTextOf(block['text'], reader);
      return [text, '─'.repeat(Math.min(WIDTH, widthOf(text)))];
    }
    case 'section': {
      const text = block['text'] === undefined ? [] : wrap(plainTextOf(block['text'], reader), WIDTH);
      const fields = fieldColumns(records(block['fields']).map((field) => plainTextOf(field, reader)));
      const accessory = isRecord(block['accessory']) ? [elementText(block['accessory'], reader)] : [];
      return [...text, ...fields, ...accessory];
    }
    case 'context':
      return wrap(
        records(block['elements'])
          .map((element) => elementText(element, reader))
          .join(' · '),
        WIDTH,
      );
    case 'actions':
    case 'context_actions':
      return wrap(
        records(block['elements'])
          .map((element) => elementText(element, reader))
          .join(' '),
        WIDTH,
      );
    case 'divider':
      return ['─'.repeat(40)];
    case 'rich_text':
      return wrap(plainTextOf(block, reader), WIDTH);
    case 'table':
    case 'data_table':
      return tableLines(block, reader);
    case 'data_visualization':
      return chartLines(block);
    case 'markdown':
      return wrap(String(block['text']), WIDTH);
    case 'image':
      return [elementText(block, reader)];
    case 'container':
      return [
        plainTextOf(block['rich_text_title'] ?? block['title'], reader),
        ...records(block['child_blocks']).flatMap((child) =>
          blockLines(child, reader).map((line) => `  ${line}`),
        ),
      ];
    case 'carousel':
      return records(block['elements']).flatMap((card) => blockLines(card, reader));
    case 'card':
      return [
        ...['title', 'subtitle', 'body'].flatMap((field) =>
          block[field] === undefined ? [] : wrap(plainTextOf(block[field], reader), WIDTH),
        ),
        ...(block['actions'] === undefined
          ? []
          : [
              records(block['actions'])
                .map((element) => elementText(element, reader))
                .join(' '),
            ]),
      ];
    default:
      return [`[${String(block['type'])}]`];
  }
}

/** A list of blocks as lines of text, one empty line between blocks that need it. */
export function renderBlocks(blocks: readonly Block[], reader: Reader): string {
  return blocks.map((block) => blockLines(block, reader).join('\n')).join('\n\n');
}

/** One message as plain text: its blocks, or its `text` when it has none. */
export function renderText(message: Pick<SlackMessage, 'text' | 'blocks'>, reader: Reader): string {
  return message.blocks.length > 0
    ? renderBlocks(message.blocks, reader)
    : blocksText(parseMrkdwn(message.text), reader);
}

/** A whole channel: every message under its author and time, replies indented below their parent. */
export function renderChannel(name: string, messages: readonly SlackMessage[], reader: Reader): string {
  const title = `══ ${name} ${'═'.repeat(Math.max(0, WIDTH - widthOf(name) - 4))}`;
  const roots = messages.filter((message) => message.threadTs === undefined);
  const entry = (message: SlackMessage, indent: string): string => {
    const at = formatSlackDate(message.postedAt / 1000, '{date_short} {time}', reader);
    const zone = reader.tz === 'UTC' ? ' UTC' : '';
    const marks = [
      ...(message.editedAt !== undefined && message.ephemeralTo === undefined ? ['edited'] : []),
      ...(message.ephemeralTo === undefined
        ? []
        : [`only visible to ${reader.userName(message.ephemeralTo)}`]),
    ];
    const head = `${reader.userName(message.userId)} · ${at}${zone}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`;
    const body = renderText(message, reader).replace(/^(?=.)/gm, '  ');
    return `${head}\n${body}`.replace(/^/gm, indent).replace(/[ ]+$/gm, '');
  };
  const threads = roots.map((root) => {
    const replies = messages.filter((message) => message.threadTs === root.ts);
    return [entry(root, ''), ...replies.map((reply) => entry(reply, '    │ '))].join('\n\n');
  });
  return [title, ...threads].join('\n\n');
}
