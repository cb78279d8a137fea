/** Finding what a person clicks in a message or view, and describing the click. */
import { isRecord } from './block-schema.ts';

/** An interactive element and the block it stands in. */
export interface FoundElement {
  readonly blockId: unknown;
  readonly element: Record<string, unknown>;
}

/** The interactive element with that action id (and value, when several share it), wherever it is nested. */
export function findElement(
  blocks: readonly Record<string, unknown>[],
  actionId: string,
  value: string | undefined,
): FoundElement | undefined {
  for (const block of blocks) {
    const element = search(block, actionId, value);
    if (element !== undefined) return { blockId: block['block_id'], element };
  }
  return undefined;
}

function search(
  value: unknown,
  actionId: string,
  wanted: string | undefined,
): Record<string, unknown> | undefined {
  if (Array.isArray(value)) {
    for (const entry of value) {
      const found = search(entry, actionId, wanted);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  if (value['action_id'] === actionId && hasValue(value, wanted)) return value;
  return search(Object.values(value), actionId, wanted);
}

function hasValue(element: Readonly<Record<string, unknown>>, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (element['type'] === 'button' || element['type'] === 'icon_button') return element['value'] === wanted;
  const options = optionsOf(element);
  return options.length === 0 || options.some((option) => option['value'] === wanted);
}

function optionsOf(element: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  const groups = Array.isArray(element['option_groups']) ? element['option_groups'] : [element];
  return groups.flatMap((group: unknown) =>
    isRecord(group) && Array.isArray(group['options']) ? group['options'].filter(isRecord) : [],
  );
}

/** The action as the payload carries it: what was chosen, and the element's own words. */
export function actionOf(
  element: Readonly<Record<string, unknown>>,
  value: string | undefined,
): Record<string, unknown> {
  const type = String(element['type']);
  const common = { type, action_id: element['action_id'] };
  if (type === 'button' || type === 'icon_button' || type === 'workflow_button') {
    return {
      ...common,
      text: element['text'],
      ...(element['value'] !== undefined && { value: element['value'] }),
      ...(element['url'] !== undefined && { url: element['url'] }),
    };
  }
  const options = optionsOf(element);
  const chosen = options.find((option) => option['value'] === value) ?? options[0];
  if (type === 'checkboxes' || type.startsWith('multi_static'))
    return { ...common, selected_options: chosen ? [chosen] : [] };
  if (options.length > 0) return { ...common, selected_option: chosen };
  const chosenField: Readonly<Record<string, string>> = {
    users_select: 'selected_user',
    channels_select: 'selected_channel',
    conversations_select: 'selected_conversation',
    datepicker: 'selected_date',
    timepicker: 'selected_time',
  };
  return { ...common, [chosenField[type] ?? 'value']: value };
}
