/** Slack's inline text as React nodes. Everything a customer wrote arrives as text and leaves as text. */
import { createElement as h, Fragment } from 'react';
import type { ReactNode } from 'react';
import { emojiOf } from '../slack/emoji.ts';
import { parseMrkdwn, unescapeMrkdwn } from '../slack/mrkdwn.ts';
import type { Inline, MrkdwnBlock } from '../slack/mrkdwn.ts';
import { formatSlackDate } from '../slack/slack-date.ts';
import type { Reader } from '../slack/text.ts';

const SAFE_URL = /^(?:https?|mailto|tel|slack):/i;
const WRAPPERS = { bold: 'strong', italic: 'em', strike: 's', underline: 'u', code: 'code' } as const;

function link(url: string, label: ReactNode): ReactNode {
  if (!SAFE_URL.test(url)) return label;
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, label);
}

/** Inline pieces, in order. */
export function inlineNodes(children: readonly Inline[], reader: Reader): ReactNode {
  return children.map((child, index) => h(Fragment, { key: index }, inlineNode(child, reader)));
}

function inlineNode(child: Inline, reader: Reader): ReactNode {
  if ('children' in child) return h(WRAPPERS[child.kind], null, inlineNodes(child.children, reader));
  if (child.kind === 'text') return child.text;
  if (child.kind === 'break') return h('br');
  if (child.kind === 'emoji') {
    const character = emojiOf(child.name);
    return character === undefined
      ? `:${child.name}:`
      : h('span', { className: 'emoji', title: child.name }, character);
  }
  if (child.kind === 'link') return link(child.url, child.label ?? child.url.replace(/^mailto:/, ''));
  if (child.kind === 'date') {
    const text = formatSlackDate(child.timestamp, child.format, reader);
    return child.url === undefined ? text : link(child.url, text);
  }
  if (child.kind === 'broadcast') return h('span', { className: 'mention broadcast' }, `@${child.range}`);
  if (child.kind === 'channel')
    return h('span', { className: 'mention' }, `#${child.label ?? reader.channelName(child.id)}`);
  return h('span', { className: 'mention' }, `@${child.label ?? reader.userName(child.id)}`);
}

/**
 * Paragraphs, quotes, code and lists. Only elements that are allowed inside a paragraph are used, because the
 * block library puts every text into one.
 */
export function textNodes(blocks: readonly MrkdwnBlock[], reader: Reader): ReactNode {
  return blocks.map((block, index) => {
    if (block.kind === 'pre') return h('span', { key: index, className: 'pre' }, block.text);
    if (block.kind === 'paragraph')
      return h('span', { key: index, className: 'para' }, inlineNodes(block.children, reader));
    if (block.kind === 'quote')
      return h('span', { key: index, className: 'quote' }, inlineNodes(block.children, reader));
    return h(
      'span',
      { key: index, className: 'list', style: { marginLeft: `${block.indent * 24}px` } },
      block.items.map((item, at) =>
        h(
          'span',
          { key: at, className: 'item' },
          h('span', { className: 'bullet' }, block.isOrdered ? `${at + 1 + block.offset}.` : '•'),
          h('span', null, inlineNodes(item, reader)),
        ),
      ),
    );
  });
}

/** A mrkdwn string. */
export function mrkdwnNodes(text: string, reader: Reader): ReactNode {
  return textNodes(parseMrkdwn(text), reader);
}

/** A text object of either type; plain_text keeps its emoji names and its line breaks, and nothing else. */
export function textObjectNodes(object: Readonly<Record<string, unknown>>, reader: Reader): ReactNode {
  const text = typeof object['text'] === 'string' ? object['text'] : '';
  if (object['type'] === 'mrkdwn') return mrkdwnNodes(text, reader);
  return unescapeMrkdwn(text)
    .split(/(:[a-z0-9_+'-]+:|\n)/)
    .map((part, index) =>
      h(Fragment, { key: index }, part === '\n' ? h('br') : (emojiOf(part.slice(1, -1)) ?? part)),
    );
}
