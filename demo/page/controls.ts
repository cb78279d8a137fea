/** Buttons and menus, with everything the page's script needs to click them as a person. */
import { createElement as h } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { isRecord } from '../slack/block-schema.ts';
import type { Reader } from '../slack/text.ts';
import { plainTextOf } from '../slack/text.ts';
import { textObjectNodes } from './inline.ts';

type Element = Readonly<Record<string, unknown>>;

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What the script sends back: which element, and the words of its confirmation dialog. */
function clickData(element: Element, reader: Reader): Record<string, string | undefined> {
  const confirm = isRecord(element['confirm'])
    ? [element['confirm']['title'], element['confirm']['text']]
        .map((part) => plainTextOf(part, reader))
        .join('\n\n')
    : undefined;
  return { 'data-action-id': string(element['action_id']) ?? '', 'data-confirm': confirm };
}

function button(element: Element, reader: Reader, key: number): ReactElement {
  const url = string(element['url']);
  const label = isRecord(element['text'])
    ? textObjectNodes(element['text'], reader)
    : string(element['icon']);
  const props = {
    key,
    className: `button ${string(element['style']) ?? ''}`.trim(),
    'data-value': string(element['value']),
    'aria-label': string(element['accessibility_label']),
    ...clickData(element, reader),
  };
  if (url !== undefined && /^https?:/i.test(url)) {
    return h('a', { ...props, href: url, target: '_blank', rel: 'noopener noreferrer' }, label);
  }
  return h('button', { ...props, type: 'button' }, label);
}

function optionNodes(element: Element, reader: Reader): ReactNode {
  const option = (entry: Element, key: number): ReactElement =>
    h('option', { key, value: string(entry['value']) }, plainTextOf(entry['text'], reader));
  const groups = records(element['option_groups']);
  if (groups.length === 0) return records(element['options']).map(option);
  return groups.map((group, index) =>
    h(
      'optgroup',
      { key: index, label: plainTextOf(group['label'], reader) },
      records(group['options']).map(option),
    ),
  );
}

function menu(element: Element, reader: Reader, key: number): ReactElement {
  const isOverflow = element['type'] === 'overflow';
  const initial = isRecord(element['initial_option'])
    ? string(element['initial_option']['value'])
    : undefined;
  const placeholder = isOverflow ? '⋯' : plainTextOf(element['placeholder'], reader) || 'Select';
  return h(
    'select',
    {
      key,
      className: isOverflow ? 'menu overflow' : 'menu',
      'aria-label': isOverflow ? 'More actions' : placeholder,
      defaultValue: initial ?? '',
      ...clickData(element, reader),
    },
    h('option', { value: '', disabled: !isOverflow, hidden: !isOverflow }, placeholder),
    optionNodes(element, reader),
  );
}

/** One interactive element, or the image that may stand beside a section. */
export function controlNode(element: Element, reader: Reader, key = 0): ReactElement {
  const type = string(element['type']) ?? '';
  if (type === 'button' || type === 'workflow_button' || type === 'icon_button')
    return button(element, reader, key);
  if (type === 'feedback_buttons') {
    return h(
      'span',
      { key, className: 'feedback' },
      [element['positive_button'], element['negative_button']]
        .filter(isRecord)
        .map((entry, index) => button({ ...entry, action_id: element['action_id'] }, reader, index)),
    );
  }
  if (
    type === 'overflow' ||
    type.endsWith('static_select') ||
    type === 'radio_buttons' ||
    type === 'checkboxes'
  ) {
    return menu(element, reader, key);
  }
  if (type === 'image')
    return h('img', {
      key,
      className: 'accessory-image',
      alt: string(element['alt_text']),
      src: string(element['image_url']),
    });
  return h(
    'span',
    { key, className: 'control-stub' },
    plainTextOf(element['placeholder'], reader) || type.replaceAll('_', ' '),
  );
}

/** A row of interactive elements. */
export function controlRow(elements: unknown, reader: Reader): ReactElement {
  return h(
    'div',
    { className: 'controls' },
    records(elements).map((element, index) => controlNode(element, reader, index)),
  );
}
