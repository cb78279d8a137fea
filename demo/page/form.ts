/** The fields of a form, with everything the page's script needs to send them as a person. */
import { createElement as h } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { isRecord } from '../slack/block-schema.ts';
import { plainTextOf } from '../slack/text.ts';
import type { Reader } from '../slack/text.ts';
import type { View } from '../slack/workspace.ts';
import { blockNodes } from './convert.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Somebody, or a channel, that can be chosen. */
interface Choosable {
  readonly id: string;
  readonly name: string;
}

/** Whom and what a menu of the workspace offers. */
export interface Choosables {
  readonly people: readonly Choosable[];
  readonly channels: readonly Choosable[];
}

const string = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function optionsOf(element: Fields, { channels, people }: Choosables, reader: Reader): ReactNode[] {
  const options = Array.isArray(element['options']) ? element['options'].filter(isRecord) : [];
  const type = string(element['type']);
  const choices =
    type === 'users_select'
      ? people
      : type === 'conversations_select'
        ? channels
        : options.map((option) => ({
            id: String(option['value']),
            name: plainTextOf(option['text'], reader),
          }));
  return choices.map(({ id, name }) => h('option', { key: id, value: id }, name));
}

function fieldNode(
  name: string,
  element: Fields,
  choosable: Choosables,
  reader: Reader,
  tells: boolean,
): ReactElement {
  const placeholder = plainTextOf(element['placeholder'], reader);
  const common = { name, className: 'field', id: `field ${name}`, ...(tells && { 'data-tells': name }) };
  const type = string(element['type']) ?? '';
  if (type.endsWith('_select')) {
    const initial = isRecord(element['initial_option']) ? element['initial_option']['value'] : undefined;
    return h(
      'select',
      {
        ...common,
        defaultValue:
          string(initial) ?? string(element['initial_user']) ?? string(element['initial_conversation']) ?? '',
      },
      h('option', { value: '' }, placeholder || 'Select'),
      optionsOf(element, choosable, reader),
    );
  }
  if (type === 'datepicker')
    return h('input', { ...common, type: 'date', defaultValue: string(element['initial_date']) });
  if (type === 'timepicker')
    return h('input', { ...common, type: 'time', defaultValue: string(element['initial_time']) });
  const defaultValue = string(element['initial_value']);
  if (element['multiline'] === true) return h('textarea', { ...common, defaultValue, placeholder });
  return h('input', { ...common, type: 'text', defaultValue, placeholder, autoComplete: 'off' });
}

function inputNode(block: Fields, choosable: Choosables, reader: Reader, key: number): ReactElement {
  const name = string(block['block_id']) ?? '';
  const element = isRecord(block['element']) ? block['element'] : {};
  const label = plainTextOf(block['label'], reader);
  const hint = plainTextOf(block['hint'], reader);
  return h(
    'div',
    { key, className: 'input-block' },
    h(
      'label',
      { htmlFor: `field ${name}` },
      label,
      block['optional'] === true && h('span', { className: 'optional' }, ' (optional)'),
    ),
    fieldNode(name, element, choosable, reader, block['dispatch_action'] === true),
    h('p', { className: 'field-error', 'data-error-of': name }),
    hint !== '' && h('p', { className: 'field-hint' }, hint),
  );
}

/** A form's blocks and its buttons. */
export function formNodes(view: View, choosable: Choosables, reader: Reader): ReactNode {
  const blocks = view.view.blocks.map((block, index) =>
    block.type === 'input'
      ? inputNode(block, choosable, reader, index)
      : h('div', { key: index }, blockNodes([block], reader)),
  );
  const submit = plainTextOf(view.view['submit'], reader);
  return h(
    'form',
    { className: 'modal-form', 'data-view': view.id },
    h('div', { className: 'modal-body' }, blocks),
    submit !== '' &&
      h(
        'footer',
        null,
        h(
          'button',
          { type: 'button', className: 'button', 'data-close-view': view.id },
          plainTextOf(view.view['close'], reader) || 'Cancel',
        ),
        h('button', { type: 'submit', className: 'button primary' }, submit),
      ),
  );
}
