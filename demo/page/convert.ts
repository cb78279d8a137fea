/**
 * Blocks as React nodes. slack-blocks-to-jsx 1.1 lays out headers, sections, context, images and cards; what it
 * draws wrongly is drawn here and put in its place:
 * - text: it decodes `&lt;!channel&gt;` before it parses, so that correctly escaped text would look like a ping,
 *   it styles plain_text, and it eats the colons of `9:30:10`;
 * - tables: it throws on raw_number cells and draws data_table empty;
 * - controls: its buttons cannot be told apart by a script;
 * - charts: see chart.ts.
 */
import { createElement as h } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Message } from 'slack-blocks-to-jsx';
import type { MessageProps } from 'slack-blocks-to-jsx';
import type { Block } from '../../src/domain/message.ts';
import { isRecord } from '../slack/block-schema.ts';
import { readRichText } from '../slack/rich-text.ts';
import { plainTextOf } from '../slack/text.ts';
import type { Reader } from '../slack/text.ts';
import { chartBlock } from './chart.ts';
import { controlNode, controlRow } from './controls.ts';
import { mrkdwnNodes, textNodes, textObjectNodes } from './inline.ts';
import { dataTableBlock, tableBlock } from './table.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Brackets of a place in the library's output that our own node fills. Private-use characters, never in content. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];
const BRACKETS = /[\uE000\uE001]/g;

/** Nodes waiting for their place, of one drawing. */
interface Slots {
  put(node: ReactNode): string;
  fill(html: string): string;
}

function createSlots(): Slots {
  const nodes: ReactNode[] = [];
  return {
    put: (node) => `${OPEN}${nodes.push(node) - 1}${CLOSE}`,
    fill: (html) =>
      html.replace(/\uE000(\d+)\uE001/g, (_, index: string) => renderToStaticMarkup(nodes[Number(index)])),
  };
}

/** A copy in which no string holds a bracket. */
function withoutBrackets<T>(value: T): T {
  if (typeof value === 'string') return value.replace(BRACKETS, '\uFFFD') as T;
  if (Array.isArray(value)) return value.map((entry: unknown) => withoutBrackets(entry)) as T;
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, withoutBrackets(entry)]),
  ) as T;
}

/** A copy in which every text object holds a slot instead of words. */
function withSlots(value: unknown, slots: Slots, reader: Reader): unknown {
  if (Array.isArray(value)) return value.map((entry) => withSlots(entry, slots, reader));
  if (!isRecord(value)) return value;
  if (value['type'] === 'mrkdwn' || value['type'] === 'plain_text') {
    return { type: 'mrkdwn', text: slots.put(textObjectNodes(value, reader)) };
  }
  if (value['type'] === 'rich_text') {
    const leaf = { type: 'text', text: slots.put(textNodes(readRichText(value), reader)) };
    return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [leaf] }] };
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, withSlots(entry, slots, reader)]),
  );
}

/** What the library makes of one block, with our text in it. */
function libraryHtml(block: Fields, reader: Reader): string {
  const slots = createSlots();
  const blocks = [withSlots(block, slots, reader)] as unknown as MessageProps['blocks'];
  const html = renderToStaticMarkup(h(Message, { blocks, logo: '', name: '', withoutWrapper: true }));
  // The theme is the page's, and React 19 adds a preload for every image.
  return slots.fill(html.replaceAll(' data-theme="light"', '').replace(/<link rel="preload"[^>]*>/g, ''));
}

function library(block: Fields, reader: Reader, key: number): ReactElement {
  return h('div', {
    key,
    className: 'block',
    dangerouslySetInnerHTML: { __html: libraryHtml(block, reader) },
  });
}

function section(block: Fields, reader: Reader, key: number): ReactElement {
  const { accessory, ...rest } = block;
  const body = library(rest, reader, 0);
  if (!isRecord(accessory)) return h('div', { key, className: 'section' }, body);
  return h(
    'div',
    { key, className: 'section with-accessory' },
    body,
    h('div', { className: 'accessory' }, controlNode(accessory, reader)),
  );
}

function container(block: Fields, reader: Reader, key: number): ReactElement {
  const title = block['rich_text_title'] ?? block['title'];
  const children = drawAll(Array.isArray(block['child_blocks']) ? block['child_blocks'] : [], reader);
  const isOpen = block['is_collapsible'] !== true || block['default_collapsed'] !== true;
  return h(
    'details',
    { key, className: 'container', open: isOpen },
    h('summary', null, plainTextOf(title, reader)),
    children,
  );
}

function card(block: Fields, reader: Reader, key: number): ReactElement {
  const { actions, ...rest } = block;
  return h(
    'div',
    { key, className: 'card' },
    library(rest, reader, 0),
    actions !== undefined && controlRow(actions, reader),
  );
}

function draw(block: Fields, reader: Reader, key: number): ReactElement {
  switch (block['type']) {
    case 'section':
      return section(block, reader, key);
    case 'rich_text':
      return h('div', { key, className: 'block rich-text' }, textNodes(readRichText(block), reader));
    case 'table':
      return h('div', { key, className: 'block wide' }, tableBlock(block, reader));
    case 'data_table':
      return h('div', { key, className: 'block wide' }, dataTableBlock(block, reader));
    case 'data_visualization':
      return h('div', { key, className: 'block' }, chartBlock(block));
    case 'actions':
    case 'context_actions':
      return h('div', { key, className: 'block' }, controlRow(block['elements'], reader));
    case 'container':
      return container(block, reader, key);
    case 'card':
      return card(block, reader, key);
    case 'carousel':
      return h(
        'div',
        { key, className: 'carousel' },
        drawAll(Array.isArray(block['elements']) ? block['elements'] : [], reader),
      );
    default:
      return library(block, reader, key);
  }
}

function drawAll(blocks: readonly unknown[], reader: Reader): ReactElement[] {
  return blocks.filter(isRecord).map((block, index) => draw(block, reader, index));
}

/** Draws the blocks of a message or a view. A block nobody can draw is named instead of breaking the page. */
export function blockNodes(blocks: readonly Block[], reader: Reader): ReactNode {
  return withoutBrackets(blocks).map((block, index) => {
    try {
      const html = renderToStaticMarkup(draw(block, reader, index));
      return h('div', {
        key: index,
        className: `b-${block.type}`,
        dangerouslySetInnerHTML: { __html: html },
      });
    } catch {
      return h('div', { key: index, className: 'block undrawable' }, `[${block.type}]`);
    }
  });
}

/** Draws a message that is only text. */
export function messageTextNodes(text: string, reader: Reader): ReactNode {
  return h('div', { className: 'block rich-text' }, mrkdwnNodes(text.replace(BRACKETS, '\uFFFD'), reader));
}
